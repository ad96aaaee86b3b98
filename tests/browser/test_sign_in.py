"""The door: who one is, a first password that opens nothing but its own change, and out of every device at once."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from services.kernel import ids
from tests.browser.door import enter, newcomer
from tests.stage.people import PASSWORD
from tests.stage.world import Stage

OWN_PASSWORD = f"{PASSWORD}-own"


def settled(visit: Callable[..., Page], stage: Stage) -> tuple[Page, str]:
    """A page on which a newcomer has given himself a password."""
    username, first = newcomer(stage, stage.here.department, "regulator")
    page = visit("/login")
    enter(page, username, first)
    page.get_by_label(re.compile("^新密码")).fill(OWN_PASSWORD)
    page.get_by_label("再输入一次新密码").fill(OWN_PASSWORD)
    page.get_by_role("button", name="修改密码").click()
    expect(page.get_by_role("navigation", name="主菜单")).to_be_visible()
    return page, username


@pytest.mark.feature("SYS-02")
@pytest.mark.feature("SYS-04")
def test_a_first_password_opens_nothing_but_its_own_change(visit: Callable[..., Page], stage: Stage) -> None:
    username, first = newcomer(stage, stage.here.department, "regulator")
    page = visit("/hazards")
    expect(page).to_have_url(re.compile("/login"))
    enter(page, username, first)

    expect(page.get_by_role("heading", name="修改密码")).to_be_visible()
    page.goto(page.url.partition("/password")[0] + "/hazards")
    expect(page.get_by_role("heading", name="修改密码")).to_be_visible()
    page.get_by_label("原密码").fill(first)
    page.get_by_label(re.compile("^新密码")).fill("short")
    page.get_by_label("再输入一次新密码").fill("short")
    page.get_by_role("button", name="修改密码").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label(re.compile("^新密码")).fill(OWN_PASSWORD)
    page.get_by_label("再输入一次新密码").fill(OWN_PASSWORD)
    page.get_by_role("button", name="修改密码").click()

    expect(page.get_by_role("navigation", name="主菜单")).to_be_visible()
    again = visit("/login")
    enter(again, username, first)
    expect(again.get_by_role("alert")).to_be_visible()
    enter(again, username, OWN_PASSWORD)
    expect(again.get_by_role("navigation", name="主菜单")).to_be_visible()


@pytest.mark.feature("SYS-03")
def test_out_of_all_devices_ends_the_sessions_elsewhere(visit: Callable[..., Page], stage: Stage) -> None:
    here, username = settled(visit, stage)
    elsewhere = visit("/login")
    enter(elsewhere, username, OWN_PASSWORD)
    expect(elsewhere.get_by_role("navigation", name="主菜单")).to_be_visible()

    here.get_by_role("button", name="个人菜单").click()
    here.get_by_role("menuitem", name="退出所有设备").click()

    expect(here).to_have_url(re.compile("/login"))
    elsewhere.reload()
    expect(elsewhere).to_have_url(re.compile("/login"))


def test_a_wrong_password_says_so_and_not_whether_the_name_exists(visit: Callable[..., Page], stage: Stage) -> None:
    username, _ = newcomer(stage, stage.here.department, "regulator")
    told = []
    for name in (username, f"nobody.{ids.token(6).lower()}"):
        page = visit("/login")
        enter(page, name, "Wrong-Password-99")
        told.append(page.get_by_role("alert").inner_text())

    assert told[0] == told[1]
