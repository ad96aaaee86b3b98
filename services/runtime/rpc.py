"""The Nameko edge of a service: an RPC entrypoint for each operation, beside the listener.

A reply is not confirmed, as Nameko would have it: a lost one is a timeout, which callers handle anyway.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property, partial
from typing import Any

import orjson
import redis
from kombu import Connection
from kombu.pools import ProducerPool, producers
from nameko.constants import AMQP_URI_CONFIG_KEY, DEFAULT_TRANSPORT_OPTIONS
from nameko.rpc import Rpc, RpcConsumer
from prometheus_client import Counter

from services.kernel import clock, telemetry
from services.kernel.caller import Caller
from services.kernel.errors import Conflict, Forbidden, Refusal
from services.kernel.service import Service, is_away
from services.kernel.work import Database
from services.runtime.bus import queue_of
from services.runtime.listener import UNREACHABLE, Listen, StrictQueueConsumer, keeping

UNPROVEN = Counter("principals_refused", "Calls that the gateway does not vouch for", ["service"])
Verify = Callable[[str, str, dict[str, Any], bool], Caller]


class PlainReplies(RpcConsumer):
    """Answers straight into the caller's reply queue, unconfirmed; a reply that cannot be sent ends nothing but itself."""

    queue_consumer = StrictQueueConsumer()

    def __init__(self) -> None:
        super().__init__()
        self._called: dict[str, Any] = {}

    def register_provider(self, provider: Any) -> None:
        super().register_provider(provider)
        self._called[f"{self.container.service_name}.{provider.method_name}"] = provider

    def get_provider_for_method(self, routing_key: str) -> Any:
        """Nameko goes through all operations and writes the key of each, for every call."""
        return self._called.get(routing_key) or super().get_provider_for_method(routing_key)

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


def nameko_class(service: Service, database: Database, verify: Verify) -> type:
    """The Nameko service class: an RPC method for each operation, and the listener."""
    UNPROVEN.labels(service.name)  # Counted from nought, so that the first one shows.
    body: dict[str, Any] = {"name": service.name}
    for name in service.operations:
        body[name] = Call.decorator(_method(service, database, verify, name))
    if service.listens_to:
        body["keep_events"] = Listen.decorator(queue_of(service))(keeping(database, service))
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
            if isinstance(error, redis.RedisError) or is_away(error):  # Redis knows which principals were used.
                outcome = "away"
                telemetry.log.warning("store_away", operation=audience, error=f"{error}"[:300])
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
