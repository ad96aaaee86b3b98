"""Reference data for everybody: regions, industries, the other catalogues."""

from typing import Any

from services.enterprise.contract import catalogue as contract
from services.kernel import catalogue
from services.kernel.service import handles
from services.kernel.work import Work


@handles(contract.LIST_REGIONS)
def list_regions(work: Work, parent: str | None, level: str | None) -> dict[str, Any]:
    rows = catalogue.rows(work, "regions")
    wanted = [r for r in rows if (parent is None or r["parent_code"] == parent) and (level is None or r["level"] == level)]
    return {"items": [_region(row) for row in wanted]}


@handles(contract.LIST_INDUSTRIES)
def list_industries(work: Work, parent: str | None) -> dict[str, Any]:
    rows = [r for r in catalogue.rows(work, "industries") if parent is None or r["parent_code"] == parent]
    return {"items": [_industry(row) for row in rows]}


@handles(contract.SHOW_CATALOGUE)
def show_catalogue(work: Work, name: str) -> dict[str, Any]:
    return {"items": catalogue.rows(work, name)}


def _region(row: dict[str, Any]) -> dict[str, Any]:
    return {
        **{name: row[name] for name in ("code", "name", "short_name", "level")},
        "parent_code": row["parent_code"] or None,
        "longitude": float(row["lng"]) if row["lng"] else None,
        "latitude": float(row["lat"]) if row["lat"] else None,
        "is_province_administered": row["province_administered"] == "1",
    }


def _industry(row: dict[str, Any]) -> dict[str, Any]:
    same = {name: row[name] for name in ("code", "name", "regulator")}
    return same | {"parent_code": row["parent_code"] or None, "is_high_risk": row["is_high_risk"] == "1"}
