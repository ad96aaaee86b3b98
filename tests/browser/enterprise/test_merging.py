"""A unit is merged into another on its page: what goes with it is told first, and is the other one's in every service."""

import re
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from services.kernel import clock, ids
from services.kernel.service import named
from tests.browser.accessibility import assert_accessible
from tests.browser.enterprise.test_organisation import add, units
from tests.browser.forms import choose
from tests.stage.people import PLATFORM, staff
from tests.stage.stories.risk import add_point
from tests.stage.world import Stage

# What is current of a unit, service by service: where it is named, and under which condition that still counts.
CURRENT = {
    "enterprise": {"org_unit": ("parent_id", "is_active")},
    "risk": {
        "risk_point": ("unit_id", "true"),
        "check_task": ("unit_id", "status = 'pending'"),
        "filed_line": ("coalesce(checker_unit_id, unit_id)", "ended_on IS NULL"),
        "risk_list": ("unit_id", "status NOT IN ('superseded', 'withdrawn')"),
    },
    "hazard": {
        "hazard": ("unit_id", "status NOT IN ('closed', 'closed_on_site', 'cancelled', 'downgraded')"),
        "risk_point_ref": ("unit_id", "true"),
    },
    "notice": {"hazard_ref": ("unit_id", "true")},
    "gateway": {"account": ("unit_id", "true")},
}


def named_in(stage: Stage, unit_id: str) -> dict[str, int]:
    """In how many current rows of each table a unit is named."""
    found = {}
    for service, tables in CURRENT.items():
        with stage.parts[service][1].work(PLATFORM, "tests.count", read_only=True) as work:
            for table, (column, condition) in tables.items():
                asked = sa.text(f"SELECT count(*) FROM {table} WHERE {column} = :unit AND {condition}")
                found[f"{service}.{table}"] = work.session.scalar(asked, {"unit": unit_id}) or 0
    return {table: count for table, count in found.items() if count}


def let_follow(stage: Stage) -> None:
    stage.bus.pump()
    for service in ("risk", "hazard"):
        named(service).jobs["follow_merged_units"](stage.parts[service][1], clock.day_of(clock.now()))
    stage.bus.pump()


@pytest.mark.feature("ENT-33")
def test_everything_of_a_merged_unit_is_the_other_ones(visit: Callable[..., Page], stage: Stage) -> None:
    here, mark = stage.here, ids.token(4)
    former, heir = (add(here, "workshop", name) for name in (f"旧车间{mark}", f"新车间{mark}"))
    here.act("enterprise_admin", "enterprise", "create_org_unit", parent_id=former, tier="team", name=f"白班{mark}")
    add_point(here, 5, unit_id=former, name=f"行车{mark}")
    here.act("safety_manager", "hazard", "register_hazard", unit_id=former, place="车间东门", description=f"积水{mark}")
    staff(stage.identity, here.enterprise_id, here.region, former, f"merged.{mark.lower()}", ["checker"], f"合并{mark}")
    assert named_in(stage, former).keys() >= {"enterprise.org_unit", "risk.risk_point", "hazard.hazard", "gateway.account"}
    before = named_in(stage, former)
    page = visit(f"/organisation?unit={former}", "enterprise_admin")
    dialog = page.get_by_role("dialog")

    page.get_by_role("button", name="合并到…").click()
    told = dialog.get_by_role("list", name="随单元合并的")
    for line in ("下级单元1个", "人员1人", "风险点（含下级单元的）1个", "未销号隐患（含下级单元的）1件"):
        expect(told.get_by_role("listitem").filter(has_text=line)).to_be_visible()
    assert_accessible(page)
    choose(dialog, "合并到", f"新车间{mark}")
    dialog.get_by_role("button", name="合并单元").click()

    other = page.get_by_role("definition").get_by_role("button")
    expect(other).to_contain_text(f"新车间{mark}")
    expect(page.get_by_role("region", name="现在可以做")).to_contain_text("该单元已合并到其他单元，不能再启用")
    stored = units(here)
    assert (stored[f"旧车间{mark}"]["is_active"], stored[f"旧车间{mark}"]["merged_into_id"]) == (False, heir)
    assert stored[f"白班{mark}"]["parent_id"] == heir
    let_follow(stage)
    assert named_in(stage, former) == {}
    assert named_in(stage, heir) == before
    other.click()
    page.reload()
    expect(page.get_by_role("region", name=re.compile("^人员")).get_by_role("listitem")).to_contain_text(f"合并{mark}员工")
    points = visit(f"/risk-points?unit_id={heir}", "safety_manager")
    expect(points.get_by_role("link", name=f"行车{mark}")).to_be_visible()


@pytest.mark.feature("ENT-33")
def test_a_merging_that_does_not_fit_says_which_children_stand_in_its_way(visit: Callable[..., Page], stage: Stage) -> None:
    here, mark = stage.here, ids.token(4)
    former, heir = (add(here, "department", name) for name in (f"一部{mark}", f"二部{mark}"))
    for parent in (former, heir):
        here.act("enterprise_admin", "enterprise", "create_org_unit", parent_id=parent, tier="team", name=f"夜班{mark}")
    page = visit(f"/organisation?unit={former}", "enterprise_admin")
    dialog = page.get_by_role("dialog")

    page.get_by_role("button", name="合并到…").click()
    choose(dialog, "合并到", f"二部{mark}")
    dialog.get_by_role("button", name="合并单元").click()

    expect(dialog.get_by_role("alert")).to_contain_text(f"目标单元下已有同名的下级单元：夜班{mark}，请先改名")
    assert all(unit["is_active"] for unit in units(here).values() if mark in unit["name"])
