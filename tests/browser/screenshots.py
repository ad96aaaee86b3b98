"""Pictures of every page of the menus, and of the public ones on a phone: ``make screenshots``.  No test by itself."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from deploy.local.place import CHECKOUT
from tests.browser.conftest import PHONE
from tests.browser.menu import OWN, ROLES, leaves_of, settle, side_menu

FOLDER = CHECKOUT / ".stack" / "screenshots"


def take(page: Page, folder: Path, path: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    page.wait_for_load_state("networkidle")
    settle(page)
    page.screenshot(path=folder / f"{path.strip('/').replace('/', '-') or 'home'}.png")


@pytest.mark.parametrize("name", ROLES)
@pytest.mark.usefixtures("province_leader")
def test_menu(visit: Callable[..., Page], address: str, name: str) -> None:
    page = visit("/me", name)
    for path in (*leaves_of(side_menu(page)), *OWN):
        page.goto(address + path)
        take(page, FOLDER / name, path)


def test_public_pages(visit: Callable[..., Page], public_pages: list[str]) -> None:
    for path in public_pages:
        take(visit(path, size=PHONE), FOLDER / "public", path)
