"""Every operation × every role × every relation to the thing asked for, at the services themselves: no unexpected success.

The callers are vouched for as the gateway does it, with the permissions of each standard role and a scope that makes the
relation.  What is expected does not come from the code under test: without the permission nothing happens; a thing that
``oracle`` hides is not there; nothing that is answered names one.
"""

from collections import Counter
from typing import Any

import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gateway.rpc import Services
from services.kernel.caller import PUBLIC, SIGNED_IN
from services.kernel.contract import Operation
from services.kernel.errors import Forbidden, NotFound, Refusal
from tests.amounts import many
from tests.service.strangers import reasons
from tests.service.strangers.cases import Case, in_turn, name_of
from tests.service.strangers.relations import AT_HOME, Role, Secrets, asked_of_services, caller, roles
from tests.service.strangers.test_matrix import renamed, worded
from tests.stage.inprocess import InProcess
from tests.stage.world import OPERATIONS, Stage

CASES = [case for case in OPERATIONS if asked_of_services(case[0], case[1].name)]
EVERYTHING = ("every_", "api_client")
KNOWN_TO = {"colleague": reasons.KNOWN_TO_COLLEAGUES, "other industry": reasons.KNOWN_TO_OTHER_INDUSTRIES}
counted: Counter[str] = Counter()


@pytest.fixture(scope="module")
def secrets(stage: Stage) -> Secrets:
    return Secrets(stage)


@pytest.fixture(scope="module")
def elsewhere(stage: Stage) -> Services:
    """The gateway of another deployment, on our bus."""
    return InProcess(stage.parts, stage.memory, Ed25519PrivateKey.generate(), stage.key.public_key())


def outcome(services: Services, case: Case, args: dict[str, Any], asker: Any) -> Any:
    """The answer, or the refusal."""
    try:
        return services.call(case[0], case[1].name, args, asker)
    except Refusal as refusal:
        return refusal


def some(found: list[Role], operation: Operation, most: int) -> list[Role]:
    """Whoever holds everything, and of the standard roles some for each operation; all of them before a release."""
    everything = [role for role in found if role.code.startswith(EVERYTHING)]
    rest = [role for role in found if role not in everything]
    return everything + (in_turn(rest, operation, many(most, len(rest))) if rest else [])


@pytest.mark.feature("SEC-20", "SEC-24")
@pytest.mark.parametrize("case", [c for c in CASES if c[1].permission not in (PUBLIC, SIGNED_IN)], ids=name_of)
def test_no_role_without_the_permission_does_anything_even_with_its_own(stage: Stage, case: Case) -> None:
    args = stage.here.sample(*case)
    lacking = [role for role in roles(stage) if case[1].permission not in role.permissions]

    answers = {
        role.code: outcome(stage.edge.services, case, args, caller(stage, role, "own")) for role in some(lacking, case[1], 4)
    }

    counted["without the permission"] += len(answers)
    assert {code: a for code, a in answers.items() if not (isinstance(a, Forbidden) and a.code == "caller.forbidden")} == {}


@pytest.mark.feature("SEC-23", "SEC-24")
@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_with_the_permission_a_role_gets_what_its_relation_lets_it_have(
    stage: Stage, secrets: Secrets, elsewhere: Services, case: Case
) -> None:
    args, wrong = worded(stage.here.sample(*case), stage.here.mark), {}
    may = [role for role in roles(stage) if case[1].permission in (PUBLIC, SIGNED_IN, *role.permissions)]

    for role in some(may, case[1], 1):
        for relation in role.relations:
            hidden = secrets.from_(role, relation)
            if not is_harmless(case, args, relation, hidden):
                services = elsewhere if relation == "other deployment" else stage.edge.services
                counted[relation] += 1
                answer = outcome(services, case, args, caller(stage, role, relation))
                if not is_as_expected(case, args, relation, hidden, answer):
                    wrong[role.code, relation] = str(answer)[:300]

    assert wrong == {}


def is_harmless(case: Case, args: dict[str, Any], relation: str, hidden: set[str]) -> bool:
    """A command that speaks of nothing hidden is his to give, and would be carried out."""
    if relation in ("other deployment", "nobody"):
        return case[1].permission == PUBLIC and relation == "nobody" and case[1].is_command
    return case[1].is_command and (relation in AT_HOME or not mentioned(args, hidden))


def mentioned(args: dict[str, Any], marks: set[str]) -> set[str]:
    text = str(args)
    return {mark for mark in marks if mark in text}


def is_as_expected(case: Case, args: dict[str, Any], relation: str, hidden: set[str], answer: Any) -> bool:
    operation = case[1]
    if relation == "other deployment":
        return isinstance(answer, Forbidden) and answer.code == "caller.unproven"
    if relation == "nobody" and operation.permission != PUBLIC:
        return isinstance(answer, Forbidden) and answer.code == "caller.forbidden"
    if operation.permission == PUBLIC:
        return True  # What needs no account is shown to everybody, and is known by name.
    if isinstance(answer, Refusal):
        addressed = any(str(args.get(name)) in hidden for name in operation.path_fields)
        odd = reasons.REFUSED_OTHERWISE.get(name_of(case))
        return not addressed or isinstance(answer, Forbidden | NotFound) or (odd is not None and answer.code == odd[1])
    if operation.is_command:
        return name_of(case) in reasons.HARMLESS
    known = reasons.TELLING | KNOWN_TO.get(relation, {})
    return name_of(case) in known or not mentioned_but_not_said(answer, args, hidden)


def mentioned_but_not_said(answer: Any, args: dict[str, Any], hidden: set[str]) -> set[str]:
    text, said = orjson.dumps(answer).decode(), str(args)
    return {mark for mark in hidden if mark in text and mark not in said}


@pytest.mark.feature("SEC-23")
@pytest.mark.parametrize("case", [c for c in CASES if c[1].path_fields and c[1].permission != PUBLIC], ids=name_of)
def test_what_a_relation_hides_is_as_if_it_were_not(stage: Stage, secrets: Secrets, case: Case) -> None:
    args, different = stage.here.sample(*case), {}
    unknown = renamed(args, {}, stage.here.marks)
    everything = [r for r in roles(stage) if r.code.startswith(EVERYTHING) and case[1].permission in (SIGNED_IN, *r.permissions)]

    for role in everything:
        for relation in set(role.relations) - {*AT_HOME, "other deployment", "nobody"}:
            if any(str(args.get(name)) in secrets.from_(role, relation) for name in case[1].path_fields):
                both = [told(outcome(stage.edge.services, case, a, caller(stage, role, relation))) for a in (args, unknown)]
                counted[f"{relation}, unknown"] += 2
                if both[0] != both[1]:
                    different[role.code, relation] = both

    assert different == {} or name_of(case) in reasons.REFUSED_OTHERWISE


def told(answer: Any) -> Any:
    return (type(answer), answer.code, answer.message) if isinstance(answer, Refusal) else answer


@pytest.mark.feature("SEC-24")
def test_the_matrix_is_whole(stage: Stage) -> None:
    """No relation without cases, and as many as every build can bear."""
    assert {"without the permission", *(r for role in roles(stage) for r in role.relations)} <= counted.keys()
    assert sum(counted.values()) > many(4_000, 20_000)
