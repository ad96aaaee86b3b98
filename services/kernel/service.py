"""A service as data, and the one way in which its operations are carried out, whoever brings them.

``service.py`` of each service builds one ``Service`` from its contract and the modules that hold its handlers;
the Nameko class, the worker, the demonstration data and the tests all go through ``Service.call``.
"""

import inspect
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, time
from importlib import import_module
from types import ModuleType
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from tenacity import retry, retry_if_exception, stop_after_attempt, wait_random_exponential

from services.kernel import clock, paging, telemetry
from services.kernel.caller import PUBLIC, SIGNED_IN, Caller
from services.kernel.contract import EventType, Operation, load, made
from services.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from services.kernel.principal import digest
from services.kernel.tables import idempotency
from services.kernel.work import Database, Work, plain, write_audit

Function = TypeVar("Function", bound=Callable[..., Any])
LOCKED = ("40001", "40P01", "55P03")  # Serialization failure, deadlock, lock not available: tried again.
_CLAIM = sa.text("INSERT INTO idempotency VALUES (:caller, :key, :operation, :digest, NULL, :at) ON CONFLICT DO NOTHING")
AWAY = ("08", "53", "57P")  # Connection lost; no room on the disk or elsewhere; going down or coming up.


def is_weather(error: BaseException) -> bool:
    """Whether the database will sooner or later do this when asked again: it is locked, away or full."""
    return is_away(error) or (isinstance(error, DBAPIError) and getattr(error.orig, "pgcode", None) in LOCKED)


def is_away(error: BaseException) -> bool:
    """Whether the database does nothing for anybody at this moment."""
    code = getattr(getattr(error, "orig", None), "pgcode", None) or ""
    is_mute = isinstance(error, OperationalError) and not code  # Nobody was there to give a reason.
    return is_mute or (isinstance(error, DBAPIError) and (error.connection_invalidated or code.startswith(AWAY)))


def handles(operation: Operation) -> Callable[[Function], Function]:
    """Marks the function that carries out ``operation``: ``f(work, **args)`` returns what its answer schema dumps."""
    return _mark("operation", operation)


def reacts(*event_types: EventType, only_if: Callable[[str, Any], bool] | None = None) -> Callable[[Function], Function]:
    """Marks what is done on other services' announcements: ``f(work, event, state, fact)``, repeatable, in any order.

    Of announcements of which ``only_if(type, data)`` is false nothing would be done; they are not even stored.
    """
    return lambda function: _mark("only_if", only_if)(_mark("event_types", event_types)(function))


def passes_on(*event_types: EventType) -> Callable[[Function], Function]:
    """Marks what is told to others the moment it is heard, and neither stored nor told again: ``f(events)``, for hints."""
    return _mark("passed_types", event_types)


def daily(at: time) -> Callable[[Function], Function]:
    """Marks a job run once a day from ``at`` China time on: ``f(database, day)``, repeatable; missed days are made up."""
    return _mark("daily_at", at)


def every(seconds: float) -> Callable[[Function], Function]:
    """Marks a job run again and again: ``f(database, day)``, repeatable, its work proportional to what has become due."""
    return _mark("every_seconds", seconds)


def _mark(name: str, value: Any) -> Callable[[Function], Function]:
    def mark(function: Function) -> Function:
        setattr(function, name, value)
        return function

    return mark


class Service:
    """One service: its contract, its handlers, its reactions, its jobs."""

    def __init__(
        self, name: str, contract: ModuleType, modules: list[ModuleType], unique: Mapping[str, tuple[str, str]] | None = None
    ) -> None:
        self.name = name
        common_events = [m.announces(name) for m in modules if hasattr(m, "announces")]
        self.events: dict[str, EventType] = {e.type: e for e in (*contract.EVENTS, *common_events)}
        self.unique = unique or {}
        functions = [f for m in modules for f in _functions(m)]
        self.handlers = {f.operation.name: f for f in functions if hasattr(f, "operation")}
        common = [f.operation for f in self.handlers.values() if not f.operation.path]
        self.operations: dict[str, Operation] = {o.name: o for o in (*contract.OPERATIONS, *common)}
        heard = [(event_type, f) for f in functions for event_type in getattr(f, "event_types", ())]
        self.reactions = {event_type.type: (event_type, f) for event_type, f in heard}
        self.passing_on = {e.type: (e, f) for f in functions for e in getattr(f, "passed_types", ())}
        self.listens_to: list[EventType] = [event_type for event_type, _ in {**self.reactions, **self.passing_on}.values()]
        self.jobs = {f.__name__: f for f in functions if hasattr(f, "daily_at") or hasattr(f, "every_seconds")}
        if len(heard) != len(self.reactions):
            raise RuntimeError(f"{name}: two reactions to one announcement")
        if wrong := self.operations.keys() ^ self.handlers.keys():
            raise RuntimeError(f"{name}: operations and handlers do not match: {sorted(wrong)}")
        known = {p.code for p in contract.PERMISSIONS} | {PUBLIC, SIGNED_IN}
        if wrong := {o.permission for o in contract.OPERATIONS} - known:
            raise RuntimeError(f"{name}: permissions that nobody declared: {sorted(wrong)}")

    def call(
        self,
        database: Database,
        name: str,
        raw: dict[str, Any],
        caller: Caller,
        key: str | None = None,
        deadline: datetime | None = None,
    ) -> Any:
        """Carry out one operation: permission, arguments, transaction, answer.  Raises the four refusals and faults."""
        operation = self.operations.get(name)
        if operation is None:
            raise NotFound("operation.unknown", "没有这个功能")
        try:
            caller.require(operation.permission)
        except Forbidden:
            _refused(database, caller, f"{self.name}.{name}")
            raise
        arguments = load(made(operation.args), raw)
        return self._attempt(database, operation, raw, arguments, caller, key, deadline)

    @retry(
        retry=retry_if_exception(is_weather),
        stop=stop_after_attempt(4),
        wait=wait_random_exponential(0.02, 0.3),
        before_sleep=lambda _: telemetry.WEATHER.inc(),
        retry_error_callback=lambda state: _busy(state),
    )
    def _attempt(
        self,
        database: Database,
        operation: Operation,
        raw: dict[str, Any],
        arguments: dict[str, Any],
        caller: Caller,
        key: str | None,
        deadline: datetime | None,
    ) -> Any:
        try:
            with database.work(caller, f"{self.name}.{operation.name}", not operation.is_command) as work:
                if key and operation.is_command and (first := remembered(work, operation, raw, key)) is not None:
                    return first["answer"]
                arguments = dict(arguments)
                work.session.info[paging.IS_COUNTED] = arguments.pop(paging.IS_COUNTED, False)
                answer = plain(made(operation.answer).dump(self.handlers[operation.name](work, **arguments)))
                if key and operation.is_command:
                    once = dict.fromkeys(getattr(operation.answer, "once", ()))  # Shown this once, and kept nowhere.
                    remember(work, key, answer | once if once else answer)
                if deadline and clock.now() > deadline:
                    raise Conflict("call.too_late", "操作超时，未执行，请重试")
                return answer
        except IntegrityError as error:
            raise self._taken(error) from error
        except DBAPIError as error:
            if getattr(error.orig, "pgcode", None) == "42501":  # The row would lie outside the caller's scope.
                raise NotFound("scope.outside", "没有找到该对象") from error
            raise

    def _taken(self, error: IntegrityError) -> Exception:
        constraint = getattr(getattr(error.orig, "diag", None), "constraint_name", None) or ""
        if constraint in self.unique:
            return Conflict(*self.unique[constraint])
        if getattr(error.orig, "pgcode", None) == "23505":
            return Conflict("record.exists", "该记录已存在，请勿重复提交")
        return error


def _busy(state: Any) -> Any:
    error = state.outcome.exception()
    raise error if is_away(error) else Conflict("record.busy", "其他人正在处理该记录，请稍后重试")


def _refused(database: Database, caller: Caller, operation: str) -> None:
    with database.work(caller, operation) as work:
        write_audit(work.session, caller, operation, "refused", {})


def remembered(work: Work, operation: Operation, raw: dict[str, Any], key: str) -> dict[str, Any] | None:
    """The first answer to this caller's key, if any; the key is his from now on, and a twin in flight waits here."""
    if not 8 <= len(key) <= 100:
        raise Invalid("idempotency.bad_key", "幂等键应为8至100个字符")
    row = {"caller": work.caller.id, "key": key, "operation": operation.name, "digest": digest(raw), "at": work.now}
    if work.session.execute(_CLAIM, row).rowcount:  # type: ignore[attr-defined]
        return None
    same = sa.and_(idempotency.c.caller == work.caller.id, idempotency.c.key == key)
    first = work.session.execute(sa.select(idempotency).where(same)).mappings().one()
    if (first["operation"], first["digest"]) != (operation.name, row["digest"]):
        raise Invalid("idempotency.other_request", "该幂等键已用于另一请求，请更换后重试")
    return dict(first)


def remember(work: Work, key: str, answer: Any) -> None:
    same = sa.and_(idempotency.c.caller == work.caller.id, idempotency.c.key == key)
    work.session.execute(sa.update(idempotency).where(same).values(answer=answer))


def package_of(service: str) -> str:
    """The package that holds a service; the gateway's is its identity part."""
    return "gateway.identity" if service == "gateway" else f"services.{service}"


def named(service: str) -> Service:
    """The service's description, from its ``service`` module."""
    found: Service = import_module(f"{package_of(service)}.service").SERVICE
    return found


def _functions(module: ModuleType) -> Iterator[Any]:
    modules = [module]
    if hasattr(module, "__path__"):
        modules += [import_module(f"{module.__name__}.{m.name}") for m in pkgutil.iter_modules(module.__path__)]
    for each in modules:
        yield from (f for _, f in inspect.getmembers(each, inspect.isfunction) if f.__module__ == each.__name__)
