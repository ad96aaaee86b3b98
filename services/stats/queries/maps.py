"""Layers of the map: counts by region, coloured by the number of red points; and the grades themselves."""

from typing import Any

import sqlalchemy as sa

from services.kernel import paging
from services.kernel import region as regions
from services.kernel.contract import made
from services.kernel.service import handles
from services.kernel.work import Work
from services.stats.contract import layers as contract
from services.stats.domain.region_grade import DEFAULTS, colour
from services.stats.queries import places
from services.stats.queries.sums import Selection, empty, stocks
from services.stats.tables import region_grade, region_grade_history

# What each layer counts, under the names of its parts.
PARTS = {
    "regions": {"red": "red_active"},
    "risks": {"red": "red_points", "orange": "orange_points", "yellow": "yellow_points", "blue": "blue_points"},
    "enterprises": {"active": "active_enterprises", "suspended": "suspended_enterprises"},
    "hazards": {"general": "open_general", "major": "open_major"},
}


@handles(contract.SHOW_LAYER)
def show_layer(work: Work, layer: str, region: str | None, industry: str | None) -> dict[str, Any]:
    """Every part of the region with its counts; the colour is that of red points of active enterprises, whatever the layer."""
    division = places.division(work, region)
    found = dict.fromkeys(division.rows, empty())
    found |= stocks(work, Selection(region, industry, by_township=division.level == "township"), division.group)
    grades = {row["level"]: row["thresholds"] for row in in_force(work)}
    return {"layer": layer, "items": [_part(division, code, found[code], PARTS[layer], grades) for code in sorted(found)]}


def _part(
    division: places.Division, code: str, counts: dict[str, int], parts: dict[str, str], grades: dict[str, Any]
) -> dict[str, Any]:
    row = division.rows.get(code, {})
    level = regions.level(code) if division.level != "township" else "township"
    numbers = {name: counts[measure] for name, measure in parts.items()}
    return {
        "region": code,
        "name": row.get("name"),
        "longitude": float(row["lng"]) if row.get("lng") else None,
        "latitude": float(row["lat"]) if row.get("lat") else None,
        "level": level,
        "count": sum(numbers.values()),
        "parts": numbers,
        "colour": colour(counts["red_active"], grades[level]) if level in grades else None,
    }


@handles(contract.SHOW_GRADES)
def show_grades(work: Work) -> dict[str, Any]:
    return {"items": in_force(work)}


def in_force(work: Work) -> list[dict[str, Any]]:
    """The thresholds of each level: those that were set, else the standard ones."""
    columns = [region_grade.c[name] for name in ("level", "thresholds", "effective_at", "version")]
    found = {row["level"]: dict(row) for row in work.session.execute(sa.select(*columns)).mappings()}
    return [
        found.get(level) or {"level": level, "thresholds": standard, "effective_at": None, "version": 0}
        for level, standard in DEFAULTS.items()
    ]


@handles(contract.LIST_PAST_GRADES)
def list_past_grades(work: Work, limit: int, cursor: str | None, **page: Any) -> dict[str, Any]:
    columns = [region_grade_history.c[name] for name in made(contract.PastRegionGrades).fields]
    return paging.page(work.session, sa.select(*columns), [region_grade_history.c.id], limit, cursor)
