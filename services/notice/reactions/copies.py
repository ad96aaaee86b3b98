"""The copies of departments and organisation units follow their owners; newest version wins."""

from typing import Any

from gateway.contract.events import DEPARTMENT_CHANGED
from services.enterprise.contract import ORG_UNIT_CHANGED
from services.enterprise.contract.reference import keep_belonging
from services.kernel.event import Event
from services.kernel.service import reacts
from services.kernel.work import Work
from services.notice.tables import department_ref, enterprise_ref, org_unit_ref


@reacts(DEPARTMENT_CHANGED)
def on_department_changed(work: Work, event: Event, state: dict[str, Any], fact: dict[str, Any]) -> None:
    work.keep_copy(department_ref, {column.name: state[column.name] for column in department_ref.c})


@reacts(ORG_UNIT_CHANGED)
def on_org_unit_changed(work: Work, event: Event, state: dict[str, Any], fact: dict[str, Any]) -> None:
    keep_belonging(work, org_unit_ref, enterprise_ref, state)
