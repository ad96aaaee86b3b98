"""A check item by item, and whose clock it counts by."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from services.kernel.errors import Invalid
from services.risk.domain.check import Check, answered, counted_time
from tests.unit.risk.builders import NOW

ITEMS = [{"item_no": 1, "item": "防护罩完好"}, {"item_no": 2, "item": "急停有效"}]
MINUTES_5, HOURS_72, SECOND = timedelta(minutes=5), timedelta(hours=72), timedelta(seconds=1)


def answers(*given: str) -> list[dict[str, Any]]:
    return [{"item_no": n, "answer": a, "description": "缺失"} for n, a in enumerate(given, start=1)]


def test_every_item_is_answered() -> None:
    with pytest.raises(Invalid) as refused:
        answered(ITEMS, answers("passed"))

    assert refused.value.code == "check.unanswered"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ([*answers("passed", "passed"), {"item_no": 2, "answer": "passed"}], "check.answered_twice"),
        (answers("passed", "passed", "passed"), "check.unknown_item"),
        ([{"item_no": 1, "answer": "failed"}, {"item_no": 2, "answer": "passed"}], "check.no_description"),
        ([{"item_no": 1, "answer": "partly", "description": " "}, {"item_no": 2, "answer": "passed"}], "check.no_description"),
    ],
)
def test_answers_that_do_not_fit_are_refused(given: list, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        answered(ITEMS, given)

    assert refused.value.code == code


def test_failed_and_partly_open_a_hazard_and_nothing_else_does() -> None:
    items = [{"item_no": n, "item": f"第{n}项"} for n in range(1, 5)]
    given = answered(items, answers("passed", "failed", "partly", "not_applicable"))
    owner = {"id": "c", "enterprise_id": "e", "region": "520102", "industry": None, "task_id": None, "point_id": "p"}
    more = {"point_name": "冲压机", "point_level": "red", "place": "一车间", "unit_id": "u", "checked_by": "x"}
    check = Check(**owner, **more, checked_by_name="王强", checked_at=NOW, uploaded_at=NOW, answers=given)

    facts = check.failures()

    assert [(f.item_no, f.item, f.answer, f.description) for f in facts] == [
        (2, "第2项", "failed", "缺失"),
        (3, "第3项", "partly", "缺失"),
    ]
    assert check.failed_count == 2


@pytest.mark.parametrize(
    ("completed", "device", "counted", "is_flagged"),
    [
        (None, None, NOW, False),
        (NOW - HOURS_72, NOW, NOW - HOURS_72, False),
        (NOW - HOURS_72 - SECOND, NOW, NOW, True),
        (NOW - timedelta(hours=1), NOW + MINUTES_5 - SECOND, NOW - timedelta(hours=1), False),
        (NOW - timedelta(hours=1), NOW - MINUTES_5 + SECOND, NOW - timedelta(hours=1), False),
        (NOW - timedelta(hours=1), NOW + MINUTES_5, NOW, True),
        (NOW - timedelta(hours=1), NOW - MINUTES_5, NOW, True),
        (NOW - timedelta(hours=1), None, NOW, True),
        (NOW + MINUTES_5, NOW, NOW, True),
    ],
)
def test_an_offline_check_counts_by_the_device_within_the_limits_and_uncorrected(
    completed: datetime | None, device: datetime | None, counted: datetime, is_flagged: bool
) -> None:
    time = counted_time(NOW, completed, device)

    assert (time.counted_at, time.is_flagged) == (counted, is_flagged)
