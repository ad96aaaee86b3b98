"""Colours of regions by their number of red points."""

import pytest

from services.risk.domain.region_grades import DEFAULTS, are_falling, grade


@pytest.mark.parametrize(
    ("level", "count", "colour"),
    [
        ("county", 51, "red"), ("county", 50, "orange"), ("county", 31, "orange"), ("county", 30, "yellow"),
        ("county", 16, "yellow"), ("county", 15, "blue"), ("county", 6, "blue"), ("county", 5, "green"), ("county", 0, "green"),
        ("prefecture", 301, "red"), ("prefecture", 300, "orange"), ("prefecture", 181, "orange"), ("prefecture", 180, "yellow"),
        ("prefecture", 91, "yellow"), ("prefecture", 90, "blue"), ("prefecture", 31, "blue"), ("prefecture", 30, "green"),
    ],
)  # fmt: skip
def test_the_borders_are_those_of_the_rules(level: str, count: int, colour: str) -> None:
    assert grade(count, DEFAULTS[level]) == colour


def test_grades_begin_higher_the_redder_they_are() -> None:
    assert all(are_falling(thresholds) for thresholds in DEFAULTS.values())
    assert not are_falling(DEFAULTS["county"] | {"yellow": 31})
