"""One view for each operation, all made alike: who, may he, what, ask, answer."""

from collections.abc import Callable
from typing import Any

from flask import Response, request
from prometheus_client import Counter

from gateway.api import answering, reading, xlsx
from gateway.api.who import admit
from gateway.edge import edge
from gateway.identity.service import SERVICE
from services.kernel.caller import Caller
from services.kernel.contract import Operation, load, made
from services.kernel.errors import Invalid
from services.kernel.work import plain, write_audit

EXPORTS = Counter("exports", "Lists taken as spreadsheets", ["kind"])
EXPORTED = Counter("exported_rows", "Rows taken as spreadsheets", ["kind"])
Own = Callable[[Caller, dict[str, Any]], Any]
Reader = Callable[[Operation, dict[str, str]], dict[str, Any]]
OWN: dict[str, Own] = {}  # Operations that the edge itself answers, wholly or before identity does.
READERS: dict[str, Reader] = {}  # Operations whose arguments come in another form than JSON.


def answers(operation: Operation) -> Callable[[Own], Own]:
    """Marks what is done at the edge for an operation: ``f(caller, args)`` with checked arguments."""

    def mark(function: Own) -> Own:
        OWN[operation.name] = function
        return function

    return mark


def reads(name: str) -> Callable[[Reader], Reader]:
    """Marks how the arguments of an operation are read, where JSON is not the only form."""

    def mark(function: Reader) -> Reader:
        READERS[name] = function
        return function

    return mark


def view_of(service: str, operation: Operation) -> Callable[..., Response]:
    """The view function of one operation."""

    def view(**path: str) -> Response:
        caller = admit(service, operation)
        raw = READERS.get(f"{service}.{operation.name}", reading.arguments)(operation, path)
        checked = load(made(operation.args), raw)
        reading.require_in_range(operation, checked)
        if answering.wants_xlsx(operation):
            return _spreadsheet(service, operation, raw, caller)
        if own := own_of(service, operation):
            answer = own(caller, checked)
            return answer if isinstance(answer, Response) else answering.json(dumped(operation, answer), operation.status)
        return answering.respond(operation, ask(service, operation, raw, caller, request.headers.get("Idempotency-Key")))

    view.__name__ = operation.name
    return view


def own_of(service: str, operation: Operation) -> Own | None:
    return OWN.get(operation.name) if service == "gateway" else None


def ask(service: str, operation: Operation, raw: dict[str, Any], caller: Caller, key: str | None = None) -> Any:
    """The answer of the service that owns the operation: identity in process, the others over the broker."""
    if key is not None and not 8 <= len(key) <= 100:
        raise Invalid("idempotency.bad_key", "幂等键应为8至100个字符")
    if service == "gateway":
        return SERVICE.call(edge().database, operation.name, raw, caller, key)
    return edge().services.call(service, operation.name, raw, caller, key)


def dumped(operation: Operation, answer: Any) -> Any:
    return plain(made(operation.answer).dump(answer))


def _spreadsheet(service: str, operation: Operation, raw: dict[str, Any], caller: Caller) -> Response:
    """Exports are audited: who took how many rows of which list, by which filter."""
    own = own_of(service, operation)

    def page(args: dict[str, Any]) -> Any:
        if own:
            return dumped(operation, own(caller, load(made(operation.args), args)))
        return ask(service, operation, args, caller)

    file, rows = xlsx.export(operation, raw, page, caller)
    told = {"list": f"{service}.{operation.name}", "filter": _impersonal(operation, raw), "rows": rows}
    with edge().database.work(caller, "gateway.export") as work:
        write_audit(work.session, caller, "gateway.export", "done", told)
    EXPORTS.labels(caller.kind.value).inc()
    EXPORTED.labels(caller.kind.value).inc(rows)
    chunks = iter(lambda: file.read(65536), b"")
    response = answering.attachment(chunks, f"{operation.summary}.xlsx", answering.XLSX)
    response.call_on_close(file.close)
    return response


def _impersonal(operation: Operation, raw: dict[str, Any]) -> dict[str, Any]:
    """The filter without what may be somebody's number: that he was searched for is told, not by what."""
    declared = made(operation.args).fields
    return {name: "***" if value and declared[name].metadata.get("is_personal") else value for name, value in raw.items()}
