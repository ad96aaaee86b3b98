"""The short copy of departments: who may be chosen as a receiver and who is told of what."""

from typing import Any

from gateway.contract.events import DEPARTMENT_CHANGED
from services.kernel.event import Event
from services.kernel.service import reacts
from services.kernel.work import Work
from services.notice.tables import department_ref


@reacts(DEPARTMENT_CHANGED)
def on_department_changed(work: Work, event: Event, state: dict[str, Any], fact: dict[str, Any]) -> None:
    """Newest version wins."""
    work.keep_copy(department_ref, {column.name: state[column.name] for column in department_ref.c})
