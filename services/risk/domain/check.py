"""A check done on site, item by item: every item is answered, and what fails is announced to become a hazard (rules 2.9)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from services.kernel.errors import Invalid
from services.risk.domain.events import CheckItemFailed

UPLOAD_LIMIT = timedelta(hours=72)  # An offline check counts by the device's time when it is uploaded by then ...
SKEW_LIMIT = timedelta(minutes=5)  # ... and the device's clock differs by less than this (rules 5.3.6).


class Answer(StrEnum):
    PASSED = "passed"  # 合格
    FAILED = "failed"  # 不合格：措施失效
    PARTLY = "partly"  # 措施不到位
    NOT_APPLICABLE = "not_applicable"  # 不涉及


OPENS_HAZARD = frozenset({Answer.FAILED, Answer.PARTLY})


@dataclass(frozen=True)
class Time:
    """When a check counts; flagged when the device's time was not taken."""

    counted_at: datetime
    is_flagged: bool


def counted_time(now: datetime, completed_at: datetime | None, device_time: datetime | None) -> Time:
    """The device's time of completion, uncorrected, when clock and upload are within the limits; else the upload's."""
    if completed_at is None:
        return Time(now, False)
    is_clock_right = device_time is not None and abs(device_time - now) < SKEW_LIMIT
    if is_clock_right and now - UPLOAD_LIMIT <= completed_at < now + SKEW_LIMIT:
        return Time(completed_at, False)
    return Time(now, True)


def answered(items: Sequence[Mapping[str, Any]], answers: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The answers in the order of the items; each item exactly once, and a description of what is wrong."""
    given = {answer["item_no"]: answer for answer in answers}
    wanted = {item["item_no"] for item in items}
    if len(given) != len(answers):
        raise Invalid("check.answered_twice", "同一检查内容有两个结果")
    if unknown := given.keys() - wanted:
        raise Invalid("check.unknown_item", f"检查内容中没有第{min(unknown)}项", item_no=str(min(unknown)))
    if open_items := wanted - given.keys():
        raise Invalid("check.unanswered", f"第{min(open_items)}项没有填写检查结果", item_no=str(min(open_items)))
    for number, answer in given.items():
        if Answer(answer["answer"]) in OPENS_HAZARD and not (answer.get("description") or "").strip():
            raise Invalid("check.no_description", f"第{number}项不合格或不到位，请填写隐患描述", item_no=str(number))
    return [{**given[item["item_no"]], "item": item["item"]} for item in items]


@dataclass(eq=False)
class Check:
    """What one person answered about one point; kept whether or not it counts for a task."""

    id: str
    enterprise_id: str
    region: str
    industry: str | None
    task_id: str | None
    point_id: str
    point_name: str
    point_level: str
    place: str
    unit_id: str
    checked_by: str
    checked_by_name: str
    checked_at: datetime
    uploaded_at: datetime
    answers: list[dict[str, Any]]
    outcome: str = "supplement"
    is_time_flagged: bool = False
    completed_at: datetime | None = None
    device_id: str | None = None
    proof: dict[str, Any] = field(default_factory=dict)
    version: int = 0

    @property
    def check_id(self) -> str:
        return self.id

    def failures(self) -> list[CheckItemFailed]:
        """One fact for each item that failed or is only partly in place."""
        return [
            CheckItemFailed(
                item_no=answer["item_no"],
                item=answer["item"],
                answer=answer["answer"],
                description=answer["description"],
                photos=list(answer.get("photos") or []),
                removed_on_site=bool(answer.get("removed_on_site")),
                measure=answer.get("measure"),
            )
            for answer in self.answers
            if Answer(answer["answer"]) in OPENS_HAZARD
        ]

    @property
    def failed_count(self) -> int:
        return sum(Answer(answer["answer"]) in OPENS_HAZARD for answer in self.answers)
