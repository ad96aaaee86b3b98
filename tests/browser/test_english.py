"""Whole menus in English: Chinese is only what the API answered, and the names on the maps."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.menu import WALL, Errands, leaves_of, opened, settle, side_menu
from tests.guards.tree import ROOT
from tests.stage.world import Stage

HAN = re.compile(r"[\u4e00-\u9fff]")
NAMES = re.compile(r"[\u4e00-\u9fff]+")
MAPS = ROOT / "gateway" / "web" / "src" / "maps" / "guizhou.json"
# Every string of every answer is kept beside the page that asked.
LISTENS = """
  const ask = window.fetch, kept = (window.answered = new Set());
  const keep = (found) => {
    if (typeof found === "string") kept.add(found);
    else if (found && typeof found === "object") for (const [name, one] of Object.entries(found)) (keep(name), keep(one));
  };
  window.fetch = async (...args) => {
    const answer = await ask(...args);
    if (answer.headers.get("Content-Type")?.includes("json")) keep(await answer.clone().json());
    return answer;
  };
"""
FILE = re.compile(r"\S+\.(?:pdf|jpe?g|png|docx|xlsx)\b")  # Named by whoever gave it; the answer is the file itself.
# Text, but what says of itself that it is Chinese; and what is read out or shown on hovering.
SHOWN = """() => {
  const found = [], texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const isLeft = (text) => text.parentElement.closest("script, style, noscript, body [lang]");
  while (texts.nextNode()) if (!isLeft(texts.currentNode)) found.push(texts.currentNode.data);
  for (const one of document.querySelectorAll("[title], [aria-label], [placeholder], [alt]"))
    for (const name of ["title", "aria-label", "placeholder", "alt"]) found.push(one.getAttribute(name) ?? "");
  return [...found, document.title];
}"""


@pytest.fixture(scope="module")
def map_names() -> set[str]:
    """As they are written, and as a map shortens them."""
    found: set[str] = set()
    for one in json.loads(MAPS.read_text("utf-8"))["objects"]["counties"]["geometries"]:
        found |= {one["properties"]["name"], one["properties"]["city_name"]}
    return found | {name[:end] for name in found for end in range(2, len(name))}


def speak_english(page: Page) -> None:
    """As somebody does it, in the menu of his own."""
    side_menu(page)
    page.add_init_script(LISTENS)
    page.get_by_role("button", name="个人菜单").click()
    with page.expect_navigation():
        page.get_by_role("menuitem", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def chinese(page: Page, map_names: set[str]) -> list[str]:
    """What is shown in Chinese and is neither an answer of the API, nor its first character, nor a name on a map."""
    answered = set(page.evaluate("() => [...window.answered]"))
    data = sorted((one for one in answered if HAN.search(one)), key=len, reverse=True)
    initials = {one[0] for one in data}
    found = []
    for text in page.evaluate(SHOWN):
        for one in data:
            text = text.replace(one, "")
        text = FILE.sub("", text)
        if not set(NAMES.findall(text)) <= map_names | initials:
            found.append(text)
    return found


@pytest.mark.feature("BEY-27")
@pytest.mark.parametrize("name", ["reviewer", "safety_manager"])
def test_all_of_ones_menu_is_in_english(visit: Callable[..., Page], map_names: set[str], name: str) -> None:
    page = visit("/me", name)
    speak_english(page)
    errands = Errands(page)
    menu = side_menu(page, "Main menu")
    leaves = leaves_of(menu)
    faults = {}

    for path, leaf in sorted(leaves.items(), key=lambda one: one[0] == WALL):
        opened(menu, leaf.group).and_(page.locator(f'[href="{path}"]')).click()
        expect(page).to_have_title(re.compile(f"^{re.escape(leaf.title)}"))
        errands.wait()
        settle(page)
        if left := chinese(page, map_names):
            faults[path] = left

    assert len(leaves) > 10
    assert not faults, json.dumps(faults, ensure_ascii=False, indent=1)


@pytest.mark.feature("BEY-27")
def test_pages_below_the_menu_are_in_english(visit: Callable[..., Page], stage: Stage, address: str, map_names: set[str]) -> None:
    hazard = stage.here.see("safety_manager", "hazard", "list_hazards", is_major=True)["items"][0]["id"]
    point = stage.here.see("safety_manager", "risk", "list_risk_points", status="active")["items"][0]["id"]
    page = visit("/me", "safety_manager")
    speak_english(page)
    faults = {}

    for path in (f"/hazards/{hazard}", "/hazards/new", f"/risk-points/{point}", "/risk-points/new", "/enterprise", "/me/menu"):
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
        settle(page)
        if left := chinese(page, map_names):
            faults[path] = left

    assert not faults, json.dumps(faults, ensure_ascii=False, indent=1)


def test_whoever_has_chosen_english_finds_it_again_and_may_go_back(visit: Callable[..., Page], map_names: set[str]) -> None:
    page = visit("/me", "safety_manager")
    speak_english(page)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("My account")

    page.get_by_role("button", name="My menu").click()
    with page.expect_navigation():
        page.get_by_role("menuitem", name="中文").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("个人信息")
    assert {"个人信息", "主菜单"} <= set(chinese(page, map_names))  # As a page in English would be found that says this.


def test_whoever_has_not_signed_in_may_choose_english_too(visit: Callable[..., Page]) -> None:
    page = visit("/login")

    page.get_by_role("button", name="English").click()

    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    expect(page.get_by_role("button", name="中文")).to_have_attribute("lang", "zh-CN")
