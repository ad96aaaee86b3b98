"""Rates are ratios of sums, in per cent with two decimals, half-up; without a base there is none (rules 6)."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

RATES = {
    "check_rate": ("checked_count", "due_count"),
    "coverage_rate": ("points_covered", "points_due"),
    "rectified_rate": ("rectified_count", "hazard_count"),
    "on_time_rate": ("on_time_count", "deadline_count"),
    "reply_rate": ("replied_count", "reply_due_count"),
    "filed_rate": ("filed_enterprises", "active_enterprises"),
    "online_rate": ("online_enterprises", "active_enterprises"),
}
SUMS = {
    "hazard_count": ("general_count", "major_count"),
    "risk_point_count": ("red_points", "orange_points", "yellow_points", "blue_points"),
}


def rate(part: int, whole: int) -> Decimal | None:
    """``part`` of ``whole`` in per cent; None, shown as —, when there is nothing to be a part of."""
    return _rounded(Decimal(100 * part) / whole) if whole else None


def change(new: int, old: int) -> Decimal | None:
    """By how many per cent a count has grown."""
    return _rounded(Decimal(100 * (new - old)) / old) if old else None


def difference(new: Decimal | None, old: Decimal | None) -> Decimal | None:
    """By how many percentage points a rate has grown; None when one of the two has no base."""
    return None if new is None or old is None else new - old


def derived(counts: Mapping[str, int]) -> dict[str, int | Decimal | None]:
    """The counts with the sums and rates that follow from them."""
    whole: dict[str, int] = dict(counts)
    for code, parts in SUMS.items():
        whole[code] = sum(whole.get(part, 0) for part in parts)
    return {**whole, **{code: rate(whole.get(part, 0), whole.get(base, 0)) for code, (part, base) in RATES.items()}}


def ranked(values: Mapping[str, Decimal | int | None]) -> list[tuple[int, str, Decimal | int]]:
    """Rank, key and value from the highest down; equal values share a rank, and who has no base is left out."""
    found = sorted(((v, k) for k, v in values.items() if v is not None), key=lambda pair: (-pair[0], pair[1]))
    return [(1 + sum(other > value for other, _ in found), key, value) for value, key in found]


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)
