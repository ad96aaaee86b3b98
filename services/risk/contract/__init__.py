"""The published language of the risk service: what may be asked of it and what it announces."""

from services.risk.contract import library, lists, methods, points, settings, sheets, tasks
from services.risk.contract.events import (
    CHECK_ITEM_FAILED,
    CHECK_TASK_CANCELLED,
    CHECK_TASK_DONE,
    CHECK_TASK_EVENTS,
    CHECK_TASK_EXEMPT,
    CHECK_TASK_GENERATED,
    CHECK_TASK_MISSED,
    EVENTS,
    RISK_LIST_FILED,
    RISK_LIST_SUPERSEDED,
    RISK_LIST_WITHDRAWN,
    RISK_POINT_CHANGED,
    RISK_POINT_PUBLISHED,
    RISK_POINT_RETIRED,
)
from services.risk.contract.permissions import PERMISSIONS

OPERATIONS = [
    *library.OPERATIONS,
    *sheets.OPERATIONS,
    *methods.OPERATIONS,
    *points.OPERATIONS,
    *lists.OPERATIONS,
    *tasks.OPERATIONS,
    *settings.OPERATIONS,
]
__all__ = [
    "CHECK_ITEM_FAILED",
    "CHECK_TASK_CANCELLED",
    "CHECK_TASK_DONE",
    "CHECK_TASK_EVENTS",
    "CHECK_TASK_EXEMPT",
    "CHECK_TASK_GENERATED",
    "CHECK_TASK_MISSED",
    "EVENTS",
    "OPERATIONS",
    "PERMISSIONS",
    "RISK_LIST_FILED",
    "RISK_LIST_SUPERSEDED",
    "RISK_LIST_WITHDRAWN",
    "RISK_POINT_CHANGED",
    "RISK_POINT_PUBLISHED",
    "RISK_POINT_RETIRED",
]
