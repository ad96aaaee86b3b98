"""Repeats: the same key answers the first result, another request under it is refused, and nothing is done twice."""

import threading
from typing import Any

import orjson
import pytest
import sqlalchemy as sa

from services.kernel import ids
from services.kernel.audit import Sealer
from services.kernel.caller import system
from services.kernel.contract import Operation
from services.runtime import chain
from tests.service.strangers.cases import is_refusal, name_of
from tests.service.strangers.rows import counts_of
from tests.stage.objects import owned, place_of, tables_of
from tests.stage.world import BUILT, OPERATIONS, Call, Stage

REGISTER = "enterprise.register"  # Since the approval nobody of this enterprise may do that any more.
# The edge answers these itself, before a key would be looked at.
WITHOUT_KEYS = ("gateway.upload_file",)


def commands(stage: Stage) -> list[Call]:
    """Each command that the story of one side holds, as it was first given."""
    first: dict[str, Call] = {}
    for call in stage.here.calls:
        name = f"{call.service}.{call.operation.name}"
        if call.operation.is_command and name not in WITHOUT_KEYS and call.operation.permission != REGISTER:
            first.setdefault(name, call)
    return list(first.values())


def test_a_repeat_under_the_same_key_answers_the_first_result_and_does_nothing(stage: Stage) -> None:
    repeated, first = {}, {}

    for call in commands(stage):
        before = counts_of(stage, call.service)
        answer = stage.ask(call.token, call.operation, call.args, call.key)
        name = f"{call.service}.{call.operation.name}"
        repeated[name] = (answer.status_code, answer.json, counts_of(stage, call.service) == before)
        shown_once = dict.fromkeys(getattr(call.operation.answer, "once", ()))
        first[name] = (call.status, orjson.loads(call.body) | shown_once, True)

    assert len(first) > 20
    assert repeated == first


def test_another_request_under_a_used_key_is_refused(stage: Stage) -> None:
    refused = {}

    for call in commands(stage):
        other = call.args | {"version": 999} if "version" in call.operation.args().fields else None
        if other is not None:
            answer = stage.ask(call.token, call.operation, other, call.key)
            refused[f"{call.service}.{call.operation.name}"] = (answer.status_code, answer.json["code"])

    assert len(refused) > 10
    assert set(refused.values()) == {(422, "idempotency.other_request")}


def test_what_is_done_again_without_a_key_is_done_anew_or_refused(stage: Stage) -> None:
    """Most of the story's moves are by now illegal; each is refused as everything is, and none fails."""
    wrong, refused = {}, 0

    for call in commands(stage):
        answer = stage.ask(call.token, call.operation, call.args)
        refused += answer.status_code in (403, 404, 409, 422)
        if answer.status_code >= 400 and not is_refusal(answer):
            wrong[f"{call.service}.{call.operation.name}"] = (answer.status_code, answer.text)

    assert wrong == {}
    assert refused > 15


@pytest.mark.parametrize("key", ["short", "x" * 101])
def test_a_key_that_is_none_is_refused(stage: Stage, key: str) -> None:
    call = commands(stage)[0]

    answer = stage.ask(call.token, call.operation, call.args, key)

    assert (answer.status_code, answer.json["code"]) == (422, "idempotency.bad_key")


# One change a service, and who makes it; everything else comes from the stage.
CHANGES = {
    "enterprise.update_enterprise": ("enterprise_admin", {"main_business": "改"}),
    "enterprise.edit_org_unit": ("enterprise_admin", {"leader": "改"}),
    "risk.change_risk_category": ("safety_manager", {"name": "改"}),
    "hazard.comment_hazard": ("regulator", {"comment": "请尽快"}),
    "enforcement.change_check_item": ("enforcement_admin", {}),
    "notice.edit_notice": ("publisher", {"title": "改"}),
    "gateway.change_department": ("system_admin", {"industries": ["*"]}),
}


def case_named(name: str) -> tuple[str, Operation]:
    return next(case for case in OPERATIONS if name_of(case) == name)


def at_once(stage: Stage, token: str, operation: Operation, *requests: tuple[dict[str, Any], str]) -> list[Any]:
    """The answers to requests that are made at the same moment."""
    gate, answers = threading.Barrier(len(requests)), []

    def send(args: dict[str, Any], key: str) -> None:
        gate.wait(30)
        answers.append(stage.ask(token, operation, args, key))

    threads = [threading.Thread(target=send, args=request) for request in requests]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.parametrize("name", CHANGES)
def test_of_two_who_change_the_same_thing_at_once_one_is_told(stage: Stage, name: str) -> None:
    """Both decided on the version that they saw; the second is refused, and nothing of his is left."""
    (service, operation), (who, given) = case_named(name), CHANGES[name]
    args = stage.here.sample(service, operation) | given
    args[operation.path_fields[-1]] = newest(stage, service, operation.path_fields[-1])
    version = present_version(stage, service, operation, args)

    answers = at_once(stage, stage.here.tokens[who], operation, *((args | {"version": version}, ids.token()) for _ in range(2)))

    assert sorted(a.status_code for a in answers) == [200, 409], [a.text for a in answers]
    assert present_version(stage, service, operation, args) == version + 1
    assert {a.json["code"] for a in answers if a.status_code == 409} <= {"version.stale", "record.busy"}


def newest(stage: Stage, service: str, field: str) -> str:
    """What the story made last of the things that the field speaks of."""
    place = place_of(service, field, BUILT)
    assert place is not None
    table = tables_of(place[0])[place[1]]
    mine = owned(table, stage.here.region, stage.here.enterprise_id)
    with stage.parts[place[0]][1].work(system("stage"), "look", read_only=True) as work:
        return str(work.session.scalar(sa.select(sa.func.max(sa.cast(table.c[place[2]], sa.Text))).where(mine)))


def present_version(stage: Stage, service: str, operation: Operation, args: dict[str, Any]) -> int:
    """The version of the thing that the operation addresses."""
    field = operation.path_fields[-1]
    place = place_of(service, field, BUILT)
    assert place is not None
    table = tables_of(place[0])[place[1]]
    with stage.parts[place[0]][1].work(system("stage"), "look", read_only=True) as work:
        found = work.session.scalar(sa.select(table.c.version).where(table.c[place[2]] == args[field]))
    assert isinstance(found, int)
    return found


@pytest.mark.parametrize("name", ["risk.create_risk_category", "gateway.create_department"])
def test_the_same_request_sent_twice_at_once_is_done_once(stage: Stage, name: str) -> None:
    service, operation = case_named(name)
    who = {"risk": "safety_manager", "gateway": "system_admin"}[service]
    args, key, before = stage.here.arguments(service, operation, industries=["*"]), ids.token(), counts_of(stage, service)
    args = {n: v for n, v in args.items() if n in operation.args().fields}

    answers = at_once(stage, stage.here.tokens[who], operation, (args, key), (args, key))

    assert [a.status_code for a in answers] == [201, 201], [a.text for a in answers]
    assert answers[0].json == answers[1].json
    after = counts_of(stage, service)
    assert {table: after[table] - before[table] for table in ("audit", "idempotency")} == {"audit": 1, "idempotency": 1}


@pytest.mark.parametrize("service", BUILT)
def test_what_has_been_done_is_sealed_without_a_gap(stage: Stage, service: str) -> None:
    database = stage.parts[service][1]
    while Sealer(database, "stage").step():
        pass

    assert list(chain.verify(database)) == []
