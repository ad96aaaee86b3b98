"""The buckets in which figures are kept: kinds of contributions, measures, periods, and the keys of cells."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

Image = Mapping[str, Any]
TOTAL = "00000000-0000-0000-0000-000000000000"  # In place of a unit: the whole enterprise.
ALWAYS = date(1970, 1, 1)  # In place of a day: how things stand now.
LEVELS = ("red", "orange", "yellow", "blue")

FLOW = (
    "due_count", "checked_count", "late_count", "missed_count", "points_due", "points_covered", "general_count", "major_count",
    "confirmed_count", "submitted_count", "rectified_count", "deadline_count", "on_time_count", "inspection_count",
    "notice_count", "reply_due_count", "replied_count",
)  # fmt: skip
STOCK = (
    "active_enterprises", "suspended_enterprises", "filed_enterprises", "filed_lists", "red_points", "orange_points",
    "yellow_points", "blue_points", "red_active", "open_general", "open_major", "to_confirm", "to_rectify", "to_recheck",
    "listed_count", "licence_count",
)  # fmt: skip
DATED = ("owed_count", "licences_ending", "seen_enterprises")
MEASURES = (*FLOW, *STOCK, *DATED)


class Kind(StrEnum):
    ENTERPRISE = "enterprise"
    POINT = "risk_point"
    LIST = "risk_list"
    TASK = "check_task"
    HAZARD = "hazard"
    LICENCE = "licence"
    SUPERVISION = "supervision"
    INSPECTION = "inspection"
    NOTICE = "notice"
    RECEIPT = "notice_receipt"
    SIGN_IN = "sign_in"


class Grain(StrEnum):
    """What the start of a bucket means: a period, now, or the day from which something is late."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    NOW = "now"
    OWED = "owed"  # The deadline of hazards that wait for the enterprise.
    ENDING = "ending"  # The last day of licences.
    SEEN = "seen"  # The day on which enterprises were last here.


class Key(NamedTuple):
    grain: str
    start: date
    region: str
    industry: str
    unit_id: str


class Mark(NamedTuple):
    """One point in one period: distinct points are counted by whether any of their tasks counts."""

    grain: str
    start: date
    region: str
    industry: str
    unit_id: str
    point_id: str


# What one image adds where: the kind of bucket, its start, the place, the measures.
Spread = list[tuple[str, date, list[str], dict[str, int]]]
Cells = dict[Key, Counter[str]]
Marks = dict[Mark, tuple[int, int]]
