"""The indicators of rules 6, each with the numbers of its example."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.kernel import ids
from tests.service.stats.builders import (
    NOW,
    TODAY,
    World,
    enterprise,
    event,
    hazard,
    licence,
    of_enterprise,
    on_site,
    point,
    province,
    risk_list,
    signed_in,
    task,
    unit,
)

SUNDAY = TODAY + timedelta(days=6)
MONTH_END = date(2026, 6, 30)


def many(number: int) -> list[str]:
    return [ids.new_id() for _ in range(number)]


@pytest.mark.feature("STA-21")
@pytest.mark.feature("STA-01")
def test_example_a_of_a_unit_with_daily_weekly_and_monthly_points(world: World, mine: str) -> None:
    workshop, daily, weekly, monthly = ids.new_id(), many(4), many(3), many(3)
    monday = [task(mine, ids.new_id(), TODAY, "done", workshop, p) for p in daily for _ in range(2)]
    monday[-1] = task(mine, ids.new_id(), TODAY, "done_late", workshop, daily[-1])
    sunday = [task(mine, ids.new_id(), SUNDAY, "pending", workshop, p) for p in daily for _ in range(2)]
    week = [task(mine, ids.new_id(), SUNDAY, "pending", workshop, p, days=7) for p in weekly]
    month = [task(mine, ids.new_id(), MONTH_END, "pending", workshop, p, days=30) for p in monthly]
    filed = risk_list(mine, ids.new_id(), workshop, daily + weekly + monthly)
    points = [point(mine, p) for p in daily + weekly + monthly]
    world.tell(enterprise(mine), unit(mine, workshop, "一车间"), *points, filed, *monday, *sunday, *week, *month)

    board = world.ask(of_enterprise(mine), "show_board")
    on_sunday = world.ask(of_enterprise(mine), "show_overview", day=str(SUNDAY))
    in_week = world.ask(of_enterprise(mine), "show_overview", period="week")

    [row] = board["units"]
    assert (row["name"], row["due_count"], row["checked_count"], row["late_count"]) == ("一车间", 8, 7, 1)
    assert (row["check_rate"], row["coverage_rate"], row["risk_point_count"]) == (87.5, 100.0, 10)
    assert on_sunday["due_count"] == 8 + 3
    assert (in_week["due_count"], in_week["points_due"]) == (8 + 8 + 3, 7)


@pytest.mark.feature("STA-16")
@pytest.mark.feature("STA-05")
def test_example_b_of_an_enterprise_in_a_month(world: World, mine: str) -> None:
    points = many(50)
    outcomes = ["done"] * 180 + ["done_late"] * 10 + ["missed"] * 10
    # The points are checked in turn, but two of them only by tasks that are missed.
    covered = [points[n % 48] for n in range(190)]
    tasks = [
        task(mine, ids.new_id(), TODAY, outcome, point_id=p)
        for outcome, p in zip(outcomes, [*covered, *[points[48 + n % 2] for n in range(10)]], strict=True)
    ]
    hazards = [on_site(mine, h) for h in many(12)]
    hazards += [hazard(mine, h, "closed", "closed", finished_at=TODAY) for h in many(5)] + [hazard(mine, h) for h in many(3)]
    hazards.append(hazard(mine, ids.new_id(), "reported", "reported", hazard_class="major"))
    world.tell(enterprise(mine), *tasks, *hazards)

    found = world.ask(of_enterprise(mine), "show_overview", period="month")

    assert [found[n] for n in ("due_count", "checked_count", "late_count", "missed_count")] == [200, 180, 10, 10]
    assert (found["points_due"], found["points_covered"]) == (50, 48)
    assert (found["check_rate"], found["coverage_rate"]) == (90.0, 96.0)
    assert (found["hazard_count"], found["general_count"], found["major_count"]) == (21, 20, 1)
    assert found["rectified_rate"] == 80.95


def test_example_c_of_an_enterprise_suspended_all_month(world: World, mine: str) -> None:
    world.tell(enterprise(mine, "suspended"), *(task(mine, t, TODAY, "exempt") for t in many(30)))

    found = world.ask(of_enterprise(mine), "show_overview", period="month")

    assert (found["due_count"], found["check_rate"], found["coverage_rate"]) == (0, None, None)


ACTING = ["registered", "returned", "rectifying", "extension_pending", "reported", "planning", "plan_review"]
WAITING = ["pending_recheck", "assessing", "acceptance", "closed", "cancelled", "downgraded"]


@pytest.mark.parametrize(("status", "overdue"), [(s, 1) for s in ACTING] + [(s, 0) for s in WAITING])
def test_overdue_is_what_waits_for_the_enterprise_after_the_deadline_day(
    world: World, mine: str, status: str, overdue: int
) -> None:
    late, due_today = TODAY - timedelta(days=1), TODAY
    world.tell(enterprise(mine), *(hazard(mine, ids.new_id(), status, deadline_on=day) for day in (late, due_today)))

    assert world.ask(of_enterprise(mine), "show_overview")["overdue_count"] == overdue


@pytest.mark.parametrize(
    ("finished", "approved", "deadline", "kept"),
    [
        (TODAY, TODAY, TODAY, 1),
        (TODAY, TODAY - timedelta(days=1), TODAY, 0),  # Only the deadline of a failed recheck was kept: none (R13).
        (TODAY, TODAY + timedelta(days=5), TODAY + timedelta(days=5), 1),
    ],
)
def test_on_time_is_finished_by_the_last_approved_deadline(
    world: World, mine: str, finished: date, approved: date, deadline: date, kept: int
) -> None:
    dates: dict[str, Any] = {"finished_at": finished, "approved_deadline_on": approved, "deadline_on": deadline}
    world.tell(enterprise(mine), hazard(mine, ids.new_id(), "closed", "closed", **dates))

    found = world.ask(of_enterprise(mine), "show_overview", period="month")

    assert (found["deadline_count"], found["on_time_count"], found["on_time_rate"]) == (1, kept, 100.0 * kept)


def test_what_is_finished_but_not_closed_is_not_on_time_yet(world: World, mine: str) -> None:
    world.tell(enterprise(mine), hazard(mine, ids.new_id(), "pending_recheck", finished_at=TODAY, deadline_on=TODAY))

    found = world.ask(of_enterprise(mine), "show_overview")

    assert (found["deadline_count"], found["on_time_rate"], found["submitted_count"], found["rectified_rate"]) == (1, 0.0, 1, 0.0)


def test_a_hazard_counts_on_the_day_of_its_finding_in_its_present_class(world: World, mine: str) -> None:
    yesterday, found = TODAY - timedelta(days=1), ids.new_id()
    world.tell(enterprise(mine), hazard(mine, found, found_at=yesterday))
    world.tell(hazard(mine, found, "registered", "upgraded", found_at=yesterday, hazard_class="major"))

    upgraded = world.ask(of_enterprise(mine), "show_overview", day=str(yesterday))
    successor = hazard(mine, ids.new_id(), "rectifying", "registered", found_at=yesterday, origin_id=found)
    world.tell(hazard(mine, found, "downgraded", "downgraded", found_at=yesterday, hazard_class="major"), successor)
    downgraded = world.ask(of_enterprise(mine), "show_overview", day=str(yesterday))

    assert (upgraded["general_count"], upgraded["major_count"]) == (0, 1)
    assert (downgraded["general_count"], downgraded["major_count"]) == (1, 0)


def test_a_cancelled_hazard_is_in_no_count_and_no_rate(world: World, mine: str) -> None:
    one = ids.new_id()
    world.tell(
        enterprise(mine), hazard(mine, one, deadline_on=TODAY), hazard(mine, one, "cancelled", "cancelled", deadline_on=TODAY)
    )

    found = world.ask(of_enterprise(mine), "show_overview", period="month")

    assert not any(found[n] for n in ("hazard_count", "deadline_count", "open_general", "overdue_count"))
    assert (found["rectified_rate"], found["on_time_rate"]) == (None, None)


def test_after_a_failed_recheck_the_new_deadline_decides_what_is_overdue(world: World, mine: str) -> None:
    one, past, coming = ids.new_id(), TODAY - timedelta(days=3), TODAY + timedelta(days=3)
    failed = hazard(mine, one, "rectifying", "recheck_failed", deadline_on=coming, approved_deadline_on=past, finished_at=past)
    world.tell(enterprise(mine), failed)

    found = world.ask(of_enterprise(mine), "show_overview", period="month")

    assert (found["overdue_count"], found["deadline_count"], found["on_time_count"]) == (0, 1, 0)


@pytest.mark.feature("STA-07")
@pytest.mark.parametrize(("hours_ago", "online"), [(0, 1), (30 * 24 - 1, 1), (30 * 24, 1), (30 * 24 + 1, 0), (31 * 24, 0)])
def test_online_is_seen_within_thirty_times_24_hours(world: World, mine: str, hours_ago: int, online: int) -> None:
    filed = risk_list(mine, ids.new_id(), ids.new_id(), many(1))
    world.tell(enterprise(mine), filed, signed_in(mine, NOW - timedelta(hours=hours_ago)))

    found = world.ask(province(), "show_overview")
    offline = world.ask(province(), "list_offline_enterprises")["items"]

    assert (found["online_enterprises"], found["online_rate"]) == (online, 100.0 * online)
    assert len(offline) == found["active_enterprises"] - online


def test_an_upload_counts_as_being_online_and_a_missing_list_as_not(world: World, mine: str) -> None:
    other = ids.new_id()
    filed = risk_list(mine, ids.new_id(), ids.new_id(), many(1))
    world.tell(enterprise(mine), filed, task(mine, ids.new_id(), TODAY - timedelta(days=2), "done"))
    world.tell(enterprise(other), signed_in(other, NOW))

    found = world.ask(province(), "show_overview")

    assert (found["online_enterprises"], found["active_enterprises"], found["online_rate"]) == (1, 2, 50.0)


def test_suspended_enterprises_are_left_out_of_the_rates(world: World) -> None:
    filed, idle, stopped = many(3)
    lists = [risk_list(each, ids.new_id(), ids.new_id(), many(1)) for each in (filed, stopped)]
    world.tell(enterprise(filed), enterprise(idle), enterprise(stopped, "suspended"), *lists)

    found = world.ask(province(), "show_overview")

    assert (found["active_enterprises"], found["suspended_enterprises"], found["filed_rate"]) == (2, 1, 50.0)


@pytest.mark.feature("STA-04")
def test_a_point_on_several_lists_counts_once_and_by_its_present_level(world: World, mine: str) -> None:
    red, blue, drafted = many(3)
    lists = [risk_list(mine, ids.new_id(), u, points) for u, points in zip(many(2), ([red, blue], [red]), strict=True)]
    world.tell(enterprise(mine), point(mine, red, "orange"), point(mine, blue), point(mine, drafted), *lists)
    world.tell(point(mine, red, "red", "changed"))

    found = world.ask(province(), "show_overview")

    counts = [found[f"{level}_points"] for level in ("red", "orange", "yellow", "blue")]
    assert (counts, found["risk_point_count"], found["filed_lists"]) == ([1, 0, 0, 1], 2, 2)


def test_points_leave_with_their_list(world: World, mine: str) -> None:
    unit_id, listed, one = ids.new_id(), ids.new_id(), ids.new_id()
    world.tell(enterprise(mine), point(mine, one), risk_list(mine, listed, unit_id, [one]))
    world.tell(risk_list(mine, listed, unit_id, [one], what="withdrawn"))

    found = world.ask(province(), "show_overview")

    assert (found["risk_point_count"], found["filed_lists"], found["filed_enterprises"]) == (0, 0, 0)


@pytest.mark.parametrize(
    ("days", "expired", "expiring"), [(-1, 1, 0), (0, 0, 1), (30, 0, 1), (31, 0, 0)], ids=["past", "today", "soon", "later"]
)
def test_licences_are_found_expired_when_one_looks(world: World, mine: str, days: int, expired: int, expiring: int) -> None:
    revoked = licence(mine, ids.new_id(), TODAY - timedelta(days=9), "revoked", "revoked")
    world.tell(enterprise(mine), licence(mine, ids.new_id(), TODAY + timedelta(days=days)), revoked)

    found = world.ask(of_enterprise(mine), "show_overview")

    assert (found["licence_count"], found["expired_licences"], found["expiring_licences"]) == (1, expired, expiring)


def test_inspections_and_listings_are_counted(world: World, mine: str) -> None:
    inspection = {
        "id": ids.new_id(), "enterprise_id": mine, "authority_region": "520102", "source": "plan", "status": "recorded",
        "officers": [], "started_at": NOW, "recorded_at": NOW, "closed_at": None, "document_ids": [],
    }  # fmt: skip
    listing = {
        "id": ids.new_id(), "enterprise_id": mine, "hazard_id": ids.new_id(), "hazard_number": "1", "title": "某隐患",
        "level": "county", "status": "listed", "document_number": None, "duty_unit": None, "duty_person": None,
        "requirement": None, "deadline_on": None, "authority_region": "520102", "listed_at": NOW, "lifted_at": None,
    }  # fmt: skip
    world.tell(
        enterprise(mine), event("inspection.recorded", inspection, fact={"findings": []}), event("supervision.listed", listing)
    )
    listed = world.ask(of_enterprise(mine), "show_overview")

    world.tell(event("supervision.lifted", listing | {"status": "lifted"}))
    lifted = world.ask(of_enterprise(mine), "show_overview")

    assert (listed["inspection_count"], listed["listed_count"], lifted["listed_count"]) == (1, 1, 0)


@pytest.mark.parametrize(("replied", "late", "in_time"), [(NOW, False, 1), (NOW, True, 0), (None, False, 0)])
def test_a_notice_is_answered_in_time_or_not(world: World, mine: str, replied: Any, late: bool, in_time: int) -> None:
    receipt = {
        "id": ids.new_id(), "enterprise_id": mine, "notice_id": ids.new_id(), "receiver_kind": "enterprise", "receiver": mine,
        "status": "replied" if replied else "read", "feedback_due_at": NOW, "read_at": NOW, "replied_at": replied,
        "is_late": late, "is_overdue": False,
    }  # fmt: skip
    notice = {
        "id": ids.new_id(), "enterprise_id": None, "industry": None, "title": "通知", "kind": "notice", "status": "published",
        "department_id": None, "published_at": NOW, "feedback_due_at": NOW, "expires_on": None,
    }  # fmt: skip
    told = [event("notice_receipt.changed", receipt, fact={"step": "reply"}), event("notice.published", notice)]
    world.tell(enterprise(mine), *told)

    found = world.ask(province(), "show_overview")

    assert (found["reply_due_count"], found["replied_count"], found["notice_count"]) == (1, in_time, 1)
    assert found["reply_rate"] == 100.0 * in_time
