"""What axe finds on a page that keeps somebody from using it, told so that one finds the place."""

from typing import Any

from playwright.sync_api import Page

from deploy.local.web import WEB

AXE = WEB / "node_modules" / "axe-core" / "axe.min.js"
SEVERE = ("serious", "critical")
# What fades in or changes its colour is looked at when it has done so; what turns for ever is not waited for.
RUN = """async () => {
    const passing = document.getAnimations().filter(one => isFinite(one.effect.getComputedTiming().endTime));
    await Promise.allSettled(passing.map(one => one.finished));
    return (await axe.run(document, {resultTypes: ['violations']})).violations;
}"""


def severe_faults(page: Page) -> list[str]:
    """One line for each place; lesser findings are left to people."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(RUN)
    return [_told(rule, node) for rule in found if rule["impact"] in SEVERE for node in rule["nodes"]]


def _told(rule: dict[str, Any], node: dict[str, Any]) -> str:
    where = " ".join(str(part) for part in node["target"])
    why = " ".join(node["failureSummary"].split())
    return f"{rule['id']} ({rule['impact']}) at {where}: {why}"


def assert_accessible(page: Page) -> None:
    """Nothing serious or critical, as the page stands now."""
    faults = severe_faults(page)
    assert not faults, "\n".join(faults)
