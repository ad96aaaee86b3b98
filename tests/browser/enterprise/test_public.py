"""What anybody may read with a code or a number in his hand, on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from gateway.operations import operation_named
from tests.browser.conftest import PHONE
from tests.stage.world import Stage


@pytest.mark.feature("RSK-21")
def test_the_code_on_the_wall_opens_the_card_without_an_account(visit: Callable[..., Page], stage: Stage) -> None:
    token = stage.here.tokens["safety_manager"]
    listed = stage.ask(token, operation_named("risk", "list_risk_points"), {"status": "active"}).json
    assert listed is not None
    point = stage.ask(token, operation_named("risk", "get_risk_point"), {"risk_point_id": listed["items"][-1]["id"]}).json
    assert point is not None

    page = visit(f"/risk-cards/{point['token']}", size=PHONE)

    expect(page.get_by_role("heading", name=point["name"])).to_be_visible()
    expect(page.get_by_text(point["factors"][0]["description"])).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_code_that_is_none_says_where_the_right_one_is(visit: Callable[..., Page]) -> None:
    page = visit("/risk-cards/0000000000000000000000", size=PHONE)

    expect(page.get_by_role("alert")).to_contain_text("请扫公告栏上的最新二维码")


def test_a_licence_is_found_by_number_and_holder_alone(visit: Callable[..., Page], stage: Stage) -> None:
    listed = stage.ask(stage.here.tokens["enterprise_admin"], operation_named("enterprise", "list_licences"), {}).json
    assert listed is not None
    licence = listed["items"][0]
    page = visit("/licences/verification", size=PHONE)
    page.get_by_role("button", name="查询许可证").click()
    expect(page.locator("#ask-number")).to_be_focused()

    page.locator("#ask-number").fill(licence["number"])
    page.locator("#ask-enterprise_name").fill("别的企业")
    page.get_by_role("button", name="查询许可证").click()
    expect(page.get_by_text("没有查到编号和持证单位都一致的证照")).to_be_visible()

    page.locator("#ask-enterprise_name").fill(licence["enterprise_name"])
    page.get_by_role("button", name="查询许可证").click()
    expect(page.get_by_text(licence["issuer"])).to_be_visible()
