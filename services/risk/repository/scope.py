"""Who sees what: the caller's scope, inside an enterprise his unit with all below it, and from outside only what is filed."""

from typing import Any

import sqlalchemy as sa

from services.enterprise.contract import units
from services.kernel.caller import Caller, Kind
from services.kernel.errors import Forbidden
from services.kernel.work import Work
from services.risk.contract import permissions
from services.risk.tables import org_unit_ref


def acts_for(caller: Caller, enterprise_id: str) -> bool:
    """Whether the caller speaks for this enterprise: its people, a system named for it, the platform itself."""
    if caller.kind == Kind.API_CLIENT:
        return enterprise_id in caller.scope.enterprises
    return caller.kind == Kind.SYSTEM or caller.enterprise_id == enterprise_id


def require_own(work: Work, enterprise_id: str) -> None:
    if not acts_for(work.caller, enterprise_id):
        raise Forbidden("risk.not_yours", "只能办理本企业的事项")


def is_bound(caller: Caller) -> bool:
    """Whether the caller sees his own unit only, with what lies below it."""
    return units.is_bound(caller, permissions.WHOLE_ENTERPRISE.code)


def below(unit_id: str) -> sa.Select[Any]:
    """The ids of a unit and of all units below it."""
    return units.below(org_unit_ref, unit_id)


def in_unit(caller: Caller, column: Any) -> sa.ColumnElement[bool]:
    """The condition that keeps a caller to his unit; without one he sees nothing."""
    if not is_bound(caller):
        return sa.true()
    if caller.unit_id is None:
        return sa.false()
    return sa.or_(column == caller.unit_id, column.in_(below(caller.unit_id)))


def sees_unit(work: Work, unit_id: str) -> bool:
    """The same about one unit."""
    if not is_bound(work.caller):
        return True
    own = work.caller.unit_id
    if own is None:
        return False
    return own == unit_id or bool(work.session.scalar(sa.select(sa.literal(unit_id).in_(below(own)))))


def own_or(caller: Caller, enterprise_column: Any, is_open: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """What is not open is the enterprise's own business."""
    if caller.kind == Kind.SYSTEM:
        return sa.true()
    own = caller.scope.enterprises if caller.kind == Kind.API_CLIENT else (caller.enterprise_id,)
    named = [e for e in own if e not in (None, "*")]
    return sa.or_(is_open, enterprise_column.in_(named)) if named else is_open
