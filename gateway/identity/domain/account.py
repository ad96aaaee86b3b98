"""One person's account: what he is, where he belongs, whether he may enter."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from services.kernel.errors import Conflict, Forbidden


class AccountKind(StrEnum):
    REGULATOR = "regulator"  # 政府用户
    ENTERPRISE = "enterprise"  # 企业用户
    APPLICANT = "applicant"  # 注册申请人


class Status(StrEnum):
    ACTIVE = "active"  # 正常
    DISABLED = "disabled"  # 已停用


class Move(StrEnum):
    DISABLE = "disable"
    ENABLE = "enable"


MOVES = {
    (Status.ACTIVE, Move.DISABLE): Status.DISABLED,
    (Status.DISABLED, Move.ENABLE): Status.ACTIVE,
}


@dataclass(eq=False)
class Account:
    """Sessions that were opened under an older ``epoch`` are over: at a new password, a disabling or a move."""

    id: str
    kind: AccountKind
    username: str
    name: str
    region: str
    enterprise_id: str | None = None
    department_id: str | None = None
    unit_id: str | None = None
    roles: list[str] = field(default_factory=list)
    supervision: dict[str, Any] | None = None
    status: Status = Status.ACTIVE
    epoch: int = 0
    signed_in_at: datetime | None = None
    mobile: str | None = None
    email: str | None = None
    certificate_number: str | None = None
    avatar_id: str | None = None
    signature_id: str | None = None
    shortcuts: list[str] = field(default_factory=list)
    version: int = 0

    def disable(self) -> None:
        self._move(Move.DISABLE)
        self.end_sessions()

    def enable(self) -> None:
        self._move(Move.ENABLE)

    def end_sessions(self) -> None:
        self.epoch += 1

    def belong(self, department_id: str, region: str) -> None:
        """Move a person of government; old sessions, roles and scope end with the old post (SEC-01)."""
        if self.department_id != department_id:
            self.department_id, self.region = department_id, region
            self.roles, self.supervision = [], None
            self.end_sessions()

    def reach(self, mobile: str | None, email: str | None, certificate_number: str | None = None) -> None:
        """Take over how the person is reached, and the certificate by which an officer enforces."""
        self.mobile, self.email, self.certificate_number = mobile, email, certificate_number

    def admit(self) -> None:
        """The enterprise was approved: its applicant becomes its administrator."""
        if self.kind == AccountKind.APPLICANT:
            self.kind, self.roles = AccountKind.ENTERPRISE, ["enterprise_admin"]

    def require_kind(self, *kinds: AccountKind) -> None:
        if self.kind not in kinds:
            raise Forbidden("account.other_kind", "该账号不属于这一类用户，不能这样操作")

    def _move(self, move: Move) -> None:
        target = MOVES.get((self.status, move))
        if target is None:
            raise Conflict("account.illegal_move", "账号当前状态不能这样操作", state=self.status.value, move=move.value)
        self.status = target
