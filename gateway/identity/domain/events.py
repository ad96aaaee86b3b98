"""What identity announces."""

from dataclasses import dataclass
from typing import ClassVar

from services.kernel.event import Fact


@dataclass(frozen=True)
class DepartmentChanged(Fact):
    type: ClassVar[str] = "department.changed.v1"
