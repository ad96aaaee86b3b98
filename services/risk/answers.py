"""Answers made of points and lists: whole for the enterprise itself, without its drafts and telephones for others."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from services.enterprise.contract.reference import find_reference
from services.kernel.contract import made
from services.kernel.work import Work
from services.risk import codes
from services.risk.contract.lists import RiskList as RiskListAnswer
from services.risk.contract.point_parts import RiskPoint as RiskPointAnswer
from services.risk.contract.vocabulary import COLOURS
from services.risk.domain.measures import joined
from services.risk.domain.risk_list import RiskList
from services.risk.domain.risk_point import RiskPoint
from services.risk.repository import scope
from services.risk.tables import enterprise_ref, org_unit_ref, risk_point

KEPT_FIRST, KEPT_LAST = 3, 4


def masked(phone: str | None) -> str | None:
    """The first three and last four digits of a number."""
    if not phone:
        return phone
    hidden = max(len(phone) - KEPT_FIRST - KEPT_LAST, 0)
    return phone[:KEPT_FIRST] + "*" * hidden + phone[-KEPT_LAST:] if hidden else "*" * len(phone)


def unit_name(work: Work, unit_id: str) -> str | None:
    return work.session.scalar(sa.select(org_unit_ref.c.name).where(org_unit_ref.c.id == unit_id))


def enterprise_name(work: Work, enterprise_id: str) -> str | None:
    found = find_reference(work, enterprise_ref, enterprise_id)
    return found["name"] if found else None


def assessment(made: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """An assessment as it is stored, with its moment as one."""
    return {**made, "assessed_at": datetime.fromisoformat(made["assessed_at"])} if made else None


def point(work: Work, of: RiskPoint) -> dict[str, Any]:
    """A point as this caller may see it."""
    derived = {"unit_name", "enterprise_name", "missing", "allowed"}
    found = {name: getattr(of, name) for name in made(RiskPointAnswer).fields.keys() - derived}
    found |= {"unit_name": unit_name(work, of.unit_id), "enterprise_name": enterprise_name(work, of.enterprise_id)}
    found |= {"assessment": assessment(of.assessment), "waiting": assessment(of.waiting)}
    found |= {"missing": of.shortcomings(), "allowed": of.allowed()}
    if plan := of.control_plan:
        found["control_plan"] = {**plan, "review_on": date.fromisoformat(plan["review_on"])}
    if not scope.acts_for(work.caller, of.enterprise_id):
        found |= {"responsible_phone": masked(of.responsible_phone), "token": None, "waiting": None, "is_version_waiting": False}
        found |= {"missing": [], "allowed": []}
    return found


def card(work: Work, row: Mapping[str, Any]) -> dict[str, Any]:
    """What a notice board says of a point, from the point's own columns and the names beside it."""
    names = codes.names(work, codes.ACCIDENTS[row["accident_standard"]])
    measures = joined(measure for factor in row["factors"] for measure in factor["measures"])
    same = ("number", "name", "place", "enterprise_name", "unit_name", "level", "control_tier", "token")
    return {name: row[name] for name in (*same, "responsible_person", "responsible_phone")} | {
        "colour": COLOURS.get(row["level"]),
        "factors": [factor["description"] for factor in row["factors"]],
        "accidents": [names.get(code, code) for code in row["accident_types"]],
        "measures": [measure for measure in measures if measure["kind"] != "emergency"],
        "emergency": [measure["text"] for measure in measures if measure["kind"] == "emergency"],
        "assessment_number": row["assessment"]["number"] if row["assessment"] else None,
    }


def risk_list(work: Work, of: RiskList) -> dict[str, Any]:
    """A list with its lines as people read them; what was filed keeps the level that it was filed with."""
    derived = {"unit_name", "enterprise_name", "lines", "allowed"}
    found = {name: getattr(of, name) for name in made(RiskListAnswer).fields.keys() - derived}
    found |= {"unit_name": unit_name(work, of.unit_id), "enterprise_name": enterprise_name(work, of.enterprise_id)}
    is_own = scope.acts_for(work.caller, of.enterprise_id)
    return found | {"lines": lines(work, of.lines), "allowed": of.allowed() if is_own else []}


def lines(work: Work, stored: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Lines with the names, places and levels of their points."""
    columns = [risk_point.c[name] for name in ("id", "name", "place", "level")]
    query = sa.select(*columns).where(risk_point.c.id.in_([line["point_id"] for line in stored]))
    points = {row["id"]: row for row in work.session.execute(query).mappings()}
    absent = {"name": None, "place": None, "level": None}
    found = []
    for line in stored:
        of = points.get(line["point_id"], absent)
        found.append({**line, "point_name": of["name"], "place": of["place"], "level": line.get("level") or of["level"]})
    return found
