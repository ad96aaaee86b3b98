"""What a list is made of and held against: its points, those that its unit owes, and the items that authorities demand."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from services.kernel import ids
from services.kernel.errors import Invalid
from services.kernel.work import Work
from services.risk.domain.levels import Level, Tier, is_owed
from services.risk.domain.list_rules import Finding, ListedPoint, Surroundings, findings
from services.risk.domain.risk_list import RiskList
from services.risk.domain.risk_point import Status
from services.risk.repository import references, scope, settings
from services.risk.tables import org_unit_ref, risk_point

_OF = risk_point.c
_LISTED = [
    _OF.id, _OF.name, _OF.level, _OF.status, _OF.is_infrequent, _OF.control_plan.is_not(None).label("has_plan"), _OF.unit_id,
]  # fmt: skip


def composed(work: Work, unit: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The lines with ids and items: those of the point where none are given, the authority's words where it demands one."""
    points = _points(work, unit["enterprise_id"], [line["point_id"] for line in lines])
    demanded = settings.mandatory(work, unit["region"], unit["industry"])
    _require_units(work, unit["enterprise_id"], {line["checker_unit_id"] for line in lines if line.get("checker_unit_id")})
    made = []
    for line in lines:
        items = [_item(item, demanded) for item in line["items"]] or [
            {"item": i["item"], "standard": i.get("standard"), "mandatory_id": None} for i in points[line["point_id"]]
        ]
        made.append({**line, "line_id": ids.new_id(), "items": items})
    return made


def _points(work: Work, enterprise_id: str, point_ids: list[str]) -> dict[str, list[dict[str, Any]]]:
    """The check items of each point; Invalid when one is not the enterprise's, or lies outside the author's unit."""
    query = sa.select(_OF.id, _OF.check_items).where(_OF.id.in_(point_ids), _OF.enterprise_id == enterprise_id)
    found = dict(work.session.execute(query.where(scope.in_unit(work.caller, _OF.unit_id))).tuples().all())
    if unknown := [point_id for point_id in point_ids if point_id not in found]:
        raise Invalid("risk_list.unknown_point", "清单中有不存在的风险点，请刷新后重选", point_id=unknown[0])
    return found


def _require_units(work: Work, enterprise_id: str, unit_ids: set[str]) -> None:
    of = org_unit_ref.c
    known = set(work.session.scalars(sa.select(of.id).where(of.id.in_(unit_ids), of.enterprise_id == enterprise_id)))
    if unit_ids - known:
        raise Invalid("risk_list.unknown_checker", "检查岗位不属于本企业，请重新选择", checker_unit_id="不属于本企业")


def _item(item: Mapping[str, Any], demanded: Mapping[str, Any]) -> dict[str, Any]:
    of = demanded.get(item["mandatory_id"]) if item["mandatory_id"] else None
    if item["mandatory_id"] and of is None:
        raise Invalid(
            "risk_list.unknown_mandatory", "强制性检查内容已停止或不适用于本企业，请刷新", mandatory_id=item["mandatory_id"]
        )
    return {**item, "item": of.item, "standard": of.standard} if of else dict(item)


def found_on(work: Work, of: RiskList) -> list[Finding]:
    """Everything there is to say about a list as things are now."""
    unit = references.find_unit(work, of.unit_id)
    listed = [line["point_id"] for line in of.lines]
    rows = work.session.execute(sa.select(*_LISTED).where(_OF.id.in_(listed))).mappings()
    demanded = settings.mandatory(work, of.region, of.industry)
    around = Surroundings(
        unit_tier=Tier(unit["tier"]),
        points={row["id"]: _listed(dict(row)) for row in rows},
        owed=owed(work, unit),
        mandatory={key: item.item for key, item in demanded.items()},
    )
    return findings(Tier(of.list_class), of.lines, around)


def owed(work: Work, unit: Mapping[str, Any]) -> list[ListedPoint]:
    """The points that the list of this unit has to hold."""
    return [_listed(row) for row in owed_rows(work, unit)]


def owed_rows(work: Work, unit: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The same as rows, the gravest first."""
    tiers = references.tiers_of(work, unit["enterprise_id"])
    query = sa.select(*_LISTED, _OF.control_tier, _OF.check_items).where(
        _OF.enterprise_id == unit["enterprise_id"], _OF.status == Status.ACTIVE, _OF.unit_id.in_(scope.below(unit["id"]))
    )
    rows = [
        dict(row)
        for row in work.session.execute(query.order_by(_OF.id)).mappings()
        if is_owed(Level(row["level"]), Tier(unit["tier"]), tiers, row["unit_id"] == unit["id"])
    ]
    order = list(Level)
    return sorted(rows, key=lambda row: order.index(Level(row["level"])))


def _listed(row: Mapping[str, Any]) -> ListedPoint:
    return ListedPoint(
        id=row["id"],
        name=row["name"],
        level=Level(row["level"]) if row["level"] else None,
        is_active=row["status"] == Status.ACTIVE,
        is_infrequent=row["is_infrequent"],
        has_control_plan=row["has_plan"],
    )
