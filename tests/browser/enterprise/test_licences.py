"""Licences on their pages: registered, renewed, expiring and expired, by the holder and by the county."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from services.kernel import ids
from tests.browser.enterprise.asking import A_SCAN, in_days
from tests.browser.forms import choose, type_day
from tests.stage.world import Side, Stage

INSURANCE, LICENCE = "ZZ38", "ZZ08"  # One is renewed at once, the other by the authority's confirmation.


def a_licence(side: Side, kind: str, issued_on: date, valid_to: date) -> str:
    """A registered licence; its number."""
    number = f"证{ids.token(8)}"
    given = {"licence_type": kind, "number": number, "issued_on": issued_on.isoformat(), "valid_to": valid_to.isoformat()}
    side.act("enterprise_admin", "enterprise", "register_licence", scans=[ids.new_id()], **given)
    return number


def stored(side: Side, number: str) -> Any:
    return side.see("enterprise_admin", "enterprise", "list_licences", q=number)["items"][0]


def three_years_to(day: date) -> tuple[date, date]:
    """Issue and end of a licence of three years and some days, with this last day."""
    return day - timedelta(days=1100), day


def test_a_licence_is_registered_with_its_scan(visit: Callable[..., Page], stage: Stage) -> None:
    number = f"黔安{ids.token(8)}"
    page = visit("/licences", "enterprise_admin")
    page.get_by_role("button", name="登记证照").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="登记证照").click()
    expect(dialog.get_by_role("alert")).to_contain_text("请上传扫描件")

    choose(dialog, "证照类型", "安全生产责任保险保单")
    dialog.locator("#action-number").fill(number)
    dialog.locator("#action-issuer").fill("某保险公司")
    type_day(dialog, "#action-issued_on", in_days(-10))
    type_day(dialog, "#action-valid_to", in_days(300))
    dialog.locator("input[type=file]").set_input_files([A_SCAN])
    expect(dialog.get_by_role("link", name="扫描件.pdf")).to_be_visible()
    dialog.get_by_role("button", name="登记证照").click()

    row = page.get_by_role("row", name=re.compile(number))
    expect(row).to_contain_text("有效")
    found = stored(stage.here, number)
    assert (found["licence_type"], found["issuer"], found["valid_to"]) == (INSURANCE, "某保险公司", in_days(300).isoformat())
    page.get_by_role("link", name=re.compile("安全生产责任保险保单")).first.click()
    expect(page.get_by_role("heading", name="历次证书")).to_be_visible()


@pytest.mark.feature("ENT-20")
def test_a_licence_of_three_years_is_in_the_list_ninety_days_before_its_end(visit: Callable[..., Page], stage: Stage) -> None:
    near = a_licence(stage.here, LICENCE, *three_years_to(in_days(90)))
    far = a_licence(stage.here, LICENCE, *three_years_to(in_days(91)))

    for name in ("enterprise_admin", "reviewer"):
        page = visit("/licences/expiring?limit=200", name)
        expect(page.get_by_role("row", name=re.compile(near))).to_contain_text("90 天")
        expect(page.get_by_text(far)).to_have_count(0)


@pytest.mark.feature("ENT-21")
@pytest.mark.feature("ENT-18")
def test_renewing_takes_it_off_the_expired_and_keeps_the_old_one_readable(visit: Callable[..., Page], stage: Stage) -> None:
    number, fresh = a_licence(stage.here, INSURANCE, in_days(-400), in_days(-5)), f"新证{ids.token(6)}"
    page = visit("/licences/expired?limit=200", "enterprise_admin")
    row = page.get_by_role("row", name=re.compile(number))
    expect(row).to_contain_text("已过期 5 天")

    row.get_by_role("button", name="换证").click()
    dialog = page.get_by_role("dialog")
    dialog.locator("#action-number").fill(fresh)
    dialog.locator("#action-issuer").fill("某保险公司")
    type_day(dialog, "#action-issued_on", in_days(-1))
    type_day(dialog, "#action-valid_to", in_days(364))
    dialog.locator("input[type=file]").set_input_files([A_SCAN])
    expect(dialog.get_by_role("link", name="扫描件.pdf")).to_be_visible()
    dialog.get_by_role("button", name="提交新证").click()

    expect(page.get_by_text(number)).to_have_count(0)
    found = stored(stage.here, fresh)
    assert found["status"] == "valid"
    page.goto(page.url.partition("/licences")[0] + f"/licences/{found['id']}")
    editions = page.get_by_role("group", name="历次证书")
    expect(editions.get_by_role("row", name=re.compile(fresh))).to_contain_text("现行")
    expect(editions.get_by_role("row", name=re.compile(number))).to_contain_text("已被替换")


def test_the_county_confirms_the_renewal_of_a_licence_proper(visit: Callable[..., Page], stage: Stage) -> None:
    number, fresh = a_licence(stage.here, LICENCE, *three_years_to(in_days(30))), f"新证{ids.token(6)}"
    licence = stored(stage.here, number)
    given = {"number": fresh, "issued_on": in_days(0).isoformat(), "valid_to": in_days(1100).isoformat()}
    side, asked = stage.here, {"licence_id": licence["id"], "scans": [ids.new_id()]}
    side.act("enterprise_admin", "enterprise", "renew_licence", **asked, **given)
    page = visit(f"/licences/{licence['id']}", "reviewer")
    expect(page.get_by_text("换证待确认")).to_be_visible()

    page.get_by_role("button", name="确认换证").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("确认", exact=True).click()
    dialog.get_by_role("button", name="提交结论").click()

    expect(page.get_by_text("换证待确认")).to_have_count(0)
    assert (stored(side, fresh)["status"], stored(side, fresh)["is_renewal_pending"]) == ("valid", False)


@pytest.mark.feature("ENT-19")
def test_the_county_finds_its_own_and_not_the_next_countys(visit: Callable[..., Page], stage: Stage) -> None:
    page = visit("/licences?limit=200", "reviewer")

    expect(page.get_by_role("row", name=re.compile("甲方所有证0001"))).to_be_visible()
    expect(page.get_by_text("乙方所有")).to_have_count(0)
    page.get_by_label("企业或编号").fill("甲方所有证0002")
    expect(page.get_by_text("甲方所有证0001")).to_have_count(0)
    expect(page.get_by_role("row", name=re.compile("甲方所有证0002"))).to_be_visible()


@pytest.mark.feature("ENT-07")
def test_a_certificate_with_two_details_comes_back_as_it_was_entered(visit: Callable[..., Page], stage: Stage) -> None:
    number = f"资质{ids.token(6)}"
    page = visit("/qualifications", "enterprise_admin")
    page.get_by_role("button", name="录入资质").click()
    dialog = page.get_by_role("dialog")
    choose(dialog, "资质类别", "施工总承包")
    choose(dialog, "资质等级", "一级")
    dialog.locator("#qualification-number").fill(number)
    dialog.locator("#qualification-issuer").fill("贵州省住房和城乡建设厅")
    type_day(dialog, "#qualification-issued_on", in_days(0))
    type_day(dialog, "#qualification-valid_to", in_days(-1))
    dialog.locator("input[type=file]").set_input_files([A_SCAN])
    expect(dialog.get_by_role("link", name="扫描件.pdf")).to_be_visible()
    for index, (speciality, level) in enumerate([("建筑工程", "一级"), ("公路工程", "二级")], start=1):
        dialog.get_by_role("button", name="添加一行").click()
        choose(dialog, f"专业 {index}", speciality)
        choose(dialog, f"等级 {index}", level)
    dialog.get_by_role("button", name="保存资质").click()
    expect(dialog.get_by_role("alert")).to_contain_text("有效期至不能早于发证日期")

    type_day(dialog, "#qualification-valid_to", in_days(1800))
    dialog.get_by_role("button", name="保存资质").click()

    row = page.get_by_role("row", name=re.compile(number))
    expect(row).to_contain_text("建筑工程 一级、公路工程 二级")
    items = stage.here.see(
        "enterprise_admin", "enterprise", "list_qualifications", enterprise_id=stage.here.enterprise_id, limit=200
    )["items"]
    found = next(one for one in items if one["number"] == number)
    assert [(one["speciality"], one["level"]) for one in found["details"]] == [("ZS001", "一级"), ("ZS002", "二级")]
    row.get_by_role("button", name="删除").click()
    page.get_by_role("dialog").get_by_role("button", name="删除资质").click()
    expect(page.get_by_text(number)).to_have_count(0)
