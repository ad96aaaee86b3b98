"""The proof of the figures: everything is added up anew from its contributions and compared with the rollups.

An enterprise's rollups are compared with the images of what belongs to it, distinct points counted from the tasks
themselves, and a region's with the sum of its enterprises.  Images are compared with the newest contributions, save those
that are still to be counted.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from services.kernel import clock
from services.kernel.work import Work
from services.stats import repository
from services.stats.domain.buckets import MEASURES, TOTAL, Key, Kind
from services.stats.domain.cells import cells, marks
from services.stats.domain.images import image
from services.stats.folding import Deltas, add, collect, county
from services.stats.tables import contribution, counted, enterprise_figure, mark, pending, region_figure


@dataclass
class Recount:
    enterprises: int = 0
    cells: int = 0
    differing: int = 0

    def add(self, other: "Recount") -> None:
        self.enterprises += other.enterprises
        self.cells += other.cells
        self.differing += other.differing


def recount(work: Work, enterprise_ids: list[str] | None = None, repair: bool = False) -> Recount:
    """Compare, and on wish correct, the rollups of these enterprises, or of all with their regions."""
    work.next_number("fold")  # No fold runs beside this.
    found = Recount()
    wanted = enterprise_ids if enterprise_ids is not None else enterprises_with_figures(work)
    for each in wanted:
        _recount_enterprise(work, each, found, repair)
    if enterprise_ids is None:
        recount_regions(work, found, repair)
    return found


def enterprises_with_figures(work: Work) -> list[str]:
    return sorted(work.session.scalars(sa.union(*(sa.select(t.c.enterprise_id) for t in (counted, enterprise_figure, mark)))))


def _recount_enterprise(work: Work, enterprise_id: str, found: Recount, repair: bool) -> None:
    should: Deltas = {}
    due: dict[Key, Counter[str]] = defaultdict(Counter)
    tasks: dict[Any, list[int]] = {}
    rows = work.session.execute(sa.select(counted).where(counted.c.enterprise_id == enterprise_id)).all()
    for row in rows:
        collect(should, enterprise_id, cells(row.kind, row.image), 1)
        for each, (is_due, is_covered) in marks(row.kind, row.image).items():
            numbers = tasks.setdefault(each, [0, 0])
            numbers[0] += is_due
            numbers[1] += is_covered
    for each, (is_due, is_covered) in tasks.items():
        key = Key(each.grain, each.start, each.region, each.industry, each.unit_id)
        due[key].update({"points_due": int(is_due > 0), "points_covered": int(is_covered > 0)})
    for key, numbers_of_points in due.items():
        should.setdefault((enterprise_id, key), Counter()).update(numbers_of_points)
    wrong_images = _stale(work, enterprise_id, {(row.kind, row.id): row.image for row in rows})
    wrong_marks = _wrong_marks(work, enterprise_id, tasks)
    found.enterprises += 1
    found.differing += len(wrong_images) + len(wrong_marks) + _compare(work, enterprise_id, should, found, repair)
    if repair:
        repository.have_counted(work, wrong_images)
        _put_right(work, enterprise_id, wrong_marks)


def _stale(work: Work, enterprise_id: str, before: dict[Any, Any]) -> list[tuple[str, str]]:
    """What was counted otherwise than it stands, and is not waiting to be counted."""
    of = contribution.c
    names = {(row.kind, row.id) for row in work.session.execute(sa.select(of.kind, of.id).where(of.enterprise_id == enterprise_id))}
    now = repository.contributions(work, names)
    known = repository.known(work, {enterprise_id})[enterprise_id]
    if at := repository.seen(work, {enterprise_id}).get(enterprise_id):
        known.seen_on = clock.day_of(at)
    lines = repository.lines(work, [each for kind, each in now if kind == Kind.POINT])
    differing = [name for name, one in now.items() if image(one, known, lines.get(one.id, [])) != before.get(name)]
    waiting = {(row.kind, row.id) for row in work.session.execute(sa.select(pending.c.kind, pending.c.id))}
    return [] if (repository.PLACE, enterprise_id) in waiting else [name for name in differing if name not in waiting]


def _wrong_marks(work: Work, enterprise_id: str, tasks: dict[Any, list[int]]) -> dict[Any, list[int]]:
    names = ("grain", "start", "region", "industry", "unit_id", "point_id")
    stored = {
        tuple(getattr(row, name) for name in names): [row.due, row.covered]
        for row in work.session.execute(sa.select(mark).where(mark.c.enterprise_id == enterprise_id))
    }
    return {
        key: tasks.get(key, [0, 0]) for key in stored.keys() | tasks.keys() if stored.get(key, [0, 0]) != tasks.get(key, [0, 0])
    }


def _put_right(work: Work, enterprise_id: str, wrong: dict[Any, list[int]]) -> None:
    names = ("grain", "start", "region", "industry", "unit_id", "point_id")
    for key, (due, covered) in wrong.items():
        values = dict(zip(names, key, strict=True)) | {"enterprise_id": enterprise_id}
        work.session.execute(sa.delete(mark).where(*(mark.c[name] == value for name, value in values.items())))
        work.session.execute(sa.insert(mark).values(values | {"due": due, "covered": covered}))


def _compare(work: Work, enterprise_id: str, should: Deltas, found: Recount, repair: bool) -> int:
    stored: Deltas = {}
    for row in work.session.execute(sa.select(enterprise_figure).where(enterprise_figure.c.enterprise_id == enterprise_id)):
        key = Key(row.grain, row.start, row.region, row.industry, row.unit_id)
        stored[(enterprise_id, key)] = Counter({name: getattr(row, name) for name in MEASURES})
    wrong = _differences(should, stored, found)
    if repair and wrong:
        add(work, wrong)
    return sum(len(measures) for measures in wrong.values())


def _differences(should: Any, stored: Any, found: Recount) -> dict[Any, dict[str, int]]:
    """By how much each stored cell is too small."""
    wrong = {}
    for key in should.keys() | stored.keys():
        right, present = should.get(key, {}), stored.get(key, {})
        found.cells += len(MEASURES)
        lacking = {name: right.get(name, 0) - present.get(name, 0) for name in MEASURES}
        if lacking := {name: number for name, number in lacking.items() if number}:
            wrong[key] = lacking
    return wrong


def recount_regions(work: Work, found: Recount, repair: bool = False) -> None:
    """Each county has the sums of its enterprises; compared bucket by bucket, so that no statement reads everything."""
    buckets = sa.union(*(sa.select(table.c.grain, table.c.start) for table in (region_figure, enterprise_figure)))
    for grain, start in work.session.execute(buckets).all():
        _recount_bucket(work, grain, start, found, repair)


def _recount_bucket(work: Work, grain: str, start: date, found: Recount, repair: bool) -> None:
    of = enterprise_figure.c
    place = sa.func.left(of.region, 6).label("region")
    sums = [sa.cast(sa.func.sum(of[name]), sa.BigInteger).label(name) for name in MEASURES]
    inside = sa.and_(of.unit_id == TOTAL, of.grain == grain, of.start == start)
    query = sa.select(place, of.industry, *sums).where(inside).group_by(sa.text("1"), of.industry)
    should = _cells(work.session.execute(query))
    of = region_figure.c
    stored = _cells(work.session.execute(sa.select(region_figure).where(of.grain == grain, of.start == start)))
    wrong = _differences(should, stored, found)
    found.differing += sum(len(measures) for measures in wrong.values())
    for (region, industry), lacking in wrong.items() if repair else ():
        mine = sa.and_(of.grain == grain, of.start == start, of.region == region, of.industry == industry)
        added = {name: of[name] + number for name, number in lacking.items()}
        work.session.execute(sa.update(region_figure).where(mine).values(added))


def _cells(rows: Iterable[Any]) -> dict[Any, dict[str, int]]:
    return {(county(row.region), row.industry): {name: int(getattr(row, name)) for name in MEASURES} for row in rows}
