"""The governance plan of a major hazard (治理方案): five in place (五落实), order 16 Art. 15."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.kernel.errors import Invalid

FIVE_IN_PLACE: dict[str, dict[str, str]] = {
    "责任": {
        "responsible_leader": "责任领导", "responsible_department": "责任部门", "responsible_person": "责任人",
        "responsible_phone": "责任人电话",
    },
    "措施": {"goal": "治理目标和任务", "methods": "治理方法和措施", "work_safety": "治理期间安全措施"},
    "资金": {"budget": "治理资金", "fund_source": "资金来源"},
    "时限": {"start_on": "开始日期", "milestones": "阶段安排", "finish_on": "完成日期"},
    "预案": {"emergency": "应急预案"},
}  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """One plan as it was submitted; what it lacks is refused then."""

    responsible_leader: str | None = None
    responsible_department: str | None = None
    responsible_person: str | None = None
    responsible_phone: str | None = None
    goal: str | None = None
    methods: str | None = None
    work_safety: str | None = None
    budget: Decimal | None = None
    fund_source: str | None = None
    materials: str | None = None
    start_on: date | None = None
    milestones: str | None = None
    finish_on: date | None = None
    emergency: str | None = None

    def require_complete(self, today: date, latest: date | None) -> None:
        """Refuse a plan that lacks one of the five, ends before it starts, or later than the authority's deadline."""
        missing = {
            name: f"{place}·{label}"
            for place, needs in FIVE_IN_PLACE.items()
            for name, label in needs.items()
            if getattr(self, name) in (None, "")
        }
        if missing:
            sentence = f"五落实不完整，请先填写：{'、'.join(missing.values())}"
            raise Invalid("hazard.plan_incomplete", sentence, **dict.fromkeys(missing, "必填"))
        if self.start_on and self.finish_on and not max(self.start_on, today) <= self.finish_on:
            raise Invalid("hazard.plan_dates", "完成日期不能早于开始日期和今天", finish_on="早于开始日期或今天")
        if latest and self.finish_on and self.finish_on > latest:
            sentence = f"完成日期不能晚于责令整改的期限{latest:%Y-%m-%d}，确需更久请申请延期"
            raise Invalid("hazard.plan_too_late", sentence, finish_on=f"晚于{latest:%Y-%m-%d}")
