"""Whose menus are looked at, and what stands in them."""

from playwright.sync_api import Locator, Page, expect

ROLES = {
    "reviewer": "clerk of a county bureau",
    "officer": "inspector",
    "province_leader": "leader at the province",
    "safety_manager": "safety manager of an enterprise",
    "checker": "who checks risk points",
    "system_admin": "administrator of the system",
}
OWN = ("/me", "/me/password", "/me/menu")  # They stand in the menu of the person, not at the side.
WAITING = "[aria-busy=true], .el-skeleton, .el-loading-mask"


def side_menu(page: Page) -> Locator:
    menu = page.get_by_role("navigation", name="主菜单")
    expect(menu.locator("button[aria-expanded]").first).to_be_visible()
    return menu


def leaves_of(menu: Locator) -> dict[str, str]:
    """What stands in the menu at the side: addresses and titles, group after group."""
    found: dict[str, str] = {}
    for group in menu.locator("button[aria-expanded]").all():
        if group.get_attribute("aria-expanded") == "false":
            group.click()
        for link in menu.get_by_role("listitem").get_by_role("listitem").get_by_role("link").all():
            found[link.get_attribute("href") or ""] = link.locator("span").inner_text()
    return found


def settle(page: Page) -> Locator:
    """The page, once all of it is there."""
    main = page.get_by_role("main")
    expect(main.get_by_role("heading", level=1).first).to_be_visible()
    expect(main.locator(WAITING)).to_have_count(0)
    return main
