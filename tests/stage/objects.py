"""What stands on the stage: which table holds what a field's name speaks of, and whose it is."""

from functools import cache
from importlib import import_module
from typing import Any

import sqlalchemy as sa

from services.kernel.service import package_of
from services.kernel.work import Database

# Fields whose name is not that of their table: (service, field) or field, to (service, table, column).
NAMED_OTHERWISE: dict[str | tuple[str, str], tuple[str, str, str]] = {
    "unit_id": ("enterprise", "org_unit", "id"),
    "change_id": ("enterprise", "enterprise_change", "id"),
    "suspension_id": ("enterprise", "suspension_request", "id"),
    "category_id": ("risk", "risk_category", "id"),
    "check_id": ("risk", "check_record", "id"),
    "point_id": ("risk", "risk_point", "id"),
    "task_id": ("risk", "check_task", "id"),
    "listing_id": ("hazard", "supervision_listing", "id"),
    "receipt_id": ("notice", "notice_receipt", "id"),
    ("risk", "id"): ("risk", "risk_point", "id"),
    ("risk", "token"): ("risk", "risk_point", "token"),
    ("enforcement", "token"): ("enforcement", "document", "token"),
    "client_id": ("gateway", "api_client", "id"),
    ("enterprise", "parent_id"): ("enterprise", "org_unit", "id"),
    ("enterprise", "into_id"): ("enterprise", "org_unit", "id"),
    ("gateway", "parent_id"): ("gateway", "department", "id"),
    ("gateway", "code"): ("gateway", "role", "code"),
}
Place = tuple[str, str, str]


@cache
def tables_of(service: str) -> dict[str, sa.Table]:
    """The service's own tables by name."""
    found: dict[str, sa.Table] = import_module(f"{package_of(service)}.tables").metadata.tables
    return dict(found)


def place_of(service: str, field: str, services: tuple[str, ...]) -> Place | None:
    """Where the things live that ``field`` of an operation of ``service`` speaks of."""
    known = NAMED_OTHERWISE.get((service, field)) or NAMED_OTHERWISE.get(field)
    if known is not None:
        return known if known[0] in services else None
    if not field.endswith("_id"):
        return None
    name = field.removesuffix("_id")
    for owner in (service, *services):
        if owner in services and name in tables_of(owner) and "id" in tables_of(owner)[name].c:
            return owner, name, "id"
    return None


def owned(table: sa.Table, region: str, enterprise_id: str | None) -> sa.ColumnElement[bool]:
    """The rows of one side: its enterprise's, and its county's."""
    parts: list[sa.ColumnElement[bool]] = []
    if "enterprise_id" in table.c:
        parts.append(table.c.enterprise_id == enterprise_id)
    if "region" in table.c:
        of_county = table.c.region.startswith(region)
        parts.append(sa.and_(of_county, table.c.enterprise_id.is_(None)) if "enterprise_id" in table.c else of_county)
    return sa.or_(*parts) if parts else sa.true()


def one_of(database: Database, place: Place, region: str, enterprise_id: str | None) -> Any:
    """The oldest thing of a side in that place; an enterprise's before its county's."""
    from services.kernel.caller import system

    table, column = tables_of(place[0])[place[1]], place[2]
    order: list[Any] = [table.c.enterprise_id.is_(None)] if "enterprise_id" in table.c else []
    query = sa.select(table.c[column]).where(owned(table, region, enterprise_id)).order_by(*order, table.c[column]).limit(1)
    with database.work(system("stage"), "look", read_only=True) as work:
        return work.session.scalar(query)


def marks_of(database: Database, service: str, region: str, enterprise_id: str) -> set[str]:
    """Everything by which a thing of one side could be known elsewhere: ids and tokens."""
    from services.kernel.caller import system

    found: set[str] = set()
    with database.work(system("stage"), "look", read_only=True) as work:
        for table in tables_of(service).values():
            telling = [c for c in table.c if c.name in ("id", "token")]
            if not {"enterprise_id", "region"} & set(table.c.keys()):
                continue
            if "code" in table.c and "id" not in table.c:
                telling.append(table.c.code)
            for row in work.session.execute(sa.select(*telling).where(owned(table, region, enterprise_id))):
                found.update(str(value) for value in row if value is not None)
    return found
