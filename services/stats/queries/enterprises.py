"""The board of one enterprise by unit, figures by risk point, and the enterprises that do not use the system."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from services.enterprise.contract.reference import find_reference
from services.kernel import paging, region
from services.kernel.errors import NotFound
from services.kernel.service import handles
from services.kernel.work import Work
from services.stats.contract import reports as contract
from services.stats.domain.buckets import FLOW, TOTAL, Grain, Kind
from services.stats.domain.cells import CLOSED, STEPS
from services.stats.domain.periods import ONLINE_WITHIN, Period, end_of, start_of
from services.stats.domain.rates import derived
from services.stats.queries.remembered import total
from services.stats.queries.reports import span
from services.stats.queries.sums import DISTINCT, Selection
from services.stats.tables import counted, enterprise_figure, enterprise_ref, mark, org_unit_ref, presence

POINTS = ("red_points", "orange_points", "yellow_points", "blue_points")
COUNTING = sorted(CLOSED.union(*STEPS.values()))


@handles(contract.SHOW_BOARD)
def show_board(work: Work, period: str, day: date | None, enterprise_id: str | None) -> dict[str, Any]:
    """The units of the enterprise, and what belongs to none of them, so that they add up to the whole."""
    wanted = enterprise_id or work.caller.enterprise_id
    if wanted is None or find_reference(work, enterprise_ref, wanted) is None:
        raise NotFound("enterprise.not_found", "没有找到该企业")
    chosen, on = Period(period), day or work.today
    return {
        "enterprise_id": wanted,
        **span(work, chosen, on),
        "total": total(work, Selection(enterprise_id=wanted), chosen, on),
        "units": _units(work, wanted, chosen, on),
    }


def _units(work: Work, enterprise_id: str, period: Period, day: date) -> list[dict[str, Any]]:
    of, first = enterprise_figure.c, start_of(period, day)
    adding = Grain.DAY if period == Period.WEEK else Grain(period)
    days = sa.and_(of.grain == adding, of.start.between(first, end_of(period, day)))
    inside = sa.or_(days, sa.and_(of.grain == str(period), of.start == first), of.grain == Grain.NOW)
    grains = dict.fromkeys(FLOW, adding) | dict.fromkeys(DISTINCT, Grain(period)) | dict.fromkeys(POINTS, Grain.NOW)
    sums = [sa.func.coalesce(sa.func.sum(of[n]).filter(of.grain == grain), 0).label(n) for n, grain in grains.items()]
    mine = sa.and_(of.enterprise_id == enterprise_id, work.within(enterprise_figure))
    query = sa.select(of.unit_id, *sums).where(mine, inside).group_by(of.unit_id)
    found = {row["unit_id"]: {n: int(row[n]) for n in grains} for row in work.session.execute(query).mappings()}
    whole = found.pop(TOTAL, dict.fromkeys(grains, 0))
    names = _names(work, enterprise_id)
    rows = [
        {"unit_id": unit, **names.get(unit, {}), **derived(counts)}
        for unit, counts in sorted(found.items(), key=lambda each: (names.get(each[0], {}).get("name") or "", each[0]))
    ]
    # A point may stand on the lists of several units, so that distinct points do not add up and have no rest.
    rest = {n: whole[n] - sum(counts[n] for counts in found.values()) for n in FLOW if n not in DISTINCT}
    if any(rest.values()):
        rows.append({"unit_id": None, "name": "未归属单元", "tier": None, **derived({**dict.fromkeys(grains, 0), **rest})})
    return rows


def _names(work: Work, enterprise_id: str) -> dict[str, dict[str, str]]:
    of = org_unit_ref.c
    query = sa.select(of.id, of.name, of.tier).where(of.enterprise_id == enterprise_id, work.within(org_unit_ref))
    return {row.id: {"name": row.name, "tier": row.tier} for row in work.session.execute(query)}


@handles(contract.LIST_RISK_POINT_FIGURES)
def list_risk_point_figures(
    work: Work, limit: int, cursor: str | None, month: str | None, level: str | None, **selected: Any
) -> dict[str, Any]:
    """Points on filed lists with what happened at them in a month, those without a check too."""
    of = counted.c
    stands = sa.and_(of.kind == Kind.POINT, sa.func.jsonb_array_length(of.image["units"]) > 0)
    query = sa.select(
        of.id.label("point_id"), of.enterprise_id, of.image["name"].astext.label("name"), of.image["level"].astext.label("level")
    )
    query = query.where(
        work.within(counted), stands, *_chosen(of, **{n: selected.get(n) for n in ("region", "industry", "enterprise_id")})
    )
    if level:
        query = query.where(of.image["level"].astext == level)
    found = paging.page(work.session, query, [of.region, of.id], limit, cursor, descending=False)
    first = date.fromisoformat(f"{month}-01") if month else work.today.replace(day=1)
    checks, hazards, names = (
        _checks(work, found["items"], first),
        _hazards(work, found["items"], first),
        _owners(work, found["items"]),
    )
    for item in found["items"]:
        due, covered = checks.get(item["point_id"], (0, 0))
        item |= {"due_count": due, "checked_count": covered, "hazard_count": hazards.get(item["point_id"], 0)}
        item["enterprise_name"] = names.get(item["enterprise_id"])
    return found


def _checks(work: Work, items: list[dict[str, Any]], first: date) -> dict[str, tuple[int, int]]:
    of = mark.c
    at = sa.tuple_(of.enterprise_id, of.point_id).in_([(i["enterprise_id"], i["point_id"]) for i in items])
    inside = sa.and_(of.grain == Grain.MONTH, of.start == first, of.unit_id == TOTAL, work.within(mark))
    query = sa.select(of.point_id, sa.func.sum(of.due), sa.func.sum(of.covered)).where(inside, at).group_by(of.point_id)
    return {row[0]: (row[1], row[2]) for row in work.session.execute(query)} if items else {}


def _hazards(work: Work, items: list[dict[str, Any]], first: date) -> dict[str, int]:
    of = counted.c
    day, status = of.image["day"].astext, of.image["status"].astext
    inside = sa.and_(day >= first.isoformat(), day <= end_of(Period.MONTH, first).isoformat(), status.in_(COUNTING))
    at = of.point_id.in_([i["point_id"] for i in items])
    query = sa.select(of.point_id, sa.func.count()).where(of.kind == Kind.HAZARD, at, inside, work.within(counted))
    return {row[0]: row[1] for row in work.session.execute(query.group_by(of.point_id))} if items else {}


def _owners(work: Work, items: list[dict[str, Any]]) -> dict[str, str]:
    of = enterprise_ref.c
    query = sa.select(of.enterprise_id, of.name).where(
        of.enterprise_id.in_({i["enterprise_id"] for i in items}), work.within(enterprise_ref)
    )
    return {row.enterprise_id: row.name for row in work.session.execute(query)}


@handles(contract.LIST_OFFLINE)
def list_offline_enterprises(
    work: Work, limit: int, cursor: str | None, region: str | None, industry: str | None, **page: Any
) -> dict[str, Any]:
    """Active enterprises that do not count as online, so that list and count agree."""
    of, at = enterprise_ref.c, presence.c
    lists = sa.select(counted.c.id).where(counted.c.enterprise_id == of.enterprise_id, counted.c.kind == Kind.ENTERPRISE)
    has_list = sa.exists(lists.where(counted.c.image["filed"].as_boolean()))
    query = sa.select(of.enterprise_id, of.name, of.region, of.industry, at.seen_at, has_list.label("has_filed_list"))
    is_online = sa.and_(at.counts, at.seen_at >= work.now - ONLINE_WITHIN)
    query = query.outerjoin(presence, at.enterprise_id == of.enterprise_id)
    query = query.where(work.within(enterprise_ref), of.status == "active", sa.func.coalesce(is_online, sa.false()).is_(False))
    return paging.page(
        work.session, query.where(*_chosen(of, region=region, industry=industry)), [of.region, of.enterprise_id], limit, cursor,
        descending=False,
    )  # fmt: skip


def _chosen(columns: Any, **wanted: str | None) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if place := wanted.get("region"):
        low, high = region.span(region.prefix(place))
        found.append(sa.and_(columns.region >= low, columns.region < high))
    if industry := wanted.get("industry"):
        found.append(columns.industry.startswith(industry, autoescape=True))
    if enterprise_id := wanted.get("enterprise_id"):
        found.append(columns.enterprise_id == enterprise_id)
    return found
