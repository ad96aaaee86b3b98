"""What somebody can do with a hazard now, and in words why not the rest: the same checks as of the moves themselves.

Told before anything is tried; whether his role may at all is asked where roles are known.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from services.hazard.domain import general, major
from services.hazard.domain.hazard import Hazard
from services.hazard.domain.record import ENDED
from services.kernel.caller import Caller
from services.kernel.errors import Conflict, Refusal

Check = Callable[[Hazard, Caller, bool], None]
Parted = tuple[list[str], list[dict[str, Any]]]  # Operations that are possible, and those that are not yet, with the reason.


@dataclass(frozen=True)
class Act:
    """Something to do, by the name of its operation; a course in which it has no move does not know it."""

    name: str
    who: Check
    in_general: general.Move | None = None
    in_major: major.Move | None = None
    states: frozenset[str] = frozenset()  # For what moves nothing: the states in which it makes sense.
    is_of_major: bool = False

    def concerns(self, hazard: Hazard) -> bool:
        if self.is_of_major and not hazard.is_major:
            return False
        return bool(self.states) or (self.in_major if hazard.is_major else self.in_general) is not None

    def require(self, hazard: Hazard, by: Caller, stands_in: bool) -> None:
        """Refuse as the move itself would."""
        if self.states:
            if hazard.status not in self.states:
                raise Conflict("hazard.illegal_move", "当前状态下不需要办理", status=hazard.status)
        elif hazard.is_major and self.in_major is not None:
            hazard.to_major(self.in_major)
        elif self.in_general is not None:
            hazard.to_general(self.in_general)
        self.who(hazard, by, stands_in)


def _enterprise(hazard: Hazard, by: Caller, stands_in: bool) -> None:
    hazard.require_enterprise(by)


def _finder(hazard: Hazard, by: Caller, stands_in: bool) -> None:
    hazard.require_finder(by)


def _regulator(hazard: Hazard, by: Caller, stands_in: bool) -> None:
    hazard.require_regulator(by)


def _rechecker(hazard: Hazard, by: Caller, stands_in: bool) -> None:
    hazard.require_rechecker(by)


def _extension_decider(hazard: Hazard, by: Caller, stands_in: bool) -> None:
    hazard.require_other(by, hazard.extension_by)
    hazard.require_extension_decider(by)


def _assessor(hazard: Hazard, by: Caller, stands_in: bool) -> None:
    hazard.require_enterprise(by)
    hazard.require_other(by, hazard.rectified_by)


def _acceptor(hazard: Hazard, by: Caller, stands_in: bool) -> None:
    hazard.require_acceptor(by)
    hazard.refuse_listed()


def _proposer(hazard: Hazard, by: Caller, stands_in: bool) -> None:
    hazard.require_regulator(by)
    hazard.require_open_major()
    hazard.refuse_listed()


def _canceller(hazard: Hazard, by: Caller, stands_in: bool) -> None:
    hazard.require_judge(by) if hazard.is_major else hazard.require_finder(by)


G, M = general.Move, major.Move
OPEN = frozenset({*map(str, general.State), *map(str, major.State)}) - ENDED - {"draft"}
# In the order in which they are offered: the first that is possible is what the hazard waits for.
ACTS = (
    Act("submit_hazard", _finder, G.REGISTER),
    Act("resubmit_hazard", _finder, G.RESUBMIT),
    Act("revise_hazard", _finder, states=frozenset({"draft", "returned"})),
    Act("confirm_hazard", _enterprise, G.CONFIRM),
    Act("return_hazard", _enterprise, G.RETURN),
    Act("submit_rectification", Hazard.require_rectifier, G.SUBMIT_RECTIFICATION),
    Act("recheck_hazard", _rechecker, G.RECHECK_PASS),
    Act("decide_extension", _extension_decider, G.APPROVE_EXTENSION, M.APPROVE_EXTENSION),
    Act("report_major", _enterprise, None, M.REPORT),
    Act("start_plan", _enterprise, None, M.START_PLAN),
    Act("submit_plan", _enterprise, None, M.SUBMIT_PLAN),
    Act("decide_plan", lambda hazard, by, stands_in: hazard.require_approver(by), None, M.APPROVE_PLAN),
    Act("report_progress", _enterprise, None, M.PROGRESS),
    Act("finish_governance", _enterprise, None, M.FINISH),
    Act("assess_governance", _assessor, None, M.ASSESS_PASS),
    Act("close_major", _acceptor, None, M.ACCEPT),
    Act("assign_hazard", _enterprise, states=frozenset({"rectifying", "extension_pending"})),
    Act("request_extension", _enterprise, G.REQUEST_EXTENSION, M.REQUEST_EXTENSION),
    Act("comment_hazard", _regulator, states=OPEN),
    Act("propose_listing", _proposer, states=OPEN, is_of_major=True),
    Act("upgrade_hazard", _enterprise, G.UPGRADE),
    Act("downgrade_hazard", lambda hazard, by, stands_in: hazard.require_judge(by), None, M.DOWNGRADE),
    Act("cancel_hazard", _canceller, G.CANCEL, M.CANCEL),
)


def parted(hazard: Hazard, by: Caller, names: set[str], stands_in: bool) -> Parted:
    """Of the acts that a role may at all: those possible now, and with their reason those that are still ahead."""
    asked = [act for act in ACTS if act.name in names and act.concerns(hazard)]
    tries = [(act.name, partial(act.require, hazard, by, stands_in), _begins(act, hazard.is_major)) for act in asked]
    return tried(tries, _ahead(hazard.is_major, str(hazard.status)))


def tried(tries: Iterable[tuple[str, Callable[[], None], frozenset[str]]], ahead: frozenset[str]) -> Parted:
    """Acts by name, each with its check and the states in which it is possible; ``ahead`` are the states that may still come."""
    allowed, locked = [], []
    for name, require, begins in tries:
        try:
            require()
            allowed.append(name)
        except Refusal as refusal:
            if ahead & begins:
                locked.append({"operation": name, "reason": refusal.message})
    return allowed, locked


@cache
def _begins(act: Act, is_major: bool) -> frozenset[str]:
    """The states in which an act is possible."""
    mine = (act.in_general, act.in_major)
    return act.states or frozenset(before for before, move, _ in _steps(is_major) if move in mine)


def reachable(steps: Sequence[tuple[str, str, str]], status: str) -> frozenset[str]:
    """A state and those that a course may still lead to from it; steps are from a state, by a move, to a state."""
    found: set[str] = set()
    waiting = {status}
    while waiting:
        state = waiting.pop()
        found.add(state)
        waiting |= {after for before, _, after in steps if before == state} - found
    return frozenset(found)


@cache
def _ahead(is_major: bool, status: str) -> frozenset[str]:
    return reachable([step for step in _steps(is_major) if step[1] != G.UPGRADE], status)


@cache
def _steps(is_major: bool) -> list[tuple[str, str, str]]:
    moves: dict[Any, Any] = major.MOVES if is_major else general.MOVES
    return [(str(before), str(move), str(after)) for (before, move), after in moves.items()]
