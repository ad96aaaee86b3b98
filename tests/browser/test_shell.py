"""What stands around every page: the way to any of them by keyboard, filters kept under a name, word of a new release."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.menu import side_menu


@pytest.mark.feature("BEY-27")
def test_ctrl_k_leads_to_a_page_by_its_initials(visit: Callable[..., Page]) -> None:
    page = visit("/me", "reviewer")
    side_menu(page)

    page.keyboard.press("Control+k")
    page.get_by_role("combobox", name="搜索页面").fill("cqyh")
    expect(page.get_by_role("listbox", name="页面").get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1, name="超期隐患监管")).to_be_visible()
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_filters_are_kept_under_a_name_on_this_browser(visit: Callable[..., Page]) -> None:
    page = visit("/hazards?hazard_class=major", "safety_manager")
    page.get_by_role("button", name="保存筛选").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("只看重大")
    dialog.get_by_role("button", name="保存筛选").click()
    kept = page.get_by_role("list", name="保存的筛选").get_by_role("button", name="只看重大", exact=True)
    expect(kept).to_have_attribute("aria-pressed", "true")

    page.goto(page.url.partition("?")[0])
    kept.click()

    expect(page).to_have_url(re.compile("hazard_class=major"))
    page.get_by_role("button", name="删去筛选 只看重大").click()
    expect(page.get_by_role("list", name="保存的筛选")).to_have_count(0)


def test_a_page_that_is_older_than_the_release_says_so_and_stays(visit: Callable[..., Page]) -> None:
    page = visit("/me", "reviewer")
    side_menu(page)

    def tell_another(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json=answer.json() | {"release": "another"})

    page.route("**/web-settings", tell_another)  # Asked again when the stream is opened anew.

    expect(page.get_by_text("系统已更新，保存后刷新")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
