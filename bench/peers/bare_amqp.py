"""Request and reply by py-amqp alone: ``python -m bench.peers.bare_amqp amqp://…`` answers."""

import sys
from typing import Any

import orjson
from amqp import Connection, Message
from kombu.utils.url import parse_url

QUEUE = "bench-bare"
REPLY_TO = "amq.rabbitmq.reply-to"


def address(url: str) -> dict[str, Any]:
    """The keyword arguments of a connection."""
    parts = parse_url(url)
    return {
        "host": f"{parts['hostname']}:{parts['port']}", "userid": parts["userid"], "password": parts["password"],
        "virtual_host": parts["virtual_host"] or "/",
    }  # fmt: skip


class Asking:
    """One connection that asks."""

    def __init__(self, connection: Connection) -> None:
        connection.connect()
        self._connection, self._channel = connection, connection.channel()
        self._channel.basic_consume(REPLY_TO, no_ack=True, callback=self._received)
        self._number, self._reply = 0, None

    def ask(self, body: Any) -> Any:
        self._number, self._reply = self._number + 1, None
        message = Message(orjson.dumps(body), reply_to=REPLY_TO, correlation_id=str(self._number), delivery_mode=1)
        self._channel.basic_publish(message, "", QUEUE)
        while self._reply is None:
            self._connection.drain_events(timeout=10)
        return self._reply

    def _received(self, message: Any) -> None:
        if message.properties["correlation_id"] == str(self._number):
            self._reply = orjson.loads(message.body)


def main(url: str) -> None:
    connection = Connection(**address(url))
    connection.connect()
    channel = connection.channel()
    channel.queue_declare(QUEUE, exclusive=True)
    channel.basic_qos(0, 10, False)

    def answer(message: Any) -> None:
        reply = Message(
            orjson.dumps(orjson.loads(message.body)), correlation_id=message.properties["correlation_id"], delivery_mode=1
        )
        channel.basic_publish(reply, "", message.properties["reply_to"])
        channel.basic_ack(message.delivery_tag)

    channel.basic_consume(QUEUE, callback=answer)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while True:
        connection.drain_events()


if __name__ == "__main__":
    main(sys.argv[1])
