"""The cases: every operation that is built, and who asks for it."""

from collections.abc import Sequence
from typing import Any, TypeVar
from zlib import crc32

from services.kernel.caller import PUBLIC
from services.kernel.contract import Operation
from tests.stage.people import group_of
from tests.stage.world import Side, Stage

Kind = TypeVar("Kind")
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
