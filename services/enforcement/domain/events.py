"""The facts this service announces; the inspection's state travels with each."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from services.kernel.event import Fact


@dataclass(frozen=True)
class InspectionRecorded(Fact):
    """``findings`` become hazards."""

    type: ClassVar[str] = "inspection.recorded.v1"
    findings: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class OrderedItem:
    finding_id: str
    deadline_on: date


@dataclass(frozen=True)
class RecheckedItem:
    finding_id: str
    is_passed: bool
    opinion: str


@dataclass(frozen=True)
class InspectionOrdered(Fact):
    type: ClassVar[str] = "inspection.ordered.v1"
    items: tuple[OrderedItem, ...]
    document_number: str
    rechecked: tuple[RecheckedItem, ...] = ()


@dataclass(frozen=True)
class InspectionClosed(Fact):
    type: ClassVar[str] = "inspection.closed.v1"
    rechecked: tuple[RecheckedItem, ...] = ()
