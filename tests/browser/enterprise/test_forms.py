"""What every form does: says what is required, refuses with a way to what is missing, loses nothing when others were first."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from gateway.operations import operation_named
from tests.browser.enterprise.asking import an_enterprise
from tests.stage.world import Stage

DANGER = "rgb(180, 35, 24)"
REQUIRED = ("place", "description")


@pytest.mark.feature("ENT-06")
def test_required_fields_are_marked_and_what_is_missing_is_listed_with_a_way_to_it(
    visit: Callable[..., Page], stage: Stage
) -> None:
    before = stage.here.see("safety_manager", "hazard", "list_hazards", limit=200)["items"]
    page = visit("/hazards/new", "safety_manager")
    for field in REQUIRED:
        mark = page.locator(f"[data-field={field}] label i")
        expect(mark).to_have_text("※")
        expect(mark).to_have_css("color", DANGER)
    expect(page.locator("[data-field=part] label i")).to_have_count(0)

    page.get_by_role("button", name="登记隐患").click()
    summary = page.locator("#field-summary")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text(f"还有 {len(REQUIRED)} 处需要修改")
    summary.get_by_role("button").first.click()
    expect(page.locator("#field-place")).to_be_focused()
    page.locator("#field-place").fill("电炉车间")
    expect(summary).to_contain_text(f"还有 {len(REQUIRED) - 1} 处需要修改")
    assert stage.here.see("safety_manager", "hazard", "list_hazards", limit=200)["items"] == before

    refused = stage.ask(stage.here.tokens["safety_manager"], operation_named("hazard", "register_hazard"), {"place": "电炉车间"})
    assert (refused.status_code, set(refused.json["details"])) == (422, {"description"})


def test_what_two_people_changed_of_their_enterprise_is_chosen_field_by_field(visit: Callable[..., Page], stage: Stage) -> None:
    side = an_enterprise(stage, "edited_by_two")
    page = visit("/enterprise/edit", "edited_by_two")
    page.locator("#field-principal_phone").fill("13600001111")
    page.locator("#field-safety_contact").fill("我填的联系人")
    page.locator("#field-remark").fill("我填的备注")
    theirs = {"principal_phone": "13700002222", "safety_contact_phone": "085188887777", "remark": "同事填的备注"}
    side.act("enterprise_admin", "enterprise", "update_enterprise", enterprise_id=side.enterprise_id, **theirs)

    page.get_by_role("button", name="保存资料").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("row")).to_have_count(3)  # Its head, and the two fields that both changed.
    phone, remark = (dialog.get_by_role("row", name=re.compile(of)) for of in ("13600001111", "我填的备注"))
    expect(phone).to_contain_text("13700002222")
    expect(remark).to_contain_text("同事填的备注")
    dialog.get_by_role("button", name="返回修改").click()
    expect(page.locator("#field-safety_contact")).to_have_value("我填的联系人")
    expect(page.locator("#field-safety_contact_phone")).to_have_value("085188887777")
    expect(page.locator("#field-remark")).to_have_value("我填的备注")
    assert (
        side.see("enterprise_admin", "enterprise", "show_enterprise", enterprise_id=side.enterprise_id)["remark"] == "同事填的备注"
    )

    # What the other one wrote has been seen: what stands in the form now is what shall be kept.
    page.locator("#field-remark").fill("两人商定的备注")
    page.get_by_role("button", name="保存资料").click()

    expect(page.get_by_text("两人商定的备注")).to_be_visible()
    kept = side.see("enterprise_admin", "enterprise", "show_enterprise", enterprise_id=side.enterprise_id)
    assert {name: kept[name] for name in (*theirs, "safety_contact")} == {
        "principal_phone": "13600001111", "safety_contact_phone": "085188887777", "remark": "两人商定的备注",
        "safety_contact": "我填的联系人",
    }  # fmt: skip
