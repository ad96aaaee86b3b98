"""One risk list of one unit (SM-RL): composed, audited by somebody else, filed; then it makes tasks and government sees it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from services.kernel.errors import Conflict, Forbidden, Invalid
from services.risk.domain.events import RiskListFiled, RiskListSuperseded, RiskListWithdrawn
from services.risk.domain.frequency import LONG, Frequency, Period
from services.risk.domain.list_rules import Finding, Stage
from services.risk.domain.schedule import DAY_MINUTES, minutes


class Status(StrEnum):
    DRAFT = "draft"  # 草稿
    PENDING_AUDIT = "pending_audit"  # 待审核
    REJECTED = "rejected"  # 审核退回
    APPROVED = "approved"  # 已审核
    FILED = "filed"  # 已报备
    SUPERSEDED = "superseded"  # 已被替代
    WITHDRAWN = "withdrawn"  # 已撤销


class Move(StrEnum):
    SUBMIT = "submit"
    AUDIT_PASS = "audit_pass"  # noqa: S105 (a move, no password)
    AUDIT_REJECT = "audit_reject"
    FILE = "file"
    SUPERSEDE = "supersede"
    WITHDRAW = "withdraw"


# From a state, by a move, to a state.  A pair that is not here is refused.
MOVES = {
    (Status.DRAFT, Move.SUBMIT): Status.PENDING_AUDIT,
    (Status.REJECTED, Move.SUBMIT): Status.PENDING_AUDIT,
    (Status.PENDING_AUDIT, Move.AUDIT_PASS): Status.APPROVED,
    (Status.PENDING_AUDIT, Move.AUDIT_REJECT): Status.REJECTED,
    (Status.APPROVED, Move.FILE): Status.FILED,
    (Status.FILED, Move.SUPERSEDE): Status.SUPERSEDED,
    (Status.DRAFT, Move.WITHDRAW): Status.WITHDRAWN,
    (Status.REJECTED, Move.WITHDRAW): Status.WITHDRAWN,
    (Status.APPROVED, Move.WITHDRAW): Status.WITHDRAWN,
    (Status.FILED, Move.WITHDRAW): Status.WITHDRAWN,
}
LABELS = {
    Status.DRAFT: "为草稿",
    Status.PENDING_AUDIT: "待审核",
    Status.REJECTED: "审核退回",
    Status.APPROVED: "已审核",
    Status.FILED: "已报备",
    Status.SUPERSEDED: "已被替代",
    Status.WITHDRAWN: "已撤销",
}
EDITABLE = (Status.DRAFT, Status.REJECTED)


@dataclass(frozen=True)
class Person:
    id: str
    name: str


@dataclass(eq=False)
class RiskList:
    """One version of a unit's list; a later one is a list of its own that supersedes it."""

    id: str
    enterprise_id: str
    region: str
    industry: str | None
    unit_id: str
    list_class: str
    name: str
    author_id: str
    author_name: str
    created_at: datetime
    lines: list[dict[str, Any]] = field(default_factory=list)
    line_count: int = 0
    replaces_id: str | None = None
    status: str = Status.DRAFT
    submitted_by: str | None = None
    submitted_at: datetime | None = None
    auditor_id: str | None = None
    auditor_name: str | None = None
    audited_at: datetime | None = None
    audit_opinion: str | None = None
    filed_at: datetime | None = None
    filed_by: str | None = None
    ended_at: datetime | None = None
    reason: str | None = None
    version: int = 0

    def compose(self, lines: Sequence[Mapping[str, Any]], replaces_id: str | None) -> None:
        """Take over the lines, which must be well-formed; a point stands on a list once."""
        if self.status not in EDITABLE:
            raise Conflict("risk_list.not_editable", f"该清单{LABELS[Status(self.status)]}，不能修改，请重新编制一份")
        points = [line["point_id"] for line in lines]
        if len(set(points)) != len(points):
            raise Invalid("risk_list.point_twice", "同一风险点在清单中出现了两次")
        for line in lines:
            check_line(line)
        self.lines, self.line_count, self.replaces_id = [dict(line) for line in lines], len(lines), replaces_id

    def submit(self, by: Person, at: datetime, found: Sequence[Finding]) -> None:
        """Hand the list to audit, unless something stands against it."""
        self._move(Move.SUBMIT, lambda: refuse(found, {Stage.SUBMIT}, "提交"))
        self.submitted_by, self.submitted_at = by.id, at
        self.auditor_id = self.auditor_name = self.audited_at = self.audit_opinion = None

    def audit(self, by: Person, at: datetime, is_passed: bool, opinion: str | None) -> None:
        """Pass the list or send it back with a reason; nobody audits what he wrote or submitted (R17)."""
        if by.id in (self.author_id, self.submitted_by):
            raise Forbidden("risk_list.own_audit", "您是清单编制人，不能审核自己编制的清单，请由其他人员审核")
        if not is_passed and not (opinion or "").strip():
            raise Invalid("risk_list.no_reason", "退回须填写审核意见")
        self._move(Move.AUDIT_PASS if is_passed else Move.AUDIT_REJECT)
        self.auditor_id, self.auditor_name, self.audited_at, self.audit_opinion = by.id, by.name, at, opinion

    def file(
        self, by: Person, at: datetime, found: Sequence[Finding], filed: "RiskList | None", levels: Mapping[str, str]
    ) -> RiskListFiled:
        """Put the list in force; ``filed`` is the unit's list in force so far, ``levels`` those of the points today."""

        def guard() -> None:
            if filed is not None and filed.id != self.replaces_id:
                raise Conflict("risk_list.other_filed", "该单元已报备另一份清单，请重新编制后再报备")
            refuse(found, {Stage.SUBMIT, Stage.FILE}, "报备")

        self._move(Move.FILE, guard)
        self.lines = [{**line, "level": levels[line["point_id"]]} for line in self.lines]
        self.filed_by, self.filed_at = by.id, at
        return RiskListFiled()

    def supersede(self, at: datetime) -> RiskListSuperseded:
        self._move(Move.SUPERSEDE)
        self.ended_at = at
        return RiskListSuperseded()

    def withdraw(self, at: datetime, reason: str | None) -> RiskListWithdrawn | None:
        """Take the list back; only what had been filed is announced."""
        was_filed = self.status == Status.FILED
        if was_filed and not (reason or "").strip():
            raise Invalid("risk_list.no_reason", "撤销已报备的清单须说明原因")
        self._move(Move.WITHDRAW)
        self.ended_at, self.reason = at, reason
        return RiskListWithdrawn() if was_filed else None

    def allowed(self) -> list[Move]:
        """The moves that people may make from the present state."""
        return [move for (status, move) in MOVES if status == self.status and move != Move.SUPERSEDE]

    def _move(self, move: Move, guard: Callable[[], None] | None = None) -> None:
        to = MOVES.get((Status(self.status), move))
        if to is None:
            raise Conflict("risk_list.illegal_move", f"该清单{LABELS[Status(self.status)]}，不能执行此操作", move=move)
        if guard:
            guard()
        self.status = to


def check_line(line: Mapping[str, Any]) -> None:
    """Refuse a line whose frequency is beyond the limits, or whose span is too short to be split."""
    frequency = Frequency(Period(line["period"]), line["times"])
    start, end = minutes(line["span_start"]) % DAY_MINUTES, minutes(line["span_end"])
    if ((end - start) % DAY_MINUTES or DAY_MINUTES) < frequency.times:
        raise Invalid("risk_list.span_too_short", "作业时段太短，不能按次数均分")


def refuse(found: Sequence[Finding], stages: set[Stage], what: str) -> None:
    """Refuse with every finding that blocks one of the stages."""
    blocking = [finding.message for finding in found if finding.stage in stages]
    if blocking:
        details = {f"finding_{number}": text for number, text in enumerate(blocking[:50], start=1)}
        more = f"（共{len(blocking)}处）" if len(blocking) > 1 else ""
        raise Invalid("risk_list.not_ready", f"还不能{what}：{blocking[0]}{more}", **details)


def rest_points(lines: Sequence[Mapping[str, Any]], before: Sequence[Mapping[str, Any]]) -> set[str]:
    """Points whose year or quarter line gets the rest of the running window: not those that had one already (R30)."""
    had = {(line["point_id"], line["period"]) for line in before}
    wanted = {(line["point_id"], line["period"]) for line in lines if Period(line["period"]) in LONG}
    return {point_id for point_id, _ in wanted - had}
