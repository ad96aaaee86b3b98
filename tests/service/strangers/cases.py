"""The cases: every operation that is built, and who asks for it."""

import re
from collections.abc import Sequence
from typing import Any, TypeVar
from zlib import crc32

from werkzeug.test import TestResponse

from services.kernel.caller import PUBLIC
from services.kernel.contract import Operation
from tests.stage.people import group_of
from tests.stage.world import Side, Stage

Kind = TypeVar("Kind")
CODE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
Case = tuple[str, Operation]


def name_of(case: Any) -> str:
    return f"{case[0]}.{case[1].name}" if isinstance(case, tuple) else str(case)


def insider(stage: Stage, side: Side, operation: Operation) -> str | None:
    """Somebody of the side's bureau who may do this; nobody, where nobody needs to be anybody."""
    if operation.permission == PUBLIC:
        return None
    name = f"bureau.{group_of(operation.permission)}"
    return side.session(name) if operation.name in ENDING else side.tokens[name]


# What ends the session it is asked with.
ENDING = ("sign_out", "refresh_session", "change_password")


def in_turn(kinds: Sequence[Kind], operation: Operation, most: int) -> list[Kind]:
    """Some of them for each operation: where one piece of code answers for all operations, over all of them each has its turn."""
    start = crc32(operation.name.encode()) % len(kinds)
    return [kinds[(start + n) % len(kinds)] for n in range(min(most, len(kinds)))]


def is_refusal(answer: TestResponse) -> bool:
    """Whether it is a refusal as all are: a code, a sentence a clerk can act on, details, the request's number."""
    body = answer.json if answer.is_json else None
    return (
        400 <= answer.status_code < 500
        and isinstance(body, dict)
        and bool(CODE.fullmatch(body["code"]))
        and bool(CHINESE.search(body["message"]))
        and all(isinstance(v, str) for v in body["details"].values())
        and body["request_id"] == answer.headers["X-Request-ID"]
    )
