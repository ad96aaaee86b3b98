"""One risk point: a place, a piece of equipment or an activity with its hazard factors, assessment and measures (SM-RP)."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from services.kernel.errors import Conflict, Invalid
from services.risk.domain.assessment import Assessment, Assessor, assess
from services.risk.domain.events import RiskPointChanged, RiskPointPublished, RiskPointRetired
from services.risk.domain.levels import GRAVE, Level
from services.risk.domain.measures import shortcomings

REVIEW_PERIOD = timedelta(days=365)  # The whole system is reviewed at least once a year (rules 3).
REVIEW_AFTER_CHANGE = timedelta(days=30)  # What calls for re-assessment before that.


class Status(StrEnum):
    DRAFT = "draft"  # 草稿
    IDENTIFIED = "identified"  # 已辨识
    ASSESSED = "assessed"  # 已评价
    ACTIVE = "active"  # 在用
    RETIRED = "retired"  # 停用


class Move(StrEnum):
    IDENTIFY = "identify"
    ASSESS = "assess"
    PUBLISH = "publish"
    REASSESS = "reassess"
    PUBLISH_VERSION = "publish_version"
    RETIRE = "retire"
    REOPEN = "reopen"


# From a state, by a move, to a state.  A pair that is not here is refused.
MOVES = {
    (Status.DRAFT, Move.IDENTIFY): Status.IDENTIFIED,
    (Status.IDENTIFIED, Move.ASSESS): Status.ASSESSED,
    (Status.ASSESSED, Move.ASSESS): Status.ASSESSED,
    (Status.ASSESSED, Move.PUBLISH): Status.ACTIVE,
    (Status.ACTIVE, Move.REASSESS): Status.ACTIVE,
    (Status.ACTIVE, Move.PUBLISH_VERSION): Status.ACTIVE,
    (Status.ACTIVE, Move.RETIRE): Status.RETIRED,
    (Status.RETIRED, Move.REOPEN): Status.ASSESSED,
}
LABELS = {
    Status.DRAFT: "草稿",
    Status.IDENTIFIED: "已辨识",
    Status.ASSESSED: "已评价",
    Status.ACTIVE: "在用",
    Status.RETIRED: "停用",
}
DESCRIPTIVE = (
    "name", "object_type", "unit_id", "place", "category_id", "accident_standard", "accident_types", "is_infrequent",
    "is_proof_demanded", "responsible_person", "responsible_phone", "photo_ids", "longitude", "latitude",
)  # fmt: skip
# Once a point is in use these change only by a new version of its assessment, which the safety manager publishes (R6).
ASSESSED_ON = ("factors", "check_items")


@dataclass(eq=False)
class RiskPoint:
    """A point of one enterprise; ``level`` is that of the assessment in force."""

    id: str
    enterprise_id: str
    region: str
    industry: str | None
    number: str
    token: str
    unit_id: str
    name: str
    object_type: str
    place: str
    created_at: datetime
    source: str = "hand"
    source_code: str | None = None
    copied_at: datetime | None = None
    category_id: str | None = None
    factors: list[dict[str, Any]] = field(default_factory=list)
    accident_standard: str = "2025"
    accident_types: list[str] = field(default_factory=list)
    check_items: list[dict[str, Any]] = field(default_factory=list)
    is_infrequent: bool = False
    is_proof_demanded: bool = False
    responsible_person: str | None = None
    responsible_phone: str | None = None
    photo_ids: list[str] = field(default_factory=list)
    longitude: Any = None
    latitude: Any = None
    status: str = Status.DRAFT
    level: str | None = None
    control_tier: str | None = None
    assessment: dict[str, Any] | None = None
    waiting: dict[str, Any] | None = None
    assessments_made: int = 0
    control_plan: dict[str, Any] | None = None
    was_published: bool = False
    is_filed: bool = False
    printed_number: int | None = None
    review_due_on: date | None = None
    review_trigger: str | None = None
    retired_reason: str | None = None
    version: int = 0

    @property
    def method(self) -> str | None:
        return self.assessment["method"] if self.assessment else None

    @property
    def value(self) -> str | None:
        return self.assessment["value"] if self.assessment else None

    @property
    def is_version_waiting(self) -> bool:
        return self.waiting is not None

    @property
    def is_card_outdated(self) -> bool:
        """A card was printed, and the point was assessed anew since."""
        return self.printed_number is not None and self.assessment is not None and self.printed_number != self.assessment["number"]

    def describe(self, content: Mapping[str, Any]) -> RiskPointChanged:
        """Take over what the author wrote; what was assessed stands while the point is in use."""
        if self.status == Status.RETIRED:
            raise Conflict("risk_point.retired", "停用的风险点不能修改，请先恢复")
        if self.status == Status.ACTIVE and any(content.get(n, getattr(self, n)) != getattr(self, n) for n in ASSESSED_ON):
            raise Conflict("risk_point.in_use", "在用风险点的危害因素、措施和检查内容须通过重新评价修改")
        if self.is_filed and content.get("unit_id", self.unit_id) != self.unit_id:
            raise Conflict("risk_point.on_filed_list", "已报备清单中的风险点不能改变所属单元，请先修订清单")
        for name in (*DESCRIPTIVE, *ASSESSED_ON):
            if name in content:
                setattr(self, name, content[name])
        if self.status != Status.DRAFT and not self.factors:
            raise Invalid("risk_point.no_factor", "至少要有一个危害因素")
        return RiskPointChanged()

    def identify(self) -> RiskPointChanged:
        self._move(Move.IDENTIFY, self._has_factors)
        return RiskPointChanged()

    def assess(self, assessor: Assessor, **made: Any) -> RiskPointChanged:
        """The first assessment, or another one before the point is in use; it takes effect at once."""
        found = self._assessed(assessor, made)
        self._move(Move.ASSESS)
        self._put_in_force(found)
        return RiskPointChanged()

    def reassess(self, assessor: Assessor, factors: Any = None, check_items: Any = None, **made: Any) -> RiskPointChanged:
        """A new version that waits to be published; meanwhile the one in force goes on (R6)."""
        found = self._assessed(assessor, made)
        self._move(Move.REASSESS)
        content = {"factors": self.factors if factors is None else factors}
        content["check_items"] = self.check_items if check_items is None else check_items
        self.waiting = asdict(found) | content
        return RiskPointChanged()

    def publish(self, today: date) -> RiskPointPublished:
        """Take the point into use: from now on it can stand on lists."""
        self._move(Move.PUBLISH, lambda: self._refuse_if_short(self.level, self.factors, self.check_items))
        self.was_published = True
        self._reviewed(today)
        return RiskPointPublished()

    def publish_version(self, today: date) -> RiskPointPublished:
        """Put the waiting assessment in force; the old one is kept."""
        self._move(Move.PUBLISH_VERSION, self._is_version_fit)
        content = dict(self.waiting or {})
        self.factors, self.check_items = content.pop("factors"), content.pop("check_items")
        self._put_in_force(Assessment.load(content))
        self.waiting = None
        self._reviewed(today)
        return RiskPointPublished()

    def retire(self, reason: str, list_names: list[str]) -> RiskPointRetired:
        """Take the point out of use; ``list_names`` are the filed lists it still stands on."""
        self._move(Move.RETIRE, lambda: self._refuse_if_listed(list_names))
        self.retired_reason, self.waiting = reason, None
        return RiskPointRetired()

    def reopen(self) -> RiskPointChanged:
        self._move(Move.REOPEN)
        self.retired_reason = None
        return RiskPointChanged()

    def require_review(self, trigger: str, today: date) -> RiskPointChanged:
        """Something changed: the point is to be assessed again within 30 days, or earlier where that was due already."""
        due_on = today + REVIEW_AFTER_CHANGE
        self.review_due_on = min(self.review_due_on or due_on, due_on)
        self.review_trigger = trigger
        return RiskPointChanged()

    def discard(self, reason: str) -> RiskPointRetired:
        """Be taken away without ever having been in use; copies of the point are told that it is out of use."""
        if self.was_published:
            raise Conflict("risk_point.was_published", "曾经在用的风险点不能删除，请停用")
        self.status, self.retired_reason, self.waiting = Status.RETIRED, reason, None
        return RiskPointRetired()

    def renew_token(self, token: str) -> RiskPointChanged:
        """Take another code: one that got into wrong hands opens nothing any more."""
        self.token, self.printed_number = token, None
        return RiskPointChanged()

    def note_printed(self) -> RiskPointChanged:
        """Remember which assessment the card on the wall shows."""
        if self.assessment is None:
            raise Conflict("risk_point.not_assessed", "还没有评价，不能打印告知卡")
        self.printed_number = self.assessment["number"]
        return RiskPointChanged()

    def follow(self, unit_id: str, name: str) -> RiskPointChanged:
        """Go with the unit that was merged into another, on whatever list it stands; ``name`` is one that is free there."""
        self.unit_id, self.name = unit_id, name
        return RiskPointChanged()

    def plan_control(self, plan: dict[str, Any]) -> RiskPointChanged:
        """Attach the control plan that a red or orange point needs at filing (管控方案)."""
        if Level(self.level or Level.BLUE) not in GRAVE:
            raise Conflict("risk_point.no_plan_needed", "只有重大风险和较大风险需要管控方案")
        self.control_plan = plan
        return RiskPointChanged()

    def shortcomings(self) -> list[str]:
        """What keeps the point, or its waiting version, from being published."""
        if self.waiting:
            return self._short(self.waiting["level"], self.waiting["factors"], self.waiting["check_items"])
        return self._short(self.level, self.factors, self.check_items)

    def allowed(self) -> list[Move]:
        """The moves that the present state has."""
        return [move for (status, move) in MOVES if status == self.status and (move != Move.PUBLISH_VERSION or self.waiting)]

    def _assessed(self, assessor: Assessor, made: dict[str, Any]) -> Assessment:
        before = self.assessment["direct_rule"] if self.assessment else None
        if before and not made.get("direct_rule") and not made.get("reason"):
            raise Invalid(
                "assessment.rule_still_holds", f"原按{before}直接判定为重大风险，取消须在评价说明中写明该情形已消除的依据"
            )
        found = assess(self.assessments_made + 1, assessor=assessor, **made)
        self.assessments_made = found.number
        return found

    def _put_in_force(self, found: Assessment) -> None:
        self.assessment, self.level, self.control_tier = found.dump(), found.level, found.control_tier

    def _reviewed(self, today: date) -> None:
        self.review_due_on, self.review_trigger = today + REVIEW_PERIOD, None

    def _has_factors(self) -> None:
        if not self.factors:
            raise Invalid("risk_point.no_factor", "至少要有一个危害因素")

    def _is_version_fit(self) -> None:
        if self.waiting is None:
            raise Conflict("risk_point.no_version", "没有待发布的重新评价")
        self._refuse_if_short(self.waiting["level"], self.waiting["factors"], self.waiting["check_items"])

    def _short(self, level: str | None, factors: list[Any], check_items: list[Any]) -> list[str]:
        found = shortcomings(Level(level), factors) if level else ["还没有评价"]
        return found + ([] if check_items else ["没有检查内容"])

    def _refuse_if_short(self, level: str | None, factors: list[Any], check_items: list[Any]) -> None:
        if found := self._short(level, factors, check_items):
            details = {f"missing_{number}": text for number, text in enumerate(found, start=1)}
            raise Invalid("risk_point.not_ready", f"还不能发布：{found[0]}", **details)

    def _refuse_if_listed(self, names: list[str]) -> None:
        if names:
            shown = "、".join(names[:5])
            raise Conflict("risk_point.on_filed_list", f"不能停用：该风险点在{len(names)}份已报备清单中（{shown}），请先修订清单")

    def _move(self, move: Move, guard: Callable[[], None] | None = None) -> None:
        to = MOVES.get((Status(self.status), move))
        if to is None:
            raise Conflict("risk_point.illegal_move", f"该风险点{LABELS[Status(self.status)]}，不能执行此操作", move=move)
        if guard:
            guard()
        self.status = to
