"""Sums over the rollups: of counties where the caller sees whole counties, else of the enterprises he sees.

Every overview is two statements over rollups, whose rows are as many as counties times industries however many
enterprises there are; only callers bound to townships or to named enterprises are summed enterprise by enterprise.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from services.kernel import clock, region
from services.kernel.caller import ALL
from services.kernel.work import Work
from services.stats.domain.buckets import FLOW, STOCK, TOTAL, Grain
from services.stats.domain.periods import EXPIRING_DAYS, ONLINE_WITHIN, Period, end_of, start_of
from services.stats.domain.rates import derived
from services.stats.tables import enterprise_figure, presence, region_figure

DISTINCT = ("points_due", "points_covered")
COUNTY_DIGITS = 6
Group = Callable[[Any], sa.ColumnElement[Any]]
Counts = dict[str, int]


@dataclass(frozen=True)
class Selection:
    """A part of what the caller may see; nothing chosen is all of it."""

    region: str | None = None
    industry: str | None = None
    enterprise_id: str | None = None
    by_township: bool = False

    def table(self, work: Work) -> sa.Table:
        """The coarsest rollup that can answer."""
        scope = work.caller.scope
        is_finer = any(len(place) > COUNTY_DIGITS for place in (*scope.regions, region.prefix(self.region) if self.region else ""))
        if is_finer or self.by_township or self.enterprise_id or scope.enterprises != ALL:
            return enterprise_figure
        return region_figure

    def of(self, work: Work, table: sa.Table) -> list[sa.ColumnElement[bool]]:
        """The selection and the caller's scope as conditions."""
        found = [work.within(table)]
        if "unit_id" in table.c:
            found.append(table.c.unit_id == TOTAL)
        if self.region:
            low, high = region.span(region.prefix(self.region))
            found.append(sa.and_(table.c.region >= low, table.c.region < high))
        if self.industry:
            found.append(table.c.industry.startswith(self.industry, autoescape=True))
        if self.enterprise_id:
            found.append(table.c.enterprise_id == self.enterprise_id)
        return found


def everything(_: Any) -> sa.ColumnElement[Any]:
    return sa.literal("")


def flows(work: Work, selection: Selection, period: Period, day: date, group: Group = everything) -> dict[str, Counts]:
    """What happened in the day, week or month around ``day``, group by group."""
    table = selection.table(work)
    first, last, of = start_of(period, day), end_of(period, day), table.c
    # Days of a week are added up; points that are distinct within the week have a bucket of their own.
    adding = Grain.DAY if period == Period.WEEK else Grain(period)
    inside = sa.or_(sa.and_(of.grain == adding, of.start.between(first, last)), sa.and_(of.grain == str(period), of.start == first))
    columns = [_sum(of[name], of.grain == (str(period) if name in DISTINCT else adding)).label(name) for name in FLOW]
    return _grouped(work, table, group, columns, [*selection.of(work, table), inside])


def stocks(work: Work, selection: Selection, group: Group = everything) -> dict[str, Counts]:
    """How things stand now; what is overdue, expired or long not seen is found by today's date."""
    table = selection.table(work)
    of, today, since = table.c, work.today, work.now - ONLINE_WITHIN
    soon, boundary = today + timedelta(days=EXPIRING_DAYS), clock.day_of(since)
    is_owed, ends = of.grain == Grain.OWED, of.grain == Grain.ENDING
    columns = [_sum(of[name], of.grain == Grain.NOW).label(name) for name in STOCK]
    columns += [
        _sum(of.owed_count, sa.and_(is_owed, of.start < today)).label("overdue_count"),
        _sum(of.licences_ending, sa.and_(ends, of.start < today)).label("expired_licences"),
        _sum(of.licences_ending, sa.and_(ends, of.start.between(today, soon))).label("expiring_licences"),
        _sum(of.seen_enterprises, of.grain == Grain.SEEN).label("online_enterprises"),
    ]
    inside = sa.or_(
        of.grain == Grain.NOW,
        sa.and_(is_owed, of.owed_count > 0, of.start < today),
        sa.and_(ends, of.licences_ending > 0, of.start <= soon),
        sa.and_(of.grain == Grain.SEEN, of.start > boundary),
    )
    found = _grouped(work, table, group, columns, [*selection.of(work, table), inside])
    for key, number in _seen_on_the_first_day(work, selection, group).items():
        counts = found.setdefault(key, dict.fromkeys((*STOCK, *_DATED), 0))
        counts["online_enterprises"] += number
    return found


_DATED = ("overdue_count", "expired_licences", "expiring_licences", "online_enterprises")


def _seen_on_the_first_day(work: Work, selection: Selection, group: Group) -> dict[str, int]:
    """Of the day on which the 30 × 24 hours begin, only those who were here in its later part."""
    since = work.now - ONLINE_WITHIN
    hours = sa.and_(presence.c.counts, presence.c.seen_at >= since, presence.c.seen_at < clock.end_of(clock.day_of(since)))
    key = group(presence.c).label("key")
    query = sa.select(key, sa.func.count()).where(*selection.of(work, presence), hours).group_by(sa.text("1"))
    return {row[0]: row[1] for row in work.session.execute(query)}


def whole(work: Work, selection: Selection, period: Period, day: date, group: Group = everything) -> dict[str, dict[str, Any]]:
    """All indicators, group by group."""
    flow, stock = flows(work, selection, period, day, group), stocks(work, selection, group)
    return {key: derived({**empty(), **flow.get(key, {}), **stock.get(key, {})}) for key in flow.keys() | stock.keys()}


def empty() -> Counts:
    return dict.fromkeys((*FLOW, *STOCK, *_DATED), 0)


def _sum(column: sa.ColumnElement[int], where: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.cast(sa.func.coalesce(sa.func.sum(column).filter(where), 0), sa.BigInteger)


def _grouped(
    work: Work, table: sa.Table, group: Group, columns: list[Any], conditions: list[sa.ColumnElement[bool]]
) -> dict[str, Counts]:
    key = group(table.c).label("key")
    query = sa.select(key, *columns).where(*conditions).group_by(sa.text("1"))
    return {row["key"]: {n: v for n, v in row.items() if n != "key"} for row in work.session.execute(query).mappings()}
