"""Points as a spreadsheet that can be imported again: in the same library nothing changes, in another the same points appear."""

import base64
import io
from typing import Any

import openpyxl
import pytest

from services.kernel.errors import Invalid, NotFound
from services.risk.contract.sheets import MOST_ROWS
from services.risk.sheets.columns import COLUMNS
from tests.service.risk.builders import LEC, Desk, Rows, World, a_factor, a_regulator

# What a sheet has to part or to write otherwise, and what would be read as something else if it were no text.
AWKWARD = {
    "name": "=冲压机；2#", "place": "东侧\n二层", "responsible_person": "+张三",
    "factors": [
        {"code": "2102", "description": "防护缺失；联锁失效", "measures": [
            {"kind": "engineering", "text": "加装联锁；每班点检"}, {"kind": "management", "text": "挂牌\n上锁"},
            {"kind": "engineering", "text": "加装光栅"}, {"kind": "emergency", "text": "停机"},
        ]},
        {"code": "2103", "description": "漏电", "measures": [{"kind": "ppe", "text": "绝缘手套"}]},
    ],
    "check_items": [{"item": "防护罩|光栅", "standard": "无缺损｜打开即停机"}, {"item": "急停\n有效", "standard": None}],
    "accident_types": ["03", "05"],
}  # fmt: skip


def exported(world: World, **asked: Any) -> Any:
    return world.desk(world.manager, "export_risk_points", **asked)


def sent(world: World, operation: str, content: str) -> Any:
    return world.desk(world.manager, operation, content_base64=content)


def cells(content: str) -> list[list[Any]]:
    sheet = openpyxl.load_workbook(io.BytesIO(base64.b64decode(content)))["风险点"]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.mark.feature("RSK-07")
def test_what_is_exported_imports_again_and_changes_nothing(world: World) -> None:
    category = world.desk(world.manager, "create_risk_category", name="机械")
    world.point("冲压班组", "red", category_id=category["id"])
    world.point("一车间", "yellow", **AWKWARD)
    world.point(assessment={"method": "LS", "parameters": {"L": 3, "people": 4, "loss": 20}})
    world.desk(
        world.manager, "create_risk_point", **world.form(assessment={"method": "MES", "parameters": {"M": 3, "E": 6, "S": 2}})
    )
    before = world.desk(world.manager, "list_risk_points")["items"]

    answer = exported(world)

    assert (answer["points"], answer["rows"], answer["left_out"]) == (4, 5, [])
    preview = sent(world, "preview_risk_import", answer["content_base64"])
    assert (preview["errors"], preview["points"], preview["unchanged"]) == ([], 0, 4)
    kept = sent(world, "import_risk_points", answer["content_base64"])
    assert (kept["is_imported"], kept["points"], kept["unchanged"]) == (True, 0, 4)
    assert world.desk(world.manager, "list_risk_points")["items"] == before


@pytest.mark.feature("RSK-07")
def test_points_of_units_with_slashes_in_their_names_come_back_to_their_units(world: World) -> None:
    workshop, root = world.units["一车间"], world.units["全厂"]
    world.add_unit("水", "workshop", root)
    for name, parent in (("水／电班", root), ("水/电班", root), ("电班", world.units["水"]), ("甲／乙班", workshop)):
        world.add_unit(name, "team", parent)
    points = [world.point(name) for name in ("水／电班", "水/电班", "电班", "甲／乙班")]
    answer = exported(world)
    for point in points:
        world.desk(world.manager, "retire_risk_point", risk_point_id=point["id"], reason="改由文件导入")

    kept = sent(world, "import_risk_points", answer["content_base64"])

    assert (answer["left_out"], kept["is_imported"], kept["points"]) == ([], True, 4)
    items = world.desk(world.manager, "list_risk_points", status="assessed")["items"]
    assert sorted((row["name"], row["unit_id"]) for row in items) == sorted((p["name"], p["unit_id"]) for p in points)


@pytest.mark.feature("RSK-07")
def test_what_is_exported_makes_the_same_points_in_another_library(world: World, desk: Desk) -> None:
    world.point("冲压班组", assessment={"method": "LEC", "parameters": LEC["blue"], "direct_rule": "DM-01"})
    world.point("一车间", "yellow", **AWKWARD)
    other = World.made(desk)

    answer = exported(world)
    kept = sent(other, "import_risk_points", answer["content_base64"])

    assert (kept["is_imported"], kept["points"], kept["rows"]) == (True, 2, 3)
    told = [exported(each)["content_base64"] for each in (world, other)]
    assert cells(told[0]) == cells(told[1])


@pytest.mark.feature("RSK-07")
def test_columns_are_those_of_the_template_in_its_order(world: World) -> None:
    world.point()
    template = world.desk(world.manager, "get_import_template")

    head, row = cells(exported(world)["content_base64"])

    assert head == cells(template["content_base64"])[0]
    told = dict(zip([column.heading for column in COLUMNS], row, strict=True))
    assert (told["所属单元"], told["对象类型"], told["评价方法"], told["L"], told["事故类型"]) == (
        "一车间", "设备设施", "LEC", 1, "机械伤害",
    )  # fmt: skip
    assert told["检查内容"] == "防护罩完好|无缺损\n急停按钮有效"


def test_two_units_of_one_name_are_written_by_their_path(world: World) -> None:
    world.add_unit("冲压班组", "team", world.add_unit("二车间", "workshop", world.units["全厂"]))
    world.point("冲压班组")

    row = cells(exported(world)["content_base64"])[1]

    assert row[0] == "全厂/二车间/冲压班组"


def test_filters_and_names_leave_their_own_and_the_retired_stay_behind(world: World) -> None:
    red, blue, gone = world.point(level="red"), world.point(), world.point()
    world.desk(world.manager, "retire_risk_point", risk_point_id=gone["id"], reason="已拆除")

    assert exported(world)["points"] == 2
    assert [row[1] for row in cells(exported(world, level="red")["content_base64"])[1:]] == [red["name"]]
    named = exported(world, ids=[blue["id"], gone["id"]])
    assert [row[1] for row in cells(named["content_base64"])[1:]] == [blue["name"]]
    assert named["left_out"] == [{"id": gone["id"], "name": gone["name"], "reason": "已停用"}]


@pytest.mark.feature("RSK-10")
def test_what_cannot_be_imported_is_named_and_the_log_has_one_row(world: World) -> None:
    whole = world.point()
    half = world.desk(world.manager, "create_risk_point", **world.form(level=None))
    example = world.point(name="示例：冲压机")

    answer = exported(world)

    assert [row[1] for row in cells(answer["content_base64"])[1:]] == [whole["name"]]
    assert {one["id"]: one["reason"] for one in answer["left_out"]} == {
        half["id"]: "还没有评价",
        example["id"]: "名称以“示例”开头，导入时会当作示例行",
    }
    log = world.desk(world.manager, "list_risk_batches", action="export")["items"]
    assert [(row["ok"], row["failed"], row["file_name"]) for row in log] == [(1, 2, answer["file_name"])]


def test_what_does_not_fit_into_one_file_is_refused(world: World, rows: Rows) -> None:
    factors = [a_factor("engineering", "emergency", description=f"缺失{n}") for n in range(60)]
    for _ in range(MOST_ROWS // 60 + 1):
        world.desk(world.manager, "create_risk_point", **world.form(factors=factors))

    with pytest.raises(Invalid, match=r"export\.too_many_rows"):
        exported(world)

    assert rows("SELECT id FROM risk_batch WHERE enterprise_id = :own", own=world.id) == []


def test_everybody_exports_his_own(world: World, desk: Desk) -> None:
    mine, hers = world.point("冲压班组"), World.made(desk).point()
    world.point("全厂")
    bound = world.somebody("checker", unit="冲压班组")

    answer = desk(bound, "export_risk_points")
    assert [row[1] for row in cells(answer["content_base64"])[1:]] == [mine["name"]]
    assert exported(world, ids=[hers["id"]])["points"] == 0
    with pytest.raises(NotFound, match=r"enterprise\.not_found"):
        desk(a_regulator(), "export_risk_points")
