"""A list from its making to its filing, each step by whom it belongs to, and what is stored of it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from gateway.operations import operation_named
from tests.browser.forms import choose
from tests.stage.world import Stage

NAME = "页面编制的清单"


def list_of(stage: Stage, page: Page) -> dict[str, Any]:
    list_id = re.search(r"/risk-lists/([0-9a-f-]{36})", page.url)
    assert list_id is not None
    asked = operation_named("risk", "get_risk_list")
    found = stage.ask(stage.here.tokens["safety_manager"], asked, {"risk_list_id": list_id[1]}).json
    assert found is not None
    return dict(found)


def do(page: Page, act: str, **fields: str) -> None:
    """One of the acts that are open now, with what its dialog asks for."""
    page.get_by_role("region", name="现在可以做").get_by_role("button", name=act).click()
    dialog = page.get_by_role("dialog", name=act)
    for label, value in fields.items():
        dialog.get_by_label(label).fill(value)
    dialog.get_by_role("button", name=act).click()
    expect(dialog).to_have_count(0)


@pytest.mark.feature("RSK-14")
@pytest.mark.feature("RSK-16")
@pytest.mark.feature("RSK-19")
def test_a_list_is_composed_audited_by_somebody_else_and_filed(visit: Callable[..., Page], stage: Stage) -> None:
    page = visit("/risk-lists/new", "list_author")
    page.get_by_role("button", name="保存清单").click()
    expect(page.locator("#field-summary")).to_contain_text("请选择适用单元")

    choose(page, "适用单元")
    page.get_by_label("清单名称").fill(NAME)
    point = stage.here.mark + "冲压机1"
    expect(page.get_by_label(f"移出 {point}")).to_be_visible()
    choose(page, f"{point} 的周期", "周查")
    page.get_by_label(f"{point} 的次数").fill("2")
    page.get_by_label(f"{point} 的次数").press("Tab")
    page.get_by_role("button", name="保存清单").click()

    expect(page.get_by_role("heading", name=NAME)).to_be_visible()
    kept = list_of(stage, page)
    line = next(one for one in kept["lines"] if one["point_name"] == point)
    assert (kept["status"], line["period"], line["times"]) == ("draft", "week", 2)
    assert stage.here.mark + "必查" in [item["item"] for one in kept["lines"] for item in one["items"] if item["mandatory_id"]]
    expect(page.get_by_role("row", name=re.compile(re.escape(point)))).to_contain_text("周查 2 次")

    do(page, "提交审核")
    expect(page.get_by_role("region", name="现在可以做").get_by_role("button", name="审核清单")).to_have_count(0)
    auditor = visit(f"/risk-lists/{kept['id']}", "safety_director")
    auditor.get_by_role("region", name="现在可以做").get_by_role("button", name="审核清单").click()
    auditor.get_by_role("dialog").locator("label", has_text=re.compile("^通过$")).click()
    auditor.get_by_role("dialog").get_by_role("button", name="审核清单").click()
    expect(auditor.locator("header.card")).to_contain_text("已审核")
    manager = visit(f"/risk-lists/{kept['id']}", "safety_manager")
    do(manager, "报备清单")

    expect(manager.locator("header.card")).to_contain_text("已报备")
    filed = list_of(stage, manager)
    assert (filed["status"], filed["auditor_name"] is not None, filed["filed_at"] is not None) == ("filed", True, True)


@pytest.mark.feature("RSK-18")
def test_a_list_in_force_is_revised_as_a_new_draft(visit: Callable[..., Page], stage: Stage) -> None:
    filed = _filed(stage)
    page = visit(f"/risk-lists/{filed['id']}", "list_author")

    do(page, "修订清单")

    expect(page).to_have_url(re.compile("/risk-lists/.*/edit"))
    copy = list_of(stage, page)
    assert copy["id"] != filed["id"]
    assert (copy["status"], copy["replaces_id"], len(copy["lines"])) == ("draft", filed["id"], len(filed["lines"]))


@pytest.mark.feature("RSK-17")
def test_a_list_shows_all_of_its_lines_as_they_are_printed(visit: Callable[..., Page], stage: Stage) -> None:
    filed = _filed(stage)
    page = visit(f"/risk-lists/{filed['id']}", "safety_manager")

    for line in filed["lines"]:
        row = page.get_by_role("row", name=re.compile(re.escape(line["point_name"]) + r"(?!\d)"))
        for item in line["items"]:
            expect(row).to_contain_text(item["item"])
    page.emulate_media(media="print")
    expect(page.get_by_text("主要负责人：")).to_be_visible()
    expect(page.get_by_role("navigation", name="主菜单")).to_be_hidden()


def test_the_lists_are_found_by_their_state(visit: Callable[..., Page], stage: Stage) -> None:
    _filed(stage)
    page = visit("/risk-lists", "safety_manager")

    page.get_by_role("navigation", name="清单状态").get_by_role("button", name="已报备", exact=True).click()

    expect(page).to_have_url(re.compile("status=filed"))
    asked = operation_named("risk", "list_risk_lists")
    filed = stage.ask(stage.here.tokens["safety_manager"], asked, {"status": "filed"}).json
    assert filed is not None
    expect(page.locator("tbody tr")).to_have_count(len(filed["items"]))


def _filed(stage: Stage) -> dict[str, Any]:
    """A list in force, whichever test came first."""
    token = stage.here.tokens["safety_manager"]
    found = stage.ask(token, operation_named("risk", "list_risk_lists"), {"status": "filed"}).json
    assert found is not None
    list_id = found["items"][0]["id"] if found["items"] else _file(stage)
    told = stage.ask(token, operation_named("risk", "get_risk_list"), {"risk_list_id": list_id}).json
    assert told is not None
    return dict(told)


def _file(stage: Stage) -> str:
    act = stage.here.act
    unit = act("list_author", "risk", "list_required_points")
    lines = [{"point_id": one["point_id"], "period": one["period"], "times": one["times"]} for one in unit["points"]]
    lines[0]["items"] = unit["points"][0]["items"] + unit["mandatory_items"]
    draft = act("list_author", "risk", "compose_risk_list", list_class=unit["list_class"], lines=lines)
    act("list_author", "risk", "submit_risk_list", risk_list_id=draft["id"])
    act("safety_director", "risk", "audit_risk_list", risk_list_id=draft["id"], is_passed=True)
    act("safety_manager", "risk", "file_risk_list", risk_list_id=draft["id"])
    return str(draft["id"])
