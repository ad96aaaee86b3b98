"""The colour of a region by the number of its red points (rules 4)."""

from collections.abc import Mapping
from itertools import pairwise

# The lowest count of each grade above green, from the highest down; editable by the province.
DEFAULTS = {
    "county": {"red": 51, "orange": 31, "yellow": 16, "blue": 6},
    "prefecture": {"red": 301, "orange": 181, "yellow": 91, "blue": 31},
}
ORDER = ("red", "orange", "yellow", "blue")


def grade(count: int, thresholds: Mapping[str, int]) -> str:
    """red (many) to green (few)."""
    return next((name for name in ORDER if count >= thresholds[name]), "green")


def are_falling(thresholds: Mapping[str, int]) -> bool:
    """Whether each grade begins higher than the one below it."""
    values = [thresholds[name] for name in ORDER]
    return all(high > low for high, low in pairwise(values))
