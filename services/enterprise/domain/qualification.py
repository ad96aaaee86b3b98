"""Qualification certificates of enterprises (企业资质): one certificate with many specialities."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from services.kernel.errors import Conflict, Invalid


@dataclass(eq=False)
class Qualification:
    """One certificate; ``details`` are its specialities with their levels and approvals."""

    id: str
    enterprise_id: str
    region: str
    industry: str | None
    number: str = ""
    issuer: str = ""
    issued_on: date = date.min
    valid_to: date = date.max
    qualification_class: str = ""
    level: str = ""
    permitted_scope: str | None = None
    scans: list[str] = field(default_factory=list)
    details: list[dict[str, Any]] = field(default_factory=list)
    is_removed: bool = False
    version: int = 0

    def write(self, values: Mapping[str, Any], levels: Mapping[str, tuple[str, Sequence[str]]]) -> None:
        """Take over a whole certificate; ``levels`` tells of each speciality its class and the levels it knows."""
        if self.is_removed:
            raise Conflict("qualification.removed", "该资质已删除")
        for name, value in values.items():
            setattr(self, name, value)
        if self.valid_to < self.issued_on:
            raise Invalid("qualification.wrong_order", "有效期至不能早于发证日期", valid_to="早于发证日期")
        own = {code: known for code, (of_class, known) in levels.items() if of_class == self.qualification_class}
        if not any(self.level in known for known in own.values()):
            raise Invalid(
                "qualification.unknown_level", "资质类别或等级不在目录中", qualification_class="不在目录中", level="不在目录中"
            )
        wrong = [str(i) for i, row in enumerate(self.details) if row["level"] not in own.get(row["speciality"], ())]
        if wrong:
            places = {f"details.{place}": "专业或等级与资质类别不符" for place in wrong}
            raise Invalid("qualification.unknown_speciality", "有专业或等级与资质类别不符，请核对明细", **places)

    def remove(self) -> None:
        if self.is_removed:
            raise Conflict("qualification.removed", "该资质已删除")
        self.is_removed = True
