"""Fields as a person fills them in: chosen from what drops down, typed as a day, taken with a camera."""

import re
from datetime import date, datetime
from io import BytesIO
from typing import TypedDict
from zoneinfo import ZoneInfo

from PIL import Image
from playwright.sync_api import Locator, Page, expect

from services.kernel import clock


class Picture(TypedDict):
    name: str
    mimeType: str
    buffer: bytes


def choose(within: Page | Locator, title: str, words: str = "") -> None:
    """What is called so, or the first that there is, from the list that drops down under this title and no other."""
    page = within if isinstance(within, Page) else within.page
    box = within.get_by_role("combobox", name=title, exact=True)
    box.locator("xpath=ancestor::div[contains(@class, 'el-select__wrapper')]").click()
    expect(box).to_have_attribute("aria-expanded", "true")
    options = page.locator(f"#{box.get_attribute('aria-controls')}").get_by_role("option", name=re.compile(re.escape(words)))
    options.first.click()


def type_day(within: Page | Locator, field: str, day: date | str) -> None:
    """A day or a moment, as one types it."""
    within.locator(field).fill(str(day))
    within.locator(field).press("Enter")


def attach(chooser: Locator, picture: Picture) -> None:
    """A picture, until it is there: its preview shows earlier than it has arrived."""
    chooser.set_input_files(picture)
    expect(chooser.locator("xpath=..").locator(".grow").get_by_role("link", name=picture["name"])).to_be_visible()


def minute() -> str:
    """This minute in China."""
    return f"{datetime.fromtimestamp(clock.now().timestamp(), ZoneInfo('Asia/Shanghai')):%Y-%m-%d %H:%M}"


def a_picture(name: str = "整改后.jpg") -> Picture:
    out = BytesIO()
    Image.new("RGB", (64, 48), "grey").save(out, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": out.getvalue()}
