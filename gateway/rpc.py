"""Calls to the services over the broker: one connection a thread, a deadline on every call, no call left hanging.

A reply arrives on RabbitMQ's direct reply-to, so that no queue has to be made for it.  After anything but a clean answer
the thread's connection is thrown away, and with it every late reply.  A connection on which the broker has spoken
unasked (it was closed) is replaced before use, so that nothing has to be sent twice.  A service that has fallen silent
is not asked by more threads than ``patience`` allows.
"""

import select
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import orjson
from amqp import Channel, Connection, Message
from amqp.exceptions import AMQPError
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from kombu.utils.url import parse_url
from prometheus_client import Histogram

from gateway.patience import Patience
from services.kernel import clock, ids, principal, telemetry
from services.kernel.caller import Caller
from services.kernel.errors import REFUSALS

SECONDS = 5.0
CONNECT_SECONDS = 2.0
REPLY_TO = "amq.rabbitmq.reply-to"
CALLS = Histogram("rpc_seconds", "Calls to services", ["service", "operation", "outcome"])


class Away(Exception):
    """Services or the broker do not answer in time; the same call may succeed later."""

    def __init__(self, *services: str, message: str = "服务暂时不可用，请稍后重试") -> None:
        super().__init__(*services)
        self.services, self.message = services, message


class Fault(Exception):
    """The service failed; its log has the reason under the request's id."""


@dataclass
class Question:
    """A call on its way and, once it has come, its reply."""

    service: str
    operation: str
    args: dict[str, Any]
    headers: dict[str, Any]
    asked_at: float = field(default_factory=time.perf_counter)
    answered_at: float | None = None
    reply: dict[str, Any] | None = None

    @property
    def outcome(self) -> str:
        if self.reply is None:
            return "away"
        result = self.reply.get("result")
        if self.reply.get("error") or not isinstance(result, dict):
            return "fault"
        return next((word for word in ("answer", "refusal", "away") if word in result), "fault")


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
        self._open: dict[str, Question] = {}

    def is_fresh(self) -> bool:
        """Whether nothing has come in since the last call; what comes in unasked is the end of the connection."""
        poll = select.poll()
        poll.register(self._connection.sock, select.POLLIN)
        return not poll.poll(0)

    def ask(self, questions: Sequence[Question], seconds: float) -> None:
        """Send all at once and wait for every reply; TimeoutError when one does not come.  Whom nobody serves gets none."""
        end = time.monotonic() + seconds
        self._open = {ids.token(): question for question in questions}
        for token, question in list(self._open.items()):  # Sending also takes in what has come meanwhile.
            headers = {f"nameko.{name}": value for name, value in question.headers.items() if value is not None}
            message = Message(
                orjson.dumps({"args": [], "kwargs": {"args": question.args}}),
                content_type="application/json",
                content_encoding="utf-8",
                delivery_mode=1,
                correlation_id=token,
                reply_to=REPLY_TO,
                expiration=str(int(seconds * 1000)),
                application_headers=headers,
            )
            self._channel.basic_publish(message, "nameko-rpc", f"{question.service}.{question.operation}", mandatory=True)
        while self._open:
            self._connection.drain_events(timeout=max(end - time.monotonic(), 0.001))

    def _received(self, message: Any) -> None:
        if question := self._open.pop(message.properties.get("correlation_id"), None):
            question.reply, question.answered_at = orjson.loads(message.body), time.perf_counter()

    def _returned(self, error: Exception, exchange: str, routing_key: str, message: Any) -> None:
        self._open.pop(message.properties.get("correlation_id"), None)

    def close(self) -> None:
        self._connection.collect()


class Services:
    """The services behind the broker, as every thread of the gateway calls them."""

    def __init__(self, url: str, key: Ed25519PrivateKey, key_id: str, seconds: float = SECONDS) -> None:
        self._url, self._key, self._key_id, self._seconds = url, key, key_id, seconds
        self._local = threading.local()
        self._patience = Patience()

    def call(self, service: str, operation: str, args: dict[str, Any], caller: Caller, key: str | None = None) -> Any:
        """The operation's answer; raises the four refusals as the service did, Away, or Fault."""
        return self.call_each([service], operation, args, caller, key)[0]

    def call_each(
        self, services: Sequence[str], operation: str, args: dict[str, Any], caller: Caller, key: str | None = None
    ) -> list[Any]:
        """The answers of several services to one question, all asked at once; raises as ``call`` does if one has none."""
        if worn := self._patience.worn(services):
            raise Away(*worn)
        questions = [Question(s, operation, args, self._headers(s, operation, args, caller, key)) for s in services]
        try:
            with self._patience.waiting(services):
                self._ask(questions)
        finally:
            for question in questions:
                self._patience.heard(question.service, question.reply is not None)
                seconds = (question.answered_at or time.perf_counter()) - question.asked_at
                CALLS.labels(question.service, operation, question.outcome).observe(seconds)
        return [_answer(question) for question in questions]

    def _headers(self, service: str, operation: str, args: dict[str, Any], caller: Caller, key: str | None) -> dict[str, Any]:
        return {
            "principal": principal.sign(caller, f"{service}.{operation}", args, self._key, self._key_id),
            "request_id": caller.request_id,
            "deadline": (clock.now() + timedelta(seconds=self._seconds)).timestamp(),
            "idempotency_key": key,
        }

    def _ask(self, questions: Sequence[Question]) -> None:
        cause: Exception | None = None
        if questions:
            try:
                self._line().ask(questions, self._seconds)
            except (OSError, AMQPError) as error:  # TimeoutError is an OSError.
                cause = error
        if away := [question.service for question in questions if question.reply is None]:
            self.hang_up()
            reason = type(cause).__name__ if cause else "nobody serves it"
            telemetry.log.warning("service_away", service=",".join(away), operation=questions[0].operation, error=reason)
            raise Away(*away) from cause

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


def _answer(question: Question) -> Any:
    if question.outcome == "away":  # The service is there, its database is not.
        raise Away(question.service)
    if question.outcome == "fault" or question.reply is None:
        raise Fault(f"{question.service}.{question.operation}")
    result = question.reply["result"]
    if question.outcome == "refusal":
        told = result["refusal"]
        raise REFUSALS[told["kind"]](told["code"], told["message"], **told["details"])
    return result["answer"]
