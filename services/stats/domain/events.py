"""The fact this service announces; the state that travels with it names the buckets that have changed."""

from dataclasses import dataclass
from typing import ClassVar

from services.kernel.event import Fact


@dataclass(frozen=True)
class FiguresChanged(Fact):
    type: ClassVar[str] = "figures.changed.v1"
