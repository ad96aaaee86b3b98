"""Through the door by name and password."""

from typing import Any

from playwright.sync_api import Page

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
