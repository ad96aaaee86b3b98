"""What authorities see of enterprises' risks and hazards, and a listing for supervision decided on its page."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from services.kernel import clock, ids
from tests.browser.forms import type_day
from tests.stage.stories.hazard import CRITERION
from tests.stage.world import Side, Stage


def a_major(side: Side) -> dict[str, Any]:
    """A major hazard that its enterprise has registered and not yet reported."""
    form = {"place": "罐区", "description": f"储罐阀门泄漏{ids.token(4)}", "category": "thing", "criterion_code": CRITERION}
    return dict(side.act("safety_manager", "hazard", "register_hazard", **form))


@pytest.mark.feature("HAZ-13")
def test_a_major_hazard_is_on_the_list_of_its_county_at_once_and_of_no_other(visit: Callable[..., Page], stage: Stage) -> None:
    hazard = a_major(stage.here)

    ours = visit("/hazards/major", "regulator")
    row = ours.get_by_role("row", name=re.compile(hazard["description"]))
    expect(row).to_contain_text("已登记")
    theirs = visit("/hazards/major", "regulator", side=stage.there)
    expect(theirs.get_by_role("heading", level=1, name="重大隐患监管")).to_be_visible()
    expect(theirs.get_by_role("row").nth(1)).to_be_visible()
    expect(theirs.get_by_text(hazard["description"])).to_have_count(0)

    row.get_by_role("link", name="办理").click()
    ours.get_by_role("button", name="督促整改").click()
    ours.get_by_role("dialog").get_by_role("textbox").fill("请立即停用储罐并上报")
    ours.get_by_role("dialog").get_by_role("button", name="发出督促意见").click()

    expect(ours.get_by_role("dialog")).to_be_hidden()
    expect(ours.get_by_text("请立即停用储罐并上报")).to_be_visible()
    steps = stage.here.see("safety_manager", "hazard", "list_hazard_history", hazard_id=hazard["id"])["items"]
    assert (steps[-1]["event"], steps[-1]["reason"]) == ("comment", "请立即停用储罐并上报")


@pytest.mark.feature("HAZ-16")
def test_a_listing_is_proposed_decided_and_logged_on_its_pages(visit: Callable[..., Page], stage: Stage) -> None:
    hazard = a_major(stage.here)
    page = visit(f"/hazards/{hazard['id']}", "regulator")
    page.get_by_role("button", name="提请挂牌督办").click()
    page.locator("#action-reason").fill("未能立即消除，风险高")
    page.get_by_role("dialog").get_by_role("button", name="提请挂牌督办").click()
    page.get_by_role("link", name=re.compile(f"挂牌督办：{hazard['description']}")).click()
    expect(
        page.get_by_text("不能审批、复查、评估或验收本人提交的事项").or_(page.get_by_text("目前没有需要您办理的事项")).first
    ).to_be_visible()

    leader = visit(f"/supervision-listings?q={hazard['description']}", "regulator_leader")
    leader.get_by_role("link", name="办理").click()
    leader.get_by_role("button", name="决定是否挂牌").click()
    leader.get_by_role("radiogroup", name="决定").get_by_text("挂牌督办", exact=True).click()
    leader.get_by_role("dialog", name="决定是否挂牌").get_by_role("button", name="提交决定").click()
    expect(leader.locator("#action-summary")).to_contain_text("请填写责任单位")
    leader.locator("#action-duty_unit").fill("设备部")
    leader.locator("#action-duty_person").fill("王强")
    type_day(leader, "#action-deadline_on", f"{clock.day_of(clock.now()) + timedelta(days=40)}")
    leader.locator("#action-requirement").fill("停用储罐，更换阀门")
    leader.get_by_role("dialog", name="决定是否挂牌").get_by_role("button", name="提交决定").click()

    expect(leader.locator(".identity")).to_contain_text("安督〔")
    expect(leader.locator(".title")).to_contain_text("督办中")
    [listing] = stage.here.see("regulator", "hazard", "list_supervision_listings", hazard_id=hazard["id"])["items"]
    assert (listing["status"], listing["duty_unit"], listing["requirement"]) == ("listed", "设备部", "停用储罐，更换阀门")
    page.reload()
    page.get_by_role("button", name="记录督办情况").click()
    page.locator("#action-text").fill("现场督查，储罐已停用")
    page.get_by_role("dialog").get_by_role("button", name="记录督办情况").click()
    expect(page.get_by_text("现场督查，储罐已停用")).to_be_visible()


@pytest.mark.feature("RSK-27")
def test_points_of_filed_lists_are_shown_with_their_measures(visit: Callable[..., Page], stage: Stage) -> None:
    filed = stage.there.see("regulator", "risk", "list_risk_points")["items"]
    page = visit("/supervision/risk-points", "regulator", side=stage.there)

    table = page.get_by_role("table")
    expect(table.get_by_role("row")).to_have_count(len(filed) + 1)
    oldest = filed[-1]["name"]
    table.get_by_role("link", name=oldest, exact=True).first.click()

    expect(page.get_by_role("heading", level=1, name=oldest)).to_be_visible()
    expect(page.get_by_text("engineering措施")).to_be_visible()


@pytest.mark.feature("RSK-28")
def test_filed_lists_are_shown_with_how_far_they_are_kept(visit: Callable[..., Page], stage: Stage) -> None:
    lists = stage.here.see("regulator", "risk", "list_risk_lists")["items"]

    page = visit("/supervision/risk-lists", "regulator")

    for one in lists:
        row = page.get_by_role("row", name=re.compile(re.escape(one["name"])))
        expect(row.first).to_contain_text({"filed": "已报备", "withdrawn": "已撤销", "superseded": "已被替代"}[one["status"]])
    newest, titles = lists[0], page.get_by_role("columnheader").all_inner_texts()
    cells = page.get_by_role("row", name=re.compile(re.escape(newest["name"]))).first.get_by_role("cell")
    expect(cells.nth(titles.index("版本"))).to_have_text(str(newest["edition"]))
    counts = [str(newest[level]) for level in ("red", "orange", "yellow", "blue")]
    expect(cells.nth(titles.index("风险点 红橙黄蓝"))).to_have_text(re.compile(r"\s*" + r"\s+".join(counts) + r"\s*"))
