"""Every page of somebody's menu opens whole: its title, no refusal, no slip of the pen, and nothing severe for axe to say."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, Response, expect
from playwright.sync_api import TimeoutError as Late

from tests.browser.accessibility import assert_accessible, severe_faults
from tests.browser.conftest import PHONE, WIDE
from tests.browser.menu import OWN, ROLES, WALL, Errands, Leaf, leaves_of, opened, settle, side_menu
from tests.stage.world import Stage

NO_VALUE = re.compile(r"\b(null|undefined|NaN)\b|\[object Object\]")
WIDTHS = ({"width": 1920, "height": 1080}, PHONE, {"width": 1280, "height": 800}, WIDE)
# Without colour a state is its word, and a level its shape with a word beside it or behind it.
PLAIN = """main => [...main.querySelectorAll('.tag, .level')]
    .filter((one) => one.checkVisibility() && !one.innerText.trim() && !one.querySelector('svg[aria-label] path'))
    .map((one) => one.outerHTML)"""
# What shows a hand to the mouse is there for the keyboard too, or names a field that is.
MOUSE_ONLY = """main => [...main.querySelectorAll('*')]
    .filter((one) => getComputedStyle(one).cursor === 'pointer' && one.checkVisibility())
    .filter((one) => !one.closest('a[href], button, input, select, textarea, summary, label, [tabindex], [aria-disabled=true]'))
    .filter((one) => !one.querySelector('input, button, a[href], [tabindex]'))
    .map((one) => one.outerHTML.slice(0, 120))"""
# What a list shows of itself stands on a common screen; whoever wants more columns, or large letters, moves them.
HIDDEN_COLUMNS = """() => {
    const grid = document.querySelector('main .table > .scroll'), bar = 17;
    if (!grid || document.documentElement.classList.contains('large')) return 0;
    return Math.max(0, parseFloat(getComputedStyle(grid.querySelector('table')).minWidth) + bar - grid.clientWidth);
}"""
TOO_WIDE = "[document.documentElement, document.querySelector('main')].some(one => one.scrollWidth > one.clientWidth)"
DARK_AND_LARGE = {"theme": "dark", "letters": "large"}
IN_THE_DARK = ("officer", "checker")  # They have many pages in common with others, and look at them in large letters.
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d{6}")
MOST_ALIKE, MOST_ASKED = 4, 24


@dataclass
class Look:
    """Page after page in one window, and what was wrong with each."""

    page: Page
    root: str
    path: str = ""
    faults: list[str] = field(default_factory=list)
    asked: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.errands = Errands(self.page)
        self.page.on("pageerror", lambda error: self.note(f"raised {error}"))
        self.page.on("response", self._answered)
        self.page.on("request", lambda request: self.asked.update([ID.sub("…", request.url.partition("?")[0])]))

    def _answered(self, response: Response) -> None:
        # The stage has no process that holds streams.
        if response.status >= 400 and response.url.startswith(self.root) and "/events/stream" not in response.url:
            self.note(f"{response.status} for {response.url.removeprefix(self.root)}")

    def note(self, fault: str) -> None:
        self.faults.append(f"{self.path}: {fault}")

    def at(self, path: str, leaf: Leaf | None) -> None:
        """By a click in the menu, as people come to a page; what is in the menu of the person, by its address."""
        self.path = path
        self.asked.clear()
        if leaf:
            opened(side_menu(self.page), leaf.group).and_(self.page.locator(f'[href="{path}"]')).click()
            expect(self.page).to_have_title(re.compile(f"^{re.escape(leaf.title)}"))
        else:
            self.page.goto(self.root + path)
        self.errands.wait()
        main = settle(self.page)
        self._asks_little()
        expect(main.get_by_role("heading", level=1)).to_have_text(re.compile(r"\S"))
        for alert in main.get_by_role("alert").all_inner_texts():
            self.note(f"tells {alert!r}")
        for slip in NO_VALUE.finditer(text := main.inner_text()):
            self.note(f"shows {text[max(0, slip.start() - 20) : slip.end() + 20]!r}")
        for mute in main.evaluate(PLAIN):
            self.note(f"tells by colour alone: {mute}")
        for dumb in main.evaluate(MOUSE_ONLY):
            self.note(f"is for the mouse alone: {dumb}")
        self._fits()
        for fault in severe_faults(self.page):
            self.note(fault)

    def _asks_little(self) -> None:
        """One question for all rows, and none for each."""
        api = {path: number for path, number in self.asked.items() if "/api/" in path}
        if sum(api.values()) > MOST_ASKED or max(api.values(), default=0) > MOST_ALIKE:
            self.note(f"asks {api}")

    def _fits(self) -> None:
        """Nothing moves sideways, on a small, a common and a large screen, and on a phone."""
        for size in WIDTHS:
            self.page.set_viewport_size(size)  # type: ignore[arg-type]
            try:
                self.page.wait_for_function(f"() => !({TOO_WIDE})", timeout=5_000)  # What is drawn follows a moment later.
            except Late:
                self.note(f"is wider than {size['width']} px")
        if hidden := self.page.evaluate(HIDDEN_COLUMNS):
            self.note(f"hides {hidden} px of its columns")


@pytest.mark.parametrize("name", ROLES)
@pytest.mark.usefixtures("province_leader")
def test_every_leaf_of_ones_menu_opens(visit: Callable[..., Page], address: str, name: str) -> None:
    page = visit("/me", name, remembers=DARK_AND_LARGE if name in IN_THE_DARK else None)
    leaves = leaves_of(side_menu(page))
    look = Look(page, address)

    for path in (*sorted(leaves, key=WALL.__eq__), *OWN):
        look.at(path, leaves.get(path))

    assert len(leaves) > 1
    assert not look.faults, "\n".join(look.faults)


def test_public_pages_fit_a_phone(visit: Callable[..., Page], public_pages: list[str]) -> None:
    for path in public_pages:
        page = visit(path, size=PHONE)

        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert_accessible(page)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("safety_manager", "/"),
        ("safety_manager", "/hazards"),
        ("safety_manager", "/hazards/new"),
        ("safety_manager", "/hazards/{hazard}"),
        ("reviewer", "/enterprises/reviews"),
        ("regulator_leader", "/board"),
        ("security_admin", "/roles"),
    ],
)
def test_patterns_are_legible_in_the_dark_and_in_large_letters(
    visit: Callable[..., Page], stage: Stage, name: str, path: str
) -> None:
    hazard = stage.here.see("safety_manager", "hazard", "list_hazards", is_major=True)["items"][0]["id"]
    page = visit(path.format(hazard=hazard), name, remembers=DARK_AND_LARGE)

    page.wait_for_load_state("networkidle")
    settle(page)
    expect(page.locator("html")).to_have_class(re.compile("dark large"))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert_accessible(page)
