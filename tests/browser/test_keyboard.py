"""By the keyboard alone: in at the door, to a list, through a filter to a record, an action in a dialog, and out again."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from services.kernel import ids
from tests.browser.door import newcomer
from tests.browser.menu import settle as wait
from tests.stage.people import settle
from tests.stage.stories.hazard import CRITERION
from tests.stage.world import Stage

FARTHEST = 150
# Where the focus is one sees: by an outline, or by the frame of the field around it.
SEEN = """() => {
    const at = document.activeElement;
    const frame = at.closest('.el-input__wrapper, .el-select__wrapper, .el-textarea');
    const drawn = (style) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    return at === document.body || [at, frame].some((one) => one && drawn(getComputedStyle(one)));
}"""


class Keys:
    """Somebody without a mouse, who has to see at every step where he is."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def to(self, goal: Locator, key: str = "Tab") -> None:
        expect(goal).to_be_visible()
        for _ in range(FARTHEST):
            if goal.evaluate("one => one === document.activeElement || one.contains(document.activeElement)"):
                return
            self.page.keyboard.press(key)
            assert self.page.evaluate(SEEN), self.page.evaluate("document.activeElement.outerHTML.slice(0, 300)")
        raise AssertionError(f"{key} does not come to {goal}")

    def press(self, goal: Locator, key: str = "Enter") -> None:
        self.to(goal)
        self.page.keyboard.press(key)

    def write(self, field: Locator, text: str) -> None:
        self.to(field)
        self.page.keyboard.type(text)

    def choose(self, box: Locator, word: str) -> None:
        """From a list that drops down, by the arrow keys."""
        self.press(box)
        expect(box).to_have_attribute("aria-expanded", "true")
        options = self.page.locator(f"#{box.get_attribute('aria-controls')}")
        chosen = options.get_by_role("option", name=word, exact=True)
        expect(chosen).to_be_attached()
        for _ in range(options.get_by_role("option").count()):
            self.page.keyboard.press("ArrowDown")
            if "is-hovering" in (chosen.get_attribute("class") or ""):
                break
        self.page.keyboard.press("Enter")
        expect(box).to_have_attribute("aria-expanded", "false")


def test_whoever_has_no_mouse_signs_in_finds_a_record_acts_and_leaves(visit: Callable[..., Page], stage: Stage) -> None:
    form = {"place": "罐区", "description": f"法兰泄漏{ids.token(4)}", "category": "thing", "criterion_code": CRITERION}
    hazard = stage.here.act("safety_manager", "hazard", "register_hazard", **form)
    username, password = newcomer(stage, stage.here.department, "regulator")
    settle(stage.identity)
    page = visit("/login")
    keys = Keys(page)

    keys.write(page.get_by_label("用户名"), username)
    keys.write(page.get_by_label("密码", exact=True), password)
    page.keyboard.press("Enter")
    menu = page.get_by_role("navigation", name="主菜单")
    keys.press(menu.get_by_role("button", name=re.compile("^隐患治理")), "Space")
    keys.press(menu.get_by_role("link", name="重大隐患监管"))
    expect(page.get_by_role("heading", level=1)).to_have_text("重大隐患监管")

    main = page.get_by_role("main")
    keys.choose(main.get_by_role("combobox", name="状态"), "已登记待确认")
    expect(page).to_have_url(re.compile("status=registered"))
    wait(page)
    row = page.get_by_role("row", name=re.compile(form["description"]))
    keys.press(row.get_by_role("link", name="办理"))
    expect(page).to_have_url(re.compile(hazard["id"]))
    keys.press(page.get_by_role("button", name="督促整改"))
    dialog = page.get_by_role("dialog", name="督促整改")
    keys.write(dialog.get_by_role("textbox"), "请先停用")
    keys.press(dialog.get_by_role("button", name="发出督促意见"))
    expect(dialog).to_be_hidden()
    keys.press(page.get_by_role("button", name="个人菜单"))
    keys.to(page.get_by_role("menuitem", name="退出", exact=True), "ArrowDown")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("/login"))
    steps = stage.here.see("safety_manager", "hazard", "list_hazard_history", hazard_id=hazard["id"])["items"]
    assert (steps[-1]["event"], steps[-1]["reason"]) == ("comment", "请先停用")
