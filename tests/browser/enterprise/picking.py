"""Choosing from what drops down under a title."""

import re

from playwright.sync_api import Locator, Page


def choose(page: Page, title: str, words: str = "", within: Locator | None = None) -> None:
    """What is called so, or the first that there is; the box itself lies over its input."""
    box = page.get_by_role("combobox", name=title, exact=True)
    (within or page).locator(".el-select").filter(has=box).click()
    page.get_by_role("option", name=re.compile(re.escape(words))).first.click()
