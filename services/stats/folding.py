"""The fold: what is pending becomes figures, in one transaction a turn.

For each aggregate the image counted so far is compared with the image of now, and only the difference is added to the
rollups.  Reactions never touch a rollup and the fold never touches what reactions write, so that neither waits for the
other and buckets that everybody uses are written by one hand, in the order of their keys.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from services.kernel import clock
from services.kernel.work import Work
from services.stats import repository
from services.stats.domain.buckets import MEASURES, TOTAL, Cells, Key, Kind, Mark, Marks
from services.stats.domain.cells import cells, marks
from services.stats.domain.events import FiguresChanged
from services.stats.domain.images import Contribution, Known, image
from services.stats.tables import counted, mark, pending, presence

BATCH = 2000
FIGURES = "00000000-0000-7000-8000-000000000001"  # The figures of the deployment are one subject, of ever newer versions.
# Rows to be added are JSON, of which each names only what it adds to: to write out forty columns a row was most of the fold's work.
_ENTERPRISE = "enterprise_id, grain, start, unit_id, region, industry"
_REGION = "grain, start, region, industry"
_GIVEN = ", ".join(f"coalesce({name}, 0)" for name in MEASURES)
_SUMS = ", ".join(f"{name} = old.{name} + excluded.{name}" for name in MEASURES)
_ADD_OF_ENTERPRISES = sa.text(
    f"INSERT INTO enterprise_figure AS old ({_ENTERPRISE}, {', '.join(MEASURES)}) SELECT {_ENTERPRISE}, {_GIVEN}"
    " FROM json_populate_recordset(CAST(NULL AS enterprise_figure), CAST(:rows AS json))"
    f" ON CONFLICT ({_ENTERPRISE}) DO UPDATE SET {_SUMS}"
)
_ADD_OF_REGIONS = sa.text(
    f"INSERT INTO region_figure AS old ({_REGION}, {', '.join(MEASURES)}) SELECT {_REGION}, {_GIVEN}"
    " FROM json_populate_recordset(CAST(NULL AS region_figure), CAST(:rows AS json))"
    f" ON CONFLICT ({_REGION}) DO UPDATE SET {_SUMS}"
)
Deltas = dict[tuple[str, Key], Counter[str]]
MarkDeltas = dict[tuple[str, Mark], list[int]]


def fold(work: Work, most: int = BATCH) -> int:
    """Count anew up to so many of what is pending, and announce once what has changed; how many were taken."""
    if work.session.scalar(sa.select(sa.exists(sa.select(pending.c.position)))) is not True:
        return 0
    turn = work.next_number("fold")  # Folds wait for each other here.
    taken = repository.take_pending(work, most)
    for kind, enterprise_id, since in taken:
        if kind == repository.PLACE:
            repository.spread_place(work, enterprise_id, since)
    deltas, mark_deltas = _differences(work, {(kind, each) for kind, each, _ in taken if kind != repository.PLACE})
    _distinct(work, mark_deltas, deltas)
    touched = {each: {m: n for m, n in change.items() if n} for each, change in deltas.items()}
    touched = {each: change for each, change in touched.items() if change}
    add(work, touched)
    if touched:
        _announce(work, turn, touched)
    return len(taken)


def _differences(work: Work, wanted: set[tuple[str, str]]) -> tuple[Deltas, MarkDeltas]:
    """What the newest images add and the counted ones no longer do; the newest are the counted ones from now on."""
    found = repository.contributions(work, wanted)
    found |= repository.contributions(work, _meet(work, found.values()) - found.keys())
    enterprises = {one.enterprise_id for one in found.values()}
    known, seen = repository.known(work, enterprises), repository.seen(work, enterprises)
    for each, at in seen.items():
        known[each].seen_on = clock.day_of(at)
    lines = repository.lines(work, [each for kind, each in found if kind == Kind.POINT])
    before = repository.images(work, found)
    deltas: Deltas = {}
    mark_deltas: MarkDeltas = {}
    rows = []
    for name, one in found.items():
        now = image(one, known[one.enterprise_id], lines.get(one.id, []))
        if now == (then := before.get(name)):
            continue
        rows.append(_row(one, known[one.enterprise_id], now))
        for sign, picture in ((-1, then), (1, now)):
            if picture is not None:
                collect(deltas, one.enterprise_id, cells(one.kind, picture), sign)
                _collect_marks(mark_deltas, one.enterprise_id, marks(one.kind, picture), sign)
    _keep_images(work, rows)
    return deltas, mark_deltas


def _meet(work: Work, found: Iterable[Contribution]) -> set[tuple[str, str]]:
    """Move on when enterprises were last here; those for whom that is another day count anew."""
    latest: dict[str, tuple[datetime, Contribution]] = {}
    for one in found:
        if moment := one.facts.get("at" if one.kind == Kind.SIGN_IN else "done_at"):
            at = datetime.fromisoformat(moment)
            if one.enterprise_id not in latest or latest[one.enterprise_id][0] < at:
                latest[one.enterprise_id] = (at, one)
    before = repository.seen(work, set(latest))
    news = {each: at for each, (at, _) in sorted(latest.items()) if each not in before or before[each] < at}
    rows = [{"enterprise_id": each, **latest[each][1].place._asdict(), "seen_at": at, "counts": False} for each, at in news.items()]
    if rows:
        new = insert(presence)
        moved_on = new.on_conflict_do_update(index_elements=["enterprise_id"], set_={"seen_at": new.excluded.seen_at})
        work.session.execute(moved_on.returning(presence.c.enterprise_id), rows)
    is_same_day = {each for each, at in news.items() if each in before and clock.day_of(before[each]) == clock.day_of(at)}
    return {(Kind.ENTERPRISE, each) for each in news.keys() - is_same_day}


def _row(one: Contribution, known: Known, now: dict[str, Any]) -> dict[str, Any]:
    place = known.here or one.place
    return {
        "id": one.id, "kind": one.kind, "enterprise_id": one.enterprise_id, "region": place.region, "industry": place.industry,
        "point_id": one.point_id, "image": now,
    }  # fmt: skip


def _keep_images(work: Work, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    new = insert(counted)
    changed = {name: new.excluded[name] for name in ("enterprise_id", "region", "industry", "point_id", "image")}
    kept = new.on_conflict_do_update(index_elements=["id", "kind"], set_=changed)
    work.session.execute(kept.returning(counted.c.id), rows)
    for row in rows:
        if row["kind"] == Kind.ENTERPRISE:
            now = row["image"]
            counts = now["status"] == "active" and now["filed"]
            standing = {"region": row["region"], "industry": row["industry"], "counts": counts}
            work.session.execute(sa.update(presence).where(presence.c.enterprise_id == row["id"]).values(standing))


def collect(deltas: Deltas, enterprise_id: str, found: Cells, sign: int) -> None:
    """Add (or take away) what one image gives."""
    for key, measures in found.items():
        into = deltas.setdefault((enterprise_id, key), Counter())
        for measure, number in measures.items():
            into[measure] += sign * number


def _collect_marks(deltas: MarkDeltas, enterprise_id: str, found: Marks, sign: int) -> None:
    for each, (due, covered) in found.items():
        into = deltas.setdefault((enterprise_id, each), [0, 0])
        into[0] += sign * due
        into[1] += sign * covered


def _distinct(work: Work, mark_deltas: MarkDeltas, deltas: Deltas) -> None:
    """A point counts once in a period: when its first task comes it is added, when its last one goes it is taken away."""
    changed = {each: delta for each, delta in mark_deltas.items() if any(delta)}
    if not changed:
        return
    names = ("grain", "start", "region", "industry", "unit_id", "point_id")
    rows = [
        {"enterprise_id": enterprise_id, **dict(zip(names, each, strict=True)), "due": delta[0], "covered": delta[1]}
        for (enterprise_id, each), delta in sorted(changed.items())
    ]
    new = insert(mark)
    key = [column.name for column in mark.primary_key]
    added = {name: mark.c[name] + new.excluded[name] for name in ("due", "covered")}
    upsert = new.on_conflict_do_update(index_elements=key, set_=added).returning(mark)
    for row in work.session.execute(upsert, rows):
        delta = changed[(row.enterprise_id, Mark(*(getattr(row, name) for name in names)))]
        bucket = Key(row.grain, row.start, row.region, row.industry, row.unit_id)
        into = deltas.setdefault((row.enterprise_id, bucket), Counter())
        into["points_due"] += int(row.due > 0) - int(row.due - delta[0] > 0)
        into["points_covered"] += int(row.covered > 0) - int(row.covered - delta[1] > 0)


def add(work: Work, touched: dict[tuple[str, Key], dict[str, int]]) -> None:
    """Add differences to the rollups, bucket by bucket in the order of their keys."""
    sums: dict[tuple[str, date, str, str], Counter[str]] = {}
    rows = []
    for (enterprise_id, key), measures in sorted(touched.items()):
        rows.append({"enterprise_id": enterprise_id, **key._asdict(), **measures})
        if key.unit_id == TOTAL:
            sums.setdefault((key.grain, key.start, county(key.region), key.industry), Counter()).update(measures)
    _upsert(work, _ADD_OF_ENTERPRISES, rows)
    names = ("grain", "start", "region", "industry")
    _upsert(work, _ADD_OF_REGIONS, [{**dict(zip(names, key, strict=True)), **sums[key]} for key in sorted(sums)])


def county(region: str) -> str:
    """The bucket of a region: its county, or the functional area."""
    return region[:6]


def _upsert(work: Work, adding: sa.TextClause, rows: list[dict[str, Any]]) -> None:
    if rows:
        work.session.execute(adding, {"rows": orjson.dumps(rows).decode()})


def _announce(work: Work, turn: int, touched: Iterable[tuple[str, Key]]) -> None:
    """Say which counties and industries have other figures now."""
    keys = [key for _, key in touched]
    buckets = [{"kind": "region", "key": each} for each in sorted({county(key.region) for key in keys})]
    buckets += [{"kind": "industry", "key": each} for each in sorted({key.industry for key in keys} - {""})]
    place = work.deployment
    state = {
        "id": FIGURES, "enterprise_id": None, "region": place, "industry": None, "version": turn, "day": work.today,
        "buckets": buckets,
    }  # fmt: skip
    work.announce(FiguresChanged.type, FIGURES, place, {"state": state, "fact": {}})
