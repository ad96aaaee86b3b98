"""The facts that this service announces."""

from dataclasses import dataclass, field
from typing import ClassVar

from services.kernel.event import Fact


@dataclass(frozen=True)
class RiskPointChanged(Fact):
    type: ClassVar[str] = "risk_point.changed.v1"


@dataclass(frozen=True)
class RiskPointPublished(Fact):
    type: ClassVar[str] = "risk_point.published.v1"


@dataclass(frozen=True)
class RiskPointRetired(Fact):
    type: ClassVar[str] = "risk_point.retired.v1"


@dataclass(frozen=True)
class RiskListFiled(Fact):
    type: ClassVar[str] = "risk_list.filed.v1"


@dataclass(frozen=True)
class RiskListWithdrawn(Fact):
    type: ClassVar[str] = "risk_list.withdrawn.v1"


@dataclass(frozen=True)
class RiskListSuperseded(Fact):
    type: ClassVar[str] = "risk_list.superseded.v1"


@dataclass(frozen=True)
class CheckTaskGenerated(Fact):
    type: ClassVar[str] = "check_task.generated.v1"


@dataclass(frozen=True)
class CheckTaskDone(Fact):
    type: ClassVar[str] = "check_task.done.v1"


@dataclass(frozen=True)
class CheckTaskMissed(Fact):
    type: ClassVar[str] = "check_task.missed.v1"


@dataclass(frozen=True)
class CheckTaskExempt(Fact):
    type: ClassVar[str] = "check_task.exempt.v1"


@dataclass(frozen=True)
class CheckTaskCancelled(Fact):
    type: ClassVar[str] = "check_task.cancelled.v1"


@dataclass(frozen=True)
class CheckTaskMoved(Fact):
    type: ClassVar[str] = "check_task.moved.v1"


@dataclass(frozen=True)
class CheckItemFailed(Fact):
    """One item that was answered ``failed`` or ``partly``."""

    type: ClassVar[str] = "check_item.failed.v1"
    item_no: int
    item: str
    answer: str
    description: str
    photos: list[str] = field(default_factory=list)
    removed_on_site: bool = False
    measure: str | None = None
