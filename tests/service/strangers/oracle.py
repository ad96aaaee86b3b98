"""Who may see which row, told once more in plain Python: what the databases' policies are compared with."""

from collections.abc import Callable
from typing import Any

from services.kernel import region
from services.kernel.caller import ALL, Caller, Scope

Rows = dict[str, list[Any]]
Rule = Callable[[Caller, Any, Rows], bool]


def ordinary(caller: Caller, row: Any, rows: Rows) -> bool:
    """Place, industry, enterprise; what no industry divides is for all, what no enterprise owns, for nobody bound to one."""
    scope = caller.scope
    narrowed = Scope(scope.regions, scope.industries if hasattr(row, "industry") else ALL, scope.enterprises)
    owner = str(getattr(row, "enterprise_id", None))
    return not scope.is_empty() and narrowed.covers(row.region, getattr(row, "industry", None), owner)


def by_authorities(caller: Caller, row: Any, rows: Rows) -> bool:
    """By place, and by nobody who is bound to enterprises."""
    scope = caller.scope
    return not scope.is_empty() and region.contains(scope.regions, row.region) and scope.enterprises == ALL


def home(caller: Caller) -> str:
    return "" if caller.scope.is_empty() else caller.region or ""


def from_above(caller: Caller, row: Any, rows: Rows) -> bool:
    """What a superior authority demands is read by everybody below it."""
    place = home(caller)
    return ordinary(caller, row, rows) or bool(place and row.region in (place, *region.ancestors(place)))


def of_an_authority_around(caller: Caller, row: Any, rows: Rows) -> bool:
    """Officers, check tables and the like are read by everybody inside their authority's area."""
    return by_authorities(caller, row, rows) or home(caller).startswith(row.area)


def of_the_department(caller: Caller, row: Any, rows: Rows) -> bool:
    return caller.department_id is not None and str(row.department_id) == caller.department_id


def of_a_department_or_for_authorities(caller: Caller, row: Any, rows: Rows) -> bool:
    return by_authorities(caller, row, rows) or of_the_department(caller, row, rows)


def of_an_enterprise_or_for_authorities(caller: Caller, row: Any, rows: Rows) -> bool:
    seen = by_authorities if row.enterprise_id is None else ordinary
    return seen(caller, row, rows) or of_the_department(caller, row, rows)


def notice(caller: Caller, row: Any, rows: Rows) -> bool:
    """Authorities around its place, its own department, and the departments and enterprises that received it."""
    mine = of_an_enterprise_or_for_authorities
    receipts = [r for r in rows["notice_receipt"] if r.notice_id == row.id and mine(caller, r, rows)]  # What he sees of them.
    is_addressed = any(str(r.enterprise_id) in caller.scope.enterprises or of_the_department(caller, r, rows) for r in receipts)
    return of_a_department_or_for_authorities(caller, row, rows) or is_addressed


SPECIAL: dict[tuple[str, str], Rule] = (
    {
        ("risk", "mandatory_item"): from_above,
        ("notice", "notice"): notice,
        ("notice", "distribution"): of_a_department_or_for_authorities,
        ("notice", "notice_receipt"): of_an_enterprise_or_for_authorities,
        ("notice", "message"): of_an_enterprise_or_for_authorities,
        ("notice", "message_reading"): lambda caller, row, rows: row.account_id == caller.id,
        ("gateway", "account"): lambda caller, row, rows: ordinary(caller, row, rows) or str(row.id) == caller.id,
    }
    | {
        ("enforcement", name): of_an_authority_around
        for name in ("check_item", "check_table", "check_table_edition", "officer", "department_ref")
    }
    | {
        place: lambda caller, row, rows: by_authorities(caller, row, rows) or str(row.id) == caller.department_id
        for place in (("notice", "department_ref"), ("gateway", "department"))
    }
)


def visible(service: str, caller: Caller, rows: Rows) -> dict[str, list[str]]:
    """The digests of the rows of each table that the database shows him."""
    return {
        table: sorted(row.digest for row in found if SPECIAL.get((service, table), ordinary)(caller, row, rows))
        for table, found in rows.items()
    }
