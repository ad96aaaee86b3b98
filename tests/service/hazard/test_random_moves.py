"""Whatever people try in whatever order: no state outside the tables, and a refused move changes nothing at all."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.hazard.domain import general, major
from services.kernel import clock
from services.kernel.caller import Caller
from services.kernel.errors import Refusal
from tests.service.hazard.builders import (
    ASSIGNED,
    CRITERION,
    PHOTO,
    REPORT,
    Desk,
    Enterprise,
    Rows,
    a_plan,
    day,
    official,
    rectified,
)
from tests.unit.state_machine import table

STATES = {str(state) for state in (*general.State, *major.State)}
ROLES = ("safety_manager", "responsible_person", "rechecker", "principal", "expert", "checker", "enterprise_admin")
# Two who may do everything in the enterprise, so that one can approve what the other asked; an official; two who may little.
PEOPLE = ["one", "other", "one", "other", "county", "county", "checker", "responsible_person"]
# Each act with its arguments, right and wrong ones; the hazard is given.
ACTS: list[tuple[str, dict[str, Any]]] = [
    ("confirm_hazard", ASSIGNED), ("confirm_hazard", {**ASSIGNED, "class_reason": "仅外观缺损"}),
    ("return_hazard", {"reason": "不清"}),
    ("resubmit_hazard", {}), ("upgrade_hazard", {"criterion_code": CRITERION}), ("cancel_hazard", {"reason": "重复"}),
    ("submit_rectification", rectified("")), ("submit_rectification", rectified("", after_photos=[])),
    ("recheck_hazard", {"is_passed": True, "opinion": "合格"}),
    ("recheck_hazard", {"is_passed": False, "opinion": "否", "deadline_on": day(9)}),
    ("request_extension", {"to_on": day(10), "reason": "备件未到", "interim_measures": "值守", "plan": "顺延"}),
    ("request_extension", {"to_on": day(45), "reason": "备件未到", "interim_measures": "值守", "plan": "顺延"}),
    ("decide_extension", {"is_approved": True}), ("decide_extension", {"is_approved": False, "opinion": "不同意"}),
    ("report_major", REPORT), ("start_plan", {}), ("submit_plan", a_plan()), ("submit_plan", a_plan(goal=None)),
    ("decide_plan", {"is_approved": True}), ("decide_plan", {"is_approved": False, "opinion": "不全"}),
    ("report_progress", {"percent": 100, "text": "完成"}),
    ("finish_governance", {"measure_taken": "完成", "after_photos": [PHOTO]}),
    ("assess_governance", {"is_passed": True, "report": "有效", "attachments": [PHOTO]}),
    ("assess_governance", {"is_passed": False, "report": "无效"}), ("close_major", {"is_accepted": True, "opinion": "合格"}),
    ("close_major", {"is_accepted": False, "opinion": "不合格"}), ("downgrade_hazard", {"reason": "不符合"}),
]  # fmt: skip
MACHINES = {"general": "SM-HZ", "major": "SM-MHZ"}
REACHED = {(course, state, to) for course, machine in MACHINES.items() for (state, _), to in table(machine).items()}
# Which operation makes a move; those that end a hazard early, and upgrading, are left to chance.
OPERATION = {
    "confirm": "confirm_hazard", "return": "return_hazard", "resubmit": "resubmit_hazard",
    "submit_rectification": "submit_rectification", "recheck_pass": "recheck_hazard", "request_extension": "request_extension",
    "approve_extension": "decide_extension", "report": "report_major", "start_plan": "start_plan", "submit_plan": "submit_plan",
    "approve_plan": "decide_plan", "progress": "report_progress", "finish": "finish_governance", "assess_pass": "assess_governance",
    "accept": "close_major",
}  # fmt: skip
OF_ONE = """
SELECT to_jsonb(h) AS row, (SELECT count(*) FROM hazard_history x WHERE x.hazard_id = h.id) AS steps,
    (SELECT count(*) FROM outbox o WHERE o.subject = h.id::text) AS told FROM hazard h WHERE h.id = :id
"""


def caller(of: Enterprise, person: str) -> Caller:
    if person in ("one", "other"):
        return of.people.setdefault(person, of.person(*ROLES))
    if person == "county":
        return of.people.setdefault(person, official(of.region))
    return of.people.setdefault(person, of.person(person, "enterprise_admin"))


def fitting(course: str, status: str) -> list[tuple[str, dict[str, Any]]]:
    """The acts that a state invites; all of them where it invites none."""
    moves = {move for state, move in table(MACHINES[course]) if state == status}
    return [act for act in ACTS if act[0] in {OPERATION.get(move) for move in moves}] or ACTS


# Who, which act, and whether one that fits the state or any at all.
STEP = st.tuples(st.sampled_from(PEOPLE), st.integers(0, 10_000), st.integers(0, 3).map(bool))
STEPS = st.lists(STEP, min_size=30, max_size=60)
FOUND = st.sampled_from(["general", "suspected", "major", "by the county"])


@pytest.fixture
def made(desk: Desk, factory: Enterprise) -> Any:
    def make(found: str) -> str:
        if found == "major":
            return str(desk.major(factory)["id"])
        if found == "by the county":
            form = {"place": "一车间", "description": "护栏缺失", "enterprise_id": factory.id, "source": "superior"}
            return str(desk(caller(factory, "county"), "register_hazard", **form)["id"])
        return str(desk.registered(factory, is_suspected_major=found == "suspected")["id"])

    return make


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=FOUND, steps=STEPS)
def test_moves_at_random_stay_in_the_tables_and_refusals_change_nothing(
    desk: Desk, factory: Enterprise, rows: Rows, made: Any, found: str, steps: list[tuple[str, int, bool]]
) -> None:
    hazard_id = made(found)
    (before,) = rows(OF_ONE, id=hazard_id)
    for person, choice, is_fitting in steps:
        acts = fitting(course_of(before), before["row"]["status"]) if is_fitting else ACTS
        operation, args = acts[choice % len(acts)]
        args = args | ({"finished_at": clock.now().isoformat()} if "finished_at" in args else {})
        try:
            desk(caller(factory, person), operation, **{**args, "hazard_id": hazard_id})
            is_done = True
        except Refusal:
            is_done = False
        (after,) = rows(OF_ONE, id=hazard_id)
        if is_done:
            follows(before, after)
        else:
            assert after == before
        before = after

    recounts(desk, factory, rows)


def course_of(seen: dict[str, Any]) -> str:
    return "major" if seen["row"]["hazard_class"] == "major" else "general"


def follows(before: dict[str, Any], after: dict[str, Any]) -> None:
    """One step of the tables, one version, one row of history, at least one announcement."""
    old, new = before["row"], after["row"]
    assert new["status"] in STATES and (course_of(before), old["status"], new["status"]) in REACHED
    assert (new["version"], after["steps"]) == (old["version"] + 1, before["steps"] + 1)
    assert after["told"] > before["told"]
    assert (new["number"], new["found_at"], new["region"]) == (old["number"], old["found_at"], old["region"])
    assert new["rectified_by"] is None or new["status"] != "closed" or new["closed_at"] is not None
    assert new["extensions"] <= 2


def recounts(desk: Desk, factory: Enterprise, rows: Rows) -> None:
    """What the service counts is what there is."""
    sql = (
        "SELECT hazard_class, status, count(*) AS count FROM hazard WHERE enterprise_id = :id AND number IS NOT NULL GROUP BY 1, 2"
    )
    there = {(row["hazard_class"], row["status"]): row["count"] for row in rows(sql, id=factory.id)}
    counted = desk(caller(factory, "one"), "count_hazards", enterprise_id=factory.id)["items"]

    assert {(item["hazard_class"], item["status"]): item["count"] for item in counted} == there
