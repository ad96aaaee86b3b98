"""Check tables (检查表): items as they stood when an edition was published; an edition never changes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from services.kernel.errors import Conflict, Invalid


@dataclass(eq=False)
class Edition:
    """The items of one edition, frozen."""

    id: str
    check_table_id: str
    region: str
    area: str
    edition: int
    name: str
    codes: list[str]
    items: list[dict[str, Any]]


@dataclass(eq=False)
class CheckTable:
    id: str
    region: str
    sector: str
    area: str
    industry: str
    name: str
    edition: int = 0
    is_shared: bool = False
    is_active: bool = True
    items: list[dict[str, Any]] = field(default_factory=list)  # Of the newest edition.
    version: int = 0

    def publish(self, edition_id: str, items: Sequence[dict[str, Any]], name: str | None = None) -> Edition:
        """Make the next edition of these items, numbered in their order."""
        self.require_active()
        codes = [item["code"] for item in items]
        if len(set(codes)) != len(codes):
            raise Invalid("check_table.item_twice", "同一检查内容只能选一次", item_codes="有重复的检查内容")
        self.edition += 1
        self.name = name or self.name
        self.items = [{**item, "number": place} for place, item in enumerate(items, 1)]
        return Edition(edition_id, self.id, self.region, self.area, self.edition, self.name, codes, self.items)

    def share(self, is_shared: bool) -> None:
        """Let authorities below use it, or no more; what they have begun with it is theirs."""
        self.require_active()
        self.is_shared = is_shared

    def disable(self) -> None:
        self.require_active()
        self.is_active = False

    def require_active(self) -> None:
        if not self.is_active:
            raise Conflict("check_table.disabled", f"检查表「{self.name}」已停用，请另选")
