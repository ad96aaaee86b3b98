"""One due check of one point (SM-TASK): when it counts as done, late or missed (rules 5.3, R8, R31)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from services.kernel.errors import Conflict
from services.risk.domain.events import CheckTaskCancelled, CheckTaskDone, CheckTaskExempt, CheckTaskMissed, CheckTaskMoved
from services.risk.domain.schedule import Window

LATE_LIMIT = timedelta(hours=24)  # After the window: done late, later nothing changes.


class Status(StrEnum):
    PENDING = "pending"  # 待查
    DONE = "done"  # 已查
    DONE_LATE = "done_late"  # 超时补查
    MISSED = "missed"  # 漏查
    EXEMPT = "exempt"  # 免查
    CANCELLED = "cancelled"  # 已取消


class Move(StrEnum):
    COMPLETE = "complete"
    COMPLETE_LATE = "complete_late"
    EXPIRE = "expire"
    MEND = "mend"
    EXEMPT = "exempt"
    CANCEL = "cancel"


# From a state, by a move, to a state.  A pair that is not here is refused.
MOVES = {
    (Status.PENDING, Move.COMPLETE): Status.DONE,
    (Status.PENDING, Move.COMPLETE_LATE): Status.DONE_LATE,
    (Status.MISSED, Move.COMPLETE_LATE): Status.DONE_LATE,
    (Status.PENDING, Move.EXPIRE): Status.MISSED,
    (Status.MISSED, Move.MEND): Status.DONE,
    (Status.DONE_LATE, Move.MEND): Status.DONE,  # R31: also what was done late in the meantime.
    (Status.PENDING, Move.EXEMPT): Status.EXEMPT,
    (Status.PENDING, Move.CANCEL): Status.CANCELLED,
}
LABELS = {
    Status.PENDING: "待查",
    Status.DONE: "已查",
    Status.DONE_LATE: "已超时补查",
    Status.MISSED: "漏查",
    Status.EXEMPT: "免查",
    Status.CANCELLED: "已取消",
}


@dataclass(eq=False)
class CheckTask:
    """A task made from a filed line; its id follows from list, line, window start and sequence."""

    id: str
    enterprise_id: str
    region: str
    industry: str | None
    unit_id: str
    list_id: str
    line_id: str
    point_id: str
    level: str
    window_start: datetime
    window_end: datetime
    sequence: int = 1
    checker_id: str | None = None
    checker_unit_id: str | None = None
    checker_name: str | None = None
    status: str = Status.PENDING
    done_at: datetime | None = None
    checked_by: str | None = None
    checked_by_name: str | None = None
    check_id: str | None = None
    reason: str | None = None
    version: int = 0

    @property
    def window(self) -> Window:
        return Window(self.window_start, self.window_end)

    def move_for(self, counted_at: datetime) -> Move | None:
        """What a check that counts at this moment does to the task; None when it changes nothing."""
        if self.window.holds(counted_at):
            move = Move.COMPLETE if self.status == Status.PENDING else Move.MEND
        elif self.window_end <= counted_at <= self.window_end + LATE_LIMIT:
            move = Move.COMPLETE_LATE
        else:
            return None
        return move if (Status(self.status), move) in MOVES else None

    def take(self, check_id: str, counted_at: datetime, by: str, by_name: str) -> CheckTaskDone | None:
        """Count a check; None when it comes too early, too late, or after another one, and is kept beside the task."""
        move = self.move_for(counted_at)
        if move is None:
            return None
        self._move(move)
        self.check_id, self.done_at, self.checked_by, self.checked_by_name = check_id, counted_at, by, by_name
        return CheckTaskDone()

    def expire(self, now: datetime) -> CheckTaskMissed:
        if now < self.window_end:
            raise Conflict("check_task.window_open", "检查时段尚未结束")
        self._move(Move.EXPIRE)
        return CheckTaskMissed()

    def exempt(self, reason: str) -> CheckTaskExempt:
        self._move(Move.EXEMPT)
        self.reason = reason
        return CheckTaskExempt()

    def cancel(self, reason: str) -> CheckTaskCancelled:
        self._move(Move.CANCEL)
        self.reason = reason
        return CheckTaskCancelled()

    def follow(self, former: str, unit_id: str, name: str) -> CheckTaskMoved:
        """Belong to the unit, and ask the people of the unit, into which the former one was merged."""
        self.unit_id = unit_id if self.unit_id == former else self.unit_id
        if self.checker_unit_id == former:
            self.checker_unit_id = unit_id
            self.checker_name = name if self.checker_id is None else self.checker_name
        return CheckTaskMoved()

    def _move(self, move: Move) -> None:
        to = MOVES.get((Status(self.status), move))
        if to is None:
            raise Conflict("check_task.illegal_move", f"该任务{LABELS[Status(self.status)]}，不能执行此操作", move=move)
        self.status = to
