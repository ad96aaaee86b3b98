"""Departments, roles, permissions and clients as lists."""

from typing import Any

import sqlalchemy as sa

from gateway.contract import clients, departments, roles
from gateway.identity.tables import client, department, role
from gateway.operations import permissions as declared
from services.kernel import paging
from services.kernel.service import handles
from services.kernel.work import Work


@handles(departments.LIST_DEPARTMENTS)
def list_departments(
    work: Work, limit: int, cursor: str | None, q: str | None, region: str | None, is_active: bool | None
) -> dict[str, Any]:
    """By place and position, so that who is below another follows him."""
    above = department.alias()
    joined = department.outerjoin(above, above.c.id == department.c.parent_id)
    query = sa.select(department, above.c.name.label("parent_name")).select_from(joined).where(work.within(department))
    if region:
        query = query.where(department.c.region == region)
    if is_active is not None:
        query = query.where(department.c.is_active == is_active)
    if q:
        query = query.where(department.c.name.contains(q, autoescape=True))
    order = [department.c.region, department.c.position, department.c.id]
    return paging.page(work.session, query, order, limit, cursor, descending=False)


@handles(roles.LIST_ROLES)
def list_roles(work: Work, limit: int, cursor: str | None, q: str | None, kind: str | None) -> dict[str, Any]:
    query = sa.select(role)
    if kind:
        query = query.where(role.c.kind == kind)
    if q:
        query = query.where(role.c.name.contains(q, autoescape=True))
    return paging.page(work.session, query, [role.c.code], limit, cursor, descending=False)


@handles(roles.LIST_PERMISSIONS)
def list_permissions(work: Work, limit: int, cursor: str | None, q: str | None) -> dict[str, Any]:
    """The declared permissions of every service; they are code, so the cursor is simply the last code shown."""
    rows = [
        {"code": p.code, "label": p.label, "service": service, "roles": list(p.roles)}
        for service, p in sorted(declared(), key=lambda pair: pair[1].code)
        if (not q or q in p.label or q in p.code) and (not cursor or p.code > cursor)
    ]
    return {"items": rows[:limit], "next_cursor": rows[limit - 1]["code"] if len(rows) > limit else None}


@handles(clients.LIST_CLIENTS)
def list_clients(work: Work, limit: int, cursor: str | None, q: str | None) -> dict[str, Any]:
    query = sa.select(client).where(work.within(client))
    if q:
        query = query.where(client.c.name.contains(q, autoescape=True))
    return paging.page(work.session, query, [client.c.id], limit, cursor)
