"""The pages of risk control that stand in no menu: records, forms and dialogs, as axe sees them, by day and in the dark."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.accessibility import assert_accessible, severe_faults
from tests.browser.menu import Errands, settle
from tests.stage.world import Stage

LOOKS: list[list[str]] = [[], ["dark", "large"]]
PATHS = [
    "/risk-points/new",
    "/risk-points/categories",
    "/risk-points/library",
    "/risk-points/import",
    "/risk-points/batches",
    "/risk-points/{point}",
    "/risk-points/{point}?tab=assessments",
    "/risk-points/{point}?tab=checks",
    "/risk-points/{point}/edit",
    "/risk-points/{point}/assessment",
    "/risk-lists/new",
    "/risk-lists/{list}",
    "/risk-lists/{list}?tab=findings",
    "/risk-lists/{draft}/edit",
    "/check-tasks/all",
    "/check-tasks/{task}",
    "/checks/{check}",
]


def path_to(stage: Stage, path: str) -> str:
    def first(operation: str, **asked: str) -> str:
        return str(stage.here.see("safety_manager", "risk", operation, **asked)["items"][-1]["id"])

    found = {
        "point": first("list_risk_points", status="active"), "list": first("list_risk_lists"),
        "draft": first("list_risk_lists", status="draft"), "task": first("list_check_tasks"), "check": first("list_checks"),
    }  # fmt: skip
    return path.format(**found)


def test_nothing_severe_stands_on_a_page(visit: Callable[..., Page], address: str, stage: Stage) -> None:
    page = visit("/risk-points", "enterprise.business")
    errands = Errands(page)

    faults = []
    for path in PATHS:
        page.goto(address + path_to(stage, path))
        errands.wait()
        settle(page)
        for look in LOOKS:
            page.evaluate("look => document.documentElement.classList.add(...look)", look)
            faults += [f"{path} {look}: {fault}" for fault in severe_faults(page)]
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (path, look)
    assert not faults, "\n".join(faults)


def test_nothing_severe_stands_in_what_opens_over_a_page(visit: Callable[..., Page], address: str, stage: Stage) -> None:
    page = visit("/risk-points/library", "enterprise.business")
    page.locator("tbody tr").first.get_by_role("button").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert_accessible(page)

    page.goto(address + path_to(stage, "/risk-lists/{draft}/edit"))
    page.get_by_role("button", name="的检查内容").first.click()
    assert_accessible(page)

    page.goto(address + path_to(stage, "/risk-points/{point}"))
    page.get_by_role("button", name="停用风险点").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert_accessible(page)
