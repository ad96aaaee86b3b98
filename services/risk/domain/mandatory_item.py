"""Check items that an authority demands on every enterprise-level list of an industry (强制性检查内容)."""

from dataclasses import dataclass
from datetime import date

from services.kernel.errors import Conflict, Invalid

EVERY_INDUSTRY = "ALL"


@dataclass(eq=False)
class MandatoryItem:
    """In force from ``effective_on`` up to and without ``ended_on``."""

    id: str
    region: str
    industry: str
    item: str
    effective_on: date
    standard: str | None = None
    ended_on: date | None = None
    version: int = 0

    def end(self, on: date) -> None:
        """Take the item out of force with a day; what has ended stays ended."""
        if self.ended_on is not None:
            raise Conflict("mandatory_item.ended", "该检查内容已设定停止日期")
        if on < self.effective_on:
            raise Invalid("mandatory_item.ends_early", "停止日期不能早于生效日期", ended_on="早于生效日期")
        self.ended_on = on

    def holds(self, day: date) -> bool:
        return self.effective_on <= day and (self.ended_on is None or day < self.ended_on)

    def concerns(self, industry: str | None) -> bool:
        return self.industry == EVERY_INDUSTRY or (industry or "").startswith(self.industry)
