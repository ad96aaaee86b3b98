"""Points out of a spreadsheet, what is wrong by row and column first; and points as one that can be imported again."""

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from gateway.operations import operation_named
from services.risk.sheets.columns import COLUMNS
from tests.stage.world import Stage

GOOD, BAD = "导入的冲压机", "导入的空压机"


def filled(stage: Stage, folder: Path) -> Path:
    """The template with one point that is right, and one whose factor is in no catalogue."""
    template = stage.ask(stage.here.tokens["safety_manager"], operation_named("risk", "get_import_template"), {})
    assert template.status_code == 200
    book = load_workbook(io.BytesIO(template.data))
    sheet = book["风险点"]
    example = [sheet.cell(2, at).value for at in range(1, len(COLUMNS) + 1)]
    at = {column.heading: number for number, column in enumerate(COLUMNS, start=1)}
    for row, name in ((3, GOOD), (4, BAD)):
        for number, value in enumerate(example, start=1):
            sheet.cell(row, number, value)
        sheet.cell(row, at["风险点名称"], name)
        sheet.cell(row, at["C"], 3)
    sheet.cell(4, at["危害因素代码"], "9999")
    found = folder / "风险点.xlsx"
    book.save(found)
    return found


@pytest.mark.feature("RSK-05")
@pytest.mark.feature("RSK-06")
def test_errors_are_told_by_row_and_column_and_the_good_points_are_kept(
    visit: Callable[..., Page], stage: Stage, tmp_path: Path
) -> None:
    page = visit("/risk-points/import", "safety_manager")
    with page.expect_download() as template:
        page.get_by_role("link", name="下载导入模板").click()
    assert template.value.suggested_filename.endswith(".xlsx")

    page.get_by_label("导入文件").set_input_files(filled(stage, tmp_path))

    preview = page.get_by_role("region", name="预览")
    expect(preview).to_contain_text("1 行有错误")
    expect(preview.get_by_role("row", name="4 危害因素代码")).to_contain_text("9999")
    asked = operation_named("risk", "list_risk_points")
    token = stage.here.tokens["safety_manager"]
    before = stage.ask(token, asked, {"q": GOOD}).json
    assert before is not None
    assert before["items"] == []
    with page.expect_download() as errors:
        page.get_by_role("button", name="下载错误清单").click()
    assert "危害因素代码" in errors.value.path().read_text("utf-8-sig")
    page.get_by_role("button", name="导入 1 个风险点，跳过有错误的").click()

    expect(page.get_by_role("status").filter(has_text="已导入 1 个风险点（1 行）")).to_be_visible()
    kept = stage.ask(token, asked, {"q": "导入的"}).json
    assert kept is not None
    assert [(one["name"], one["status"], one["source"]) for one in kept["items"]] == [(GOOD, "assessed", "import")]


def test_a_file_of_another_kind_is_refused_before_it_is_sent(visit: Callable[..., Page], tmp_path: Path) -> None:
    page = visit("/risk-points/import", "safety_manager")
    other = tmp_path / "风险点.xls"
    other.write_bytes(b"old")

    page.get_by_label("导入文件").set_input_files(other)

    expect(page.get_by_role("alert")).to_contain_text("只支持 .xlsx")


@pytest.mark.feature("RSK-07")
def test_what_is_exported_is_read_again_as_what_is_there(visit: Callable[..., Page], stage: Stage, tmp_path: Path) -> None:
    here = stage.here.see("safety_manager", "risk", "list_risk_points", status="active", q="冲压机", limit=200)["items"]
    page = visit("/risk-points?status=active&q=冲压机", "safety_manager")
    expect(page.get_by_role("row", name=re.compile(re.escape(here[0]["number"])))).to_be_visible()

    with page.expect_download() as taken:
        page.get_by_role("button", name="批量导出").click()

    file = tmp_path / taken.value.suggested_filename
    taken.value.save_as(file)
    rows = list(load_workbook(file)["风险点"].iter_rows(values_only=True))
    assert [str(heading).rstrip("*") for heading in rows[0]] == [column.heading for column in COLUMNS]
    assert {row[1] for row in rows[1:]} == {one["name"] for one in here}
    expect(page.get_by_text(f"已导出 {len(here)} 个风险点")).to_be_visible()
    page.get_by_role("link", name="批量导入").click()
    page.get_by_label("导入文件").set_input_files(file)
    told = page.get_by_role("region", name="预览").get_by_role("status")
    expect(told).to_contain_text(f"{len(here)} 个与风险点库中的相同，不再导入")
    expect(told).not_to_contain_text("有错误")
    batch = stage.here.see("safety_manager", "risk", "list_risk_batches", action="export")["items"][0]
    assert (batch["ok"], batch["failed"], batch["file_name"]) == (len(here), 0, file.name)


@pytest.mark.feature("RSK-07")
def test_of_the_chosen_those_that_cannot_be_imported_are_named(visit: Callable[..., Page], stage: Stage) -> None:
    draft: dict[str, Any] = {"is_draft": True, "assessment": None, "factors": [], "check_items": []}
    stage.here.act("safety_manager", "risk", "create_risk_point", name="导不出的草稿", **draft)
    page = visit("/risk-points?q=导不出的草稿", "safety_manager")

    page.get_by_role("checkbox", name="选择本页全部").check()
    page.get_by_role("button", name="导出所选").click()

    told = page.get_by_role("dialog", name="导出结果")
    expect(told).to_contain_text("1 个没有导出")
    expect(told.get_by_role("listitem")).to_contain_text("还没有评价")
    batch = stage.here.see("safety_manager", "risk", "list_risk_batches", action="export")["items"][0]
    assert (batch["ok"], batch["failed"]) == (0, 1)
