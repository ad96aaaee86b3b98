"""Registering an enterprise: an account, step by step, handed in, sent back and handed in again, all at one address."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from gateway.identity import standing
from gateway.identity.hashing import digest
from gateway.operations import operation_named
from services.kernel import ids
from tests.browser.accessibility import assert_accessible
from tests.browser.conftest import PHONE
from tests.browser.door import captcha_of, code_sent
from tests.browser.enterprise.asking import A_SCAN, an_application
from tests.browser.enterprise.workers import enter_two
from tests.browser.forms import choose
from tests.stage.arguments import a_credit_code
from tests.stage.people import PASSWORD
from tests.stage.world import Stage

MOBILE, EMAIL = "13985057788", "chen@example.cn"


@pytest.fixture(autouse=True)
def _as_of_this_hour(stage: Stage) -> None:
    """All these codes go to one number, from one address."""
    asked = {"applicant": MOBILE, "applicant_from": "127.0.0.1"}
    stage.memory.delete(*(f"codes:{purpose}:{digest(who)}" for purpose, who in asked.items()))


@pytest.fixture
def without_messages(stage: Stage) -> Iterator[None]:
    """A site that sends no short messages."""
    stage.app.extensions["edge"] = replace(stage.edge, sends=frozenset())
    yield
    stage.app.extensions["edge"] = stage.edge


def forward(page: Page, heading: str) -> None:
    page.get_by_role("button", name="下一步").click()
    expect(page.get_by_role("heading", level=2, name=heading, exact=True)).to_be_visible()


def write_account(page: Page) -> str:
    """Everything but what proves who one is: the name of the account."""
    username = f"chen.{ids.token(6).strip('-_').lower()}a"
    written = {"name": "陈办事", "mobile": MOBILE, "email": EMAIL, "username": username, "password": PASSWORD, "again": PASSWORD}
    for field, value in written.items():
        page.locator(f"#account-{field}").fill(value)
    return username


def ask_for_code(page: Page, stage: Stage) -> str:
    """The code that comes as a short message."""
    page.locator("#account-captcha_text").fill(captcha_of(stage, page))
    page.get_by_role("button", name="获取短信验证码").click()
    expect(page.get_by_text(f"验证码已发到 {MOBILE}")).to_be_visible()
    return code_sent(stage, MOBILE)


def open_account(page: Page, stage: Stage) -> str:
    username = write_account(page)
    page.get_by_label("短信验证码").fill(ask_for_code(page, stage))
    page.get_by_role("button", name="开立账号并开始填写").click()
    expect(page.get_by_role("heading", level=2, name="登记人", exact=True)).to_be_visible()
    return username


def waiting(stage: Stage, name: str) -> list[Any]:
    """What the reviewer of the county finds in his queue by this name."""
    listed = stage.ask(stage.here.tokens["reviewer"], operation_named("enterprise", "list_reviews"), {"q": name}).json
    assert listed is not None
    return list(listed["items"])


def fill_basics(page: Page) -> None:
    choose(page, "国民经济行业分类", "黑色金属")
    choose(page, "企业规模", "小型")
    page.get_by_role("spinbutton", name="从业人员数").fill("35")
    choose(page, "经营状态", "在营")
    for field, value in {"legal_representative": "张三", "principal": "李四", "principal_phone": "13985054321"}.items():
        page.locator(f"#field-{field}").fill(value)
    page.locator("#field-safety_contact").fill("王五")
    page.locator("#field-safety_contact_phone").fill("085185551234")
    page.get_by_role("radiogroup", name="是否设置安全管理机构").get_by_text("已设置").click()


def fill_who_and_what(page: Page, name: str) -> None:
    """The first two steps; who has opened the account is who applies."""
    for field, value in {"name": "陈办事", "mobile": MOBILE, "email": EMAIL}.items():
        expect(page.locator(f"#field-registrant_{field}")).to_have_value(value)
    forward(page, "企业类型")
    page.locator("#field-name").fill(name)
    page.locator("#field-unified_credit_code").fill(a_credit_code())
    choose(page, "企业类型", "生产经营企业（通用）")
    forward(page, "地区与受理机关")


def fill_where(page: Page) -> None:
    """The third step, which tells who will review as soon as it is known where."""
    expect(page).to_have_url(re.compile("step=place"))
    authority = page.get_by_role("region", name="受理机关")
    for county in ("云岩区", "南明区"):
        choose(page, "生产经营所在地区", county)
        expect(authority).to_contain_text(f"{county}应急管理部门")
    page.locator("#field-operating_address").fill("花果园大街 8 号")
    choose(page, "注册地区", "南明区")
    page.locator("#field-registered_address").fill("中华南路 1 号")
    choose(page, "行业类别", "冶金")
    forward(page, "基本信息")


def follow_what_is_missing(page: Page) -> None:
    """From the last page to the field that it names."""
    page.get_by_role("button", name=re.compile("确认提交")).click()
    missing = page.get_by_role("region", name=re.compile("必填信息未填写"))
    expect(missing).to_contain_text("从业人员数")
    page.get_by_role("button", name="立即注册").click()
    expect(missing).to_be_focused()
    missing.get_by_role("button", name="主要负责人", exact=True).click()
    expect(page).to_have_url(re.compile("step=basic"))
    expect(page.locator("#field-principal")).to_be_focused()


@pytest.mark.feature("ENT-01")
@pytest.mark.feature("ENT-03")
@pytest.mark.feature("ENT-08")
def test_a_whole_registration_waits_at_the_authority_of_its_county(visit: Callable[..., Page], stage: Stage) -> None:
    name = f"贵阳南明新申报铸造有限公司{ids.token(4)}"
    page = visit("/registration")
    page.get_by_role("button", name="开立账号并开始填写").click()
    expect(page.locator("#account-name")).to_be_focused()
    open_account(page, stage)
    fill_who_and_what(page, name)
    fill_where(page)
    follow_what_is_missing(page)
    fill_basics(page)
    forward(page, "人员")
    people = enter_two(page)
    for masked in people:
        expect(page.get_by_role("row", name=re.compile(re.escape(masked)))).to_be_visible()
    forward(page, "确认提交")

    page.reload()
    expect(page.get_by_text("必填信息已填写完整")).to_be_visible()
    assert waiting(stage, name) == []  # A draft is the applicant's alone.
    page.get_by_role("button", name="立即注册").click()

    expect(page.get_by_text("待审核").first).to_be_visible()
    expect(page.locator("main")).to_contain_text("南明区应急管理部门")
    found = waiting(stage, name)
    assert [(one["round"], one["region"], one["may_decide"]) for one in found] == [(1, stage.here.region, True)]
    stored = stage.here.see("reviewer", "enterprise", "list_personnel", enterprise_id=found[0]["id"])["items"]
    assert {(one["id_number"], one["sex"]) for one in stored} == {(masked, "male") for masked in people}
    page.reload()
    expect(page.get_by_role("button", name="撤回申报")).to_be_visible()


@pytest.mark.feature("ENT-04")
def test_a_contractor_is_asked_for_his_certificates(visit: Callable[..., Page], stage: Stage) -> None:
    side = an_application(stage, "contractor", is_submitted=False)
    page = visit("/registration?step=type", "contractor")
    steps = page.get_by_role("navigation", name="申报步骤")
    expect(steps.get_by_role("button", name=re.compile("企业资质"))).to_have_count(0)

    choose(page, "企业类型", "施工单位")
    steps.get_by_role("button", name=re.compile("企业资质")).click()

    page.get_by_role("button", name="录入资质").click()
    dialog = page.get_by_role("dialog")
    choose(dialog, "资质类别", "专业承包")
    choose(dialog, "资质等级", "二级")
    for field, value in {"number": "D252000001", "issuer": "贵州省住房和城乡建设厅"}.items():
        dialog.locator(f"#qualification-{field}").fill(value)
    for field, day in {"issued_on": "2025-01-01", "valid_to": "2029-12-31"}.items():
        dialog.locator(f"#qualification-{field}").fill(day)
        dialog.locator(f"#qualification-{field}").press("Enter")
    dialog.locator("input[type=file]").set_input_files([A_SCAN])
    expect(dialog.get_by_role("link", name="扫描件.pdf")).to_be_visible()
    dialog.get_by_role("button", name="保存资质").click()
    expect(page.get_by_role("row", name=re.compile("D252000001"))).to_be_visible()
    assert side.see("applicant", "enterprise", "show_registration", enterprise_id=side.enterprise_id)["enterprise_type"] == "SG"


@pytest.mark.feature("ENT-10")
def test_what_was_sent_back_says_why_and_waits_again_in_its_next_round(visit: Callable[..., Page], stage: Stage) -> None:
    side = an_application(stage, "sent_back")
    side.act("reviewer", "enterprise", "review_enterprise", decision="reject", opinion="生产经营地址不完整")
    page = visit("/registration", "sent_back")
    expect(page.get_by_text("生产经营地址不完整").first).to_be_visible()

    page.get_by_role("button", name="修改并重新提交").click()
    page.get_by_role("button", name=re.compile("地区与受理机关")).click()
    page.locator("#field-operating_address").fill("花果园大街 8 号 3 栋")
    page.get_by_role("button", name=re.compile("确认提交")).click()
    page.get_by_role("button", name="重新提交申报").click()

    expect(page.get_by_text("待审核").first).to_be_visible()
    record = side.see("applicant", "enterprise", "show_registration", enterprise_id=side.enterprise_id)
    assert (record["status"], record["round"], record["operating_address"]) == ("pending", 2, "花果园大街 8 号 3 栋")
    assert [one["round"] for one in waiting(stage, record["name"])] == [2]


def test_a_name_that_is_taken_leads_to_the_account_that_has_it(visit: Callable[..., Page], stage: Stage) -> None:
    taken = stage.here.see("enterprise_admin", "enterprise", "show_enterprise", enterprise_id=stage.here.enterprise_id)["name"]
    side = an_application(stage, "takes_a_name", is_submitted=False)
    page = visit("/registration?step=type", "takes_a_name")

    page.locator("#field-name").fill(taken)
    page.get_by_role("button", name="下一步").click()

    expect(page.get_by_role("alert")).to_contain_text("已经注册")
    expect(page.get_by_role("link", name="去登录")).to_be_visible()
    assert side.see("applicant", "enterprise", "show_registration", enterprise_id=side.enterprise_id)["name"] != taken


def test_whoever_was_approved_is_led_on_from_the_same_address(visit: Callable[..., Page], stage: Stage) -> None:
    side = an_application(stage, "waits")
    page = visit("/registration", "waits")
    expect(page.get_by_text("待审核").first).to_be_visible()

    side.act("reviewer", "enterprise", "review_enterprise", decision="approve")
    page.reload()

    page.get_by_role("link", name="进入企业端").click()
    expect(page.get_by_role("navigation", name="主菜单")).to_be_visible()


@pytest.mark.feature("SYS-06")
def test_the_account_is_opened_by_the_code_that_came_to_its_mobile(visit: Callable[..., Page], stage: Stage) -> None:
    page = visit("/registration", size=PHONE)
    page.get_by_role("button", name="获取短信验证码").click()
    expect(page.get_by_text("应为 11 位手机号")).to_be_visible()
    username = write_account(page)
    page.get_by_role("button", name="开立账号并开始填写").click()
    expect(page.get_by_text("请先获取短信验证码")).to_be_visible()
    old = ask_for_code(page, stage)
    expect(page.get_by_role("img", name="验证码图片")).to_have_count(0)  # One picture is enough.
    assert_accessible(page)

    page.locator("#account-mobile").fill("13985057789")
    expect(page.get_by_label("短信验证码")).to_have_count(0)  # The code was another number's.
    page.locator("#account-mobile").fill(MOBILE)
    code = ask_for_code(page, stage)
    page.get_by_label("短信验证码").fill(old if old != code else "000000")
    page.get_by_role("button", name="开立账号并开始填写").click()
    expect(page.get_by_text("验证码不正确或已过期")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_label("短信验证码").fill(code)
    page.get_by_role("button", name="开立账号并开始填写").click()

    expect(page.get_by_role("heading", level=2, name="登记人", exact=True)).to_be_visible()
    found = standing.by_username(stage.identity, username)
    assert found is not None
    assert {name: found[0].account[name] for name in ("kind", "mobile", "email")} == {
        "kind": "applicant", "mobile": MOBILE, "email": EMAIL,
    }  # fmt: skip


@pytest.mark.usefixtures("without_messages")
def test_where_no_short_messages_are_sent_the_picture_is_enough(visit: Callable[..., Page], stage: Stage) -> None:
    page = visit("/registration")
    username = write_account(page)
    expect(page.get_by_role("button", name="获取短信验证码")).to_have_count(0)
    page.locator("#account-captcha_text").fill(captcha_of(stage, page))
    page.get_by_role("button", name="开立账号并开始填写").click()

    expect(page.get_by_role("heading", level=2, name="登记人", exact=True)).to_be_visible()
    found = standing.by_username(stage.identity, username)
    assert found is not None and found[0].account["mobile"] == MOBILE


def test_the_steps_fit_a_telephone(visit: Callable[..., Page], stage: Stage) -> None:
    an_application(stage, "on_a_telephone", is_submitted=False)
    page = visit("/registration?step=place", "on_a_telephone", {"width": 390, "height": 844})

    expect(page.get_by_role("heading", level=2, name="地区与受理机关")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
