"""Risk lists: what stands against them, the separation of author and auditor, filing, replacing, withdrawing."""

import threading
from datetime import date

import pytest

from services.kernel import clock
from services.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from tests.service.risk.builders import LEC, Rows, World, a_line, a_regulator, at, events_of, passed, tomorrow

DAY = date(2026, 11, 23)  # A Monday.


@pytest.mark.feature("RSK-14")
def test_the_class_of_a_list_is_the_tier_of_its_unit(world: World) -> None:
    with pytest.raises(Conflict, match="risk_list.wrong_class"):
        world.draft(a_line(world.point()), unit="一车间", list_class="team")


@pytest.mark.feature("RSK-16")
def test_eight_checks_a_day_are_refused(world: World) -> None:
    with pytest.raises(Invalid, match="args.invalid"):
        world.draft(a_line(world.point(), times=8))


def test_a_line_without_items_takes_those_of_its_point(world: World) -> None:
    found = world.draft(a_line(world.point()))

    assert [i["item"] for i in found["lines"][0]["items"]] == ["防护罩完好", "急停按钮有效"]
    assert found["name"] == "一车间车间级风险清单"


def test_a_list_is_filed_by_three_steps_and_announced_once(world: World, rows: Rows) -> None:
    point = world.point(level="red")

    found = world.filed(a_line(point, "workday"))

    assert found["status"] == "filed" and found["lines"][0]["level"] == "red"
    announced = events_of(rows, found["id"])
    assert [e["type"] for e in announced] == ["risk_list.filed.v1"]
    assert announced[0]["data"]["state"]["lines"][0]["point_id"] == point["id"]
    assert world.desk(world.manager, "get_risk_point", risk_point_id=point["id"])["is_filed"]


@pytest.mark.feature("RSK-19")
def test_nobody_audits_what_he_wrote(world: World) -> None:
    both = world.somebody("safety_manager", "safety_director")
    of = world.desk(both, "compose_risk_list", unit_id=world.units["一车间"], list_class="workshop", lines=[a_line(world.point())])
    world.desk(both, "submit_risk_list", risk_list_id=of["id"])

    with pytest.raises(Forbidden, match="risk_list.own_audit"):
        world.desk(both, "audit_risk_list", risk_list_id=of["id"], is_passed=True)


@pytest.mark.feature("RSK-13")
def test_a_red_point_below_the_unit_is_missed_at_submission_and_blocks_filing(world: World) -> None:
    listed, missing = world.point(), world.point("冲压班组", level="red")
    of = world.draft(a_line(listed))

    preview = world.desk(world.manager, "submit_risk_list", risk_list_id=of["id"])
    world.desk(world.director, "audit_risk_list", risk_list_id=of["id"], is_passed=True)

    assert [(f["code"], f["point_id"], f["is_blocking"]) for f in preview["findings"]] == [("point_missing", missing["id"], True)]
    with pytest.raises(Invalid, match="risk_list.not_ready"):
        world.desk(world.manager, "file_risk_list", risk_list_id=of["id"])


@pytest.mark.feature("RSK-24")
def test_a_red_point_without_control_plan_blocks_filing(world: World) -> None:
    made = world.desk(world.manager, "create_risk_point", **world.form(level="red"))
    world.desk(world.manager, "publish_risk_point", risk_point_id=made["id"])
    of = world.approved(a_line(made, "day"))

    with pytest.raises(Invalid, match="管控方案"):
        world.desk(world.manager, "file_risk_list", risk_list_id=of["id"])


def test_a_red_line_weaker_than_the_table_blocks_filing(world: World) -> None:
    of = world.approved(a_line(world.point(level="red"), "week"))

    with pytest.raises(Invalid, match="频次"):
        world.desk(world.manager, "file_risk_list", risk_list_id=of["id"])


@pytest.mark.feature("RSK-15")
def test_an_enterprise_list_without_mandatory_items_is_not_submitted(world: World) -> None:
    authority = a_regulator("520103")
    demanded = world.desk(
        authority,
        "create_mandatory_item",
        industry="GM04",
        item="每月开展全员安全考核",
        effective_on=clock.day_of(clock.now()).isoformat(),
    )
    point = world.point("全厂", level="red")
    of = world.draft(a_line(point, "month"), unit="全厂")
    with pytest.raises(Invalid, match="强制性检查内容"):
        world.desk(world.manager, "submit_risk_list", risk_list_id=of["id"])

    items = [{"item": "写得不一样", "mandatory_id": demanded["id"]}]
    changed = world.desk(world.manager, "change_risk_list", risk_list_id=of["id"], lines=[a_line(point, "month", items=items)])
    submitted = world.desk(world.manager, "submit_risk_list", risk_list_id=of["id"])

    assert changed["lines"][0]["items"][0]["item"] == "每月开展全员安全考核"
    assert submitted["status"] == "pending_audit"
    required = world.desk(world.manager, "list_required_points", unit_id=world.units["全厂"])
    assert demanded["id"] in [i["mandatory_id"] for i in required["mandatory_items"]]
    world.desk(authority, "end_mandatory_item", mandatory_item_id=demanded["id"], ended_on=demanded["effective_on"])


def test_a_list_is_written_anew_as_a_whole(world: World) -> None:
    of = world.draft(a_line(world.point(), "day"), name="夏季清单")

    changed = world.desk(world.manager, "change_risk_list", risk_list_id=of["id"], lines=[])

    assert (of["name"], changed["name"], changed["lines"]) == ("夏季清单", "一车间车间级风险清单", [])


def test_required_points_tell_the_least_frequency_at_this_tier(world: World) -> None:
    red, blue = world.point("冲压班组", level="red"), world.point("冲压班组", level="blue")

    team = world.desk(world.manager, "list_required_points", unit_id=world.units["冲压班组"])
    root = world.desk(world.manager, "list_required_points", unit_id=world.units["全厂"])

    assert [(p["point_id"], p["period"], p["times"]) for p in team["points"]] == [(red["id"], "day", 1), (blue["id"], "month", 1)]
    assert [(p["point_id"], p["period"]) for p in root["points"]] == [(red["id"], "month")]


@pytest.mark.feature("RSK-18")
def test_a_copy_for_another_unit_is_a_draft_of_points_found_again_by_name(world: World) -> None:
    world.add_unit("二车间", "workshop", world.units["全厂"])
    shared, only_here = world.point(name="行车"), world.point(name="储罐")
    twin = world.point("二车间", name="行车")
    source = world.filed(a_line(shared), a_line(only_here))

    copy = world.desk(world.manager, "copy_risk_list", risk_list_id=source["id"], unit_id=world.units["二车间"])

    assert (copy["status"], [line["point_id"] for line in copy["lines"]], copy["unmatched"]) == ("draft", [twin["id"]], ["储罐"])


def test_a_later_list_replaces_the_one_in_force(world: World, rows: Rows) -> None:
    first_point, second_point = world.point(), world.point()
    first = world.filed(a_line(first_point))

    second = world.filed(a_line(second_point))

    assert (second["status"], second["replaces_id"]) == ("filed", first["id"])
    assert world.desk(world.manager, "get_risk_list", risk_list_id=first["id"])["status"] == "superseded"
    assert [e["type"] for e in events_of(rows, first["id"])] == ["risk_list.filed.v1", "risk_list.superseded.v1"]
    flags = [world.desk(world.manager, "get_risk_point", risk_point_id=p["id"])["is_filed"] for p in (first_point, second_point)]
    assert flags == [False, True]


def test_of_two_lists_filed_at_once_one_is_in_force(world: World, rows: Rows) -> None:
    drafts = [world.approved(a_line(world.point())) for _ in range(2)]
    outcomes: list[str] = []

    def file(of: dict) -> None:
        try:
            outcomes.append(world.desk(world.manager, "file_risk_list", risk_list_id=of["id"])["status"])
        except Conflict as refusal:
            outcomes.append(refusal.code)

    threads = [threading.Thread(target=file, args=(of,)) for of in drafts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["filed", "risk_list.other_filed"]
    assert len(rows("SELECT id FROM risk_list WHERE unit_id = :u AND status = 'filed'", u=world.units["一车间"])) == 1
    assert len(rows("SELECT id FROM filed_line WHERE enterprise_id = :own", own=world.id)) == 1


@pytest.mark.feature("RSK-19")
def test_an_unfiled_list_makes_no_task(world: World) -> None:
    with at(DAY):
        world.approved(a_line(world.point()))

    world.generate(tomorrow(DAY))

    assert world.tasks() == []


def test_a_filed_list_makes_day_tasks_from_the_next_day_on(world: World) -> None:
    with at(DAY):
        world.filed(a_line(world.point(), times=2))
    world.generate(DAY)
    assert world.tasks() == []

    world.generate(tomorrow(DAY))

    assert [t["sequence"] for t in world.tasks()] in ([1, 2], [2, 1])


def test_after_replacement_begun_windows_stay_and_later_ones_are_cancelled(world: World, rows: Rows) -> None:
    point, day = world.point(), tomorrow(DAY)
    even = a_line(point, times=2, split="even", span_start="08:00", span_end="18:00")
    with at(DAY):
        world.filed(even)
    world.generate(day)

    with at(day, 10):
        world.filed(even)

    assert [(t["window_start"][11:13], t["status"]) for t in world.tasks()] == [("00", "pending"), ("05", "cancelled")]
    cancelled = next(t for t in world.tasks() if t["status"] == "cancelled")
    assert [e["type"] for e in events_of(rows, cancelled["id"])] == ["check_task.generated.v1", "check_task.cancelled.v1"]


def test_withdrawal_cancels_what_reaches_beyond_the_day_and_makes_no_more(world: World) -> None:
    daily, weekly = world.point(), world.point()
    with at(date(2026, 11, 21)):
        of = world.filed(a_line(daily), a_line(weekly, "week"))
    world.generate(DAY)

    with at(DAY, 10):
        world.desk(world.manager, "withdraw_risk_list", risk_list_id=of["id"], reason="工艺停用")
    world.generate(tomorrow(DAY))

    found = {(t["point_id"], t["status"]) for t in world.tasks()}
    assert found == {(daily["id"], "pending"), (weekly["id"], "cancelled")}


@pytest.mark.feature("RSK-28")
def test_government_sees_filed_lists_and_withdrawn_ones_marked(world: World) -> None:
    official = a_regulator("520103")
    draft = world.draft(a_line(world.point()))
    filed = world.filed(a_line(world.point()))

    world.desk(world.manager, "withdraw_risk_list", risk_list_id=filed["id"], reason="工艺停用")

    seen = world.desk(official, "list_risk_lists", enterprise_id=world.id)["items"]
    assert [(row["id"], row["status"]) for row in seen] == [(filed["id"], "withdrawn")]
    with pytest.raises(NotFound):
        world.desk(official, "get_risk_list", risk_list_id=draft["id"])


@pytest.mark.feature("RSK-28")
def test_execution_counts_late_checks_as_not_in_time(world: World) -> None:
    points = [world.point() for _ in range(3)]
    with at(DAY):
        of = world.filed(*(a_line(p) for p in points))
    day = tomorrow(DAY)
    world.generate(day)
    tasks = world.tasks()
    with at(day, 10):
        world.desk(world.manager, "submit_check", task_id=tasks[0]["id"], answers=passed())
    with at(tomorrow(day), 1):
        world.desk.run("close_windows", tomorrow(day))
        world.desk(world.manager, "submit_check", task_id=tasks[1]["id"], answers=passed())

        found = world.desk(world.manager, "get_list_execution", risk_list_id=of["id"])
        line = world.desk(world.manager, "list_risk_lists")["items"][0]

    assert found == {"due": 3, "done": 1, "done_late": 1, "missed": 1, "check_rate": 33.33}
    assert (line["id"], line["check_rate"]) == (of["id"], 33.33)


@pytest.mark.feature("RSK-28")
def test_the_overview_tells_levels_and_edition_of_each_list(world: World) -> None:
    red, blue = world.point(level="red"), world.point()
    first = world.filed(a_line(red), a_line(blue))
    world.desk(world.manager, "reassess_risk_point", risk_point_id=blue["id"], method="LEC", parameters=LEC["yellow"])
    world.desk(world.manager, "publish_risk_point_version", risk_point_id=blue["id"])
    second = world.filed(a_line(red), a_line(blue))
    draft = world.draft(a_line(blue))
    dropped = world.draft(a_line(blue))
    world.desk(world.manager, "withdraw_risk_list", risk_list_id=dropped["id"])

    lines = {line["id"]: line for line in world.desk(world.manager, "list_risk_lists")["items"]}

    told = ("edition", "red", "orange", "yellow", "blue")
    assert [lines[first["id"]][name] for name in told] == [1, 1, 0, 0, 1]
    assert [lines[second["id"]][name] for name in told] == [2, 1, 0, 1, 0]
    assert [lines[draft["id"]][name] for name in told] == [3, 0, 0, 1, 0]
    assert lines[dropped["id"]]["edition"] is None
    seen = world.desk(a_regulator(), "list_risk_lists", enterprise_id=world.id)["items"]
    assert [(line["id"], line["edition"]) for line in seen] == [(second["id"], 2), (first["id"], 1)]
