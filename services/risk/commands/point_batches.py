"""What is done to many points at once: copying from the library, deleting, calling for a review."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from services.kernel import catalogue, ids
from services.kernel.errors import Invalid
from services.kernel.service import handles
from services.kernel.work import Work
from services.risk.contract import library
from services.risk.contract import points as contract
from services.risk.domain.measures import Kind
from services.risk.domain.risk_point import RiskPoint, Status
from services.risk.repository import points, references, scope
from services.risk.repository.keeping import keep_batch
from services.risk.tables import risk_point

MOST = 20_000  # Of one enterprise's points that one call for a review may touch.


@handles(library.COPY_FROM_LIBRARY)
def copy_from_library(work: Work, unit_id: str, codes: list[str]) -> dict[str, Any]:
    """Copy points of the provincial library into a unit; each is identified, and has yet to be assessed on the spot."""
    unit = references.find_own_unit(work, unit_id)
    known = {row["code"]: row for row in catalogue.rows(work, "risk_library")}
    wanted = list(dict.fromkeys(codes))
    if unknown := [code for code in wanted if code not in known]:
        raise Invalid("risk_library.unknown_code", f"风险库中没有{unknown[0]}", codes="、".join(unknown[:20]))
    taken = _names_in(work, unit_id, [known[code]["name"] for code in wanted])
    if taken:
        raise Invalid("risk_point.name_taken", f"该单元下已有同名风险点：{'、'.join(sorted(taken)[:5])}", codes="重名")
    numbers = points.next_numbers(work, unit["enterprise_id"], len(wanted))
    made = [_copied(unit, known[code], number, work.now) for code, number in zip(wanted, numbers, strict=True)]
    points.keep_many(work, [(point, point.identify()) for point in made], "risk_point")
    batch = keep_batch(work, references.owner_of(unit), "library", len(made), 0)
    return {"count": len(made), "ids": [point.id for point in made], "batch_id": batch}


def _names_in(work: Work, unit_id: str, names: list[str]) -> set[str]:
    of = risk_point.c
    taken = sa.select(of.name).where(of.unit_id == unit_id, of.name.in_(names), of.status != Status.RETIRED)
    return set(work.session.scalars(taken))


def _copied(unit: Mapping[str, Any], row: Mapping[str, Any], number: str, now: datetime) -> RiskPoint:
    """The library names measures for the whole point: each of its factors gets them all, for the author to sort."""
    measures = [{"kind": kind.value, "text": text} for kind in Kind for text in row["control_measures"].get(kind, [])]
    return RiskPoint(
        id=ids.new_id(), **references.owner_of(unit), number=number, token=ids.token(), unit_id=unit["id"], name=row["name"],
        object_type=row["object_type"], place=row["location"], created_at=now, source="library", source_code=row["code"],
        copied_at=now, accident_standard="1986", accident_types=row["accident_types"], is_infrequent=row["per_operation"],
        factors=[{"code": f["code"], "description": f["description"], "measures": measures} for f in row["hazard_factors"]],
        check_items=[{"item": item, "standard": None} for item in row["check_items"]],
    )  # fmt: skip


@handles(contract.DELETE_RISK_POINTS)
def delete_risk_points(work: Work, ids: list[str], reason: str) -> dict[str, Any]:
    """Delete what was never in use, retire what was; points on filed lists are refused with the lists' names."""
    found = points.find_many(work, ids)
    listed = points.filed_on(work, [point.id for point in found])
    refused = [
        {"id": p.id, "name": p.name, "reason": f"在已报备清单中：{'、'.join(listed[p.id][:5])}"} for p in found if p.id in listed
    ]
    free = [point for point in found if point.id not in listed]
    retired = [p for p in free if p.status == Status.ACTIVE]
    deleted = [p for p in free if not p.was_published]
    refused += [
        {"id": p.id, "name": p.name, "reason": "曾经在用，记录须保留"}
        for p in free
        if p.was_published and p.status != Status.ACTIVE
    ]
    points.keep_many(work, [(point, point.retire(reason, [])) for point in retired], "risk_point")
    if deleted:
        points.keep_many(work, [(point, point.discard(reason)) for point in deleted], "risk_point_deleted")
        points.discard(work, deleted)
    absent = set(ids) - {point.id for point in found}
    refused += [{"id": each, "name": "", "reason": "没有找到该风险点"} for each in sorted(absent)]
    keep_batch(
        work,
        references.owner_of(references.own_enterprise(work)),
        "delete",
        len(retired) + len(deleted),
        len(refused),
        None,
        reason,
    )
    return {"deleted": len(deleted), "retired": len(retired), "refused": refused}


@handles(contract.REQUIRE_REVIEW)
def require_review(work: Work, trigger: str, unit_id: str | None, ids: list[str]) -> dict[str, Any]:
    """Ask for re-assessment within 30 days of one unit's points in use, or of named ones."""
    if (unit_id is None) == (not ids):
        raise Invalid("review.what", "请选择单元或风险点（二选一）", unit_id="二选一", ids="二选一")
    chosen = ids
    if unit_id is not None:
        unit = references.find_own_unit(work, unit_id)
        of = risk_point.c
        inside = sa.select(of.id).where(of.enterprise_id == unit["enterprise_id"], of.unit_id.in_(scope.below(unit_id)))
        chosen = list(work.session.scalars(inside.where(of.status == Status.ACTIVE).order_by(of.id).limit(MOST)))
    found = [point for point in points.find_many(work, chosen) if point.status == Status.ACTIVE]
    points.keep_many(work, [(point, point.require_review(trigger, work.today)) for point in found], "risk_point")
    return {"count": len(found)}
