"""Hazards by number: spread over the last two years, over all enterprises and all states, the newest last."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from bench.generate.copying import copy
from bench.generate.enterprises import Enterprise
from bench.generate.moments import id_at, midnight
from services.kernel import clock

STRIDE = 7919  # Neighbours in time lie at enterprises far apart.
SPAN = 730 * 24 * 3600.0
# Of a hundred hazards seven are open, in these states; the others are closed.
OPEN = {
    3: "registered",
    17: "rectifying",
    31: "rectifying",
    47: "extension_pending",
    59: "pending_recheck",
    73: "rectifying",
    97: "returned",
}
PLACES = ("一车间东侧", "危化品库房", "锅炉房", "配电室", "尾矿库坝体", "装卸平台", "有限空间作业点", "办公楼三层")
WORDS = ("安全防护装置缺失", "消防通道被占用", "电气线路老化", "未设置警示标志", "可燃气体报警器失效", "作业人员未佩戴防护用品")
CATEGORIES = ("people", "thing", "environment", "management")
COLUMNS = [
    "id", "enterprise_id", "region", "industry", "version", "number", "source", "hazard_class", "status", "suspected_major",
    "place", "category", "description", "photos", "found_at", "found_by", "found_by_name", "registered_at", "confirmed_at",
    "deadline_on", "first_deadline_on", "term_from_on", "extensions", "measure", "closed_at", "after_photos", "attempts",
    "is_report_late", "progress", "is_acceptance_late", "listed",
]  # fmt: skip


def rows(first: int, last: int, total: int, enterprises: int) -> Iterator[tuple[Any, ...]]:
    """The hazards numbered from ``first`` up to ``last`` of ``total``."""
    owners = [(one.id, one.region, one.industry) for one in map(Enterprise, range(enterprises))]
    step, start, year = SPAN / total, midnight(), clock.day_of(midnight()).year
    for number in range(first, last):
        # Ids of years ago: lists sort by them, and the newest stand on the first page.
        seconds = (number - total) * step
        found = start + timedelta(seconds=seconds)
        day = found.date()
        status = OPEN.get(number % 100, "closed" if number % 3 else "closed_on_site")
        limited = status != "closed_on_site"
        deadline = day + timedelta(days=15) if limited else None
        closed = None if number % 100 in OPEN else found + timedelta(days=3)
        confirmed = None if status == "registered" else found
        owner = owners[number * STRIDE % enterprises]
        name = WORDS[number % 6]
        yield (
            id_at(seconds, 2, number), *owner, 4, f"YH{owner[1][:6]}{year}{number:09d}", "self_check",
            "general_limited" if limited else "general_on_site", status, False, PLACES[number % 8], CATEGORIES[number % 4],
            f"{name}，第{number}次排查时发现，需要整改", [], found, f"account-{number % 97}", "检查人员", found, confirmed,
            deadline, deadline, day if limited else None, 0, f"消除“{name}”", closed, [], 0, False, 0, False, False,
        )  # fmt: skip


def load(url: str, first: int, last: int, total: int, enterprises: int) -> int:
    """Copy hazards into the hazard service's database."""
    return copy(url, "hazard", COLUMNS, rows(first, last, total, enterprises))
