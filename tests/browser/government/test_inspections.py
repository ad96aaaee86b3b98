"""An inspection carried out on its pages: record, order, the enterprise's answer, recheck; each step shown and stored."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from services.kernel import ids
from tests.browser.forms import a_picture, attach, minute, type_day
from tests.stage.stories.enforcement import a_record, a_scheme, enter, submit
from tests.stage.world import Side, Stage

PARTY = "赵志强"


def stored(side: Side, inspection_id: str) -> Any:
    return side.see("officer", "enforcement", "show_inspection", inspection_id=inspection_id)


def at_hand(side: Side) -> tuple[list[str], str]:
    """Two officers and a table to inspect by."""
    officers = side.see("officer", "enforcement", "list_officers", is_valid=True)["items"][:2]
    table = side.see("officer", "enforcement", "list_check_tables")["items"][0]["id"]
    return [one["id"] for one in officers], table


def returned(side: Side) -> str:
    """A scheme that was sent back."""
    inspection = submit(side, *at_hand(side))
    decision = {"inspection_id": inspection, "is_approved": False, "opinion": "地址不清"}
    side.act("team_leader", "enforcement", "decide_inspection", **decision)
    return inspection


def ordered(side: Side, description: str) -> str:
    """An inspection with one finding, ordered to be put right."""
    officers, table = at_hand(side)
    inspection = enter(side, officers, table)
    record = a_record(side, officers)
    record["findings"][0]["description"] = description
    side.act("officer", "enforcement", "record_inspection", inspection_id=inspection, **record)
    signed = {"signed_officer_ids": officers, "signed_by_party": PARTY}
    side.act("officer", "enforcement", "order_rectification", inspection_id=inspection, **signed)
    return inspection


@pytest.mark.feature("ENF-05")
def test_a_finding_recorded_and_ordered_on_the_page_is_a_hazard_of_the_enterprise(visit: Callable[..., Page], stage: Stage) -> None:
    inspection = enter(stage.here, *at_hand(stage.here))
    description = f"联轴器防护罩缺失{ids.token(4)}"
    page = visit(f"/inspections/{inspection}", "officer")

    page.get_by_role("button", name="登记现场检查记录").click()
    page.get_by_role("radiogroup", name="第 1 项结果").get_by_text("不合格", exact=True).click()
    page.get_by_role("button", name="其余全部合格").click()
    page.locator("#finding-1-description").fill(description)
    page.locator("#finding-1-place").fill("冲压车间")
    page.locator("#finding-1-measure").fill("加装防护罩")
    page.locator("#field-legal_representative").fill(PARTY)
    page.locator("#field-party_opinion").fill("情况属实")
    page.get_by_role("button", name="签字并提交记录").click()
    expect(page.locator("#field-summary")).to_contain_text("被检查单位签名人")
    page.locator("#field-signed_by_party").fill(PARTY)
    page.get_by_role("button", name="签字并提交记录").click()

    expect(page.get_by_role("heading", name=re.compile(description))).to_be_visible()
    recorded = stored(stage.here, inspection)
    assert (recorded["status"], [one["description"] for one in recorded["findings"]]) == ("recorded", [description])
    assert [one["result"] for one in recorded["results"]] == ["failed", "passed"]

    page.get_by_role("button", name="责令限期整改").click()
    page.locator("#field-signed_by_party").fill(PARTY)
    page.get_by_role("button", name="签发责令限期整改指令书").click()

    expect(page.get_by_role("tabpanel").get_by_role("link", name=re.compile("责令限期整改"))).to_be_visible()
    assert stored(stage.here, inspection)["status"] == "ordered"
    stage.bus.pump()
    ledger = visit("/hazards?source=enforcement", "safety_manager")
    expect(ledger.get_by_role("row", name=re.compile(description))).to_contain_text("待整改")


@pytest.mark.feature("HAZ-07")
@pytest.mark.feature("HAZ-09")
def test_the_enterprise_puts_it_right_and_the_officers_recheck_closes_it(visit: Callable[..., Page], stage: Stage) -> None:
    description = f"防护罩缺失{ids.token(4)}"
    inspection = ordered(stage.here, description)
    ledger = visit("/hazards?source=enforcement", "safety_manager")
    ledger.get_by_role("link", name=description).click()

    ledger.get_by_role("button", name="提交整改").click()
    dialog = ledger.get_by_role("dialog", name="提交整改")
    dialog.get_by_role("button", name="提交整改，请求复查").click()
    expect(dialog.get_by_role("alert")).to_contain_text("请上传整改后照片")
    ledger.locator("#action-measure_taken").fill("已加装防护罩并验收")
    type_day(ledger, "#action-finished_at", minute())
    attach(dialog.locator("input[type=file]"), a_picture())
    dialog.get_by_role("button", name="提交整改，请求复查").click()

    expect(dialog).to_be_hidden()
    expect(ledger.locator(".title")).to_contain_text("待复查")
    hazard_id = ledger.url.rsplit("/", 1)[-1].partition("?")[0]
    hazard = partial(stage.here.see, "safety_manager", "hazard", "show_hazard", hazard_id=hazard_id)
    assert hazard()["measure_taken"] == "已加装防护罩并验收"
    assert len(hazard()["after_photos"]) == 1
    stage.bus.pump()

    page = visit(f"/inspections/{inspection}", "officer")
    page.get_by_role("button", name="登记整改复查").click()
    page.get_by_role("radiogroup", name="第 1 项是否合格").get_by_text("合格", exact=True).click()
    page.get_by_label("第 1 项复查意见").fill("防护罩已加装")
    page.locator("#field-opinion").fill("整改合格")
    page.locator("#field-signed_by_party").fill(PARTY)
    page.get_by_role("button", name="提交复查意见书").click()

    expect(page.get_by_text("复查合格", exact=True)).to_be_visible()
    assert stored(stage.here, inspection)["status"] == "closed"
    stage.bus.pump()
    assert hazard()["status"] == "closed"
    ledger.reload()
    expect(ledger.locator(".title")).to_contain_text("已销号")


@pytest.mark.feature("ENF-04")
def test_a_returned_scheme_is_revised_on_its_page(visit: Callable[..., Page], stage: Stage) -> None:
    inspection = returned(stage.here)
    page = visit(f"/inspections/{inspection}", "officer")

    page.get_by_role("button", name="修改检查方案").click()
    expect(page.get_by_text("张建国").first).to_be_visible()
    page.locator("#field-address").fill("云岩区新地址 9 号")
    page.get_by_role("button", name="保存修改").click()

    expect(page.get_by_role("heading", name=re.compile("现场检查$"))).to_be_visible()
    expect(page.locator(".identity")).to_contain_text("云岩区新地址 9 号")
    assert stored(stage.here, inspection)["address"] == "云岩区新地址 9 号"


def test_what_two_officers_changed_at_once_is_chosen_field_by_field(visit: Callable[..., Page], stage: Stage) -> None:
    inspection = returned(stage.here)
    page = visit(f"/inspections/{inspection}/scheme", "officer")
    page.locator("#field-address").fill("我改的地址 1 号")
    page.locator("#field-source_reference").fill("交办〔2026〕7 号")
    theirs = a_scheme(*at_hand(stage.here)) | {"address": "同事改的地址 2 号", "contact_person": "同事改的联系人"}
    stage.here.act("officer", "enforcement", "revise_inspection", inspection_id=inspection, **theirs)

    page.get_by_role("button", name="保存修改").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("row")).to_have_count(2)  # Its head, and the one field that both changed.
    dialog.get_by_role("button", name="逐项选择后保存").click()
    expect(dialog.get_by_role("alert")).to_contain_text("还有 1 项没有选择")
    dialog.get_by_role("radio", name="同事改的地址 2 号").check()
    dialog.get_by_role("button", name="逐项选择后保存").click()

    expect(page.locator(".identity")).to_contain_text("同事改的地址 2 号")
    kept = stored(stage.here, inspection)
    assert (kept["address"], kept["contact_person"]) == ("同事改的地址 2 号", "同事改的联系人")
    assert kept["source_reference"] == "交办〔2026〕7 号"
