"""The ledger, its filters and pages, counts, work that waits, the library, and what the passing of days does."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from services.hazard import jobs
from services.kernel.caller import Caller
from services.kernel.errors import Invalid
from tests.service.hazard.builders import (
    ASSIGNED,
    SYSTEM,
    Desk,
    Enterprise,
    Rows,
    a_form,
    day,
    of_hazard,
    official,
    rectified,
    today,
)


def listed(desk: Desk, of: Enterprise, **filters: Any) -> list[str]:
    return [h["id"] for h in desk(of.safety_manager, "list_hazards", **filters)["items"]]


@pytest.mark.feature("HAZ-05")
def test_the_ledger_is_filtered_by_what_was_registered(desk: Desk, factory: Enterprise) -> None:
    registered = desk.registered(factory, category="people", place="配电室")["id"]
    on_site = desk.registered(factory, hazard_class="general_on_site", measure_taken="清理")["id"]
    major = desk.major(factory, deadline_on=day(20))["id"]
    cases: list[tuple[dict[str, Any], list[str]]] = [
        ({}, [major, on_site, registered]), ({"sort": "id"}, [registered, on_site, major]),
        ({"status": "registered"}, [major, registered]),
        ({"is_major": True}, [major]), ({"is_major": False}, [on_site, registered]), ({"is_open": True}, [major, registered]),
        ({"is_open": False}, [on_site]), ({"category": "people"}, [registered]), ({"q": "配电"}, [registered]), ({"q": "%"}, []),
        ({"hazard_class": "general_on_site"}, [on_site]), ({"sort": "deadline_on"}, [registered, major]),
        ({"deadline_from": day(8)}, [major]), ({"deadline_to": day(7)}, [registered]), ({"is_overdue": True}, []),
        ({"is_overdue": False}, [major, on_site, registered]), ({"found_from": day(0)}, [major, on_site, registered]),
        ({"found_to": day(-1)}, []), ({"region": "520100"}, [major, on_site, registered]), ({"region": "520103"}, []),
        ({"industry": "GM"}, [major, on_site, registered]), ({"industry": "MK"}, []), ({"source": "expert"}, []),
        ({"is_listed": True}, []),
    ]  # fmt: skip

    assert [listed(desk, factory, **filters) for filters, _ in cases] == [wanted for _, wanted in cases]


@pytest.mark.feature("STA-13")
def test_the_map_shows_open_hazards_that_have_a_place_the_major_ones_first(desk: Desk, factory: Enterprise) -> None:
    placed = {"longitude": 106.7, "latitude": 26.5}
    general = desk.registered(factory, **placed)["id"]
    major = desk.major(factory, **placed)["id"]
    desk.registered(factory, hazard_class="general_on_site", measure_taken="清理", **placed)
    desk.registered(factory)

    def seen(by: Caller, **filters: Any) -> list[tuple[str, str]]:
        found = desk(by, "show_hazard_map", box="106,26,107,27", enterprise_id=factory.id, **filters)
        assert found["count"] == len(found["points"])
        return [(point["id"], point["kind"]) for point in found["points"]]

    shown = [(major, "major"), (general, "general")]
    assert seen(official("520102")) == seen(official("520000"), region="520102") == shown
    assert (seen(official("520102"), is_major=True), seen(official("520102"), is_major=False)) == (shown[:1], shown[1:])
    assert seen(official("520103")) == seen(official("520000"), region="520103") == []


@pytest.mark.parametrize("sort", ["-id", "id", "deadline_on", "-deadline_on"])
def test_pages_follow_each_other_without_gap_or_repeat(desk: Desk, factory: Enterprise, sort: str) -> None:
    made = {desk.registered(factory, deadline_on=day(n % 3))["id"] for n in range(7)}
    found: list[str] = []
    cursor = None
    while True:
        page = desk(factory.safety_manager, "list_hazards", sort=sort, limit=3, cursor=cursor)
        found += [item["id"] for item in page["items"]]
        if (cursor := page["next_cursor"]) is None:
            break

    assert len(found) == 7 and set(found) == made


@pytest.mark.parametrize(
    "wrong", [{"sort": "place"}, {"cursor": "x"}, {"limit": 0}, {"q": "\0"}, {"status": "lost"}, {"task": "none"}]
)
def test_a_wrong_question_is_refused(desk: Desk, factory: Enterprise, wrong: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        listed(desk, factory, **wrong)


def test_a_recount_tells_classes_states_and_what_is_overdue(desk: Desk, factory: Enterprise, rows: Rows) -> None:
    late = desk.rectifying(factory)["id"]
    desk.registered(factory)
    desk.registered(factory, hazard_class="general_on_site", measure_taken="清理")
    desk(factory.checker, "register_hazard", **a_form(is_draft=True))
    make_overdue(desk, late)

    counts = desk(factory.safety_manager, "count_hazards", enterprise_id=factory.id)

    assert counts["overdue"] == 1
    assert [(c["hazard_class"], c["status"], c["count"], c["overdue"]) for c in counts["items"]] == [
        ("general_limited", "rectifying", 1, 1), ("general_limited", "registered", 1, 0),
        ("general_on_site", "closed_on_site", 1, 0),
    ]  # fmt: skip


# Work that waits


def tasks(desk: Desk, by: Any) -> dict[str, int]:
    return {item["task"]: item["count"] for item in desk(by, "list_hazard_tasks")["items"] if item["count"]}


@pytest.mark.feature("HAZ-11")
@pytest.mark.feature("HAZ-22")
def test_counts_of_work_equal_the_lists_behind_them_and_follow_every_step(desk: Desk, factory: Enterprise) -> None:
    hazard_id = desk.registered(factory)["id"]
    people = [factory.safety_manager, factory.responsible_person, factory.rechecker, factory.checker]
    steps: list[tuple[Any, str, dict[str, Any], dict[str, int]]] = [
        (factory.safety_manager, "return_hazard", {"reason": "不清"}, {"correct": 1}),
        (factory.checker, "resubmit_hazard", {}, {"confirm": 1}),
        (factory.safety_manager, "confirm_hazard", ASSIGNED, {"rectify": 1}),
        (factory.responsible_person, "submit_rectification", rectified(hazard_id), {"recheck": 1}),
        (factory.rechecker, "recheck_hazard", {"is_passed": True, "opinion": "合格"}, {}),
    ]
    for by, operation, args, wanted in steps:
        desk(by, operation, **{"hazard_id": hazard_id} | args)
        found: dict[str, int] = {}
        for person in people:
            mine = tasks(desk, person)
            found |= mine
            for task, count in mine.items():
                assert len(desk(person, "list_hazards", task=task)["items"]) == count
        assert found == wanted


def test_the_rectifier_has_no_recheck_to_do_and_the_asker_no_decision(desk: Desk, factory: Enterprise) -> None:
    both = factory.person("responsible_person", "rechecker", "safety_manager", "enterprise_admin")
    submitted, asked = desk.rectifying(factory)["id"], desk.rectifying(factory)["id"]
    desk(both, "submit_rectification", **rectified(submitted))
    extension = {"to_on": day(9), "reason": "备件未到", "interim_measures": "值守"}
    desk(both, "request_extension", hazard_id=asked, **extension)

    assert not {"recheck", "decide_extension"} & tasks(desk, both).keys()
    assert tasks(desk, factory.rechecker)["recheck"] == 1
    assert tasks(desk, factory.safety_manager)["decide_extension"] == 1


def test_major_hazards_wait_for_each_in_turn(desk: Desk) -> None:
    of = desk.enterprise("522701")
    county = official("522701")
    hazard_id = desk.major(of)["id"]
    assert tasks(desk, of.safety_manager) == {"report": 1}

    hazard_id = desk.planned(of)["id"]
    assert tasks(desk, of.principal) == {"approve_plan": 1} and "approve_plan" not in tasks(desk, county)
    desk(of.principal, "decide_plan", hazard_id=hazard_id, is_approved=True)
    desk.governed(of, hazard_id)

    assert tasks(desk, county) == {"accept": 1}


# Deadlines that pass


def make_overdue(desk: Desk, hazard_id: str, days: int = -1) -> None:
    """Let the deadline lie in the past, as if time had gone by."""
    with desk.database.work(SYSTEM, "test") as work:
        update = sa.text("UPDATE hazard SET deadline_on = :day, found_at = found_at - interval '40 days' WHERE id = :id")
        work.session.execute(update, {"day": today() + timedelta(days=days), "id": hazard_id})


@pytest.mark.feature("HAZ-15")
def test_the_passing_of_a_deadline_is_announced_once_and_again_for_a_new_one(desk: Desk, factory: Enterprise, rows: Rows) -> None:
    hazard_id = desk.rectifying(factory)["id"]
    make_overdue(desk, hazard_id)

    for _ in range(3):
        jobs.announce_overdue(desk.database, today())

    assert of_hazard(rows, hazard_id).count("hazard.overdue.v1") == 1
    make_overdue(desk, hazard_id, -2)
    jobs.announce_overdue(desk.database, today())
    assert of_hazard(rows, hazard_id).count("hazard.overdue.v1") == 2


def test_the_deadline_day_itself_is_not_announced(desk: Desk, factory: Enterprise, rows: Rows) -> None:
    hazard_id = desk.registered(factory, deadline_on=day(0))["id"]

    jobs.announce_overdue(desk.database, today())
    assert "hazard.overdue.v1" not in of_hazard(rows, hazard_id)

    jobs.announce_overdue(desk.database, today() + timedelta(days=1))
    assert "hazard.overdue.v1" in of_hazard(rows, hazard_id)


@pytest.mark.feature("HAZ-15")
def test_an_overdue_hazard_leaves_the_list_when_rectification_is_submitted_and_comes_back(desk: Desk, factory: Enterprise) -> None:
    hazard_id = desk.rectifying(factory)["id"]
    make_overdue(desk, hazard_id, -5)
    county = official("520102")

    def overdue() -> list[tuple[str, int]]:
        found = desk(county, "list_hazards", enterprise_id=factory.id, is_overdue=True)["items"]
        return [(h["id"], h["days_overdue"]) for h in found]

    assert overdue() == [(hazard_id, 5)]
    desk(factory.responsible_person, "submit_rectification", **rectified(hazard_id))
    assert overdue() == []
    desk(factory.rechecker, "recheck_hazard", hazard_id=hazard_id, is_passed=False, opinion="未完成", deadline_on=day(1))
    make_overdue(desk, hazard_id, -1)
    assert overdue() == [(hazard_id, 1)]


def test_many_deadlines_that_pass_at_once_are_all_announced(desk: Desk, rows: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    of = desk.enterprise("522630")
    made = {desk.registered(of, deadline_on=day(0))["id"] for _ in range(7)}
    monkeypatch.setattr(jobs, "BATCH", 3)

    jobs.announce_overdue(desk.database, today() + timedelta(days=1))

    told = rows("SELECT subject FROM outbox WHERE type = 'hazard.overdue.v1' AND region = '522630'")
    assert {row["subject"] for row in told} == made and len(told) == 7


# The library


@pytest.fixture
def reader(factory: Enterprise) -> Any:
    return factory.checker


@pytest.mark.feature("HAZ-23")
def test_typical_hazards_are_found_by_industry_and_keyword(desk: Desk, reader: Any) -> None:
    found = desk(reader, "list_hazard_library", industry="GM01", q="煤气", limit=200)["items"]

    assert found and {item["industry"] for item in found} <= {"ALL", "GM", "GM01"}
    assert all("煤气" in item["requirement"] + item["basis"] for item in found)


@pytest.mark.feature("HAZ-34")
def test_criteria_are_found_by_the_industry_they_judge(desk: Desk, reader: Any) -> None:
    pages: list[Any] = []
    cursor = None
    while True:
        page = desk(reader, "list_major_criteria", industry="GM01", limit=50, cursor=cursor)
        pages.append(page["items"])
        if (cursor := page["next_cursor"]) is None:
            break

    codes = [item["code"] for items in pages for item in items]
    assert len(codes) == len(set(codes)) == 64 and len(pages) == 2
    assert {item["group"] for items in pages for item in items} == {"GONGMAO"}
    assert not desk(reader, "list_major_criteria", industry="GM01", q="没有这样的字")["items"]


def test_standards_tell_how_many_of_their_criteria_are_at_hand(desk: Desk, reader: Any) -> None:
    held = {item["code"]: item["criteria"] for item in desk(reader, "list_major_standards")["items"]}

    assert (held["GONGMAO-2023"], held["COAL-2026"]) == (64, 0)
