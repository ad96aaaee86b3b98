"""Calls to the services over the broker: one connection a thread, a deadline on every call, no call left hanging.

A reply arrives on RabbitMQ's direct reply-to, so that no queue has to be made for it.  After anything but a clean answer
the thread's connection is thrown away, and with it every late reply.  A connection on which the broker has spoken
unasked (it was closed) is replaced before use, so that nothing has to be sent twice.
"""

import select
import threading
import time
from datetime import timedelta
from typing import Any

import orjson
from amqp import Channel, Connection, Message
from amqp.exceptions import AMQPError
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from kombu.utils.url import parse_url
from prometheus_client import Histogram

from services.kernel import clock, ids, principal, telemetry
from services.kernel.caller import Caller
from services.kernel.errors import REFUSALS

SECONDS = 5.0
CONNECT_SECONDS = 2.0
REPLY_TO = "amq.rabbitmq.reply-to"
CALLS = Histogram("rpc_seconds", "Calls to services", ["service", "operation", "outcome"])


class Away(Exception):
    """A service or the broker does not answer in time; the same call may succeed later."""


class Fault(Exception):
    """The service failed; its log has the reason under the request's id."""


class Line:
    """One thread's connection."""

    def __init__(self, url: str) -> None:
        parts = parse_url(url)
        self._connection = Connection(
            f"{parts['hostname']}:{parts['port'] or 5672}",
            userid=parts["userid"] or "guest",
            password=parts["password"] or "guest",
            virtual_host=parts["virtual_host"] or "/",
            ssl=parts["transport"] == "amqps",
            connect_timeout=CONNECT_SECONDS,
            read_timeout=SECONDS,
            write_timeout=SECONDS,
        )
        self._connection.connect()
        self._channel: Channel = self._connection.channel()
        self._channel.events["basic_return"].add(self._returned)
        self._channel.basic_consume(REPLY_TO, no_ack=True, callback=self._received)
        self._awaited = ""
        self._reply: dict[str, Any] | None = None

    def is_fresh(self) -> bool:
        """Whether nothing has come in since the last call; what comes in unasked is the end of the connection."""
        poll = select.poll()
        poll.register(self._connection.sock, select.POLLIN)
        return not poll.poll(0)

    def ask(self, service: str, operation: str, args: dict[str, Any], headers: dict[str, Any], seconds: float) -> dict[str, Any]:
        """The reply's body; TimeoutError when none comes."""
        self._awaited, self._reply = ids.token(), None
        message = Message(
            orjson.dumps({"args": [], "kwargs": {"args": args}}),
            content_type="application/json",
            content_encoding="utf-8",
            delivery_mode=1,
            correlation_id=self._awaited,
            reply_to=REPLY_TO,
            expiration=str(int(seconds * 1000)),
            application_headers={f"nameko.{name}": value for name, value in headers.items() if value is not None},
        )
        end = time.monotonic() + seconds
        self._channel.basic_publish(message, "nameko-rpc", f"{service}.{operation}", mandatory=True)
        while self._reply is None:
            self._connection.drain_events(timeout=max(end - time.monotonic(), 0.001))
        return self._reply

    def _received(self, message: Any) -> None:
        if message.properties.get("correlation_id") == self._awaited:
            self._reply = orjson.loads(message.body)

    def _returned(self, error: Exception, exchange: str, routing_key: str, message: Any) -> None:
        raise ConnectionError(f"nobody answers to {routing_key}")

    def close(self) -> None:
        self._connection.collect()


class Services:
    """The services behind the broker, as every thread of the gateway calls them."""

    def __init__(self, url: str, key: Ed25519PrivateKey, key_id: str, seconds: float = SECONDS) -> None:
        self._url, self._key, self._key_id, self._seconds = url, key, key_id, seconds
        self._local = threading.local()

    def call(self, service: str, operation: str, args: dict[str, Any], caller: Caller, key: str | None = None) -> Any:
        """The operation's answer; raises the four refusals as the service did, Away, or Fault."""
        started, outcome = time.perf_counter(), "away"
        try:
            body = self._ask(service, operation, args, self._headers(service, operation, args, caller, key))
            outcome = next((word for word in ("answer", "refusal") if word in body), "fault")
        finally:
            CALLS.labels(service, operation, outcome).observe(time.perf_counter() - started)
        if outcome == "refusal":
            told = body["refusal"]
            raise REFUSALS[told["kind"]](told["code"], told["message"], **told["details"])
        if outcome == "fault":
            raise Fault(f"{service}.{operation}")
        return body["answer"]

    def _headers(self, service: str, operation: str, args: dict[str, Any], caller: Caller, key: str | None) -> dict[str, Any]:
        return {
            "principal": principal.sign(caller, f"{service}.{operation}", args, self._key, self._key_id),
            "request_id": caller.request_id,
            "deadline": (clock.now() + timedelta(seconds=self._seconds)).timestamp(),
            "idempotency_key": key,
        }

    def _ask(self, service: str, operation: str, args: dict[str, Any], headers: dict[str, Any]) -> dict[str, Any]:
        try:
            reply = self._line().ask(service, operation, args, headers, self._seconds)
        except (OSError, AMQPError) as error:  # TimeoutError is an OSError.
            self.hang_up()
            telemetry.log.warning("service_away", service=service, operation=operation, error=type(error).__name__)
            raise Away(service) from error
        if reply.get("error") or not isinstance(reply.get("result"), dict):
            return {"fault": None}
        body: dict[str, Any] = reply["result"]
        return body

    def _line(self) -> Line:
        line: Line | None = getattr(self._local, "line", None)
        if line is None or not line.is_fresh():
            self.hang_up()
            line = self._local.line = Line(self._url)
        return line

    def hang_up(self) -> None:
        """Forget this thread's connection."""
        line: Line | None = getattr(self._local, "line", None)
        self._local.line = None
        if line is not None:
            line.close()
