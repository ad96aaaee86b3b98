"""Points from a spreadsheet: the template, good files, and every kind of bad one; nothing half imported."""

import base64
import io
import struct
import zlib
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from services.kernel.errors import Invalid
from services.risk.contract.sheets import ImportRow
from tests.service.risk.builders import Rows, World, events_of
from tests.service.risk.sheets import GOOD, packed, parts_of, saved, sent, workbook


@pytest.mark.feature("RSK-06")
def test_rows_of_one_unit_and_name_become_factors_of_one_point(world: World, rows: Rows) -> None:
    second = {k: GOOD[k] for k in ("所属单元", "风险点名称")} | {
        "危害因素代码": "２１０３", "危害因素描述": "漏电", "管理措施": "每月测绝缘",
    }  # fmt: skip

    answer = sent(world, "import_risk_points", workbook(GOOD, second))

    assert (answer["is_imported"], answer["points"], answer["rows"], answer["errors"]) == (True, 1, 2, [])
    listed = world.desk(world.manager, "list_risk_points")["items"]
    point = world.desk(world.manager, "get_risk_point", risk_point_id=listed[0]["id"])
    assert (point["status"], point["level"], point["source"], point["accident_types"]) == (
        "assessed",
        "blue",
        "import",
        ["03", "05"],
    )
    assert [(f["code"], f["measures"][0]["kind"]) for f in point["factors"]] == [("2102", "engineering"), ("2103", "management")]
    assert point["check_items"] == [{"item": "防护罩完好", "standard": "无缺损"}, {"item": "急停有效", "standard": None}]
    assert [e["type"] for e in events_of(rows, point["id"])] == ["risk_point.changed.v1"]
    assert len(world.desk(world.manager, "list_assessments", risk_point_id=point["id"])["items"]) == 1


@pytest.mark.feature("RSK-05")
def test_the_template_imports_again_without_error(world: World) -> None:
    template = world.desk(world.manager, "get_import_template")
    content = base64.b64decode(template["content_base64"])

    answer = sent(world, "import_risk_points", content)

    assert (answer["is_imported"], answer["points"], answer["errors"]) == (True, 0, [])
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.worksheets[0].data_validations.count >= 5
    assert [cell.value for cell in book["选项"]["A"] if cell.value] == ["全厂", "一车间", "冲压班组"]


def test_a_unit_named_like_a_formula_stays_a_name_in_the_template(world: World) -> None:
    world.add_unit("=1+1", "workshop", world.units["全厂"])

    content = base64.b64decode(world.desk(world.manager, "get_import_template")["content_base64"])

    cells = openpyxl.load_workbook(io.BytesIO(content))["选项"]["A"]
    assert [cell.data_type for cell in cells if cell.value == "=1+1"] == ["s"]


@pytest.mark.feature("RSK-06", "SEC-41")
@pytest.mark.parametrize(
    ("wrong", "column"),
    [
        ({"所属单元": "三车间"}, "所属单元"),
        ({"风险点名称": None}, "风险点名称"),
        ({"对象类型": "设备"}, "对象类型"),
        ({"分类": "没有的分类"}, "分类"),
        ({"危害因素代码": "9999"}, "危害因素代码"),
        ({"事故类型": "天灾"}, "事故类型"),
        ({"评价方法": "HAZOP"}, "评价方法"),
        ({"L": 4}, "评价参数"),
        ({"L": "很高"}, "L"),
        ({"C": None}, "评价参数"),
        ({"直接判定规则": "DM-99"}, "直接判定规则"),
        ({"工程技术措施": None}, "控制措施"),
        ({"C": 100}, "控制措施"),
        ({"责任人电话": "12345"}, "责任人电话"),
        ({"位置": "长" * 201}, "位置"),
    ],
)
def test_an_error_names_row_and_column_and_stops_the_whole_file(
    world: World, rows: Rows, wrong: dict[str, Any], column: str
) -> None:
    answer = sent(world, "import_risk_points", workbook(GOOD, GOOD | {"风险点名称": "行车"} | wrong))

    assert not answer["is_imported"] and answer["failed_rows"] == 1
    assert {(e["row"], e["column"]) for e in answer["errors"]} == {(3, column)}
    assert rows("SELECT id FROM risk_point WHERE enterprise_id = :own", own=world.id) == []


@pytest.mark.feature("RSK-10")
def test_skipping_keeps_the_right_points_and_the_log_has_one_row(world: World) -> None:
    content = workbook(GOOD, GOOD | {"风险点名称": "行车", "L": 4}, GOOD | {"风险点名称": "行车", "危害因素代码": "2103"})

    answer = sent(world, "import_risk_points", content, mode="skip")

    assert (answer["is_imported"], answer["points"]) == (True, 1)
    names = [row["name"] for row in world.desk(world.manager, "list_risk_points")["items"]]
    log = world.desk(world.manager, "list_risk_batches")["items"]
    assert names == ["冲压机"]
    assert [(row["action"], row["ok"], row["file_name"]) for row in log] == [("import", 1, "风险点.xlsx")]


def test_a_preview_keeps_nothing(world: World, rows: Rows) -> None:
    answer = sent(world, "preview_risk_import", workbook(GOOD))

    assert (answer["is_imported"], answer["points"], answer["batch_id"]) == (False, 1, None)
    assert rows("SELECT id FROM risk_point WHERE enterprise_id = :own", own=world.id) == []


def test_different_assessments_of_one_point_are_an_error_that_names_both_rows(world: World) -> None:
    answer = sent(world, "import_risk_points", workbook(GOOD, GOOD | {"危害因素代码": "2103", "C": 15}))

    assert [(e["row"], e["column"]) for e in answer["errors"]] == [(3, "评价方法")]
    assert "第2行" in answer["errors"][0]["message"] and "第3行" in answer["errors"][0]["message"]


def test_the_same_factor_twice_joins_its_measures(world: World) -> None:
    sent(world, "import_risk_points", workbook(GOOD, GOOD | {"工程技术措施": "加装光栅"}))

    point_id = world.desk(world.manager, "list_risk_points")["items"][0]["id"]
    point = world.desk(world.manager, "get_risk_point", risk_point_id=point_id)
    assert [m["text"] for m in point["factors"][0]["measures"]] == ["加装联锁", "加装光栅"]


def test_importing_the_same_file_twice_doubles_nothing(world: World, rows: Rows) -> None:
    content = workbook(GOOD)
    sent(world, "import_risk_points", content)

    again = sent(world, "import_risk_points", content)

    assert (again["is_imported"], again["points"], again["unchanged"], again["errors"]) == (True, 0, 1, [])
    assert len(rows("SELECT id FROM risk_point WHERE enterprise_id = :own", own=world.id)) == 1


@pytest.mark.parametrize(
    "other", [{"位置": "西侧"}, {"C": 3}, {"检查内容": "急停有效"}, {"工程技术措施": "加装光栅"}, {"责任人": "李四"}]
)
def test_another_point_of_a_name_that_is_taken_is_refused_at_its_row(world: World, rows: Rows, other: dict[str, Any]) -> None:
    sent(world, "import_risk_points", workbook(GOOD))

    again = sent(world, "import_risk_points", workbook(GOOD | other))

    assert (again["is_imported"], again["unchanged"]) == (False, 0)
    assert [(e["row"], e["column"]) for e in again["errors"]] == [(2, "风险点名称")]
    assert len(rows("SELECT id FROM risk_point WHERE enterprise_id = :own", own=world.id)) == 1


def test_merged_cells_hold_their_value_in_every_row(world: World) -> None:
    second = {name: value for name, value in GOOD.items() if name not in ("所属单元", "风险点名称")}

    answer = sent(
        world, "import_risk_points", workbook(GOOD, second | {"危害因素代码": "2103"}, merge="A2:A3", more={"B3": "冲压机"})
    )

    assert (answer["points"], answer["rows"], answer["errors"]) == (1, 2, [])


def test_a_formula_without_a_value_is_refused_at_its_cell(world: World) -> None:
    answer = sent(world, "import_risk_points", workbook(GOOD, more={"K2": "=1+0"}))

    assert (2, "L") in {(e["row"], e["column"]) for e in answer["errors"]} and not answer["is_imported"]


def test_a_formula_is_taken_by_its_stored_value(world: World) -> None:
    parts = parts_of(workbook(GOOD))
    sheet = parts["xl/worksheets/sheet1.xml"].replace(b'<c r="K2" t="n"><v>1</v></c>', b'<c r="K2"><f>0+1</f><v>1</v></c>')
    assert b"<f>0+1</f>" in sheet

    answer = sent(world, "import_risk_points", packed(parts | {"xl/worksheets/sheet1.xml": sheet}))

    assert (answer["is_imported"], answer["points"]) == (True, 1)


def test_two_units_of_one_name_are_told_apart_by_their_path(world: World) -> None:
    other = world.add_unit("二车间", "workshop", world.units["全厂"])
    twin = world.add_unit("冲压班组", "team", other)

    unclear = sent(world, "preview_risk_import", workbook(GOOD | {"所属单元": "冲压班组"}))
    sent(world, "import_risk_points", workbook(GOOD | {"所属单元": "二车间/冲压班组"}))

    assert [e["column"] for e in unclear["errors"]] == ["所属单元"]
    assert world.desk(world.manager, "list_risk_points")["items"][0]["unit_id"] == twin


def a_liar(content: bytes) -> bytes:
    """A package one of whose parts says that it is small, with the checksum of what it says, and is not."""
    name, bomb = "xl/worksheets/sheet1.xml", b"<x>" + b" " * 80_000_000
    out = io.BytesIO(packed(parts_of(content) | {name: bomb}))
    raw = bytearray(out.getvalue())
    small = bomb[:100]
    real, lie = struct.pack("<II", zlib.crc32(bomb), 0)[:4], struct.pack("<I", zlib.crc32(small))
    size, less = struct.pack("<I", len(bomb)), struct.pack("<I", len(small))
    return bytes(raw).replace(real, lie).replace(size, less)


def doctyped(content: bytes) -> bytes:
    """A sheet that defines entities which multiply."""
    entities = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    parts = parts_of(content)
    sheet = parts["xl/worksheets/sheet1.xml"]
    start = sheet.index(b"<worksheet")
    return packed(parts | {"xl/worksheets/sheet1.xml": sheet[:start] + entities + sheet[start:]})


FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "no package": (lambda: b"%PDF-1.7 not a workbook", "import.not_xlsx"),
    "nothing": (lambda: b"\0", "import.not_xlsx"),
    "another package": (lambda: packed({"word/document.xml": b"<x/>"}), "import.not_xlsx"),
    "cut off": (lambda: workbook(GOOD)[:-200], "import.not_xlsx"),
    "a bomb": (lambda: packed(parts_of(workbook(GOOD)) | {"xl/bomb.xml": b" " * 70_000_000}), "import.bomb"),
    "a package that lies about its size": (lambda: a_liar(workbook(GOOD)), "import.not_xlsx"),
    "entities": (lambda: doctyped(workbook(GOOD)), "import.not_xlsx"),
    "a cell a million rows below": (lambda: workbook(GOOD, more={"A1000000": "x"}), "import.too_many_rows"),
    "a cell far to the right": (lambda: workbook(GOOD, more={"XFD2": "x"}), "import.too_many_columns"),
    "too many rows": (lambda: workbook(*[GOOD] * 2001), "import.too_many_rows"),
    "other headings": (lambda: saved(openpyxl.Workbook()), "import.missing_columns"),
}


@pytest.mark.feature("SEC-41")
@pytest.mark.parametrize("kind", FILES)
def test_what_is_no_fitting_workbook_is_refused_whole(world: World, rows: Rows, kind: str) -> None:
    make, code = FILES[kind]

    with pytest.raises(Invalid, match=code):
        sent(world, "import_risk_points", make())

    assert rows("SELECT id FROM risk_batch WHERE enterprise_id = :own", own=world.id) == []


@pytest.mark.feature("SEC-41")
def test_what_is_not_base64_or_too_large_is_refused(world: World) -> None:
    with pytest.raises(Invalid, match="import.not_base64"):
        world.desk(world.manager, "import_risk_points", content_base64="不是编码")
    with pytest.raises(Invalid, match="args.invalid"):
        world.desk(world.manager, "import_risk_points", content_base64="A" * 5_000_000)


@pytest.mark.feature("RSK-06")
def test_a_thousand_rows_are_imported_whole(world: World, rows: Rows) -> None:
    content = workbook(*(GOOD | {"风险点名称": f"设备{n}"} for n in range(1000)))

    answer = sent(world, "import_risk_points", content)

    assert (answer["is_imported"], answer["points"]) == (True, 1000)
    found = rows(
        "SELECT count(DISTINCT number) AS n, count(DISTINCT token) AS t FROM risk_point WHERE enterprise_id = :own", own=world.id
    )
    assert found == [{"n": 1000, "t": 1000}]


def test_no_field_of_a_row_depends_on_another() -> None:
    """Reading checks each by itself, once for what comes again: what looks at a whole row would never be asked."""
    assert not any(ImportRow._hooks.values())
