"""Before the door: what the platform is, a captcha after failures, a lost password, and browsers that are too old."""

import re
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, Route, expect

from gateway import sending
from gateway.identity.service import SERVICE as IDENTITY
from gateway.identity.tables import account as accounts
from gateway.identity.tables import credential
from services.kernel import ids
from tests.browser.accessibility import assert_accessible
from tests.browser.conftest import PHONE
from tests.browser.door import captcha_of, code_sent, enter
from tests.browser.forms import choose
from tests.stage.people import PASSWORD, PLATFORM, settle
from tests.stage.world import Stage

MOBILE = "13985050001"
FRESH = f"{PASSWORD}-found"


def reachable(stage: Stage) -> tuple[str, str]:
    """An official with a password of his own and a mobile: his name at the door and his account's id."""
    args = {
        "username": f"lost.{ids.token(6).lower()}",
        "name": "忘事的人",
        "department_id": stage.here.department["id"],
        "mobile": MOBILE,
    }
    made = IDENTITY.call(stage.identity, "create_account", args, PLATFORM)
    settle(stage.identity)
    return args["username"], made["id"]


def ask_for_code(stage: Stage, page: Page, username: str) -> None:
    page.get_by_label("用户名").fill(username)
    page.get_by_label("验证码", exact=True).fill(captcha_of(stage, page))
    page.get_by_role("button", name="获取验证码").click()
    expect(page.get_by_label("收到的验证码")).to_be_visible()


def give(page: Page, code: str, password: str = FRESH) -> None:
    page.get_by_label("收到的验证码").fill(code)
    page.get_by_label(re.compile("^新密码")).fill(password)
    page.get_by_label("再输入一次新密码").fill(password)
    page.get_by_role("button", name="设置新密码").click()


@pytest.mark.feature("SYS-05")
def test_a_lost_password_is_found_by_a_code_and_nobody_learns_whose_name_exists(visit: Callable[..., Page], stage: Stage) -> None:
    username, account_id = reachable(stage)
    stage.memory.delete(sending.LETTERS)
    page = visit("/login")
    page.get_by_role("link", name="忘记密码").click()
    expect(page.get_by_role("heading", level=1, name="密码找回")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="获取验证码").click()
    expect(page.get_by_text("请输入用户名")).to_be_visible()
    ask_for_code(stage, page, username)
    stranger = visit("/password/recovery")
    ask_for_code(stage, stranger, f"nobody.{ids.token(6).lower()}")
    assert stranger.get_by_role("main").inner_text() == page.get_by_role("main").inner_text()
    assert_accessible(page)

    assert stage.memory.llen(sending.LETTERS) == 1
    code = code_sent(stage, MOBILE)
    give(page, f"{(int(code) + 1) % 10**6:06d}")
    expect(page.get_by_text("验证码不正确或已过期")).to_be_visible()
    give(page, code, "123456789012")
    expect(page.get_by_role("alert")).to_contain_text("密码")
    give(page, code)
    expect(page.get_by_text("新密码已设置")).to_be_visible()
    give(stranger, code)
    expect(stranger.get_by_text("验证码不正确或已过期")).to_be_visible()

    page.get_by_role("link", name="返回登录").click()
    enter(page, username, FRESH)
    expect(page.get_by_role("navigation", name="主菜单")).to_be_visible()
    with stage.identity.work(PLATFORM, "look", read_only=True) as work:
        mine = sa.select(accounts.c.epoch, credential.c.first_until).where(
            accounts.c.id == account_id, credential.c.account_id == accounts.c.id
        )
        assert [tuple(row) for row in work.session.execute(mine)] == [(1, None)]


@pytest.mark.feature("SYS-06")
def test_the_captcha_comes_after_three_failures_and_serves_once(visit: Callable[..., Page], stage: Stage) -> None:
    username, _ = reachable(stage)
    stage.memory.delete("sign_in_from:127.0.0.1")
    page = visit("/login")
    for _ in range(3):
        expect(page.get_by_label("验证码", exact=True)).to_have_count(0)
        with page.expect_response(re.compile("/auth/login")):
            enter(page, username, "Wrong-Password-99")
        expect(page.get_by_role("alert")).to_be_visible()

    shown = page.get_by_role("img", name="验证码图片")
    expect(shown).to_be_visible()
    first = shown.get_attribute("src")
    text = captcha_of(stage, page)
    expect(shown).not_to_have_attribute("src", first or "")
    page.get_by_role("button", name="听验证码").click()
    expect(page.locator("audio")).to_have_attribute("src", re.compile("^data:audio/wav;base64,"))
    assert (
        page.locator("audio").evaluate(
            "one => new Promise(done => one.readyState ? done(one.duration) : one.onloadedmetadata = () => done(one.duration))"
        )
        > 1
    )
    assert_accessible(page)
    page.get_by_label("验证码", exact=True).fill(text)
    with page.expect_request(re.compile("/auth/login")) as used:
        enter(page, username, "Wrong-Password-99")
    expect(page.get_by_label("验证码", exact=True)).to_have_value("")
    again = page.request.post(used.value.url, data=used.value.post_data_json)
    assert again.json()["code"] in ("captcha.wrong", "auth.locked")


@pytest.mark.feature("SYS-01")
def test_the_door_leads_to_whatever_one_comes_for(visit: Callable[..., Page], address: str) -> None:
    page = visit("/login")
    expect(page.get_by_role("tab", name="政府用户")).to_have_attribute("aria-selected", "true")
    page.get_by_role("tab", name="企业用户").click()
    for link, heading in {
        "企业注册申报": "企业注册申报",
        "忘记密码": "密码找回",
        "系统介绍": "系统介绍",
        "操作帮助": "操作帮助",
        "许可证查询": "许可证查询",
    }.items():
        page.get_by_role("link", name=link).click()
        expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()
        page.goto(f"{address}/login")
        expect(page.get_by_role("tab", name="企业用户")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_text("360 浏览器的极速模式")).to_be_visible()
    page.get_by_role("link", name="接口文档").click()
    expect(page).to_have_url(re.compile("/api/docs"))


def test_help_tells_how_to_come_in_and_fits_a_telephone(visit: Callable[..., Page]) -> None:
    page = visit("/help", size=PHONE)
    page.get_by_role("navigation", name="目录").get_by_role("link", name="忘记密码怎么办").click()

    expect(page).to_have_url(re.compile("#help-4"))
    expect(page.get_by_role("region", name="忘记密码怎么办")).to_be_in_viewport()
    expect(page.get_by_role("region", name="企业怎样注册")).to_contain_text("草稿保留 30 天")
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.feature("SYS-01")
def test_what_is_published_for_everybody_stands_beside_the_door(visit: Callable[..., Page], stage: Stage) -> None:
    title = f"关于防范雨雪冰冻的公告{ids.token(4)}"
    writer = visit("/notices/new", "regulator_leader")
    writer.locator("#field-title").fill(title)
    writer.locator("#field-body").fill("请各单位停止室外高处作业。")
    writer.get_by_text(re.compile("^对外公开：")).click()
    choose(writer, "接收部门", stage.here.department["name"])
    writer.get_by_role("button", name="存稿并核对").click()
    expect(writer.get_by_role("heading", level=1, name=title)).to_be_visible()
    expect(writer.get_by_text("对外公开", exact=True)).to_be_visible()
    notice_id = writer.url.rsplit("/", 1)[-1].partition("?")[0]
    door = visit("/login")
    with door.expect_response(re.compile("/notices/public")):
        door.reload()
    expect(door.get_by_role("link", name=title)).to_have_count(0)  # A draft is its authority's alone.
    writer.get_by_role("button", name="直接发布").click()
    writer.get_by_role("dialog").get_by_role("button", name="发布并下发").click()
    expect(writer.locator(".title")).to_contain_text("已发布")

    door.reload()
    news = door.get_by_role("region", name="通知公告")
    news.get_by_role("link", name=title).click()
    expect(door.get_by_role("heading", level=2, name=title)).to_be_visible()
    expect(door.get_by_role("article")).to_contain_text("请各单位停止室外高处作业。")
    assert_accessible(door)
    door.get_by_role("link", name="全部通知公告").click()
    expect(door.get_by_role("listitem").filter(has_text=title)).to_contain_text(stage.here.department["name"])
    assert_accessible(door)

    stage.here.act("regulator_leader", "notice", "withdraw_notice", notice_id=notice_id, reason="有误")
    door.goto(door.url + f"/{notice_id}")
    expect(door.get_by_text("没有找到这份通知公告")).to_be_visible()


def test_a_browser_without_modules_is_told_to_be_another(visit: Callable[..., Page], address: str) -> None:
    page = visit("/about")

    def as_old_browsers_read_it(route: Route) -> None:
        answer = route.fetch()
        told = answer.text().replace('type="module"', 'type="unknown"').replace(" nomodule", "")
        route.fulfill(response=answer, body=told)

    page.route(f"{address}/login", as_old_browsers_read_it)
    page.goto(f"{address}/login")

    expect(page.get_by_role("heading", name="请换一个浏览器")).to_be_visible()
    expect(page.get_by_text("切换到极速模式")).to_be_visible()


@pytest.mark.feature("SYS-21")
def test_what_a_release_brought_is_told_once_and_stands_with_the_introduction(visit: Callable[..., Page], stage: Stage) -> None:
    account = stage.here.accounts["reviewer"]
    page = visit("/me", "reviewer")
    expect(page.get_by_role("heading", level=1, name="个人信息")).to_be_visible()
    expect(page.get_by_role("dialog", name="系统已升级")).to_have_count(0)  # Whoever comes for the first time knows no other.

    newest = page.evaluate("name => localStorage.getItem(name)", f"dual.release.{account}")
    page.evaluate("name => localStorage.setItem(name, 'an earlier one')", f"dual.release.{account}")
    page.reload()
    news = page.get_by_role("dialog", name="系统已升级")
    expect(news).to_contain_text(newest)
    news.get_by_role("button", name="知道了").click()
    page.reload()
    expect(page.get_by_role("heading", level=1, name="个人信息")).to_be_visible()
    expect(page.get_by_role("dialog", name="系统已升级")).to_have_count(0)

    page.get_by_role("navigation", name="主菜单").get_by_role("button", name="资源中心").click()
    page.get_by_role("link", name="系统介绍").click()
    expect(page.get_by_role("region", name="系统说明")).to_contain_text("风险分级管控和隐患排查治理")
    expect(page.get_by_role("region", name="升级说明")).to_contain_text(newest)
    public = visit("/about")
    expect(public.get_by_role("region", name="升级说明")).to_contain_text(newest)
    assert_accessible(public)
