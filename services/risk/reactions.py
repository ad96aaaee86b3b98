"""What this service does when enterprises and their units change: copies follow, tasks stop with the enterprise."""

from datetime import date
from typing import Any

from services.enterprise.contract import ENTERPRISE_EVENTS, ORG_UNIT_CHANGED
from services.enterprise.contract.reference import keep_reference
from services.kernel import clock
from services.kernel.event import Event
from services.kernel.service import reacts
from services.kernel.work import Work
from services.risk.repository import references, tasks
from services.risk.tables import BELONGINGS, check_task, enterprise_ref

State = dict[str, Any]
GONE = {"deleted": "企业已删除", "closed": "企业已注销"}
STOPPED = "企业停产停工"


# Every announcement of an enterprise carries its whole state, and is heard alike.
@reacts(*ENTERPRISE_EVENTS)
def on_enterprise(work: Work, event: Event, state: State, fact: State) -> None:
    """Keep the copy; what belongs to the enterprise follows its place, and its tasks stop and go on with it.

    Whether it stands still is read from its state, so that it does not matter which announcement tells it first.
    """
    if not keep_reference(work, enterprise_ref, state, BELONGINGS):
        return
    if state["status"] == "suspended":
        since = state["suspended_from"] or work.today
        references.stop(work, state, since)
        _exempt(work, state["id"], since, STOPPED)
    elif state["status"] in GONE:
        _exempt(work, state["id"], work.today, GONE[state["status"]])
    else:
        references.resume(work, state, fact.get("effective_on") or work.today)


def _exempt(work: Work, enterprise_id: str, on: date, reason: str) -> None:
    of = check_task.c
    left = tasks.pending(work, of.enterprise_id == enterprise_id, of.window_end > clock.start_of(on))
    tasks.keep_many(work, [(task, task.exempt(reason)) for task in left], "check_task")


@reacts(ORG_UNIT_CHANGED)
def on_org_unit_changed(work: Work, event: Event, state: State, fact: State) -> None:
    references.keep_unit(work, state)
