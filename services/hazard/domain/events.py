"""The facts this service announces; what is not said here stands in the state that travels with them."""

from dataclasses import dataclass
from typing import ClassVar

from services.kernel.event import Fact


@dataclass(frozen=True)
class HazardFact(Fact):
    """Something that happened to a hazard, with the words of whoever did it."""

    opinion: str | None = None


@dataclass(frozen=True)
class HazardRegistered(HazardFact):
    type: ClassVar[str] = "hazard.registered.v1"


@dataclass(frozen=True)
class HazardConfirmed(HazardFact):
    type: ClassVar[str] = "hazard.confirmed.v1"


@dataclass(frozen=True)
class HazardReturned(HazardFact):
    type: ClassVar[str] = "hazard.returned.v1"


@dataclass(frozen=True)
class HazardResubmitted(HazardFact):
    type: ClassVar[str] = "hazard.resubmitted.v1"


@dataclass(frozen=True)
class HazardUpgraded(HazardFact):
    type: ClassVar[str] = "hazard.upgraded.v1"


@dataclass(frozen=True)
class HazardDowngraded(HazardFact):
    type: ClassVar[str] = "hazard.downgraded.v1"


@dataclass(frozen=True)
class RectificationSubmitted(HazardFact):
    type: ClassVar[str] = "hazard.rectification_submitted.v1"


@dataclass(frozen=True)
class RecheckFailed(HazardFact):
    type: ClassVar[str] = "hazard.recheck_failed.v1"


@dataclass(frozen=True)
class ExtensionRequested(HazardFact):
    type: ClassVar[str] = "hazard.extension_requested.v1"


@dataclass(frozen=True)
class ExtensionDecided(HazardFact):
    type: ClassVar[str] = "hazard.extension_decided.v1"
    is_approved: bool = False


@dataclass(frozen=True)
class HazardReported(HazardFact):
    type: ClassVar[str] = "hazard.reported.v1"


@dataclass(frozen=True)
class HazardChanged(HazardFact):
    """A step without an announcement of its own."""

    type: ClassVar[str] = "hazard.changed.v1"


@dataclass(frozen=True)
class PlanApproved(HazardFact):
    type: ClassVar[str] = "hazard.plan_approved.v1"


@dataclass(frozen=True)
class HazardClosed(HazardFact):
    type: ClassVar[str] = "hazard.closed.v1"


@dataclass(frozen=True)
class HazardCancelled(HazardFact):
    type: ClassVar[str] = "hazard.cancelled.v1"


@dataclass(frozen=True)
class HazardOverdue(HazardFact):
    type: ClassVar[str] = "hazard.overdue.v1"


@dataclass(frozen=True)
class SupervisionListed(HazardFact):
    type: ClassVar[str] = "supervision.listed.v1"


@dataclass(frozen=True)
class SupervisionLifted(HazardFact):
    type: ClassVar[str] = "supervision.lifted.v1"
