"""The regions below a region, as far as the caller sees them, and the industries, with their names."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from services.kernel import catalogue, region
from services.kernel.work import Work
from services.stats.queries.sums import Group

FUNCTIONAL = sorted(region.FUNCTIONAL_AREAS)


@dataclass(frozen=True)
class Division:
    """How a part of the map is divided: ``level`` of the parts, how many digits name one, and the parts that there are."""

    level: str
    digits: int
    rows: dict[str, dict[str, Any]]

    @property
    def group(self) -> Group:
        """The code of the part in which a row of a table lies."""

        def of(columns: Any) -> sa.ColumnElement[Any]:
            cut = sa.func.left(columns.region, self.digits)
            if self.level != "prefecture":
                return cut
            county = sa.func.left(columns.region, 6)
            return sa.case((county.in_(FUNCTIONAL), county), else_=sa.func.concat(cut, "00"))

        return of


def division(work: Work, wanted: str | None) -> Division:
    """The parts of the wanted region, or of the caller's own: prefectures, then counties, then townships."""
    top = region.prefix(wanted) if wanted else _own(work)
    if len(top) <= 2:
        level, digits = "prefecture", 4
    elif len(top) == 4:
        level, digits = "county", 6
    else:
        level, digits = "township", 9
    rows = {row["code"]: row for row in catalogue.rows(work, "regions") if _is_part(work, row["code"], top, level)}
    return Division(level, digits, rows)


def _own(work: Work) -> str:
    """The common beginning of the caller's regions."""
    found = [r for r in work.caller.scope.regions if r != "*"]
    if not found or len(found) < len(work.caller.scope.regions):
        return work.deployment[:2]
    if len(found) == 1:
        return found[0]
    return found[0][:4] if len({r[:4] for r in found}) == 1 else found[0][:2]


def _is_part(work: Work, code: str, top: str, level: str) -> bool:
    if region.level(code) != level or not code.startswith(top) or region.prefix(code) == top:
        return False
    mine = region.prefix(code)
    return any(r == "*" or mine.startswith(r) or r.startswith(mine) for r in work.caller.scope.regions)


def names_of_industries(work: Work) -> dict[str, str]:
    return {row["code"]: row["name"] for row in catalogue.rows(work, "industries")}
