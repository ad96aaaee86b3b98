"""What is known of one hazard, whichever course it takes, and who stands on which side of it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from services.hazard.domain import deadlines
from services.hazard.domain.plan import Plan
from services.kernel import region
from services.kernel.caller import Caller, Kind
from services.kernel.errors import Conflict, Forbidden


class HazardClass(StrEnum):
    GENERAL_ON_SITE = "general_on_site"  # 一般隐患（现场消除）
    GENERAL_LIMITED = "general_limited"  # 一般隐患（限期整改）
    MAJOR = "major"  # 重大隐患


SUSPICIOUS_LEVELS = {"red", "orange"}  # What shows at such a point may be a major hazard (rules 2.9).
ENDED = {"closed", "closed_on_site", "cancelled", "downgraded"}
# The enterprise has to act: overdue is told from these states and the deadline alone (R12).
GENERAL_ACTS = frozenset({"registered", "returned", "rectifying", "extension_pending"})
MAJOR_ACTS = frozenset({"registered", "reported", "planning", "plan_review", "rectifying", "extension_pending"})


@dataclass(eq=False)
class Record:
    """The fields of a hazard; its moves stand in ``general`` and ``major``."""

    id: str
    enterprise_id: str
    region: str
    industry: str | None
    source: str
    found_at: datetime
    found_by: str
    found_by_name: str
    place: str
    description: str
    hazard_class: str = HazardClass.GENERAL_LIMITED
    status: str = "draft"
    number: str | None = None
    suspected_major: bool = False
    criterion_code: str | None = None
    class_reason: str | None = None
    origin_id: str | None = None
    unit_id: str | None = None
    found_unit_id: str | None = None  # Where it was found, if that unit has been merged into ``unit_id`` since.
    point_id: str | None = None
    point_name: str | None = None
    task_id: str | None = None
    check_id: str | None = None
    item_no: int | None = None
    inspection_id: str | None = None
    finding_id: str | None = None
    inspection_version: int | None = None  # The newest word of the inspection that was taken over.
    authority_region: str | None = None  # Where the authority sits that found it; none when the enterprise did.
    part: str | None = None
    category: str | None = None
    photos: list[str] = field(default_factory=list)
    longitude: float | None = None
    latitude: float | None = None
    hazard_factor: str | None = None
    possible_accident: str | None = None
    registered_at: datetime | None = None
    major_since: datetime | None = None
    confirmed_at: datetime | None = None
    return_reason: str | None = None
    responsible_id: str | None = None
    responsible_name: str | None = None
    responsible_unit_id: str | None = None
    measure: str | None = None
    budget: Decimal | None = None
    interim_measures: str | None = None
    deadline_on: date | None = None
    approved_deadline_on: date | None = None
    first_deadline_on: date | None = None
    term_from_on: date | None = None
    extensions: int = 0
    announced_deadline_on: date | None = None  # The deadline whose passing has been announced.
    extension_to_on: date | None = None
    extension_reason: str | None = None
    extension_measures: str | None = None
    extension_plan: str | None = None
    extension_by: str | None = None
    extension_by_name: str | None = None
    extension_at: datetime | None = None
    measure_taken: str | None = None
    finished_at: datetime | None = None
    after_photos: list[str] = field(default_factory=list)
    cost: Decimal | None = None
    rectified_by: str | None = None
    rectified_by_name: str | None = None
    attempts: int = 0
    rechecked_by_name: str | None = None
    recheck_opinion: str | None = None
    report_due_at: datetime | None = None
    reported_at: datetime | None = None
    is_report_late: bool = False
    current_state: str | None = None
    danger: str | None = None
    plan: Plan | None = None
    plan_by: str | None = None
    progress: int = 0
    progress_due_on: date | None = None
    assessment: dict[str, Any] | None = None
    assessed_by: str | None = None
    acceptance_due_on: date | None = None
    is_acceptance_late: bool = False
    closed_at: datetime | None = None
    listed: bool = False
    version: int = 0

    @property
    def is_draft(self) -> bool:
        return self.status == "draft"

    @property
    def is_major(self) -> bool:
        """Whether it takes the course of a major hazard; a draft takes none yet."""
        return self.hazard_class == HazardClass.MAJOR and not self.is_draft

    @property
    def has_ended(self) -> bool:
        return self.status in ENDED

    def is_overdue(self, today: date) -> bool:
        """Whether the deadline day is over while the enterprise has to act."""
        return self.status in (MAJOR_ACTS if self.is_major else GENERAL_ACTS) and deadlines.is_over(self.deadline_on, today)

    def is_enterprise(self, by: Caller) -> bool:
        """Whether somebody speaks for the enterprise: its people, a system named for it, the platform."""
        if by.kind == Kind.API_CLIENT:
            return self.enterprise_id in by.scope.enterprises
        return by.kind == Kind.SYSTEM or by.enterprise_id == self.enterprise_id

    def is_authority(self, by: Caller) -> bool:
        """Whether somebody belongs to the authority that found the hazard."""
        official = by.kind == Kind.REGULATOR and by.region is not None and self.authority_region is not None
        return official and region.prefix(by.region or "") == region.prefix(self.authority_region or "")

    def require_enterprise(self, by: Caller) -> None:
        if not self.is_enterprise(by):
            raise Forbidden("hazard.not_yours", "只能办理本企业的隐患")

    def require_finder(self, by: Caller) -> None:
        """Refuse whoever stands on the other side than the one that found the hazard."""
        if self.authority_region is None:
            self.require_enterprise(by)
        elif not self.is_authority(by) and by.kind != Kind.SYSTEM:
            raise Forbidden("hazard.not_the_authority", "该隐患由监管部门发现，须由发现机关办理")

    def require_regulator(self, by: Caller) -> None:
        if by.kind != Kind.REGULATOR:
            raise Forbidden("hazard.regulator_only", "该事项由监管部门办理")

    def require_other(self, by: Caller, *submitters: str | None) -> None:
        """Refuse whoever asked, submitted or rectified himself (R17)."""
        if by.id in submitters:
            raise Forbidden("hazard.own_submission", "不能审批、复查、评估或验收本人提交的事项")

    def set_first_term(self, deadline_on: date, today: date) -> None:
        """Begin the term from which extensions are measured."""
        self.deadline_on = self.approved_deadline_on = self.first_deadline_on = deadline_on
        self.term_from_on = today

    def reopen(self) -> None:
        """What was taken for done is not: it has no finish time and its progress is told anew."""
        self.finished_at, self.progress = None, 0

    def forget_extension(self) -> None:
        self.extension_to_on = self.extension_at = None
        self.extension_reason = self.extension_measures = self.extension_plan = self.extension_by = self.extension_by_name = None

    def follow(self, former: str, unit_id: str) -> None:
        """Be the business of the unit into which the former one was merged; where it was found does not change by that."""
        if self.unit_id == former:
            self.unit_id, self.found_unit_id = unit_id, self.found_unit_id or former
        if self.responsible_unit_id == former:
            self.responsible_unit_id = unit_id

    def refuse_listed(self) -> None:
        if self.listed:
            raise Conflict("hazard.listed", "该隐患正在挂牌督办，请先办理摘牌")
