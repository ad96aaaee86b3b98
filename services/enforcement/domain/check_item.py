"""A bureau's own check item, beside those of the provincial library."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from services.kernel.errors import Conflict, Invalid

ALL_INDUSTRIES = "ALL"
CONTENT = (
    "industry", "category", "item", "methods", "law", "article", "hazard_class", "default_deadline_days", "offence_code",
    "criterion_code",
)  # fmt: skip


@dataclass(eq=False)
class CheckItem:
    """What to look at, with its law and what a failure of it amounts to."""

    id: str
    region: str
    sector: str
    area: str
    code: str
    industry: str = ALL_INDUSTRIES
    category: str = ""
    item: str = ""
    methods: list[str] = field(default_factory=list)
    law: str = ""
    article: str = ""
    hazard_class: str = "general_limited"
    default_deadline_days: int = 0
    offence_code: str | None = None
    criterion_code: str | None = None
    is_active: bool = True
    version: int = 0

    def write(self, values: Mapping[str, Any]) -> None:
        """Take the content; tables composed before keep what they froze."""
        if values["criterion_code"] and values["hazard_class"] != "major":
            raise Invalid("check_item.criterion_not_major", "只有重大隐患才填写判定条款", criterion_code="隐患级别不是重大隐患")
        if values["hazard_class"] == "general_limited" and values["default_deadline_days"] < 1:
            raise Invalid("check_item.no_days", "限期整改的检查内容应有至少1天的整改期限", default_deadline_days="应不小于1")
        for name in CONTENT:
            setattr(self, name, values[name])

    def disable(self) -> None:
        self._switch(False, "该检查内容已停用")

    def enable(self) -> None:
        self._switch(True, "该检查内容已启用")

    def _switch(self, is_active: bool, already: str) -> None:
        if self.is_active == is_active:
            raise Conflict("check_item.illegal_move", already)
        self.is_active = is_active
