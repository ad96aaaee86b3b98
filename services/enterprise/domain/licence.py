"""Licences and certificates with their windows of expiry (rules 8.5) and their editions."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from services.enterprise.domain import events
from services.kernel.errors import Conflict, Forbidden, Invalid
from services.kernel.event import Fact


class Status(StrEnum):
    VALID = "valid"  # 有效
    EXPIRING = "expiring"  # 即将到期
    EXPIRED = "expired"  # 已过期
    SUSPENDED = "suspended"  # 暂扣
    REVOKED = "revoked"  # 吊销注销


class Move(StrEnum):
    ENTER_WINDOW = "enter_window"
    EXPIRE = "expire"
    RENEW = "renew"
    SUSPEND = "suspend"
    RESTORE = "restore"
    REVOKE = "revoke"


# From a state, by a move, to a state.  A pair that is not here is refused.
MOVES = {
    (Status.VALID, Move.ENTER_WINDOW): Status.EXPIRING,
    (Status.VALID, Move.EXPIRE): Status.EXPIRED,
    (Status.EXPIRING, Move.EXPIRE): Status.EXPIRED,
    (Status.SUSPENDED, Move.EXPIRE): Status.EXPIRED,
    (Status.EXPIRING, Move.RENEW): Status.VALID,
    (Status.EXPIRED, Move.RENEW): Status.VALID,
    (Status.SUSPENDED, Move.RENEW): Status.VALID,
    (Status.VALID, Move.SUSPEND): Status.SUSPENDED,
    (Status.EXPIRING, Move.SUSPEND): Status.SUSPENDED,
    (Status.SUSPENDED, Move.RESTORE): Status.VALID,
    (Status.VALID, Move.REVOKE): Status.REVOKED,
    (Status.EXPIRING, Move.REVOKE): Status.REVOKED,
    (Status.EXPIRED, Move.REVOKE): Status.REVOKED,
    (Status.SUSPENDED, Move.REVOKE): Status.REVOKED,
}
LABELS = {"valid": "有效", "expiring": "即将到期", "expired": "已过期", "suspended": "已暂扣", "revoked": "已吊销注销"}
LONGEST_WINDOW = 90
REMINDER_DAYS = (90, 60, 30, 15, 7, 1)  # Of these, the ones that lie inside the window.
# Licences proper are renewed by the authority's confirmation; certificates, filings and reports at once.
CONFIRMED_KIND = "licence"
CERTIFICATE = ("number", "issuer", "issued_on", "valid_from", "valid_to", "permitted_scope", "scans")


class EditionStatus(StrEnum):
    IN_FORCE = "in_force"  # 现行
    PENDING = "pending"  # 待确认
    REFUSED = "refused"  # 未确认
    REPLACED = "replaced"  # 已被替换


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return date(day.year + years, 3, 1)


def window(valid_from: date, valid_to: date) -> int:
    """Days before the end at which a licence counts as expiring, by the term that its dates make."""
    # 安全生产许可证条例第九条: renewal of three-year licences is applied for three months ahead.
    first_day_after = valid_to + timedelta(days=1)
    if first_day_after >= _years_after(valid_from, 3):
        return LONGEST_WINDOW
    return 60 if first_day_after >= _years_after(valid_from, 2) else 30


@dataclass(eq=False)
class Edition:
    """One certificate of a licence as it was issued; older ones stay readable."""

    id: str
    licence_id: str
    enterprise_id: str
    region: str
    industry: str | None
    edition: int
    number: str
    issuer: str
    issued_on: date
    valid_from: date
    valid_to: date | None
    permitted_scope: str | None
    scans: list[str]
    recorded_by: str
    recorded_at: datetime
    status: str = EditionStatus.PENDING
    opinion: str | None = None

    def check(self) -> None:
        if self.valid_from > (self.valid_to or date.max) or self.issued_on > (self.valid_to or date.max):
            raise Invalid("licence.wrong_order", "有效期至不能早于发证日期和有效期自", valid_to="早于发证日期或有效期自")
        if not self.scans:
            raise Invalid("licence.no_scan", "请上传证照扫描件", scans="必填")


@dataclass(eq=False)
class Licence:
    """One licence of an enterprise: the edition in force, and the state that follows from its dates."""

    id: str
    enterprise_id: str
    region: str
    industry: str | None
    licence_type: str
    number: str = ""
    issuer: str = ""
    issued_on: date = date.min
    valid_from: date = date.min
    valid_to: date | None = None
    permitted_scope: str | None = None
    scans: list[str] = field(default_factory=list)
    edition: int = 0
    editions: int = 0
    window_from: date | None = None
    reminded_on: date | None = None
    status: str = Status.VALID
    is_renewal_pending: bool = False
    decision_reason: str | None = None
    decision_document: list[str] = field(default_factory=list)
    revocation_ground: str | None = None
    version: int = 0

    def register(self, first: Edition, today: date) -> list[Fact]:
        first.check()
        self._take(first)
        return [events.LicenceRegistered(), *self.settle(today)]

    def propose(self, renewal: Edition, today: date) -> list[Fact]:
        """Record a new certificate that the authority has to confirm; the present one stays in force."""
        facts = self._check_renewal(renewal, today)
        self.is_renewal_pending, self.editions = True, renewal.edition
        return facts

    def renew(self, renewal: Edition, today: date) -> list[Fact]:
        """Put a new certificate with a later end in force."""
        facts = self._check_renewal(renewal, today)
        return [*facts, *self._renewed(renewal, today)]

    def confirm(self, renewal: Edition, by: str, today: date) -> list[Fact]:
        self._require_proposed(renewal, by)
        facts = self.settle(today)
        return [*facts, *self._renewed(renewal, today)]

    def refuse(self, renewal: Edition, by: str, opinion: str | None) -> None:
        if not opinion:
            raise Invalid("review.no_reason", "不予确认须写明原因", opinion="必填")
        self._require_proposed(renewal, by)
        renewal.status, renewal.opinion = EditionStatus.REFUSED, opinion
        self.is_renewal_pending = False

    def suspend(self, reason: str, document: list[str], today: date) -> list[Fact]:
        facts = self.settle(today)
        self._move(Move.SUSPEND)
        self.decision_reason, self.decision_document = reason, document
        return facts

    def restore(self, reason: str, today: date) -> list[Fact]:
        facts = self.settle(today)
        self._move(Move.RESTORE)
        self.decision_reason, self.decision_document = reason, []
        return [*facts, *self.settle(today)]

    def revoke(self, reason: str, document: list[str], ground: str, today: date) -> list[Fact]:
        """End the licence by decision: revoked (吊销) or cancelled (注销)."""
        facts = self.settle(today)
        self._move(Move.REVOKE)
        self.decision_reason, self.decision_document, self.revocation_ground = reason, document, ground
        return [*facts, events.LicenceRevoked()]

    def status_on(self, day: date) -> Status:
        """The state that the dates make on a day, whether or not the nightly job has passed."""
        status = Status(self.status)
        if status == Status.REVOKED or self.valid_to is None:
            return status
        if day > self.valid_to:
            return Status.EXPIRED
        if status == Status.VALID and self.window_from is not None and day >= self.window_from:
            return Status.EXPIRING
        return status

    def days_left(self, day: date) -> int | None:
        return None if self.valid_to is None else (self.valid_to - day).days

    def settle(self, today: date) -> list[Fact]:
        """Move to the state of the day; the facts to announce, those of a reminder day among them, once a day."""
        after = self.status_on(today)
        if after == Status.EXPIRED and self.status != Status.EXPIRED:
            self._move(Move.EXPIRE)
            return [events.LicenceExpired()]
        if after == Status.EXPIRING and self.valid_to is not None:
            has_entered = self.status == Status.VALID
            if has_entered:
                self._move(Move.ENTER_WINDOW)
            left = (self.valid_to - today).days
            if self.reminded_on != today and (has_entered or left in REMINDER_DAYS):
                self.reminded_on = today
                return [events.LicenceExpiring(left)]
        return []

    def _check_renewal(self, renewal: Edition, today: date) -> list[Fact]:
        facts = self.settle(today)
        if (Status(self.status), Move.RENEW) not in MOVES:
            raise Conflict("licence.illegal_move", f"证照{LABELS[self.status]}，尚不能换发", status=self.status, move=Move.RENEW)
        if self.is_renewal_pending:
            raise Conflict("licence.renewal_pending", "已有换发的证照待确认")
        renewal.check()
        if self.valid_to is not None and renewal.valid_to is not None and renewal.valid_to <= self.valid_to:
            raise Invalid("licence.not_later", "新证照的有效期至应晚于原证照", valid_to="应晚于原证照")
        return facts

    def _require_proposed(self, renewal: Edition, by: str) -> None:
        if renewal.status != EditionStatus.PENDING:
            raise Conflict("licence.no_renewal", "没有待确认的换发证照")
        if by == renewal.recorded_by:
            raise Forbidden("review.own_submission", "不能确认本人登记的证照")

    def _renewed(self, renewal: Edition, today: date) -> list[Fact]:
        self._move(Move.RENEW)
        self._take(renewal)
        self.is_renewal_pending = False
        return [events.LicenceRenewed(), *self.settle(today)]

    def _take(self, edition: Edition) -> None:
        for name in CERTIFICATE:
            setattr(self, name, getattr(edition, name))
        edition.status = EditionStatus.IN_FORCE
        self.edition, self.editions = edition.edition, max(self.editions, edition.edition)
        self.reminded_on = None
        days = None if self.valid_to is None else window(self.valid_from, self.valid_to)
        self.window_from = None if self.valid_to is None or days is None else self.valid_to - timedelta(days=days)

    def _move(self, move: Move) -> None:
        after = MOVES.get((Status(self.status), move))
        if after is None:
            raise Conflict("licence.illegal_move", f"证照{LABELS[self.status]}，不能进行此操作", status=self.status, move=move)
        self.status = after
