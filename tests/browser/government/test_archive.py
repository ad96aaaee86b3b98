"""Enterprises as authorities look them up: by county, by state, and each as one file of everything that is known of it."""

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from services.enterprise.contract.vocabulary import LISTED_STATUSES
from tests.browser.menu import settle
from tests.stage.world import Stage


@pytest.mark.feature("ENT-11")
@pytest.mark.usefixtures("province_leader")
def test_a_county_is_a_prefix_and_the_export_holds_what_the_list_counts(
    visit: Callable[..., Page], address: str, stage: Stage
) -> None:
    page = visit("/enterprises?limit=200", "province_leader")
    settle(page)
    everywhere = page.locator("tbody tr").count()

    page.goto(f"{address}/enterprises?limit=200&region={stage.here.region}")

    settle(page)
    rows = page.locator("tbody tr")
    expect(rows.filter(has_text="南明区")).to_have_count(rows.count())
    assert 0 < rows.count() < everywhere
    with page.expect_download() as taken:
        page.get_by_role("button", name="导出 Excel").click()
    sheet = load_workbook(BytesIO(taken.value.path().read_bytes())).active
    assert sheet is not None
    heads, *lines = sheet.iter_rows(min_row=2, values_only=True)
    taken_names = [str(line[heads.index("企业名称")]) for line in lines]
    assert sorted(taken_names) == sorted(link.inner_text() for link in rows.locator("td.first a").all())


@pytest.mark.feature("ENT-14")
def test_all_enterprises_are_those_of_every_state_together(visit: Callable[..., Page], address: str, stage: Stage) -> None:
    page = visit("/enterprises?limit=200", "reviewer")
    settle(page)
    whole = page.locator("tbody tr").count()
    counted = 0

    for status in LISTED_STATUSES:
        page.goto(f"{address}/enterprises?limit=200&status={status}")
        settle(page)
        found = page.locator("tbody tr")
        told = stage.here.see("reviewer", "enterprise", "list_enterprises", status=status, limit=200)["items"]
        assert found.count() == len(told)
        counted += len(told)

    assert whole == counted > 0


@pytest.mark.feature("ENT-12")
def test_the_file_of_an_enterprise_is_one_page_whose_tabs_hold_what_is_known_of_it(
    visit: Callable[..., Page], stage: Stage
) -> None:
    here = stage.here
    page = visit(f"/enterprises/{here.enterprise_id}", "officer")
    file = here.see("officer", "enterprise", "show_enterprise", enterprise_id=here.enterprise_id)
    expect(page.get_by_role("heading", level=1, name=file["name"])).to_be_visible()
    panel = page.get_by_role("tabpanel")
    expect(panel).to_contain_text(file["legal_representative"])
    tabs = {
        "证照": ("enterprise", "list_licences"), "资质": ("enterprise", "list_qualifications"),
        "人员": ("enterprise", "list_personnel"), "风险点": ("risk", "list_risk_points"),
        "风险清单": ("risk", "list_risk_lists"), "隐患": ("hazard", "list_hazards"),
        "执法检查": ("enforcement", "list_inspections"), "历程": ("enterprise", "list_enterprise_history"),
    }  # fmt: skip

    for title, (service, operation) in tabs.items():
        told = here.see("officer", service, operation, enterprise_id=here.enterprise_id)["items"]
        page.get_by_role("tab", name=re.compile(f"^{title}")).click()
        expect(panel.locator("tbody tr")).to_have_count(len(told))
        assert told, title
    page.get_by_role("tab", name=re.compile("^人员")).click()
    person = here.see("officer", "enterprise", "list_personnel", enterprise_id=here.enterprise_id)["items"][0]
    expect(panel.get_by_role("row", name=re.compile(person["name"]))).to_contain_text(person["id_number"])
    assert re.fullmatch(r"520\*{11}[0-9]{3}[0-9X]", person["id_number"])
    expect(panel.get_by_role("button", name=re.compile("修改|删除|登记"))).to_have_count(0)

    stranger = visit(f"/enterprises/{here.enterprise_id}?tab=hazards", "officer", side=stage.there)
    expect(stranger.get_by_text("没有找到，或者您没有查看权限")).to_be_visible()
    expect(stranger.get_by_text(file["name"])).to_have_count(0)
