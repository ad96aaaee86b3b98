"""One's own corner: how one is reached, pictures, password, messages and menu, each kept with the account; and all that waits."""

import re
from collections.abc import Callable

import orjson
import pytest
from playwright.sync_api import Locator, Page, expect

from gateway import codes, sending
from gateway.identity.service import SERVICE as IDENTITY
from gateway.operations import operation_named
from services.kernel import ids
from tests.browser.accessibility import assert_accessible
from tests.browser.enterprise.asking import an_application
from tests.browser.forms import a_picture, attach
from tests.browser.menu import Errands, settle
from tests.stage.people import PASSWORD, PLATFORM, staff
from tests.stage.world import Side, Stage

LOADED = "one => new Promise(done => one.complete ? done(one.naturalWidth) : (one.onload = () => done(one.naturalWidth)))"


def newcomer(side: Side, name: str, *roles: str) -> None:
    """Somebody of the enterprise with a password of his own, whom ``visit`` knows by this name."""
    root = side.resolve("enterprise")("unit_id")
    account = staff(side.stage.identity, side.enterprise_id, side.region, root, f"own.{ids.token(8).lower()}", roles, name)
    first = IDENTITY.call(side.stage.identity, "reset_staff_password", {"account_id": account}, PLATFORM)["first_password"]
    side.sign_in(name, account)
    change = operation_named("gateway", "change_password")
    assert side.stage.ask(side.tokens[name], change, {"old_password": first, "new_password": PASSWORD}).status_code == 200
    side.sign_in(name, account)


def me(side: Side, name: str) -> dict[str, object]:
    return dict(side.see(name, "gateway", "get_me"))


def centre(page: Page) -> Locator:
    return page.get_by_role("navigation", name="个人中心")


def change_mobile(stage: Stage, page: Page, mobile: str) -> None:
    """Another mobile, by the password and the code that was sent there."""
    page.get_by_role("button", name="登记手机号").click()
    dialog = page.get_by_role("dialog", name="更换手机号")
    dialog.locator("#action-address").fill(mobile)
    dialog.locator("#action-password").fill("Wrong#Password42x")
    dialog.get_by_role("button", name="获取验证码").click()
    expect(dialog.get_by_role("alert")).to_contain_text("密码不正确")
    dialog.locator("#action-password").fill(PASSWORD)
    dialog.get_by_role("button", name="获取验证码").click()
    expect(dialog.locator("#action-code")).to_be_visible()
    sent = orjson.loads(str(stage.memory.lindex(sending.LETTERS, 0)))
    assert sent["to"] == mobile
    dialog.locator("#action-code").fill("".join(re.findall(r"\d", sent["text"]))[: codes.LENGTH])
    dialog.get_by_role("button", name="更换手机号").click()
    expect(page.get_by_role("region", name="联系方式")).to_contain_text(mobile)


@pytest.mark.feature("SYS-12")
@pytest.mark.feature("SYS-16")
def test_the_personal_centre_of_an_enterprises_employee(visit: Callable[..., Page], stage: Stage) -> None:
    here = stage.here
    newcomer(here, "keeps_himself", "safety_manager")
    stage.memory.delete(sending.LETTERS)
    page = visit("/me", "keeps_himself")
    expect(centre(page).get_by_role("link")).to_have_text(["个人信息", "修改密码", "个人菜单", "消息中心"])
    assert_accessible(page)

    change_mobile(stage, page, "13985059999")
    assert me(here, "keeps_himself")["mobile"] == "13985059999"

    for title in ("头像", "签名图片"):
        attach(page.get_by_role("group", name=title).locator("input[type=file]"), a_picture(f"{title}.jpg"))
    page.get_by_role("button", name="保存头像和签名").click()
    face = page.get_by_role("banner").locator("img.face")
    expect(face).to_be_visible()
    assert face.evaluate(LOADED) == 64
    kept = me(here, "keeps_himself")
    assert kept["avatar_id"] and kept["signature_id"] and kept["avatar_id"] != kept["signature_id"]

    centre(page).get_by_role("link", name="修改密码").click()
    page.get_by_label("原密码").fill(PASSWORD)
    for label in ("^新密码", "^再输入一次新密码"):
        page.get_by_label(re.compile(label)).fill(f"{PASSWORD}-new")
    page.get_by_role("button", name="修改密码").click()
    expect(page.get_by_role("heading", level=1, name="个人信息")).to_be_visible()
    proof = {"username": kept["username"], "password": f"{PASSWORD}-new"}
    assert stage.ask(None, operation_named("gateway", "sign_in"), proof).status_code == 200
    centre(page).get_by_role("link", name="消息中心").click()
    expect(page.get_by_role("heading", level=1, name="消息中心")).to_be_visible()


@pytest.mark.feature("SYS-13")
def test_the_personal_menu_is_ones_own_wherever_one_signs_in(visit: Callable[..., Page], stage: Stage) -> None:
    for name in ("chooses", "chooses_not"):
        newcomer(stage.here, name, "safety_manager")
    page = visit("/me/menu", "chooses")
    for title in ("隐患治理台账", "风险点库"):
        page.locator("li label", has_text=title).first.click()
    page.get_by_role("button", name="上移 风险点库").click()
    page.get_by_role("button", name="保存菜单").click()
    expect(page.get_by_text("个人菜单已保存")).to_be_visible()
    open_ones = page.locator("li label").all()
    for label in open_ones[:14]:
        if label.locator("input").is_enabled() and not label.locator("input").is_checked():
            label.click()
    expect(page.get_by_role("heading", name="我的菜单（12 / 12）")).to_be_visible()

    elsewhere = visit("/", "chooses")  # Another browser, which remembers nothing.
    ways = elsewhere.locator("section", has=elsewhere.get_by_role("heading", name="常用功能"))
    expect(ways.locator("li")).to_have_text(["风险点库", "隐患治理台账"])
    colleague = visit("/me/menu", "chooses_not")
    expect(colleague.get_by_role("heading", name="我的菜单（0 / 12）")).to_be_visible()
    assert me(stage.here, "chooses")["shortcuts"] == ["/risk-points", "/hazards"]


@pytest.mark.feature("HAZ-22")
@pytest.mark.parametrize("name", ["safety_manager", "reviewer", "notice_approver"])
def test_the_inbox_holds_each_open_item_once_and_its_number_stands_in_the_head(
    visit: Callable[..., Page], stage: Stage, name: str
) -> None:
    if name == "notice_approver":
        draft = stage.here.act("publisher", "notice", "draft_notice", title=f"待审{ids.token(4)}", kind="notice", body="请审核",
                               receivers={"department_ids": [stage.here.department["id"]]})  # fmt: skip
        stage.here.act("publisher", "notice", "submit_notice", notice_id=draft["id"])
    if name == "reviewer":
        an_application(stage, "waits_in_the_inbox")
    page = visit("/tasks", name)
    Errands(page).wait()
    main = settle(page)
    rows = main.locator("tbody tr")
    expect(rows.first).to_be_visible()
    number = rows.count()

    expect(main.locator(".page-head")).to_contain_text(f"共 {number} 件")
    expect(page.get_by_role("banner").get_by_role("link", name=f"我的任务 {number} 件")).to_be_visible()
    if stage.here.caller(name).may("hazard.read"):
        told = {one["task"]: one["count"] for one in stage.here.see(name, "hazard", "list_hazard_tasks")["items"]}
        ways = [link.get_attribute("href") or "" for link in rows.locator("td.what a").all()]
        assert len([way for way in ways if way.startswith("/hazards/")]) == sum(
            count for task, count in told.items() if task != "overdue"
        )
    chips = main.get_by_role("navigation", name="任务类型").get_by_role("button")
    kind = chips.nth(1)
    shown = int(kind.locator("b").inner_text())
    kind.click()
    expect(rows).to_have_count(shown)
    rows.first.get_by_role("link", name="办理", exact=True).click()
    expect(page.get_by_role("heading", level=1).first).to_be_visible()
    expect(page).not_to_have_url(re.compile("/tasks"))


@pytest.mark.feature("HAZ-10")
def test_each_hazard_shows_where_it_stands_in_its_course(visit: Callable[..., Page], stage: Stage) -> None:
    hazards = stage.here.see("safety_manager", "hazard", "list_hazards", limit=200)["items"]
    steps = {"rectifying": "整改", "pending_recheck": "复查", "closed": "销号"}
    general = next(one for one in hazards if one["hazard_class"] == "general_limited" and one["status"] in steps)
    page = visit(f"/hazards/{general['id']}", "safety_manager")
    page.get_by_role("main").get_by_role("link", name="流程指引").click()

    expect(page.get_by_role("heading", level=1, name="流程指引")).to_be_visible()
    here = page.locator("li[aria-current=step]")
    expect(here).to_have_count(1)
    expect(here).to_contain_text("当前步骤")
    expect(here.get_by_role("heading")).to_contain_text(steps[general["status"]])
    expect(page.get_by_role("main").get_by_role("link", name=general["description"])).to_be_visible()
    assert_accessible(page)

    page.get_by_role("link", name="查看全部流程").click()
    expect(page.get_by_role("heading", level=2)).to_have_text(["一般隐患", "重大隐患"])
    expect(page.locator("li[aria-current=step]")).to_have_count(0)
    major = stage.here.see("regulator", "hazard", "list_hazards", is_major=True)["items"][0]
    theirs = visit(f"/hazards/flow?hazard={major['id']}", "regulator")
    expect(theirs.get_by_role("heading", level=2, name="重大隐患")).to_be_visible()
    expect(theirs.get_by_role("listitem").filter(has=theirs.get_by_role("heading", name="编制治理方案"))).to_have_count(1)
