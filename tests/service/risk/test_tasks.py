"""Tasks and checks: made once, done, late, missed, mended; items one by one; what fails is announced."""

import threading
from datetime import date, timedelta
from typing import Any

import pytest

from services.kernel import ids
from services.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from tests.service.risk.builders import Rows, World, a_line, at, events_of, moment, passed, tomorrow

FILED = date(2026, 11, 20)
DAY = date(2026, 11, 23)  # A Monday.
FAILED = [
    {"item_no": 1, "answer": "failed", "description": "防护罩缺损", "removed_on_site": True, "measure": "已更换"},
    {"item_no": 2, "answer": "partly", "description": "急停按钮松动"},
]


@pytest.fixture
def point(world: World) -> dict[str, Any]:
    return world.point(level="yellow")


@pytest.fixture
def task(world: World, point: dict[str, Any]) -> dict[str, Any]:
    """A task of DAY."""
    with at(FILED):
        world.filed(a_line(point))
    world.generate(DAY)
    return world.tasks()[0]


def check(world: World, task: dict[str, Any], **more: Any) -> dict[str, Any]:
    return dict(world.desk(world.manager, "submit_check", **{"task_id": task["id"], "answers": passed()} | more))


def test_the_nightly_job_run_twice_makes_every_task_once(world: World, rows: Rows, task: dict[str, Any]) -> None:
    world.generate(DAY)

    assert [t["id"] for t in world.tasks()] == [task["id"]]
    assert [e["type"] for e in events_of(rows, task["id"])] == ["check_task.generated.v1"]


@pytest.mark.parametrize(("period", "days"), [("week", {DAY}), ("month", {date(2026, 12, 1)}), ("workday", {DAY})])
def test_a_window_is_made_on_its_first_day_alone(world: World, point: dict[str, Any], period: str, days: set[date]) -> None:
    with at(FILED):
        world.filed(a_line(point, period))

    for day in (date(2026, 11, 21), DAY, date(2026, 12, 1)) if period != "workday" else (date(2026, 11, 21), DAY):
        world.generate(day)

    assert {date.fromisoformat(t["window_start"][:10]) + timedelta(days=1) for t in world.tasks()} == days


def test_a_year_line_gets_the_rest_of_the_running_year_once(world: World, point: dict[str, Any]) -> None:
    with at(FILED):
        world.filed(a_line(point, "year"))
    world.generate(tomorrow(FILED))
    world.generate(DAY)

    with at(DAY):
        world.filed(a_line(point, "year"))
    world.generate(tomorrow(DAY))

    assert [(t["window_start"], t["window_end"]) for t in world.tasks()] == [
        ("2026-11-20T16:00:00+00:00", "2026-12-31T16:00:00+00:00")
    ]


@pytest.mark.feature("RSK-20")
def test_a_task_tells_its_list_and_how_often_the_point_is_checked(world: World, point: dict[str, Any]) -> None:
    with at(FILED):
        of = world.filed(a_line(point, "day", 3))
    world.generate(DAY)

    with at(DAY):
        listed = world.tasks()
        sheets = world.desk(world.manager, "list_check_sheets")["items"]
        one = world.desk(world.manager, "get_check_task", check_task_id=listed[0]["id"])

    told = {(row["list_id"], row["list_name"], row["period"], row["times"]) for row in [*listed, *sheets, one]}
    assert len(listed) == 3 and sheets and told == {(of["id"], of["name"], "day", 3)}


def test_a_missed_night_makes_up_what_has_ended_as_exempt(world: World, rows: Rows, point: dict[str, Any]) -> None:
    with at(FILED):
        world.filed(a_line(point))

    with at(tomorrow(DAY), 8):
        world.desk.run("generate_tasks", DAY)

    found = world.tasks()
    assert [(t["status"], t["reason"]) for t in found] == [("exempt", "系统补生成时检查时段已结束")]
    assert [e["type"] for e in events_of(rows, found[0]["id"])] == ["check_task.exempt.v1"]


@pytest.mark.feature("RSK-20")
def test_a_check_inside_the_window_does_the_task(world: World, rows: Rows, task: dict[str, Any]) -> None:
    with at(DAY, 10):
        before = world.desk(world.manager, "count_check_tasks")
        done = check(world, task)
        after = world.desk(world.manager, "count_check_tasks")

    assert (done["outcome"], done["task_status"], done["failed_count"]) == ("done", "done", 0)
    assert (before["pending"], after["pending"], after["done_today"]) == (1, 0, 1)
    assert [e["type"] for e in events_of(rows, task["id"])] == ["check_task.generated.v1", "check_task.done.v1"]
    assert events_of(rows, done["id"]) == []


def test_the_number_on_the_home_page_is_that_of_the_list(world: World, task: dict[str, Any]) -> None:
    with at(DAY, 10):
        counted = world.desk(world.manager, "count_check_tasks")
        sheets = world.desk(world.manager, "list_check_sheets")["items"]

    assert counted["pending"] == len(sheets) == 1
    assert [i["item"] for i in sheets[0]["items"]] == ["防护罩完好", "急停按钮有效"]


def test_each_item_that_fails_is_announced_with_all_a_hazard_needs(
    world: World, rows: Rows, task: dict[str, Any], point: dict[str, Any]
) -> None:
    with at(DAY, 10):
        done = check(world, task, answers=FAILED)

    announced = events_of(rows, done["id"])
    assert [e["type"] for e in announced] == ["check_item.failed.v1"] * 2
    state, fact = announced[0]["data"]["state"], announced[0]["data"]["fact"]
    assert state["check_id"] == done["id"] and (state["point_id"], state["point_level"]) == (point["id"], "yellow")
    assert (fact["item_no"], fact["answer"], fact["description"], fact["removed_on_site"]) == (1, "failed", "防护罩缺损", True)
    assert [c["id"] for c in world.desk(world.manager, "list_checks", is_failed=True)["items"]] == [done["id"]]


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        (passed(1), "check.unanswered"),
        (passed(1, 2, 3), "check.unknown_item"),
        (passed(1, 1, 2), "check.answered_twice"),
        ([{"item_no": 1, "answer": "failed"}, {"item_no": 2, "answer": "passed"}], "check.no_description"),
    ],
)
def test_every_item_is_answered_once_and_a_failure_described(
    world: World, rows: Rows, task: dict[str, Any], answers: list[dict[str, Any]], code: str
) -> None:
    with at(DAY, 10), pytest.raises(Invalid, match=code):
        check(world, task, answers=answers)

    assert rows("SELECT id FROM check_record WHERE enterprise_id = :own", own=world.id) == []


def test_an_ended_window_is_missed_and_closing_again_changes_nothing(world: World, rows: Rows, task: dict[str, Any]) -> None:
    for _ in range(2):
        with at(tomorrow(DAY), 0, 1):
            world.desk.run("close_windows", tomorrow(DAY))

    assert [t["status"] for t in world.tasks()] == ["missed"]
    assert [e["type"] for e in events_of(rows, task["id"])] == ["check_task.generated.v1", "check_task.missed.v1"]


@pytest.mark.parametrize(("hours", "outcome", "status"), [(12, "done_late", "done_late"), (25, "supplement", "missed")])
def test_a_day_late_counts_as_late_and_later_changes_nothing(
    world: World, task: dict[str, Any], hours: int, outcome: str, status: str
) -> None:
    with at(tomorrow(DAY), 0, 1):
        world.desk.run("close_windows", tomorrow(DAY))

    with at(tomorrow(DAY) + timedelta(days=hours // 24), hours % 24, 5):
        done = check(world, task)

    assert (done["outcome"], done["task_status"]) == (outcome, status)


@pytest.mark.feature("RSK-22")
def test_an_offline_check_inside_its_window_mends_a_missed_task(world: World, rows: Rows, task: dict[str, Any]) -> None:
    with at(tomorrow(DAY), 0, 1):
        world.desk.run("close_windows", tomorrow(DAY))
    upload = DAY + timedelta(days=2)

    with at(upload, 8):
        times = {"completed_at": moment(DAY, 15).isoformat(), "device_time": moment(upload, 8, 3).isoformat()}
        done = check(world, task, id=ids.new_id(), device_id="PDA-1", **times)

    assert (done["outcome"], done["task_status"], done["is_time_flagged"]) == ("done", "done", False)
    assert [e["type"] for e in events_of(rows, task["id"])][-1] == "check_task.done.v1"


@pytest.mark.parametrize(("days", "skew"), [(4, 0), (1, 6)])
def test_a_late_upload_or_a_wrong_clock_is_flagged_and_mends_nothing(
    world: World, task: dict[str, Any], days: int, skew: int
) -> None:
    upload = DAY + timedelta(days=days)
    with at(upload, 0, 1):
        world.desk.run("close_windows", upload)

    with at(upload, 8):
        times = {"completed_at": moment(DAY, 15).isoformat(), "device_time": moment(upload, 8, skew).isoformat()}
        done = check(world, task, **times)

    assert done["is_time_flagged"] and done["task_status"] == ("missed" if days == 4 else "done_late")


@pytest.mark.feature("RSK-22")
def test_a_check_sent_again_is_kept_once(world: World, rows: Rows, task: dict[str, Any]) -> None:
    check_id, answers = ids.new_id(), []

    def send() -> None:
        answers.append(check(world, task, id=check_id, answers=FAILED))

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [a["id"] for a in answers] == [check_id] * 4
    assert len(rows("SELECT id FROM check_record WHERE enterprise_id = :own", own=world.id)) == 1
    assert len(events_of(rows, check_id)) == 2


def test_an_id_is_not_used_for_another_check(world: World, task: dict[str, Any]) -> None:
    check_id, other = ids.new_id(), world.somebody("checker", "safety_manager")
    with at(DAY, 10):
        check(world, task, id=check_id)

        with pytest.raises(Conflict, match="check.other_under_id"):
            world.desk(other, "submit_check", id=check_id, task_id=task["id"], answers=passed())


def test_both_who_checked_are_recorded_and_the_first_one_counts(world: World, task: dict[str, Any]) -> None:
    with at(DAY, 10):
        first = check(world, task)
        second = world.desk(world.director, "submit_check", task_id=task["id"], answers=passed())

    assert (first["outcome"], second["outcome"]) == ("done", "supplement")
    assert len(world.desk(world.manager, "list_checks")["items"]) == 2


def test_of_two_who_check_at_once_one_does_the_task(world: World, rows: Rows, task: dict[str, Any]) -> None:
    people, outcomes = [world.manager, world.director], []

    def send(caller: Any) -> None:
        with at(DAY, 10):
            outcomes.append(world.desk(caller, "submit_check", task_id=task["id"], answers=passed())["outcome"])

    threads = [threading.Thread(target=send, args=(caller,)) for caller in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["done", "supplement"]
    assert [e["type"] for e in events_of(rows, task["id"])] == ["check_task.generated.v1", "check_task.done.v1"]


@pytest.mark.feature("RSK-21")
def test_a_foreign_code_is_refused_with_a_clear_message(world: World, task: dict[str, Any], point: dict[str, Any]) -> None:
    stranger, other = World.made(world.desk), world.point()
    with at(DAY, 10):
        with pytest.raises(NotFound, match="二维码"):
            world.desk(stranger.manager, "scan_risk_point", token=point["token"])
        with pytest.raises(Invalid, match="check.foreign_token"):
            check(world, task, token=other["token"])

        scanned = world.desk(world.manager, "scan_risk_point", token=point["token"])

    assert [sheet["id"] for sheet in scanned["sheets"]] == [task["id"]]


def test_where_presence_is_to_be_proved_a_code_or_a_place_is_needed(world: World) -> None:
    point = world.point(is_proof_demanded=True)
    args = {"point_id": point["id"], "answers": passed()}

    with pytest.raises(Invalid, match="check.no_proof"):
        world.desk(world.manager, "submit_check", **args)
    scanned = world.desk(world.manager, "submit_check", token=point["token"], **args)
    placed = world.desk(world.manager, "submit_check", longitude=106.71, latitude=26.59, **args)

    assert (scanned["outcome"], placed["outcome"]) == ("supplement", "supplement")


def test_the_task_of_a_retired_point_is_cancelled(world: World, task: dict[str, Any], point: dict[str, Any]) -> None:
    of = task["list_id"]
    with at(DAY, 10):
        world.desk(world.manager, "withdraw_risk_list", risk_list_id=of, reason="设备拆除")
        assert [t["status"] for t in world.tasks()] == ["pending"]

        world.desk(world.manager, "retire_risk_point", risk_point_id=point["id"], reason="设备已拆除")

    assert [t["status"] for t in world.tasks()] == ["cancelled"]


def test_who_only_reads_does_not_check(world: World, task: dict[str, Any]) -> None:
    with at(DAY, 10), pytest.raises(Forbidden, match="caller.forbidden"):
        world.desk(world.somebody("principal"), "submit_check", task_id=task["id"], answers=passed())
