"""Whose menus are looked at, and what stands in them."""

from typing import NamedTuple

from playwright.sync_api import Locator, Page, Request, expect

ROLES = {
    "reviewer": "clerk of a county bureau",
    "officer": "inspector",
    "province_leader": "leader at the province",
    "safety_manager": "safety manager of an enterprise",
    "checker": "who checks risk points",
    "system_admin": "administrator of the system",
}
OWN = ("/me", "/me/password", "/me/menu")  # They stand in the menu of the person, not at the side.
WALL = "/board/screen"  # It covers the menu.
WAITING = "[aria-busy=true], .el-skeleton, .el-loading-mask"


def side_menu(page: Page, name: str = "主菜单") -> Locator:
    menu = page.get_by_role("navigation", name=name)
    expect(menu.locator("button[aria-expanded]").first).to_be_visible()
    return menu


class Leaf(NamedTuple):
    """What the menu calls a page, and the group that holds it: one group is open at a time."""

    title: str
    group: str


def opened(menu: Locator, group: str) -> Locator:
    """The links of one group, which is unfolded where it was not."""
    item = menu.get_by_role("listitem").filter(has=menu.page.locator(f"button[title='{group}']"))
    if item.locator("button").get_attribute("aria-expanded") == "false":
        item.locator("button").click()
    return item.get_by_role("listitem").get_by_role("link")


def leaves_of(menu: Locator) -> dict[str, Leaf]:
    """What stands in the menu at the side, by address, group after group."""
    found: dict[str, Leaf] = {}
    for group in [button.get_attribute("title") or "" for button in menu.locator("button[aria-expanded]").all()]:
        links = opened(menu, group)
        expect(links.first).to_be_visible()
        for link in links.all():
            found[link.get_attribute("href") or ""] = Leaf(link.locator("span").inner_text(), group)
    return found


def settle(page: Page) -> Locator:
    """The page, once all of it is there."""
    main = page.get_by_role("main")
    expect(main.get_by_role("heading", level=1).first).to_be_visible()
    expect(main.locator(WAITING)).to_have_count(0)
    return main


class Errands:
    """What a page asks for meanwhile: a document waits for its network once, an application asks again at every step."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.open: set[Request] = set()
        page.on("request", lambda request: self.open.add(request))
        page.on("requestfinished", lambda request: self.open.discard(request))
        page.on("requestfailed", lambda request: self.open.discard(request))

    def wait(self) -> None:
        """Until a frame begins with everything answered."""
        self.page.evaluate("() => new Promise(requestAnimationFrame)")
        while self.open:
            self.page.evaluate("() => new Promise(requestAnimationFrame)")
