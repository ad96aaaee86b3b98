"""Answers made of hazards and listings, with the names of what they refer to."""

from typing import Any

import sqlalchemy as sa

from services.hazard.contract import governance, major, permissions, registration, supervision
from services.hazard.contract.answers import Hazard as HazardAnswer
from services.hazard.contract.answers import HazardItem
from services.hazard.contract.supervision import Listing
from services.hazard.domain import possible, possible_listing
from services.hazard.domain.hazard import Hazard
from services.hazard.domain.listing import SupervisionListing
from services.hazard.domain.record import GENERAL_ACTS, MAJOR_ACTS
from services.hazard.tables import enterprise_ref, org_unit_ref
from services.kernel import clock
from services.kernel.work import Work

OPERATIONS = [*registration.OPERATIONS, *governance.OPERATIONS, *major.OPERATIONS, *supervision.OPERATIONS]
_DERIVED = {"enterprise_name", "unit_name", "is_overdue", "days_overdue"}
ITEM_FIELDS = sorted(HazardItem().fields.keys() - _DERIVED)
_DETAIL_FIELDS = sorted(HazardAnswer().fields.keys() - _DERIVED - {"extension", "next_events", "allowed", "locked"})
_RIGHTS = {operation.name: operation.permission for operation in OPERATIONS}
_LISTING_FIELDS = sorted(Listing().fields.keys() - {"enterprise_name", "is_log_due", "is_overdue"})


def detail(work: Work, of: Hazard) -> dict[str, Any]:
    """The whole file of one hazard."""
    found = {name: getattr(of, name) for name in _DETAIL_FIELDS} | {"extension": None, "next_events": of.next_moves()}
    if of.extension_to_on is not None:
        found["extension"] = {
            "to_on": of.extension_to_on, "reason": of.extension_reason, "interim_measures": of.extension_measures,
            "plan": of.extension_plan, "requested_by_name": of.extension_by_name, "requested_at": of.extension_at,
        }  # fmt: skip
    found["allowed"], found["locked"] = _possible(work, of)
    found["is_acceptance_late"] = of.is_acceptance_late or is_acceptance_late(work, of)
    return with_names(work, [with_overdue(work, found)])[0]


def _possible(work: Work, of: Hazard) -> tuple[list[str], list[dict[str, Any]]]:
    """What the caller can do with it now, and why not the rest of what his role may."""
    names = _open_to(work)
    if of.is_major and not work.caller.may(permissions.LEAD):
        names.discard("request_extension")
    return possible.parted(of, work.caller, names, work.caller.may(permissions.WHOLE_ENTERPRISE))


def _open_to(work: Work) -> set[str]:
    return {name for name, permission in _RIGHTS.items() if work.caller.may(permission)}


def is_acceptance_late(work: Work, of: Hazard) -> bool:
    """Whether a regulator lets an application to close wait beyond its term; shown, never refused (R34)."""
    return of.status == "acceptance" and of.acceptance_due_on is not None and of.acceptance_due_on < work.today


def with_overdue(work: Work, item: dict[str, Any]) -> dict[str, Any]:
    """Overdue is told from the state and the deadline, whenever somebody looks."""
    acts = MAJOR_ACTS if item["hazard_class"] == "major" else GENERAL_ACTS
    days = (work.today - item["deadline_on"]).days if item["deadline_on"] and item["status"] in acts else 0
    return item | {"is_overdue": days > 0, "days_overdue": max(days, 0)}


def with_names(work: Work, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The names of enterprises and units, one query for all of each."""
    enterprises = _names(work, enterprise_ref, enterprise_ref.c.enterprise_id, {item["enterprise_id"] for item in items})
    units = _names(work, org_unit_ref, org_unit_ref.c.id, {item.get("unit_id") for item in items} - {None})
    more = (
        {"enterprise_name": enterprises.get(item["enterprise_id"]), "unit_name": units.get(item.get("unit_id"))} for item in items
    )
    return [item | names for item, names in zip(items, more, strict=True)]


def _names(work: Work, table: sa.Table, key: sa.Column[Any], wanted: set[Any]) -> dict[Any, str]:
    if not wanted:
        return {}
    return dict(work.session.execute(sa.select(key, table.c.name).where(key.in_(wanted))).tuples().all())


def listing(work: Work, of: SupervisionListing, hazard: Hazard) -> dict[str, Any]:
    """One listing, with what the caller can do with it now."""
    allowed, locked = possible_listing.parted(of, work.caller, _open_to(work), hazard.is_in_acceptance)
    return listings(work, [of])[0] | {"allowed": allowed, "locked": locked}


def listings(work: Work, found: list[SupervisionListing]) -> list[dict[str, Any]]:
    items = [
        {name: getattr(of, name) for name in _LISTING_FIELDS}
        | {"is_log_due": of.is_log_due(work.today), "is_overdue": of.is_overdue(work.today)}
        for of in found
    ]
    return with_names(work, items)


def day_range(column: Any, first: Any, last: Any) -> list[sa.ColumnElement[bool]]:
    """The condition that a moment lies between two days in China, both included."""
    found = [column >= clock.start_of(first)] if first else []
    return found + ([column < clock.end_of(last)] if last else [])
