"""Work that waits for somebody (待办): which hazards he has to confirm, rectify, recheck, decide on."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from services.hazard.contract import ledger as contract
from services.hazard.contract import permissions
from services.hazard.contract.units import is_bound
from services.hazard.domain.record import GENERAL_ACTS, MAJOR_ACTS
from services.hazard.repository import scope
from services.hazard.tables import hazard
from services.kernel.caller import Caller, Kind
from services.kernel.service import handles
from services.kernel.work import Work

MOST = 1000  # Counted up to here and no further, so that a province's list costs what a county's does.
ACTS = sorted(GENERAL_ACTS | MAJOR_ACTS)
_OF = hazard.c
_MAJOR = _OF.hazard_class == "major"
_GENERAL = _OF.hazard_class != "major"
# Which right makes each task somebody's; planning is the principal's to begin and the safety manager's to submit.
RIGHTS: dict[str, tuple[str, ...]] = {
    "confirm": (permissions.CONFIRM,),
    "correct": (permissions.REGISTER,),
    "rectify": (permissions.RECTIFY,),
    "recheck": (permissions.RECHECK,),
    "decide_extension": (permissions.DECIDE_EXTENSION,),
    "report": (permissions.REPORT,),
    "plan": (permissions.LEAD, permissions.REPORT),
    "approve_plan": (permissions.APPROVE_PLAN,),
    "assess": (permissions.ASSESS,),
    "accept": (permissions.ACCEPT,),
    "overdue": (permissions.READ,),
}


@handles(contract.LIST_TASKS)
def list_hazard_tasks(work: Work) -> dict[str, Any]:
    """How many hazards wait for the caller, by what he has to do."""
    items = []
    for task, rights in RIGHTS.items():
        if any(work.caller.may(right) for right in rights):
            some = sa.select(_OF.id).where(scope.visible(work), condition(work, task)).limit(MOST + 1).subquery()
            count = work.session.scalar(sa.select(sa.func.count()).select_from(some)) or 0
            items.append({"task": task, "count": min(count, MOST), "is_more": count > MOST})
    return {"items": items}


def is_overdue(today: date) -> sa.ColumnElement[bool]:
    """The deadline day is over while the enterprise has to act."""
    return sa.and_(_OF.status.in_(ACTS), _OF.deadline_on < today)


def condition(work: Work, task: str) -> sa.ColumnElement[bool]:
    """Which hazards a task of the caller consists of; none without its right."""
    if not any(work.caller.may(right) for right in RIGHTS[task]):
        return sa.false()
    if task == "overdue":
        return is_overdue(work.today)
    return sa.and_(_waiting(task), _side(work.caller, task))


def _waiting(task: str) -> sa.ColumnElement[bool]:
    states: dict[str, tuple[sa.ColumnElement[bool], list[str]]] = {
        "confirm": (_GENERAL, ["registered"]),
        "correct": (_GENERAL, ["returned"]),
        "rectify": (_GENERAL, ["rectifying"]),
        "recheck": (sa.and_(_GENERAL, _OF.inspection_id.is_(None)), ["pending_recheck"]),
        "decide_extension": (sa.true(), ["extension_pending"]),
        "report": (_MAJOR, ["registered"]),
        "plan": (_MAJOR, ["reported", "planning"]),
        "approve_plan": (_MAJOR, ["plan_review"]),
        "assess": (_MAJOR, ["assessing"]),
        "accept": (_MAJOR, ["acceptance"]),
    }
    more, status = states[task]
    return sa.and_(_OF.status.in_(status), more)


def _side(caller: Caller, task: str) -> sa.ColumnElement[bool]:
    """Whose turn it is: the enterprise's or the authority's, and never of whoever asked or rectified himself."""
    is_own = _OF.enterprise_id == caller.enterprise_id if caller.kind == Kind.ENTERPRISE else sa.true()
    by_us = _OF.authority_region == caller.region if caller.kind == Kind.REGULATOR else _OF.authority_region.is_(None)
    for_regulator = sa.or_(_OF.authority_region.is_not(None), _OF.listed)
    sides: dict[str, list[sa.ColumnElement[bool]]] = {
        "correct": [by_us, _OF.found_by == caller.id] if is_bound(caller) else [by_us],
        "rectify": [_responsible(caller)],
        "recheck": [by_us, _OF.rectified_by.is_distinct_from(caller.id)],
        "decide_extension": [_decider(caller, by_us), _OF.extension_by.is_distinct_from(caller.id)],
        "approve_plan": [
            for_regulator if caller.kind == Kind.REGULATOR else sa.not_(for_regulator), _OF.plan_by.is_distinct_from(caller.id),
        ],
        "assess": [_OF.rectified_by.is_distinct_from(caller.id)],
    }  # fmt: skip
    return sa.and_(is_own, *sides.get(task, []))


def _responsible(caller: Caller) -> sa.ColumnElement[bool]:
    """What is assigned to him or to nobody yet; everything for those who stand in for everybody."""
    if caller.may(permissions.WHOLE_ENTERPRISE):
        return sa.true()
    return sa.or_(_OF.responsible_id == caller.id, _OF.responsible_id.is_(None))


def _decider(caller: Caller, by_us: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """An authority decides on what it found, and regulators on every major one; the enterprise on the rest."""
    if caller.kind == Kind.REGULATOR:
        return sa.or_(by_us, sa.and_(_MAJOR, _OF.authority_region.is_(None)))
    return sa.and_(by_us, _GENERAL)
