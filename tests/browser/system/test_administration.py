"""Three offices set somebody up: his department, his account, his role and scope; he sees what they gave him, and the log tells."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from gateway.identity.service import SERVICE as IDENTITY
from gateway.operations import operation_named
from services.kernel import ids
from tests.browser.accessibility import assert_accessible
from tests.browser.door import enter
from tests.browser.forms import choose
from tests.browser.menu import leaves_of, side_menu
from tests.browser.test_sign_in import OWN_PASSWORD
from tests.stage.people import PLATFORM, official, settle
from tests.stage.world import Side, Stage

TOWNSHIP = "520102001"


def stored(side: Side, operation: str, **args: Any) -> list[dict[str, Any]]:
    return list(side.see("security_admin", "gateway", operation, limit=200, **args)["items"])


def an_account(side: Side, name: str, *roles: str) -> str:
    """Somebody of the bureau whom ``visit`` knows by this name."""
    account = official(side.stage.identity, side.department, f"p.{ids.token(8).lower()}", roles, name)
    settle(side.stage.identity)
    side.sign_in(name, account)
    return account


def folded(dialog: Locator) -> None:
    """What drops down under a field of several choices goes when one presses elsewhere."""
    dialog.get_by_role("heading").first.click()


def office(page: Page, row: str, act: str) -> None:
    """One of the things that can be done with somebody of the list."""
    page.get_by_role("row", name=re.compile(row)).get_by_role("button", name=re.compile("^办理")).click()
    page.get_by_role("menuitem", name=act).click()


def compose(page: Page, name: str, code: str, *rights: str) -> None:
    """A role of government with these rights."""
    page.get_by_role("button", name="新增角色").click()
    dialog = page.get_by_role("dialog")
    dialog.locator("#role-code").fill(code)
    choose(dialog, "类别", "政府角色")
    dialog.locator("#role-name").fill(name)
    dialog.locator("#role-remark").fill("按需要组合")
    for right in rights:
        dialog.get_by_text(right, exact=True).click()
    assert_accessible(page)
    dialog.get_by_role("button", name="新增角色").click()
    expect(dialog).to_have_count(0)


def open_account(page: Page, department: str, username: str, name: str) -> str:
    """A user with what his account must have; his first password."""
    page.get_by_role("button", name="新增用户").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="新增用户").click()
    expect(dialog.get_by_role("alert")).to_contain_text("请填写手机号")
    for field, value in {"name": name, "username": username, "mobile": "13985051234", "certificate_number": "黔A0001"}.items():
        dialog.locator(f"#action-{field}").fill(value)
    choose(dialog, "部门", department)
    dialog.get_by_role("button", name="新增用户").click()
    first = page.get_by_role("dialog", name="初始密码").locator("code").inner_text()
    page.get_by_role("button", name="已告知，关闭").click()
    return first


@pytest.mark.feature("SYS-09")
def test_a_department_is_hung_into_the_tree_within_the_place_of_the_one_above(visit: Callable[..., Page], stage: Stage) -> None:
    above, name = stage.here.department["name"], f"小河街道应急办{ids.token(4)}"
    street = {
        "name": f"新华路街道{ids.token(4)}",
        "region": TOWNSHIP,
        "industries": ["*"],
        "parent_id": stage.here.department["id"],
    }
    lower = IDENTITY.call(stage.identity, "create_department", street, PLATFORM)
    page = visit("/departments?limit=200", "system_admin")
    expect(page.get_by_role("row", name=re.compile(lower["name"]))).to_contain_text(above)

    page.get_by_role("row", name=re.compile(lower["name"])).get_by_role("button", name="新增下级").click()
    dialog = page.get_by_role("dialog")
    dialog.locator("#action-name").fill(name)
    choose(dialog, "行政区划", "南明区")
    choose(dialog, "监管行业", "冶金")
    dialog.get_by_role("spinbutton", name="排序").fill("3")
    page.keyboard.press("Tab")
    dialog.get_by_role("button", name="新增部门").click()
    expect(dialog.get_by_role("alert")).to_contain_text("应在上级部门的行政区划之内")
    choose(dialog, "上级部门", above)
    dialog.get_by_role("button", name="新增部门").click()

    row = page.get_by_role("row", name=re.compile(name))
    expect(row).to_contain_text(above)
    expect(row).to_contain_text("冶金")
    [kept] = stored(stage.here, "list_departments", q=name)
    assert (kept["parent_id"], kept["region"], kept["position"]) == (stage.here.department["id"], stage.here.region, 3)


@pytest.mark.feature("SYS-07")
@pytest.mark.feature("SYS-08")
@pytest.mark.feature("SYS-22")
def test_a_role_makes_the_menu_of_its_holders_until_it_is_changed_or_goes_out_of_use(
    visit: Callable[..., Page], address: str, stage: Stage
) -> None:
    name, code = f"隐患查阅{ids.token(4)}", f"reads_{ids.token(6).lower().replace('-', '_').strip('_')}x"
    page = visit("/roles", "security_admin")
    compose(page, name, code, "查看隐患", "查看部门")
    an_account(stage.here, "reads_hazards", code)

    dialog = page.get_by_role("dialog")
    holder = visit("/me", "reads_hazards")
    leaves = leaves_of(side_menu(holder))
    assert {"/hazards", "/hazards/flow", "/hazards/major"} <= leaves.keys()
    assert leaves.keys().isdisjoint({"/hazards/new", "/enterprises", "/roles", "/accounts", "/notices"})
    holder.goto(f"{address}/roles")
    expect(holder.get_by_text("没有找到，或者您没有查看权限")).to_be_visible()
    token = stage.here.tokens["reads_hazards"]
    assert stage.ask(token, operation_named("gateway", "list_roles"), {}).json["code"] == "caller.forbidden"
    assert stage.ask(token, operation_named("hazard", "list_hazards"), {}).status_code == 200

    page.goto(f"{address}/roles?q={name}")
    page.get_by_role("row", name=re.compile(name)).get_by_role("button", name="删除").click()
    page.get_by_role("dialog").get_by_role("button", name="删除角色").click()
    expect(page.get_by_text("该角色已授予用户，不能删除")).to_be_visible()
    page.get_by_role("row", name=re.compile(name)).get_by_role("button", name="权限").click()
    dialog.get_by_text("查看隐患", exact=True).click()
    dialog.get_by_role("button", name="保存权限").click()
    expect(dialog).to_have_count(0)
    assert stage.ask(token, operation_named("hazard", "list_hazards"), {}).status_code == 403
    holder.goto(f"{address}/me")
    assert "/hazards" not in leaves_of(side_menu(holder))

    page.get_by_role("row", name=re.compile(name)).get_by_role("button", name="权限").click()
    dialog.get_by_text(re.compile("^启用；")).click()
    dialog.get_by_role("button", name="保存权限").click()
    expect(dialog).to_have_count(0)
    assert stage.ask(token, operation_named("gateway", "list_departments"), {}).status_code == 403
    assert [one["is_active"] for one in stored(stage.here, "list_roles", q=name)] == [False]


@pytest.mark.feature("SYS-10")
def test_a_user_is_opened_given_his_roles_and_locked_but_never_by_his_peers(visit: Callable[..., Page], stage: Stage) -> None:
    username, name = f"clerk.{ids.token(6).lower()}", f"经办{ids.token(4)}"
    page = visit("/accounts?kind=regulator&limit=200", "system_admin")
    first = open_account(page, stage.here.department["name"], username, name)
    expect(page.get_by_role("row", name=re.compile(username))).to_contain_text("139****1234")

    security = visit(f"/accounts?q={username}", "security_admin")
    office(security, username, "授予角色")
    choose(security.get_by_role("dialog"), "角色", "监管人员")
    folded(security.get_by_role("dialog"))
    security.get_by_role("dialog").get_by_role("button", name="授予角色").click()
    expect(security.get_by_role("row", name=re.compile(username))).to_contain_text("监管人员")
    [made] = stored(stage.here, "list_accounts", q=username)
    assert (made["roles"], made["department_id"], made["certificate_number"]) == (
        ["regulator"],
        stage.here.department["id"],
        "黔A0001",
    )

    person = visit("/login")
    enter(person, username, first)
    person.get_by_label(re.compile("^新密码")).fill(OWN_PASSWORD)
    person.get_by_label("再输入一次新密码").fill(OWN_PASSWORD)
    person.get_by_role("button", name="修改密码").click()
    expect(person.get_by_role("navigation", name="主菜单")).to_be_visible()
    page.reload()
    office(page, username, "停用")
    page.get_by_role("dialog").get_by_role("button", name="停用").click()
    expect(page.get_by_role("row", name=re.compile(username))).to_contain_text("已停用")
    person.reload()
    expect(person).to_have_url(re.compile("/login"))

    # Another administrator of the same county is a peer: nothing of his is changed from here.
    peer = next(one for one in stored(stage.here, "list_accounts") if one["id"] == stage.here.accounts["audit_admin"])
    office(page, peer["username"], "重置密码")
    page.get_by_role("dialog").get_by_role("button", name="重置密码").click()
    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("不能修改同级或上级管理员的账号")


@pytest.mark.feature("SYS-11")
def test_a_scope_shows_what_comes_of_it_before_it_is_set(visit: Callable[..., Page], stage: Stage) -> None:
    account = an_account(stage.here, f"范围{ids.token(4)}", "regulator")
    [listed] = [one for one in stored(stage.here, "list_accounts") if one["id"] == account]
    enterprises = stored(stage.here, "list_known_enterprises")
    page = visit(f"/accounts?q={listed['username']}", "security_admin")
    office(page, listed["username"], "设置监管权限")
    dialog = page.get_by_role("dialog")
    preview = dialog.get_by_role("region", name="设置后能看到")
    expect(preview).to_contain_text(f"{len(enterprises)} 家企业")

    dialog.get_by_text("另行设定").click()
    expect(preview).to_contain_text("地区：无")
    expect(preview).to_contain_text("0 家企业")
    choose(dialog, "地区", "南明区")
    folded(dialog)
    expect(preview).to_contain_text(f"{len(enterprises)} 家企业")
    dialog.get_by_text("指定企业").click()
    expect(preview).to_contain_text("0 家企业")
    choose(dialog, "指定的企业", enterprises[-1]["name"])
    folded(dialog)
    expect(preview).to_contain_text("1 家企业")
    expect(preview).to_contain_text(enterprises[-1]["name"])
    assert_accessible(page)
    dialog.get_by_role("button", name="设置监管权限").click()
    expect(dialog).to_have_count(0)

    set_to = stage.here.see("security_admin", "gateway", "get_account", account_id=account)["supervision"]
    assert set_to == {"regions": [stage.here.region], "industries": ["*"], "enterprises": [enterprises[-1]["id"]]}
    person = visit("/enterprises?limit=200", listed["name"].removesuffix("人员"))
    expect(person.locator("tbody tr")).to_have_count(1)
    expect(person.locator("tbody tr")).to_contain_text(enterprises[-1]["name"])

    office(page, listed["username"], "设置监管权限")
    expect(preview).to_contain_text("1 家企业")
    dialog.get_by_text("按部门规则").click()
    expect(preview).to_contain_text(f"{len(enterprises)} 家企业")
    dialog.get_by_role("button", name="设置监管权限").click()
    expect(dialog).to_have_count(0)
    assert stage.here.see("security_admin", "gateway", "get_account", account_id=account)["supervision"] is None


@pytest.mark.feature("SYS-18")
def test_the_log_tells_who_did_what_from_where_with_before_and_after(visit: Callable[..., Page], stage: Stage) -> None:
    account = an_account(stage.here, f"记录{ids.token(4)}", "regulator")
    page = visit("/accounts?kind=regulator&limit=200", "system_admin")
    row = stage.here.see("system_admin", "gateway", "get_account", account_id=account)
    office(page, row["username"], "修改、调动")
    page.locator("#action-name").fill("改名之后")
    page.locator("#action-mobile").fill("13985055678")
    page.get_by_role("dialog").get_by_role("button", name="修改、调动").click()
    expect(page.get_by_text("改名之后")).to_be_visible()
    with page.expect_download():
        page.get_by_role("button", name="导出 Excel").click()

    log = visit("/audit?service=gateway&operation=gateway.change_account", "audit_admin")
    first = log.locator("tbody tr").first
    expect(first).to_contain_text("修改政府用户、调动部门")
    expect(first).to_contain_text("甲方所有人员")
    expect(first).to_contain_text("127.0.0.1")
    first.get_by_role("button", name="详情").click()
    detail = log.get_by_role("dialog")
    expect(detail.get_by_role("row", name=re.compile(row["name"]))).to_contain_text("改名之后")
    assert_accessible(log)
    log.keyboard.press("Escape")
    log.get_by_role("textbox", name="操作代码").fill("gateway.export")
    expect(log.locator("tbody tr").first).to_contain_text("导出清单")
    assert stage.ask(stage.here.tokens["system_admin"], operation_named("gateway", "list_audit"), {}).status_code == 403


def test_whoever_acts_second_is_told_that_it_is_done(visit: Callable[..., Page], stage: Stage) -> None:
    account = an_account(stage.here, f"停用{ids.token(4)}", "regulator")
    row = stage.here.see("system_admin", "gateway", "get_account", account_id=account)
    page = visit(f"/accounts?q={row['username']}", "system_admin")
    office(page, row["username"], "停用")
    stage.here.act("system_admin", "gateway", "disable_account", account_id=account)

    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="停用").click()

    expect(dialog.get_by_role("alert")).to_contain_text("账号当前状态不能这样操作")
    expect(dialog.get_by_role("status")).to_contain_text("再看最新情况")
    dialog.get_by_role("button", name="取消").click()
    expect(page.get_by_role("row", name=re.compile(row["username"]))).to_contain_text("已停用")
