"""Calls put straight on the bus, past the gateway: whoever cannot sign as the gateway meets one refusal and changes nothing."""

from dataclasses import replace

import pytest

from gateway.rpc import Services
from services.kernel.caller import ALL, PUBLIC, Scope
from services.kernel.contract import Operation
from services.kernel.errors import NotFound
from services.kernel.service import named
from services.trail.contract import LIST_TRAIL
from tests.contract.strangers.stranger import KEY_ID, Bus, Headers, almighty, forged, headers
from tests.stage.arguments import minimal
from tests.stage.world import BUILT

SERVICES = [name for name in BUILT if name != "gateway"]
CASES = [(service, operation) for service in SERVICES for operation in named(service).operations.values()]
UNPROVEN = {"kind": "Forbidden", "code": "caller.unproven", "message": "身份凭证无效，请重新登录", "details": {}}


def in_turn(forgeries: dict[str, Headers], number: int) -> list[tuple[str, Headers]]:
    """Six of them for each operation, so that over any three operations of a service each has its turn."""
    return [pair for place, pair in enumerate(forgeries.items()) if place % 3 == number % 3]


def arguments(operation: Operation) -> dict[str, object]:
    return minimal(operation.args(), lambda name: None, "外人")


@pytest.mark.feature("SEC-20", "SEC-21")
@pytest.mark.parametrize("service", SERVICES)
def test_no_forged_principal_is_believed_by_any_operation(bus: Bus, service: str) -> None:
    before, accepted = bus.rows(service), {}

    for number, operation in enumerate(o for s, o in CASES if s == service):
        args, audience = arguments(operation), f"{service}.{operation.name}"
        for name, sent in in_turn(forged(bus, audience, operation.permission, args), number):
            reply = bus.ask(service, operation.name, args, sent)
            if reply["error"] or reply["result"] != {"refusal": UNPROVEN}:
                accepted[f"{operation.name} {name}"] = reply

    assert accepted == {}
    assert bus.rows(service) == before


@pytest.mark.parametrize("service", SERVICES)
def test_a_genuine_principal_is_believed_once(bus: Bus, service: str) -> None:
    operation = next(o for s, o in CASES if s == service and o.is_list and not o.path_fields and o.permission != PUBLIC)
    args, audience = arguments(operation), f"{service}.{operation.name}"
    sent = bus.genuine(almighty(operation.permission), audience, args)

    replies = [bus.ask(service, operation.name, args, sent)["result"] for _ in range(3)]

    assert "answer" in replies[0]
    assert replies[1:] == [{"refusal": UNPROVEN}] * 2


@pytest.mark.feature("SEC-20")
@pytest.mark.parametrize("service", SERVICES)
def test_without_the_permission_a_genuine_caller_is_refused_by_the_service_itself(bus: Bus, service: str) -> None:
    """The gateway asks for permissions too; here nothing but the service stands in the way."""
    let_in = {}

    for operation in (o for s, o in CASES if s == service and o.permission != PUBLIC):
        args, audience = arguments(operation), f"{service}.{operation.name}"
        reply = bus.ask(service, operation.name, args, bus.genuine(almighty(f"{service}.other"), audience, args))
        if reply["result"].get("refusal", {}).get("code") != "caller.forbidden":
            let_in[operation.name] = reply

    assert let_in == {}


@pytest.mark.parametrize("service", SERVICES)
def test_over_the_broker_too_what_there_is_not_is_not_found(bus: Bus, service: str) -> None:
    """The gateway's own client, by the way that the matrix of strangers leaves out."""
    gateway, wrong = Services(bus.amqp_url, bus.key, KEY_ID), {}

    for operation in (o for s, o in CASES if s == service and not o.is_command and o.path_fields and o.permission != PUBLIC):
        try:
            answer = gateway.call(service, operation.name, arguments(operation), almighty(operation.permission))
        except NotFound:
            continue
        if not (operation.is_list and answer["items"] == []) and not set(operation.path_fields) & {"year", "layer"}:
            wrong[operation.name] = answer

    gateway.hang_up()
    assert wrong == {}


def test_all_trails_are_read_in_one_exchange_by_whom_they_are_for(bus: Bus) -> None:
    gateway, auditor = Services(bus.amqp_url, bus.key, KEY_ID), almighty(LIST_TRAIL.permission)
    stranger, asked = replace(auditor, scope=Scope(("99",), ALL, ALL)), {"operation": "load_catalogue"}

    seen, hidden = (gateway.call_each(SERVICES, LIST_TRAIL.name, asked, caller) for caller in (auditor, stranger))

    gateway.hang_up()
    assert {row["operation"] for answer in seen for row in answer["items"]} == {"load_catalogue"}
    assert hidden == [{"items": [], "next_cursor": None}] * len(SERVICES)


def test_a_call_that_comes_too_late_is_not_carried_out(bus: Bus) -> None:
    operation = next(o for s, o in CASES if s == "enterprise" and o.name == "list_enterprises")
    sent = bus.genuine(almighty(operation.permission), "enterprise.list_enterprises", {}) | {"deadline": 1.0}

    assert bus.ask("enterprise", operation.name, {}, sent)["result"]["refusal"]["code"] == "call.too_late"


@pytest.mark.parametrize("args", [None, 1, "text", [], [1], {"a": {"b": []}}], ids=str)
def test_whatever_the_arguments_are_the_service_goes_on_answering(bus: Bus, args: object) -> None:
    reply = bus.ask("enterprise", "list_enterprises", args, headers("none"))

    assert reply["result"] == {"refusal": UNPROVEN}
    test_a_genuine_principal_is_believed_once(bus, "enterprise")


def test_an_operation_that_is_none_is_not_answered(bus: Bus) -> None:
    reply = bus.ask("enterprise", "drop_everything", {}, headers("none"))

    assert (reply["result"], reply["error"]["exc_type"]) == (None, "MethodNotFound")
