"""The published language of the enforcement service: the only package of it that others may import."""

from services.enforcement.contract import check_items, check_tables, documents, inspections, officers
from services.enforcement.contract.events import EVENTS, INSPECTION_CLOSED, INSPECTION_ORDERED, INSPECTION_RECORDED
from services.enforcement.contract.permissions import PERMISSIONS

__all__ = [
    "EVENTS",
    "INSPECTION_CLOSED",
    "INSPECTION_ORDERED",
    "INSPECTION_RECORDED",
    "OPERATIONS",
    "PERMISSIONS",
]

OPERATIONS = [
    *check_items.OPERATIONS,
    *check_tables.OPERATIONS,
    *officers.OPERATIONS,
    *inspections.OPERATIONS,
    *documents.OPERATIONS,
]
