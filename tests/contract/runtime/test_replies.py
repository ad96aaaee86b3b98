"""Replies to callers while the broker is away."""

from types import SimpleNamespace
from typing import Any

from nameko.constants import AMQP_URI_CONFIG_KEY

from services.runtime.rpc import Listen, PlainReplies

NOBODY = "amqp://127.0.0.1:9//"  # The discard port, which nothing listens on.


class Consumer:
    """Takes note of what is acknowledged."""

    def __init__(self) -> None:
        self.acknowledged: list[Any] = []

    def ack_message(self, message: Any) -> None:
        self.acknowledged.append(message)


def test_a_reply_that_cannot_be_sent_ends_nothing_but_itself() -> None:
    consumer: Any = Consumer()
    replies = PlainReplies()
    replies.container = SimpleNamespace(config={AMQP_URI_CONFIG_KEY: NOBODY})
    replies.queue_consumer = consumer
    message = SimpleNamespace(properties={"reply_to": "somebody", "correlation_id": "1"})

    answer = replies.handle_result(message, {"answer": 1}, None)

    assert answer == ({"answer": 1}, None)
    assert consumer.acknowledged == [message]


def test_a_message_whose_connection_has_ended_cannot_be_rejected_and_comes_again() -> None:
    def reject() -> None:
        raise ConnectionResetError

    listen = Listen(queue=None)

    assert listen.handle_result(SimpleNamespace(reject=reject), SimpleNamespace(), "unreadable") == ("unreadable", None)
