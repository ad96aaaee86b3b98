"""What is kept of each announcement: the newest state of its subject, of which the fold makes figures."""

from typing import Any

import sqlalchemy as sa

from gateway.contract.events import ACCOUNT_SIGNED_IN
from services.enforcement.contract import INSPECTION_CLOSED, INSPECTION_ORDERED, INSPECTION_RECORDED
from services.enterprise.contract import ENTERPRISE_EVENTS, LICENCE_EVENTS, ORG_UNIT_CHANGED
from services.enterprise.contract.reference import keep_reference
from services.hazard.contract import HAZARD_EVENTS, SUPERVISION_EVENTS
from services.kernel import clock
from services.kernel.event import Event
from services.kernel.service import reacts
from services.kernel.work import Work
from services.notice.contract import NOTICE_PUBLISHED, NOTICE_RECEIPT_CHANGED, NOTICE_WITHDRAWN
from services.risk import contract as risk
from services.stats import repository
from services.stats.domain.buckets import Kind
from services.stats.domain.periods import day_of_window
from services.stats.tables import enterprise_ref, org_unit_ref
from services.trail.contract.checkpoints import keep, sealed

State = dict[str, Any]


def _day(moment: Any) -> str | None:
    """A moment as the day in China on which it fell, the way facts are kept."""
    return clock.day_of(moment).isoformat() if moment else None


@reacts(*ENTERPRISE_EVENTS)
def keep_enterprise(work: Work, event: Event, state: State, fact: State) -> None:
    """Its place from this day on; where place or state are new, all that depends on them is counted anew."""
    of = enterprise_ref.c
    query = sa.select(of.region, of.industry, of.status).where(of.enterprise_id == state["id"])
    before = work.session.execute(query).one_or_none()
    is_news = keep_reference(work, enterprise_ref, state)
    repository.keep_place(work, state, work.today)
    repository.keep(work, Kind.ENTERPRISE, state, {})
    if not is_news or before is None or tuple(before) != (state["region"], state["industry"], state["status"]):
        # An announcement that comes late may be of a day before all that is known: then nothing counted stands for sure.
        since = work.today if is_news and before is not None else None
        repository.have_counted(work, [(repository.PLACE, state["id"])], since)


@reacts(ORG_UNIT_CHANGED)
def keep_unit(work: Work, event: Event, state: State, fact: State) -> None:
    row = {name: state[name] for name in ("id", "enterprise_id", "region", "version", "name", "tier", "is_active")}
    work.keep_copy(org_unit_ref, row | {"industry": state["industry"] or ""})


@reacts(*LICENCE_EVENTS)
def keep_licence(work: Work, event: Event, state: State, fact: State) -> None:
    ends = state["valid_to"].isoformat() if state["valid_to"] else None
    repository.keep(work, Kind.LICENCE, state, {"status": state["status"], "valid_to": ends})


@reacts(risk.RISK_POINT_CHANGED, risk.RISK_POINT_PUBLISHED, risk.RISK_POINT_RETIRED)
def keep_point(work: Work, event: Event, state: State, fact: State) -> None:
    facts = {name: state[name] for name in ("status", "level", "name")}
    repository.keep(work, Kind.POINT, state, facts, unit_id=state["unit_id"])


@reacts(risk.RISK_LIST_FILED, risk.RISK_LIST_WITHDRAWN, risk.RISK_LIST_SUPERSEDED)
def keep_list(work: Work, event: Event, state: State, fact: State) -> None:
    """A list decides which points count, and whether its enterprise has reported."""
    repository.keep(work, Kind.LIST, state, {"status": state["status"]}, unit_id=state["unit_id"])
    if str(state["id"]) in repository.write_kept(work.session):
        points = repository.keep_lines(work, state)
        touched = [(Kind.POINT, point) for point in sorted(points)]
        repository.have_counted(work, [*touched, (Kind.ENTERPRISE, state["enterprise_id"])])


@reacts(*risk.CHECK_TASK_EVENTS)
def keep_task(work: Work, event: Event, state: State, fact: State) -> None:
    facts = {"status": state["status"], "done_at": state["done_at"].isoformat() if state["done_at"] else None}
    day = day_of_window(state["window_end"])
    repository.keep(work, Kind.TASK, state, facts, day, state["unit_id"], state["point_id"])


@reacts(*HAZARD_EVENTS)
def keep_hazard(work: Work, event: Event, state: State, fact: State) -> None:
    days = {"deadline": state["deadline_on"], "approved": state["approved_deadline_on"]}
    facts = {
        "status": state["status"],
        "major": state["hazard_class"] == "major",
        "finished": _day(state["finished_at"]),
        **{name: day.isoformat() if day else None for name, day in days.items()},
    }
    if found := state.get("found_unit_id"):
        facts["found_unit"] = found
    day = clock.day_of(state["found_at"])
    repository.keep(work, Kind.HAZARD, state, facts, day, state["unit_id"], state["point_id"])


@reacts(*SUPERVISION_EVENTS)
def keep_supervision(work: Work, event: Event, state: State, fact: State) -> None:
    repository.keep(work, Kind.SUPERVISION, state, {"status": state["status"]})


@reacts(INSPECTION_RECORDED, INSPECTION_ORDERED, INSPECTION_CLOSED)
def keep_inspection(work: Work, event: Event, state: State, fact: State) -> None:
    day = clock.day_of(state["recorded_at"]) if state["recorded_at"] else None
    repository.keep(work, Kind.INSPECTION, state, {}, day)


@reacts(NOTICE_PUBLISHED, NOTICE_WITHDRAWN)
def keep_notice(work: Work, event: Event, state: State, fact: State) -> None:
    day = clock.day_of(state["published_at"]) if state["published_at"] else None
    repository.keep(work, Kind.NOTICE, state, {"status": state["status"]}, day)


@reacts(NOTICE_RECEIPT_CHANGED)
def keep_receipt(work: Work, event: Event, state: State, fact: State) -> None:
    """Due on the day of its feedback deadline; an answer after it was none in time."""
    day = clock.day_of(state["feedback_due_at"]) if state["feedback_due_at"] else None
    replied = state["replied_at"] is not None and not state["is_late"]
    repository.keep(work, Kind.RECEIPT, state, {"replied": replied}, day)


@reacts(ACCOUNT_SIGNED_IN)
def keep_sign_in(work: Work, event: Event, state: State, fact: State) -> None:
    repository.keep(work, Kind.SIGN_IN, state, {"at": state["at"].isoformat()})


@reacts(sealed("gateway"))
def keep_checkpoint(work: Work, event: Event, state: State, fact: State) -> None:
    """The gateway keeps those of all others; its own must lie elsewhere."""
    keep(work, event, state["token"])
