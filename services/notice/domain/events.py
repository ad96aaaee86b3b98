"""The facts this service announces; what is not said here stands in the state that travels with them."""

from dataclasses import dataclass
from typing import ClassVar

from services.kernel.event import Fact


@dataclass(frozen=True)
class NoticePublished(Fact):
    type: ClassVar[str] = "notice.published.v1"


@dataclass(frozen=True)
class NoticeWithdrawn(Fact):
    type: ClassVar[str] = "notice.withdrawn.v1"
    reason: str


@dataclass(frozen=True)
class ReceiptChanged(Fact):
    type: ClassVar[str] = "notice_receipt.changed.v1"
    step: str
