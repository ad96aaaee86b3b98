"""Through the door by name and password; what stands on its pictures, and the codes that are sent from before it."""

import re
from typing import Any

import orjson
from playwright.sync_api import Page, expect

from gateway import codes, sending
from gateway.identity.service import SERVICE as IDENTITY
from services.kernel import ids
from tests.stage.people import PLATFORM
from tests.stage.world import Stage


def newcomer(stage: Stage, department: dict[str, Any], *roles: str) -> tuple[str, str]:
    """An official who has only just been given his account: his name at the door and his first password."""
    username = f"new.{ids.token(6).lower()}"
    args = {"username": username, "name": "新来人员", "department_id": department["id"], "roles": list(roles)}
    return username, IDENTITY.call(stage.identity, "create_account", args, PLATFORM)["first_password"]


def enter(page: Page, username: str, password: str) -> None:
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码", exact=True).fill(password)
    page.get_by_role("button", name="登录").click()


def captcha_of(stage: Stage, page: Page) -> str:
    """What stands on the newest picture."""
    expect(page.get_by_role("img", name="验证码图片")).to_be_visible()
    with page.expect_response(re.compile("/auth/captcha$")) as answer:
        page.get_by_role("button", name="换一张验证码").click()
    return str(stage.memory.get(f"captcha:{answer.value.json()['captcha_id']}"))


def code_sent(stage: Stage, to: str) -> str:
    """The code in the last letter to this number or address, as nobody but its receiver knows it."""
    letters = [orjson.loads(str(one)) for one in stage.memory.lrange(sending.LETTERS, 0, -1)]
    text = next(letter["text"] for letter in reversed(letters) if letter["to"] == to)
    return "".join(re.findall(r"\d", text))[: codes.LENGTH]
