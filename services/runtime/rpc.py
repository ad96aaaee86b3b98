"""The Nameko edge of a service: RPC entrypoints, and the listener that stores events.

Three of Nameko's habits are changed here, each because it loses something: what cannot be decoded is rejected (the
queue's dead-letter exchange parks it) instead of acknowledged; the listener never returns by raising, since Nameko
acknowledges even then; a reply is not confirmed, since a lost one is a timeout, which callers handle anyway.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import cached_property, partial
from typing import Any

import orjson
from amqp.exceptions import AMQPError
from kombu import Connection
from kombu.exceptions import KombuError
from kombu.pools import ProducerPool, producers
from nameko.constants import AMQP_URI_CONFIG_KEY, DEFAULT_TRANSPORT_OPTIONS
from nameko.containers import WorkerContext
from nameko.messaging import Consumer, QueueConsumer
from nameko.rpc import Rpc, RpcConsumer
from prometheus_client import Counter
from sqlalchemy.exc import DataError, IntegrityError, ProgrammingError
from tenacity import Retrying, stop_after_delay, wait_exponential

from services.kernel import clock, telemetry
from services.kernel.caller import Caller
from services.kernel.errors import Conflict, Forbidden, Refusal
from services.kernel.event import Event
from services.kernel.inbox import store
from services.kernel.service import Service, is_away
from services.kernel.work import Database
from services.runtime.bus import queue_of

UNPROVEN = Counter("principals_refused", "Calls that the gateway does not vouch for", ["service"])
UNREACHABLE = (OSError, AMQPError, KombuError)  # What sending raises while the broker is away.
Verify = Callable[[str, str, dict[str, Any], bool], Caller]


class StrictQueueConsumer(QueueConsumer):
    """Rejects what it cannot read, and is back soon after the broker."""

    @contextmanager
    def establish_connection(self) -> Iterator[Any]:
        """Nameko waits two seconds more after each try, up to thirty; so much longer each outage would be for all callers."""
        with self.create_connection() as connection:
            connection.ensure_connection(
                self.on_connection_error, self.connect_max_retries, interval_start=0.5, interval_step=0.5, interval_max=2
            )
            yield connection

    def on_decode_error(self, message: Any, exc: Exception) -> None:
        telemetry.log.warning("undecodable", error=type(exc).__name__)
        message.reject()


class PlainReplies(RpcConsumer):
    """Answers straight into the caller's reply queue, unconfirmed; a reply that cannot be sent ends nothing but itself."""

    queue_consumer = StrictQueueConsumer()

    def handle_result(self, message: Any, result: Any, exc_info: Any) -> tuple[Any, Any]:
        error = None if exc_info is None else {"exc_type": exc_info[0].__name__, "exc_path": "", "exc_args": [], "value": ""}
        if reply_to := message.properties.get("reply_to"):
            try:
                self._reply(reply_to, message.properties.get("correlation_id"), {"result": result, "error": error})
            except (*UNREACHABLE, orjson.JSONEncodeError) as lost:
                # Raised from here it would end the process, and with it all calls at hand.
                telemetry.log.warning("reply_lost", error=type(lost).__name__)
        self.queue_consumer.ack_message(message)
        return result, exc_info

    @cached_property
    def _producers(self) -> ProducerPool:
        """Found once: to find them, kombu takes the broker's address apart and makes a connection to compare with."""
        options = DEFAULT_TRANSPORT_OPTIONS | {"confirm_publish": False}
        return producers[Connection(self.container.config[AMQP_URI_CONFIG_KEY], transport_options=options)]

    def _reply(self, reply_to: str, correlation_id: str | None, body: dict[str, Any]) -> None:
        content = orjson.dumps(body)
        with self._producers.acquire(block=True) as producer:
            producer.publish(
                content,
                exchange="",
                routing_key=reply_to,
                correlation_id=correlation_id,
                content_type="application/json",
                content_encoding="utf-8",
                delivery_mode=1,
                retry=True,
                retry_policy={"max_retries": 2},
            )


class Call(Rpc):
    """One operation as an entrypoint; the message's headers travel to it beside its arguments."""

    rpc_consumer = PlainReplies()

    def handle_message(self, body: Any, message: Any) -> None:
        headers = self.unpack_message_headers(message) | {"redelivered": bool(message.delivery_info.get("redelivered"))}
        arguments = body["kwargs"]["args"]
        kwargs = {"args": arguments, "headers": headers}
        self.container.spawn_worker(self, (), kwargs, context_data={}, handle_result=partial(self.handle_result, message))


class Listen(Consumer):
    """The one queue of a service; whatever happens in its handler, no message is acknowledged before it is stored."""

    queue_consumer = StrictQueueConsumer()

    def handle_result(self, message: Any, worker_ctx: WorkerContext, result: Any = None, exc_info: Any = None) -> tuple[Any, Any]:
        if exc_info is not None:
            self.queue_consumer.requeue_message(message)
        elif result == "unreadable":
            with suppress(*UNREACHABLE):  # The broker takes back what it gave out on a connection that has ended.
                message.reject()
        else:
            self.queue_consumer.ack_message(message)
        return result, exc_info


def nameko_class(service: Service, database: Database, verify: Verify) -> type:
    """The Nameko service class: an RPC method for each operation, and the listener."""
    UNPROVEN.labels(service.name)  # Counted from nought, so that the first one shows.
    body: dict[str, Any] = {"name": service.name}
    for name in service.operations:
        body[name] = Call.decorator(_method(service, database, verify, name))
    if service.listens_to:
        body["keep_event"] = Listen.decorator(queue_of(service))(_listener(database))
    return type(f"{service.name.capitalize()}Service", (), body)


def _method(service: Service, database: Database, verify: Verify, name: str) -> Callable[..., Any]:
    audience = f"{service.name}.{name}"

    def answer(args: dict[str, Any], headers: dict[str, Any]) -> Any:
        deadline = _deadline(headers.get("deadline"))
        if clock.now() > deadline:
            raise Conflict("call.too_late", "操作超时，未执行，请重试")
        token = str(headers.get("principal", ""))
        try:
            caller = verify(token, audience, args, headers["redelivered"])
        except Forbidden:
            UNPROVEN.labels(service.name).inc()
            raise
        asking = caller.asking(str(headers.get("request_id", "")))
        return service.call(database, name, args, asking, headers.get("idempotency_key"), deadline)

    def method(self: Any, args: dict[str, Any], headers: dict[str, Any]) -> dict[str, Any]:
        started, outcome = time.perf_counter(), "fault"
        telemetry.request_id.set(headers.get("request_id"))
        try:
            body, outcome = {"answer": answer(args, headers)}, "done"
        except Refusal as refusal:
            outcome = type(refusal).__name__
            body = {"refusal": {"kind": outcome, "code": refusal.code, "message": refusal.message, "details": refusal.details}}
        except Exception as error:
            if is_away(error):
                outcome = "away"
                telemetry.log.warning("database_away", operation=audience, error=f"{error}"[:300])
            else:
                telemetry.log.exception("fault", operation=audience)
            body = {outcome: headers.get("request_id")}
        telemetry.CALLS.labels(service.name, name, outcome).observe(time.perf_counter() - started)
        return body

    method.__name__ = name
    return method


def _deadline(seconds: Any) -> datetime:
    """Until when the caller waits; the gateway always says, so who does not is not the gateway."""
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        raise Forbidden("caller.unproven", "身份凭证无效，请重新登录") from None


def _listener(database: Database) -> Callable[..., str]:
    def keep_event(self: Any, body: Any) -> str:
        """Store the event, trying again for ten minutes while storage is away: after that the broker has it back."""
        try:
            event = Event.from_mapping(body)
        except (KeyError, TypeError, ValueError):
            return "unreadable"
        for attempt in Retrying(stop=stop_after_delay(600), wait=wait_exponential(0.1, max=15), reraise=True):
            with attempt:
                try:
                    store(database, [event])
                except Exception as error:
                    if not _is_hopeless(error):
                        raise
                    telemetry.log.warning("unstorable", event_id=event.id, error=type(error).__name__)
                    return "unreadable"
        return "stored"

    return keep_event


def _is_hopeless(error: Exception) -> bool:
    """Whether the event's own fields are not what they should be, so that no later try can store it."""
    if isinstance(error, ProgrammingError):
        return getattr(error.orig, "pgcode", None) is None  # The driver itself cannot write the value down.
    return isinstance(error, DataError | IntegrityError | ValueError | TypeError | AttributeError)
