"""The organisation of an enterprise on its page: units added, renamed, moved and taken out of use; shown and stored."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from services.kernel import ids
from tests.browser.forms import choose
from tests.stage.stories.risk import add_point
from tests.stage.world import Side, Stage


def units(side: Side) -> dict[str, Any]:
    found = side.see("enterprise_admin", "enterprise", "show_org_tree", enterprise_id=side.enterprise_id)["items"]
    return {one["name"]: one for one in found}


def add(side: Side, tier: str, name: str) -> str:
    """A unit below the company's own; its id."""
    root = next(one["id"] for one in units(side).values() if one["parent_id"] is None)
    return str(side.act("enterprise_admin", "enterprise", "create_org_unit", parent_id=root, tier=tier, name=name)["id"])


def test_a_unit_is_added_below_another_of_a_higher_tier(visit: Callable[..., Page], stage: Stage) -> None:
    above, name = f"维修部{ids.token(4)}", f"钳工班{ids.token(4)}"
    parent = add(stage.here, "department", above)
    page = visit(f"/organisation?unit={parent}", "enterprise_admin")

    page.get_by_role("button", name="新增下级单元").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="新增单元").click()
    expect(dialog.get_by_role("alert")).to_contain_text("请填写名称")
    dialog.get_by_label(re.compile("名称")).fill(name)
    dialog.get_by_role("combobox", name="层级").locator("xpath=ancestor::div[contains(@class, 'el-select__wrapper')]").click()
    expect(page.get_by_role("option")).to_have_text(["车间级", "班组级", "岗位级"])
    page.get_by_role("option", name="班组级").click()
    dialog.get_by_label("负责人").fill("周师傅")
    dialog.get_by_role("button", name="新增单元").click()

    tree = page.get_by_role("navigation", name="组织结构")
    expect(tree.get_by_role("button", name=re.compile(f"^{name}"))).to_be_visible()
    stored = units(stage.here)[name]
    assert (stored["parent_id"], stored["tier"], stored["leader"], stored["is_active"]) == (parent, "team", "周师傅", True)


def test_a_unit_is_renamed_moved_and_taken_out_of_use(visit: Callable[..., Page], stage: Stage) -> None:
    above, name, renamed = f"生产部{ids.token(4)}", f"车间{ids.token(4)}", f"一车间{ids.token(4)}"
    target = add(stage.here, "department", above)
    unit = add(stage.here, "workshop", name)
    page = visit(f"/organisation?unit={unit}", "enterprise_admin")
    dialog = page.get_by_role("dialog")

    page.get_by_role("button", name="修改单元").click()
    dialog.get_by_label(re.compile("名称")).fill(renamed)
    dialog.get_by_role("button", name="保存修改").click()
    expect(page.get_by_role("heading", name=renamed)).to_be_visible()

    page.get_by_role("button", name="移动单元").click()
    choose(dialog, "新的上级单元", above)
    dialog.get_by_role("button", name="移动单元").click()
    expect(page.get_by_text(f"{above} / {renamed}")).to_be_visible()
    assert units(stage.here)[renamed]["parent_id"] == target

    page.get_by_role("button", name="停用单元").click()
    dialog.get_by_role("button", name="停用单元").click()
    expect(page.get_by_role("button", name="启用单元")).to_be_visible()
    assert units(stage.here)[renamed]["is_active"] is False


@pytest.mark.feature("ENT-33")
def test_a_unit_whose_list_is_in_force_stays_in_use(visit: Callable[..., Page], stage: Stage) -> None:
    here, name = stage.here, f"电炉车间{ids.token(4)}"
    unit = add(here, "workshop", name)
    point = add_point(here, 9, unit_id=unit, name=f"电炉{ids.token(4)}")
    lines = [{"point_id": point["id"], "period": "day", "times": 1}]
    form = {"unit_id": unit, "list_class": "workshop", "name": f"{name}清单", "lines": lines}
    made = here.act("list_author", "risk", "compose_risk_list", **form)
    here.act("list_author", "risk", "submit_risk_list", risk_list_id=made["id"])
    here.act("safety_director", "risk", "audit_risk_list", risk_list_id=made["id"], is_passed=True)
    here.act("safety_manager", "risk", "file_risk_list", risk_list_id=made["id"])
    page = visit(f"/organisation?unit={unit}", "enterprise_admin")
    dialog = page.get_by_role("dialog")

    page.get_by_role("button", name="停用单元").click()
    dialog.get_by_role("button", name="停用单元").click()
    expect(dialog.get_by_role("alert")).to_contain_text(f"1 份已报备清单（{name}清单），请先修订或撤销清单")
    assert units(here)[name]["is_active"] is True
    dialog.get_by_role("button", name="取消").click()
    page.get_by_role("button", name="新增下级单元").click()
    dialog.get_by_role("combobox", name="层级").locator("xpath=ancestor::div[contains(@class, 'el-select__wrapper')]").click()
    expect(page.get_by_role("option")).to_have_text(["班组级", "岗位级"])  # Below its own, and no other.
    page.keyboard.press("Escape")

    here.act("safety_manager", "risk", "withdraw_risk_list", risk_list_id=made["id"], reason="设备停用")
    page.reload()
    page.get_by_role("button", name="停用单元").click()
    dialog.get_by_role("button", name="停用单元").click()
    expect(page.get_by_role("button", name="启用单元")).to_be_visible()
    assert units(here)[name]["is_active"] is False


def test_what_cannot_be_done_with_the_company_itself_says_why(visit: Callable[..., Page]) -> None:
    page = visit("/organisation", "enterprise_admin")

    card = page.get_by_role("region", name="现在可以做")
    expect(card).to_contain_text("公司级根单元不能移动")
    expect(card).to_contain_text("公司级根单元不能停用")


def test_people_stand_with_their_unit_and_whoever_keeps_nothing_reads(visit: Callable[..., Page], stage: Stage) -> None:
    root = next(one for one in units(stage.here).values() if one["parent_id"] is None)
    page = visit(f"/organisation?unit={root['id']}", "enterprise_admin")
    expect(page.get_by_role("region", name=re.compile("^人员")).get_by_role("listitem").first).to_contain_text("甲方所有员工")

    reader = visit(f"/organisation?unit={root['id']}", "checker")

    expect(reader.get_by_role("heading", name=root["name"])).to_be_visible()
    expect(reader.get_by_role("button", name="新增下级单元")).to_have_count(0)


@pytest.mark.parametrize("size", [{"width": 1280, "height": 800}, {"width": 390, "height": 844}])
def test_the_tree_fits_the_screen(visit: Callable[..., Page], size: dict[str, int]) -> None:
    page = visit("/organisation", "enterprise_admin", size)

    expect(page.get_by_role("navigation", name="组织结构")).to_be_visible()
    assert page.locator("main").evaluate("element => element.scrollWidth <= element.clientWidth")
