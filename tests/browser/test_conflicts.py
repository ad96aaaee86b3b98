"""Two people change one record over a dialog: what does not clash goes together, the rest is chosen field by field."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from services.kernel import ids
from tests.browser.enterprise.asking import in_days
from tests.stage.world import Stage

KEPT = ("number", "issuer", "issued_on", "valid_to", "qualification_class", "level", "permitted_scope", "scans", "details")
MERGED = "有人刚改过这份记录，两边的修改没有冲突，已经合并"


def a_certificate(stage: Stage) -> dict[str, Any]:
    given = {
        "number": f"资质{ids.token(6)}", "issuer": "贵州省住房和城乡建设厅", "issued_on": in_days(-30).isoformat(),
        "valid_to": in_days(900).isoformat(), "qualification_class": "施工总承包", "level": "一级", "permitted_scope": "房屋建筑",
        "scans": [ids.new_id()], "details": [{"speciality": "ZS001", "level": "一级"}],
    }  # fmt: skip
    asked = {"enterprise_id": stage.here.enterprise_id} | given
    return dict(stage.here.act("enterprise_admin", "enterprise", "add_qualification", **asked))


def certificate(stage: Stage, qualification_id: str) -> dict[str, Any]:
    asked = {"enterprise_id": stage.here.enterprise_id, "limit": 200}
    items = stage.here.see("enterprise_admin", "enterprise", "list_qualifications", **asked)["items"]
    return dict(next(one for one in items if one["id"] == qualification_id))


def changed(stage: Stage, qualification_id: str, **values: Any) -> None:
    """Somebody else changes the certificate meanwhile."""
    now = certificate(stage, qualification_id)
    given = {name: now[name] for name in KEPT} | values
    stage.here.act("enterprise_admin", "enterprise", "edit_qualification", qualification_id=qualification_id, **given)


def opened(page: Page, number: str) -> Locator:
    page.get_by_role("button", name=f"修改资质 {number}").click()
    return page.get_by_role("dialog", name="修改资质")


def test_changes_of_different_fields_of_a_certificate_go_together(visit: Callable[..., Page], stage: Stage) -> None:
    made = a_certificate(stage)
    page = visit("/qualifications", "enterprise_admin")
    dialog = opened(page, made["number"])
    dialog.locator("#qualification-permitted_scope").fill("房屋建筑和市政")
    changed(stage, made["id"], issuer="国家住房和城乡建设部", details=[{"speciality": "ZS002", "level": "二级"}])

    dialog.get_by_role("button", name="保存资质").click()

    expect(dialog.get_by_role("status").filter(has_text=MERGED)).to_be_visible()
    expect(dialog.locator("#qualification-issuer")).to_have_value("国家住房和城乡建设部")
    dialog.get_by_role("button", name="保存资质").click()
    expect(dialog).to_have_count(0)
    kept = certificate(stage, made["id"])
    assert (kept["permitted_scope"], kept["issuer"]) == ("房屋建筑和市政", "国家住房和城乡建设部")
    assert [line["speciality"] for line in kept["details"]] == ["ZS002"]


def test_a_field_that_both_changed_is_chosen(visit: Callable[..., Page], stage: Stage) -> None:
    made = a_certificate(stage)
    page = visit("/qualifications", "enterprise_admin")
    dialog = opened(page, made["number"])
    dialog.locator("#qualification-issuer").fill("我写的机关")
    changed(stage, made["id"], issuer="对方写的机关")

    dialog.get_by_role("button", name="保存资质").click()

    choice = page.get_by_role("dialog", name="有人同时改了这份记录")
    choice.get_by_role("radio", name=re.compile(r"我的修改：\s*我写的机关")).check()
    choice.get_by_role("button", name="逐项选择后保存").click()
    expect(dialog).to_have_count(0)
    assert certificate(stage, made["id"])["issuer"] == "我写的机关"


def test_rights_that_two_people_give_and_take_go_together(visit: Callable[..., Page], stage: Stage) -> None:
    code = f"role_{ids.token(8).lower()}"
    name = f"试用角色{ids.token(4)}"
    start = {"code": code, "name": name, "kind": "government", "grants": [], "remark": ""}
    first = stage.here.act("security_admin", "gateway", "create_role", permissions=["enterprise.read", "risk.points.read"], **start)
    page = visit(f"/roles?q={name}", "security_admin")
    page.get_by_role("row", name=re.compile(name)).get_by_role("button", name="权限").click()
    dialog = page.get_by_role("dialog", name=f"{name} 的权限")
    dialog.get_by_text("查看风险清单", exact=True).click()
    dialog.get_by_text("查看风险点", exact=True).click()
    other = {"code": code, "name": name, "grants": [], "remark": "对方的备注", "version": first["version"]}
    theirs = ["enterprise.read", "risk.points.read", "hazard.read"]
    stage.here.act("security_admin", "gateway", "change_role", permissions=theirs, **other)

    dialog.get_by_role("button", name="保存权限").click()

    expect(dialog.get_by_role("status").filter(has_text=MERGED)).to_be_visible()
    dialog.get_by_role("button", name="保存权限").click()
    expect(dialog).to_have_count(0)
    kept = stage.here.see("security_admin", "gateway", "list_roles", q=name)["items"][0]
    assert (kept["permissions"], kept["remark"]) == (["enterprise.read", "hazard.read", "risk.lists.read"], "对方的备注")
