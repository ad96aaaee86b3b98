"""Figures along time: month by month with comparisons, and day by day."""

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from services.kernel.errors import Invalid
from services.kernel.service import handles
from services.kernel.work import Work
from services.stats.contract import reports as contract
from services.stats.domain.buckets import FLOW, Grain
from services.stats.domain.periods import Period, end_of, is_final, months_later
from services.stats.domain.rates import change, derived, difference
from services.stats.queries.sums import Selection

LONGEST, USUAL = 366, 30  # Days of a trend.
RATES = ("check_rate", "rectified_rate")


@handles(contract.LIST_MONTHLY_FIGURES)
def list_monthly_figures(
    work: Work, year: int | None, region: str | None, industry: str | None, enterprise_id: str | None, **page: Any
) -> dict[str, Any]:
    """The months of a year up to the present one, each beside the month before and the same month a year before."""
    first = date(year or work.today.year, 1, 1)
    found = _series(
        work, Selection(region, industry, enterprise_id), Grain.MONTH, months_later(first, -12), date(first.year, 12, 31)
    )
    months = [month for month in (months_later(first, n) for n in range(12)) if month <= work.today]
    items = []
    for month in months:
        now, before, year_before = (
            derived(found.get(m, _NOTHING)) for m in (month, months_later(month, -1), months_later(month, -12))
        )
        last = end_of(Period.MONTH, month)
        items.append(
            {"month": f"{month:%Y-%m}", "is_final": is_final(last, work.now), **now, **_compared(now, before, year_before)}
        )
    return {"items": items, "next_cursor": None}


@handles(contract.SHOW_TREND)
def show_trend(work: Work, from_on: date | None, to_on: date | None, **selected: Any) -> dict[str, Any]:
    """Every day of a span of at most a year, those without figures too."""
    last = to_on or work.today
    first = from_on or last - timedelta(days=USUAL - 1)
    if not timedelta() <= last - first < timedelta(days=LONGEST):
        raise Invalid("trend.bad_span", "起止日期应先后相接且不超过一年", from_on="起始日不晚于截止日，且不超过一年")
    found = _series(work, Selection(**selected), Grain.DAY, first, last)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return {"items": [{"day": day, **derived(found.get(day, _NOTHING))} for day in days]}


_NOTHING = dict.fromkeys(FLOW, 0)


def _series(work: Work, selection: Selection, grain: Grain, first: date, last: date) -> dict[date, dict[str, int]]:
    table = selection.table(work)
    sums = [sa.cast(sa.func.sum(table.c[name]), sa.BigInteger).label(name) for name in FLOW]
    inside = sa.and_(table.c.grain == grain, table.c.start.between(first, last))
    query = sa.select(table.c.start, *sums).where(*selection.of(work, table), inside).group_by(table.c.start)
    return {row["start"]: {name: row[name] for name in FLOW} for row in work.session.execute(query).mappings()}


def _compared(now: dict[str, Any], before: dict[str, Any], year_before: dict[str, Any]) -> dict[str, Any]:
    found = {
        "hazard_change": change(now["hazard_count"], before["hazard_count"]),
        "hazard_change_year": change(now["hazard_count"], year_before["hazard_count"]),
    }
    for name in RATES:
        found[f"{name}_change"] = difference(now[name], before[name])
        found[f"{name}_change_year"] = difference(now[name], year_before[name])
    return found
