"""Risk points: written, assessed by the server, published, re-assessed, retired, deleted; categories and cards."""

import threading
from typing import Any

import pytest
import sqlalchemy as sa

from services.kernel import ids
from services.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Refusal
from services.risk.queries.points import read_public_card
from tests.callers import nobody
from tests.service.risk.builders import LEC, PLAN, Desk, Rows, World, a_factor, a_line, a_regulator, events_of


@pytest.mark.feature("RSK-02")
@pytest.mark.feature("RSK-12")
def test_the_server_computes_level_and_tier(world: World, rows: Rows) -> None:
    made = world.desk(world.manager, "create_risk_point", **world.form(level="orange"))

    assert (made["status"], made["level"], made["control_tier"]) == ("assessed", "orange", "department")
    assert made["assessment"]["value"] == 240
    announced = events_of(rows, made["id"])
    assert [e["type"] for e in announced] == ["risk_point.changed.v1"]
    assert announced[0]["data"]["state"]["level"] == "orange"


def test_a_client_that_computed_otherwise_is_refused(world: World) -> None:
    form = world.form(assessment={"method": "LEC", "parameters": LEC["blue"], "level": "red"})

    with pytest.raises(Invalid, match="assessment.differs"):
        world.desk(world.manager, "create_risk_point", **form)


@pytest.mark.feature("RSK-12")
def test_what_is_told_of_the_methods_is_what_the_server_computes_with(world: World) -> None:
    told = world.desk(world.manager, "show_assessment_methods")
    lec = next(one for one in told["methods"] if one["code"] == "LEC")
    highest = {of["name"]: of["choices"][0]["value"] for of in lec["factors"]}

    made = world.desk(world.manager, "create_risk_point", **world.form(assessment={"method": "LEC", "parameters": highest}))

    assert made["assessment"]["grade"] == lec["bands"][0]["grade"] and made["level"] == lec["bands"][0]["level"]
    rule = next(one for one in told["levels"] if one["level"] == made["level"])
    assert rule["control_tier"] == made["control_tier"]
    assert rule["least"][-1] == {"tier": "post", "period": "day", "times": 2}


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"factors": [a_factor() | {"code": "9999"}]}, "risk_point.unknown_code"),
        ({"accident_types": ["88"]}, "risk_point.unknown_code"),
        ({"factors": []}, "risk_point.no_factor"),
        ({"category_id": ids.new_id()}, "risk_category.not_found"),
        ({"unit_id": ids.new_id()}, "org_unit.not_found"),
    ],
)
def test_what_does_not_fit_makes_no_point(world: World, rows: Rows, wrong: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal, match=code):
        world.desk(world.manager, "create_risk_point", **world.form(**wrong))

    assert rows("SELECT id FROM risk_point WHERE enterprise_id = :own", own=world.id) == []


@pytest.mark.feature("RSK-04")
def test_a_red_point_lacking_a_kind_of_measure_is_not_published(world: World) -> None:
    form = world.form(level="red", factors=[a_factor("engineering", "management")])
    made = world.desk(world.manager, "create_risk_point", **form)

    with pytest.raises(Invalid, match="risk_point.not_ready"):
        world.desk(world.manager, "publish_risk_point", risk_point_id=made["id"])


def test_a_name_stands_once_in_a_unit(world: World) -> None:
    first = world.point()

    with pytest.raises(Conflict, match="risk_point.name_taken"):
        world.desk(world.manager, "create_risk_point", **world.form(name=first["name"]))
    assert world.desk(world.manager, "create_risk_point", **world.form("全厂", name=first["name"]))


@pytest.mark.feature("RSK-26")
def test_a_reassessed_point_stays_in_force_until_its_version_is_published(world: World) -> None:
    point = world.point(level="blue")
    again = {"risk_point_id": point["id"], "method": "LEC", "parameters": LEC["yellow"]}

    waiting = world.desk(world.manager, "reassess_risk_point", **again)
    published = world.desk(world.manager, "publish_risk_point_version", risk_point_id=point["id"])

    assert (waiting["status"], waiting["level"], waiting["waiting"]["level"]) == ("active", "blue", "yellow")
    assert (published["level"], published["waiting"], published["assessment"]["number"]) == ("yellow", None, 2)
    history = world.desk(world.manager, "list_assessments", risk_point_id=point["id"])["items"]
    assert [(a["number"], a["level"]) for a in history] == [(2, "yellow"), (1, "blue")]


@pytest.mark.feature("RSK-23")
def test_reassessment_marks_a_printed_card_as_outdated(world: World) -> None:
    point = world.point()
    printed = world.desk(world.manager, "print_risk_card", risk_point_id=point["id"])
    world.desk(world.manager, "reassess_risk_point", risk_point_id=point["id"], method="LEC", parameters=LEC["yellow"])

    published = world.desk(world.manager, "publish_risk_point_version", risk_point_id=point["id"])
    listed = world.desk(world.manager, "list_risk_points")["items"]

    assert not printed["is_card_outdated"] and published["is_card_outdated"]
    assert [row["is_card_outdated"] for row in listed] == [True]


@pytest.mark.feature("RSK-01")
def test_the_library_tells_how_much_there_is_of_each_point(world: World) -> None:
    draft = world.desk(world.manager, "create_risk_point", **world.form("全厂", level=None, is_draft=True, factors=[]))
    point = world.point()
    world.filed(a_line(point))

    rows = {row["id"]: row for row in world.desk(world.manager, "list_risk_points")["items"]}

    counted = ("factor_count", "measure_count", "list_count")
    assert [rows[draft["id"]][name] for name in counted] == [0, 0, 0]
    assert [rows[point["id"]][name] for name in counted] == [1, 5, 1]
    assert rows[draft["id"]]["assessed_at"] is None
    assert rows[point["id"]]["assessed_at"] == point["assessment"]["assessed_at"]


@pytest.mark.feature("RSK-01")
def test_retired_points_are_not_selectable(world: World) -> None:
    kept, gone = world.point(), world.point()
    world.desk(world.manager, "retire_risk_point", risk_point_id=gone["id"], reason="设备已拆除")

    selectable = world.desk(world.manager, "list_risk_points", is_selectable=True)["items"]

    assert [row["id"] for row in selectable] == [kept["id"]]


def test_a_point_on_a_filed_list_is_not_retired(world: World) -> None:
    point = world.point()
    world.filed(a_line(point))

    with pytest.raises(Conflict, match="risk_point.on_filed_list"):
        world.desk(world.manager, "retire_risk_point", risk_point_id=point["id"], reason="设备已拆除")


@pytest.mark.feature("RSK-09")
def test_deletion_refuses_what_is_filed_and_keeps_what_was_used(world: World, rows: Rows) -> None:
    filed, used = world.point(), world.point()
    world.filed(a_line(filed))
    draft = world.desk(world.manager, "create_risk_point", **world.form())
    wanted = [filed["id"], used["id"], draft["id"]]

    answer = world.desk(world.manager, "delete_risk_points", ids=wanted, reason="重复录入")

    assert (answer["deleted"], answer["retired"], [r["id"] for r in answer["refused"]]) == (1, 1, [filed["id"]])
    assert rows("SELECT status FROM risk_point WHERE id = :id", id=draft["id"]) == []
    assert events_of(rows, draft["id"])[-1]["data"]["state"]["status"] == "retired"
    log = world.desk(world.manager, "list_risk_batches")["items"]
    assert [(row["action"], row["ok"], row["failed"]) for row in log] == [("delete", 2, 1)]


@pytest.mark.feature("RSK-08")
def test_a_point_copied_from_the_library_has_yet_to_be_assessed(world: World) -> None:
    codes = [row["code"] for row in world.desk(world.manager, "list_risk_library", industry="GM", limit=3)["items"]]

    answer = world.desk(world.manager, "copy_from_library", unit_id=world.units["一车间"], codes=codes)
    points = [world.desk(world.manager, "get_risk_point", risk_point_id=each) for each in answer["ids"]]

    assert answer["count"] == 3
    assert {(p["status"], p["level"], p["source"]) for p in points} == {("identified", None, "library")}
    assert [p["source_code"] for p in points] == codes
    with pytest.raises(Invalid, match="risk_point.name_taken"):
        world.desk(world.manager, "copy_from_library", unit_id=world.units["一车间"], codes=codes[:1])


@pytest.mark.feature("RSK-03")
def test_points_are_counted_by_category(world: World) -> None:
    category = world.desk(world.manager, "create_risk_category", name="物的不安全状态")
    world.point(level="red", category_id=category["id"])
    world.desk(world.manager, "create_risk_point", **world.form(level=None, category_id=category["id"]))

    counted = world.desk(world.manager, "count_risk_points", by="category")["items"]

    assert [(c["name"], c["red"], c["unrated"]) for c in counted] == [("物的不安全状态", 1, 1)]
    with pytest.raises(Conflict, match="risk_category.in_use"):
        world.desk(world.manager, "delete_risk_category", category_id=category["id"])


def test_an_unused_category_is_deleted_and_a_name_stands_once(world: World) -> None:
    first = world.desk(world.manager, "create_risk_category", name="甲")
    with pytest.raises(Conflict, match="risk_category.name_taken"):
        world.desk(world.manager, "create_risk_category", name="甲")

    world.desk(world.manager, "delete_risk_category", category_id=first["id"])

    assert world.desk(world.manager, "list_risk_categories")["items"] == []


@pytest.mark.parametrize("by", ["unit", "object_type", "region", "industry"])
def test_every_way_of_counting_counts_all_points_once(world: World, by: str) -> None:
    world.point(level="blue")
    world.point("冲压班组", level="blue")

    counted = world.desk(world.manager, "count_risk_points", by=by)["items"]

    assert sum(each["blue"] for each in counted) == 2 and all(each["name"] for each in counted)


def test_a_review_is_called_for_in_a_unit_with_all_below_it(world: World) -> None:
    below, elsewhere = world.point("冲压班组"), world.point("全厂")

    answer = world.desk(world.manager, "require_review", trigger="process", unit_id=world.units["一车间"])

    assert answer["count"] == 1
    triggers = [world.desk(world.manager, "get_risk_point", risk_point_id=p["id"])["review_trigger"] for p in (below, elsewhere)]
    assert triggers == ["process", None]


def test_anybody_reads_the_card_and_an_exchanged_code_opens_nothing(world: World) -> None:
    point = world.point(level="red")

    card = world.desk(nobody(), "read_public_card", token=point["token"])
    world.desk(world.manager, "renew_risk_token", risk_point_id=point["id"], reason="告知牌遗失")

    assert (card["name"], card["level"], card["accidents"]) == (point["name"], "red", ["机械伤害"])
    assert card["enterprise_name"] == world.state["name"] and card["emergency"] == ["emergency措施"]
    with pytest.raises(NotFound, match="risk_card.not_found"):
        world.desk(nobody(), "read_public_card", token=point["token"])


def test_reading_a_card_opens_nothing_else(world: World, desk: Desk) -> None:
    point = world.point()

    with desk.database.work(nobody(), "test", read_only=True) as work:
        read_public_card(work, point["token"])

        assert work.session.scalar(sa.text("SELECT count(*) FROM risk_point")) == 0


def test_a_control_plan_is_for_grave_points(world: World) -> None:
    point = world.point(level="blue")

    with pytest.raises(Conflict, match="risk_point.no_plan_needed"):
        world.desk(world.manager, "set_control_plan", risk_point_id=point["id"], **PLAN)


def test_of_two_who_changed_the_same_version_one_is_refused(world: World) -> None:
    made = world.desk(world.manager, "create_risk_point", **world.form())
    change = {"risk_point_id": made["id"], "version": made["version"]} | world.form(level=None, name=made["name"])
    outcomes: list[str] = []

    def try_it() -> None:
        try:
            world.desk(world.manager, "change_risk_point", **change)
            outcomes.append("done")
        except Conflict as refusal:
            outcomes.append(refusal.code)

    threads = [threading.Thread(target=try_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["done", "version.stale", "version.stale", "version.stale"]


def test_points_made_at_once_have_numbers_without_gaps(world: World, rows: Rows) -> None:
    threads = [threading.Thread(target=lambda: world.desk(world.manager, "create_risk_point", **world.form())) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    found = rows("SELECT number FROM risk_point WHERE enterprise_id = :own ORDER BY number", own=world.id)
    assert [row["number"] for row in found] == [f"FX{n:06}" for n in range(1, 7)]


def test_the_same_key_makes_one_point(world: World, rows: Rows) -> None:
    form, key = world.form(), ids.token()

    answers = [world.desk.repeated(world.manager, "create_risk_point", key, **form) for _ in range(2)]

    assert answers[0] == answers[1]
    assert len(rows("SELECT id FROM risk_point WHERE enterprise_id = :own", own=world.id)) == 1


def test_who_may_not_write_is_refused(world: World) -> None:
    with pytest.raises(Forbidden, match="caller.forbidden"):
        world.desk(world.somebody("checker", unit="一车间"), "create_risk_point", **world.form())
    with pytest.raises(Forbidden, match="caller.forbidden"):
        world.desk(a_regulator(), "create_risk_point", **world.form())
