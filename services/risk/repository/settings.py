"""The working calendar, and what authorities demand on lists."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa
from chinese_calendar import constants  # type: ignore[import-untyped]
from sqlalchemy.dialects.postgresql import insert

from services.kernel import region
from services.kernel.errors import Conflict
from services.kernel.work import Work
from services.risk.domain.calendar import SATURDAY, Calendar, Year
from services.risk.domain.mandatory_item import MandatoryItem
from services.risk.tables import mandatory_item, work_calendar


@cache
def published() -> dict[int, Year]:
    """The years that the State Council has published, as the calendar library knows them."""
    years = {day.year for day in constants.holidays}
    return {
        year: Year(
            frozenset(d for d in constants.holidays if d.year == year and d.weekday() < SATURDAY),
            frozenset(d for d in constants.workdays if d.year == year and d.weekday() >= SATURDAY),
        )
        for year in years
    }


def calendar(work: Work, years: Iterable[int]) -> Calendar:
    """The years asked for: as the administrator has set them, else as published, else absent."""
    wanted = set(years)
    found = {year: days for year, days in published().items() if year in wanted}
    rows = work.session.execute(sa.select(work_calendar).where(work_calendar.c.year.in_(wanted))).mappings()
    return Calendar(found | {r["year"]: Year(frozenset(r["holidays"]), frozenset(r["workdays"])) for r in rows})


def calendar_version(work: Work, year: int) -> int:
    query = sa.select(work_calendar.c.version).where(work_calendar.c.year == year)
    return work.session.scalar(query) or 0


def set_calendar(work: Work, year: int, holidays: list[date], workdays: list[date], version: int) -> None:
    row = {"year": year, "holidays": sorted(set(holidays)), "workdays": sorted(set(workdays))}
    new = insert(work_calendar).values(row | {"version": version + 1})
    unchanged = work_calendar.c.version == version
    kept = new.on_conflict_do_update(index_elements=["year"], set_=row | {"version": version + 1}, where=unchanged)
    _require(work.session.execute(kept).rowcount)  # type: ignore[attr-defined]
    work.note(f"work_calendar:{year}", row)


def _require(rows: int) -> None:
    if not rows:
        raise Conflict("version.stale", "该记录已被他人修改，请刷新后重试")


def mandatory(work: Work, place: str, industry: str | None) -> dict[str, MandatoryItem]:
    """What the authorities above an enterprise demand of its industry today."""
    of = mandatory_item.c
    chain = [place, *region.ancestors(place)]
    found = work.session.scalars(sa.select(MandatoryItem).where(of.region.in_(chain)).order_by(of.id))
    return {each.id: each for each in found if each.holds(work.today) and each.concerns(industry)}


def shown_calendar(work: Work, year: int) -> dict[str, Any]:
    """One year as people read it, with a warning while it is not published."""
    found = calendar(work, [year])
    days = found.years.get(year, Year(frozenset(), frozenset()))
    warning = None if found.is_published(year) else f"{year}年的工作日历尚未发布，暂按周一至周五为工作日计算"
    shown = {"year": year, "holidays": sorted(days.holidays), "workdays": sorted(days.workdays), "warning": warning}
    return shown | {"is_published": warning is None, "version": calendar_version(work, year)}
