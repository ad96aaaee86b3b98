"""What authorities' pages ought to show, as it was counted and stored."""

import re
from typing import Any

from playwright.sync_api import Locator

from tests.stage.world import Stage


def told(stage: Stage, operation: str, **args: Any) -> Any:
    return stage.here.see("province_leader", "stats", operation, **args)


def count(number: int) -> str:
    return f"{number:,}"


def percent(value: float | None) -> str:
    return "—" if value is None else f"{value:.2f}%"


def tile(tiles: Locator, title: str) -> Locator:
    return tiles.get_by_role("link", name=re.compile(f"^{title}"))


def column(table: Locator, title: str) -> list[str]:
    """What stands under a title, from the first line of the body to the last."""
    titles = table.locator("thead tr:last-child th").all_inner_texts()
    at = [each.replace("\n", "") for each in titles].index(title)
    return [row.locator("td").nth(at).inner_text() for row in table.locator("tbody tr").all()]
