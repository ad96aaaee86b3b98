"""Writes messages, set by set; an id made of cause and receiver keeps a repeat from telling anybody twice."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from services.enterprise.contract.reference import find_reference
from services.kernel import region
from services.kernel.event import Event
from services.kernel.work import Work
from services.notice.repository import ids_of
from services.notice.tables import ID, department_ref, enterprise_ref, message, notice_receipt
from services.notice.tellings import (
    AUTHORITY,
    COUNTY,
    ENTERPRISE,
    HAZARD_OF,
    PREFECTURE,
    PROVINCE,
    Telling,
    render,
    tellings_of,
)

KINDS = {"notice": ("收到通知公告", "normal"), "supervision": ("收到督办通知", "urgent")}


def tell(work: Work, event: Event, state: dict[str, Any], fact: dict[str, Any]) -> None:
    """Tell whom the table names.  The copy of the enterprise says where it lies now; without one, the announcement does."""
    enterprise_id = state.get("enterprise_id")
    known = find_reference(work, enterprise_ref, enterprise_id) if enterprise_id else None
    place = known or state
    told = state | fact | {"enterprise": (known or {}).get("name") or "该企业"}
    for telling in tellings_of(event.type, told):
        values = _content(telling, told) | {"subject_id": event.subject, "cause_id": event.id, "at": event.time}
        values["hazard_id"] = told.get(HAZARD_OF.get(telling.subject_type))
        if ENTERPRISE in telling.audience and enterprise_id:
            receiver = {"region": place["region"], "industry": place["industry"], "enterprise_id": enterprise_id}
            _add(work, _literals(values | receiver), sa.literal(enterprise_id, ID))
        if codes := set(_places(telling.audience, place["region"], state.get("authority_region"))):
            of = department_ref.c
            columns = _literals(values) | {"department_id": of.id, "region": of.region}
            _add(work, columns, of.id, _answering(codes, place["industry"]))


def tell_receivers(work: Work, of: dict[str, Any], chosen: sa.ColumnElement[bool]) -> None:
    """Tell the receivers of a notice of those receipts of it that are chosen."""
    title, urgency = KINDS[of["kind"]]
    text = "《{title}》，请在{feedback_due_at}前反馈。" if of["feedback_due_at"] else "《{title}》"
    values = {"kind": "notice", "urgency": urgency, "title": title, "text": render(text, of), "subject_type": "notice_receipt"}
    values |= {"notice_id": of["id"], "cause_id": of["id"], "at": of["published_at"]}
    receipt = notice_receipt.c
    copied = {name: receipt[name] for name in ("region", "industry", "enterprise_id", "department_id")}
    receiver = sa.func.coalesce(receipt.enterprise_id, receipt.department_id)
    columns = _literals(values) | copied | {"subject_id": receipt.id}
    low, high = ids_of(of["published_at"])
    _add(work, columns, receiver, receipt.notice_id == of["id"], receipt.id >= low, receipt.id < high, chosen)


def derived_id(at: Any, cause: Any, receiver: Any) -> sa.ColumnElement[Any]:
    """The id of what this receiver gets by this cause (see ``app.derived_id``)."""
    seed = sa.func.concat(sa.cast(cause, sa.Text), ":", sa.cast(receiver, sa.Text))
    return sa.func.app.derived_id(sa.cast(at, sa.DateTime(timezone=True)), seed)


def _content(telling: Telling, told: dict[str, Any]) -> dict[str, Any]:
    words = {"title": render(telling.title, told), "text": render(telling.text, told)}
    return words | {"kind": telling.kind, "urgency": telling.urgency, "subject_type": telling.subject_type}


def _literals(values: dict[str, Any]) -> dict[str, Any]:
    return {name: sa.literal(value, message.c[name].type) for name, value in values.items()}


def _add(work: Work, columns: dict[str, Any], receiver: Any, *chosen: sa.ColumnElement[bool]) -> None:
    columns = {"id": derived_id(columns["at"], columns["cause_id"], receiver)} | columns
    query = sa.select(*(column.label(name) for name, column in columns.items())).where(*chosen)
    work.session.execute(insert(message).from_select(list(columns), query).on_conflict_do_nothing())


def _places(audience: Iterable[str], place: str, authority: str | None) -> Iterable[str]:
    """The codes of the places whose departments are meant; 贵安新区 has no counties and is its own prefecture."""
    chain = region.ancestors(place)
    codes = {COUNTY: chain[0], PREFECTURE: chain[-2] if len(chain) > 1 else chain[0], PROVINCE: chain[-1]}
    if AUTHORITY in audience:
        yield authority or chain[0]
    yield from (code for level, code in codes.items() if level in audience)


def _answering(codes: set[str], industry: str | None) -> sa.ColumnElement[bool]:
    """Active departments of these places that answer for the industry."""
    of, whole = department_ref.c, industry or ""
    covering = ["*", *(whole[:length] for length in range(1, len(whole) + 1))]
    return sa.and_(of.region.in_(codes), of.is_active, of.industries.overlap(covering))
