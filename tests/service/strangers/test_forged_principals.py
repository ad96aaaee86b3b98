"""Ten thousand forged, stale, re-aimed and repeated principals at the entrypoints of the services: none is believed."""

import random
from typing import Any

import pytest

from services.kernel import clock
from services.kernel.caller import PUBLIC
from services.kernel.contract import Operation
from services.kernel.service import named
from tests.amounts import many
from tests.service.strangers.forgeries import Aim, forged
from tests.service.strangers.rows import counts_of
from tests.stage.world import BUILT, OPERATIONS, Stage

UNPROVEN = {"refusal": {"kind": "Forbidden", "code": "caller.unproven", "message": "身份凭证无效，请重新登录", "details": {}}}
FORGERIES = many(10_000, 100_000)


def put(stage: Stage, service: str, operation: str, args: dict[str, Any], token: Any) -> Any:
    """What the entrypoint answers to a message, as the broker would hand it over."""
    headers = {"principal": token, "request_id": "forged", "deadline": clock.now().timestamp() + 60, "redelivered": False}
    return getattr(stage.edge.services.entrypoints[service], operation)(args, headers)  # type: ignore[attr-defined]


def aims(stage: Stage, service: str) -> list[Aim]:
    """The service's operations, each with a token that has been believed once."""
    asked = named(service).operations
    return [aim_at(stage, service, o) for s, o in OPERATIONS if s == service and o.permission != PUBLIC and o.name in asked]


def aim_at(stage: Stage, service: str, operation: Operation) -> Aim:
    chance = random.Random(operation.name)
    others = [f"{s}.{o.name}" for s, o in OPERATIONS if (s, o) != (service, operation)]
    args = {"marker": chance.random()}  # Refused as arguments, and so changing nothing: but only after its bearer was believed.
    aim = Aim(f"{service}.{operation.name}", chance.choice(others), operation.permission, args, stage.key, chance)
    aim.used = aim.right()
    believed = put(stage, service, operation.name, args, aim.used)
    assert believed["refusal"]["code"] in ("args.invalid", "caller.forbidden")
    return aim


@pytest.mark.feature("SEC-21")
@pytest.mark.parametrize("service", BUILT)
def test_no_forged_principal_is_believed(stage: Stage, service: str) -> None:
    targets = aims(stage, service)
    before, believed, tried = counts_of(stage, service), {}, 0

    for aim in targets:
        for name, token in forged(aim, FORGERIES // len(BUILT) // len(targets) + 1):
            tried += 1
            if (answer := put(stage, service, aim.audience.partition(".")[2], aim.args, token)) != UNPROVEN:
                believed[aim.audience, name, str(token)] = answer

    assert believed == {}
    assert tried * len(BUILT) >= FORGERIES
    assert counts_of(stage, service) == before
