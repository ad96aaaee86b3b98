"""Who may see which row, told once more in plain Python: what the databases' policies are compared with."""

from collections.abc import Callable
from typing import Any

from services.kernel import region
from services.kernel.caller import ALL, Scope

Rows = dict[str, list[Any]]
Rule = Callable[[Scope, Any, Rows], bool]


def ordinary(scope: Scope, row: Any, rows: Rows) -> bool:
    """Place, industry and enterprise; a dimension that the table has not narrows nothing."""
    narrowed = Scope(
        scope.regions,
        scope.industries if hasattr(row, "industry") else ALL,
        scope.enterprises if hasattr(row, "enterprise_id") else ALL,
    )
    owner = str(getattr(row, "enterprise_id", None))
    return not scope.is_empty() and narrowed.covers(row.region, getattr(row, "industry", None), owner)


def by_place(scope: Scope, row: Any, rows: Rows) -> bool:
    return not scope.is_empty() and region.contains(scope.regions, row.region)


def by_authorities(scope: Scope, row: Any, rows: Rows) -> bool:
    """By place, and by nobody who is bound to enterprises."""
    return by_place(scope, row, rows) and scope.enterprises == ALL


def from_above(scope: Scope, row: Any, rows: Rows) -> bool:
    """What a superior authority demands is read by everybody below it."""
    first = scope.settings()["region_lo"]
    superiors = (f"{first[:2]}0000", f"{first[:4]}00", first[:6]) if first else ()
    return ordinary(scope, row, rows) or row.region in superiors


def of_an_authority_around(scope: Scope, row: Any, rows: Rows) -> bool:
    """Officers, check tables and the like are read by everybody inside their authority's area."""
    return by_place(scope, row, rows) or scope.settings()["region_lo"].startswith(row.area)


def of_an_enterprise_or_for_authorities(scope: Scope, row: Any, rows: Rows) -> bool:
    return by_authorities(scope, row, rows) if row.enterprise_id is None else ordinary(scope, row, rows)


def notice(scope: Scope, row: Any, rows: Rows) -> bool:
    """Authorities around its place, and the enterprises that received it."""
    receivers = {str(r.enterprise_id) for r in rows["notice_receipt"] if r.notice_id == row.id}
    return by_authorities(scope, row, rows) or bool(receivers & set(scope.enterprises))


SPECIAL: dict[tuple[str, str], Rule] = {
    ("risk", "mandatory_item"): from_above,
    ("stats", "region_figure"): lambda scope, row, rows: ordinary(scope, row, rows) and scope.enterprises == ALL,
    ("notice", "notice"): notice,
    ("notice", "distribution"): by_authorities,
    ("notice", "notice_receipt"): of_an_enterprise_or_for_authorities,
    ("notice", "message"): of_an_enterprise_or_for_authorities,
    ("notice", "department_ref"): by_place,
    ("notice", "message_reading"): lambda scope, row, rows: False,  # An account's own, and a scope names no account.
} | {
    ("enforcement", name): of_an_authority_around
    for name in ("check_item", "check_table", "check_table_edition", "officer", "department_ref")
}


def visible(service: str, scope: Scope, rows: Rows) -> dict[str, list[str]]:
    """The digests of the rows of each table that the scope shows."""
    return {
        table: sorted(row.digest for row in found if SPECIAL.get((service, table), ordinary)(scope, row, rows))
        for table, found in rows.items()
    }
