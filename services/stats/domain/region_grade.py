"""The colour of a region by its number of red points (rules 4), and the thresholds that the province may change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from services.kernel.errors import Forbidden, Invalid

ORDER = ("red", "orange", "yellow", "blue")
# The lowest count of each grade above green.
DEFAULTS: dict[str, dict[str, int]] = {
    "county": {"red": 51, "orange": 31, "yellow": 16, "blue": 6},
    "prefecture": {"red": 301, "orange": 181, "yellow": 91, "blue": 31},
}


def colour(count: int, thresholds: Mapping[str, int]) -> str:
    """red (many) to green (few)."""
    return next((name for name in ORDER if count >= thresholds[name]), "green")


@dataclass(eq=False)
class RegionGrade:
    """The thresholds of one level of regions; ``region`` is the deployment's own."""

    id: str
    level: str
    region: str
    thresholds: dict[str, int]
    effective_at: datetime | None = None
    version: int = 0

    def set(self, thresholds: Mapping[str, int], may_see: bool, now: datetime) -> None:
        """Take over new thresholds; they concern everybody, so only who sees the whole deployment sets them."""
        if not may_see:
            raise Forbidden("region_grade.not_yours", "颜色分级由本平台最高一级机关设定")
        if any(high <= low for high, low in pairwise(thresholds[name] for name in ORDER)):
            raise Invalid("region_grade.not_falling", "各级下限应由红到蓝依次递减，请检查后重填", thresholds="应依次递减")
        if dict(thresholds) == self.thresholds:
            raise Invalid("region_grade.unchanged", "分级下限没有变化，无需保存", thresholds="没有变化")
        self.thresholds = dict(thresholds)
        self.effective_at = now
