"""Overviews and reports over one period: the whole, by region, by industry; rankings and the funnel of hazards."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from services.kernel.service import handles
from services.kernel.work import Work
from services.stats.contract import indicators
from services.stats.contract import reports as contract
from services.stats.domain.periods import Period, end_of, is_final, start_of
from services.stats.domain.rates import derived, ranked, rate
from services.stats.queries import places
from services.stats.queries.remembered import total
from services.stats.queries.sums import Selection, empty, whole

VERSION = "2026.2"
STEPS = {"hazard_count": "发现隐患", "confirmed_count": "确认", "submitted_count": "提交整改", "rectified_count": "销号"}


@handles(contract.SHOW_OVERVIEW)
def show_overview(work: Work, period: str, day: date | None, **selected: Any) -> dict[str, Any]:
    found = total(work, Selection(**selected), Period(period), day or work.today)
    return {**span(work, Period(period), day or work.today), **found}


@handles(contract.LIST_REGION_FIGURES)
def list_region_figures(
    work: Work, period: str, day: date | None, region: str | None, industry: str | None, **page: Any
) -> dict[str, Any]:
    """A row for each part of the region, those without figures too."""
    found, division = _by_region(work, period, day, region, industry)
    items = [
        {"region": code, "name": division.rows.get(code, {}).get("name"), **figures} for code, figures in sorted(found.items())
    ]
    return {"items": items, "next_cursor": None}


@handles(contract.LIST_INDUSTRY_FIGURES)
def list_industry_figures(
    work: Work, period: str, day: date | None, region: str | None, industry: str | None, **page: Any
) -> dict[str, Any]:
    """A row for each trade, or for each of its branches when one is chosen."""

    def group(columns: Any) -> sa.ColumnElement[Any]:
        return columns.industry if industry else sa.func.left(columns.industry, 2)

    found = whole(work, Selection(region, industry), Period(period), day or work.today, group)
    names = places.names_of_industries(work)
    items = [{"industry": code, "name": names.get(code), **figures} for code, figures in sorted(found.items())]
    return {"items": items, "next_cursor": None}


@handles(contract.SHOW_RANKING)
def show_ranking(work: Work, period: str, day: date | None, region: str | None, industry: str | None, by: str) -> dict[str, Any]:
    """Regions from the highest value down; those without a base are left out."""
    found, division = _by_region(work, period, day, region, industry)
    order = ranked({code: figures[by] for code, figures in found.items()})
    names = {code: row["name"] for code, row in division.rows.items()}
    return {"items": [{"rank": r, "region": code, "name": names.get(code), "value": value} for r, code, value in order]}


@handles(contract.SHOW_FUNNEL)
def show_funnel(work: Work, period: str, day: date | None, **selected: Any) -> dict[str, Any]:
    found = total(work, Selection(**selected), Period(period), day or work.today)
    items = [
        {"code": code, "label": label, "count": found[code], "rate": rate(found[code], found["hazard_count"])}
        for code, label in STEPS.items()
    ]
    return {"items": items}


@handles(contract.LIST_INDICATORS)
def list_indicators(work: Work) -> dict[str, Any]:
    return {"version": VERSION, "items": indicators.INDICATORS}


def span(work: Work, period: Period, day: date) -> dict[str, Any]:
    last = end_of(period, day)
    return {"from_on": start_of(period, day), "to_on": last, "is_final": is_final(last, work.now)}


def _by_region(
    work: Work, period: str, day: date | None, region: str | None, industry: str | None
) -> tuple[dict[str, dict[str, Any]], places.Division]:
    division = places.division(work, region)
    selection = Selection(region, industry, by_township=division.level == "township")
    found = {code: derived(empty()) for code in division.rows}
    return found | whole(work, selection, Period(period), day or work.today, division.group), division
