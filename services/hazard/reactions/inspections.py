"""What an inspection finds becomes hazards; its orders set their deadlines, its rechecks close them or send them back.

An order may arrive before the record that it rests on: it waits in a table, and is taken over after the record, oldest
first.  Each hazard remembers the newest word that it has heard, so that repeats and stragglers change nothing.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from services.enforcement.contract import INSPECTION_CLOSED, INSPECTION_ORDERED, INSPECTION_RECORDED
from services.hazard.domain.events import HazardFact
from services.hazard.domain.hazard import Hazard
from services.hazard.repository import hazards, references
from services.hazard.tables import inspection_waiting
from services.kernel import clock, ids
from services.kernel.event import Event
from services.kernel.service import reacts
from services.kernel.work import Work

Words = dict[str, Any]
TYPES = {event_type.type: event_type for event_type in (INSPECTION_ORDERED, INSPECTION_CLOSED)}


@reacts(INSPECTION_RECORDED)
def on_inspection_recorded(work: Work, event: Event, state: Words, fact: Words) -> None:
    known = hazards.find_of_inspection(work, state["id"])
    place = references.place_of(work, state)
    for finding in fact["findings"]:
        if finding["finding_id"] not in known:
            _register(work, event, place, state, finding)
    for version, moment, words in _waiting(work, state["id"]):
        _take_over(work, state["id"], version, moment, words)


@reacts(INSPECTION_ORDERED, INSPECTION_CLOSED)
def on_inspection_words(work: Work, event: Event, state: Words, fact: Words) -> None:
    if hazards.find_of_inspection(work, state["id"]):
        _take_over(work, state["id"], state["version"], event.time, fact)
        return
    row = references.place_of(work, state) | {"id": event.id, "version": state["version"], "inspection_id": state["id"]}
    row |= {"type": event.type, "at": event.time, "data": event.data}
    work.session.execute(insert(inspection_waiting).values(row).on_conflict_do_nothing())


def _register(work: Work, event: Event, place: Words, state: Words, finding: Words) -> None:
    officers = "、".join(officer["name"] for officer in state["officers"])
    found = Hazard(
        id=ids.new_id(), **place, source="enforcement", found_at=min(state["recorded_at"] or work.now, work.now),
        found_by=event.actor, found_by_name=officers or "执法人员", place=finding["place"], description=finding["description"],
        hazard_class=finding["hazard_class"], criterion_code=finding["criterion_code"], inspection_id=state["id"],
        finding_id=finding["finding_id"], inspection_version=state["version"], authority_region=state["authority_region"],
    )  # fmt: skip
    registered = found.register_by_inspection(finding["deadline_on"], work.now, work.today)
    hazards.keep(work, found, [registered], "register_by_inspection", detail={"deadline_on": finding["deadline_on"]})


def _waiting(work: Work, inspection_id: str) -> Iterator[tuple[int, datetime, Words]]:
    """What was announced before the record, oldest first; it waits no longer."""
    of = inspection_waiting.c
    query = sa.delete(inspection_waiting).where(of.inspection_id == inspection_id)
    rows = work.session.execute(query.returning(of.version, of.at, of.type, of.data)).all()
    for row in sorted(rows, key=lambda row: row.version):
        yield row.version, row.at, TYPES[row.type].load(row.data)["fact"]


def _take_over(work: Work, inspection_id: str, version: int, moment: datetime, words: Words) -> None:
    deadlines = {item["finding_id"]: item["deadline_on"] for item in words.get("items", [])}
    rechecked = {item["finding_id"]: item for item in words["rechecked"]}
    for finding_id, found in hazards.find_of_inspection(work, inspection_id).items():
        is_news = found.inspection_version is None or found.inspection_version < version
        if not is_news or finding_id not in deadlines.keys() | rechecked.keys():
            continue
        found.inspection_version = version
        if item := rechecked.get(finding_id):
            _recheck(work, found, item, deadlines.get(finding_id), moment)
        else:
            _order(work, found, deadlines[finding_id], words["document_number"], moment)


def _order(work: Work, found: Hazard, deadline_on: Any, document_number: str, moment: datetime) -> None:
    fact = found.order(deadline_on, clock.day_of(moment))
    detail = {"deadline_on": found.deadline_on, "document_number": document_number}
    _keep(work, found, [fact] if fact else [], "inspection_order", None, detail)


def _recheck(work: Work, found: Hazard, item: Words, deadline_on: Any, moment: datetime) -> None:
    day = clock.day_of(moment)
    facts = found.settle_inspection_recheck(work.caller, item["is_passed"], item["opinion"], deadline_on, moment, day)
    event = "recheck_pass" if item["is_passed"] else "recheck_fail"
    _keep(work, found, facts, event, item["opinion"], {"deadline_on": found.deadline_on})


def _keep(work: Work, found: Hazard, facts: list[HazardFact], event: str, reason: str | None, detail: Words) -> None:
    """Words that change nothing stand in the history and make no new version."""
    if facts:
        hazards.keep(work, found, facts, event, reason, detail=detail)
    else:
        hazards.write_history(work, found, event, found.status, reason, detail=detail)
