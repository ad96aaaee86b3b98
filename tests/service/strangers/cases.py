"""The cases: every operation that is built, and who asks for it."""

from typing import Any

from services.kernel.caller import PUBLIC
from services.kernel.contract import Operation
from tests.stage.people import group_of
from tests.stage.world import Side, Stage

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
