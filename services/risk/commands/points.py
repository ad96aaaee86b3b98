"""The enterprise writes, assesses, publishes and retires its risk points."""

from datetime import date
from typing import Any

from services.kernel import ids
from services.kernel.errors import Conflict
from services.kernel.event import Fact
from services.kernel.service import handles
from services.kernel.work import Work, plain
from services.risk import answers, codes
from services.risk.contract import points as contract
from services.risk.domain.assessment import Assessor
from services.risk.domain.risk_point import RiskPoint
from services.risk.repository import points, references, tasks
from services.risk.tables import check_task


@handles(contract.CREATE_RISK_POINT)
def create_risk_point(
    work: Work, unit_id: str, is_draft: bool, assessment: dict[str, Any] | None, id: str | None = None, **content: Any
) -> dict[str, Any]:
    """Write a new point down; what is no draft is identified, and assessed when the assessment comes along."""
    unit = references.find_own_unit(work, unit_id)
    _check(work, unit["enterprise_id"], content)
    point = RiskPoint(
        id=id or ids.new_id(), **references.owner_of(unit), number=points.next_numbers(work, unit["enterprise_id"], 1)[0],
        token=ids.token(), unit_id=unit_id, name=content.pop("name"), object_type=content.pop("object_type"),
        place=content.pop("place"), created_at=work.now,
    )  # fmt: skip
    fact: Fact = point.describe(content)
    if not is_draft:
        fact = point.identify()
    if assessment is not None:
        fact = point.assess(assessor(work), **assessment)
    return _kept(work, point, fact)


@handles(contract.CHANGE_RISK_POINT)
def change_risk_point(work: Work, risk_point_id: str, version: int | None, **content: Any) -> dict[str, Any]:
    point = points.find_own(work, risk_point_id, version)
    if content["unit_id"] != point.unit_id:
        _require_same(references.find_own_unit(work, content["unit_id"])["enterprise_id"], point)
    _check(work, point.enterprise_id, content)
    return _kept(work, point, point.describe(content))


@handles(contract.IDENTIFY_RISK_POINT)
def identify_risk_point(work: Work, risk_point_id: str, version: int | None) -> dict[str, Any]:
    point = points.find_own(work, risk_point_id, version)
    return _kept(work, point, point.identify())


@handles(contract.ASSESS_RISK_POINT)
def assess_risk_point(work: Work, risk_point_id: str, version: int | None, **made: Any) -> dict[str, Any]:
    point = points.find_own(work, risk_point_id, version)
    return _kept(work, point, point.assess(assessor(work), **made))


@handles(contract.REASSESS_RISK_POINT)
def reassess_risk_point(
    work: Work, risk_point_id: str, version: int | None, factors: Any, check_items: Any, **made: Any
) -> dict[str, Any]:
    """Make a new version beside the one in force; it waits to be published."""
    point = points.find_own(work, risk_point_id, version)
    codes.check(work, factors or [], point.accident_standard, [])
    return _kept(work, point, point.reassess(assessor(work), factors, check_items, **made))


@handles(contract.PUBLISH_RISK_POINT)
def publish_risk_point(work: Work, risk_point_id: str, version: int | None) -> dict[str, Any]:
    point = points.find_own(work, risk_point_id, version)
    return _kept(work, point, point.publish(work.today))


@handles(contract.PUBLISH_VERSION)
def publish_risk_point_version(work: Work, risk_point_id: str, version: int | None) -> dict[str, Any]:
    point = points.find_own(work, risk_point_id, version)
    return _kept(work, point, point.publish_version(work.today))


@handles(contract.RETIRE_RISK_POINT)
def retire_risk_point(work: Work, risk_point_id: str, version: int | None, reason: str) -> dict[str, Any]:
    """Take a point out of use that stands on no filed list; tasks left over from earlier lists are cancelled."""
    point = points.find_own(work, risk_point_id, version)
    fact = point.retire(reason, points.filed_on(work, [point.id]).get(point.id, []))
    left = tasks.pending(work, check_task.c.point_id == point.id)
    tasks.keep_many(work, [(task, task.cancel(f"风险点已停用：{reason}")) for task in left], "check_task")
    return _kept(work, point, fact)


@handles(contract.REOPEN_RISK_POINT)
def reopen_risk_point(work: Work, risk_point_id: str, version: int | None) -> dict[str, Any]:
    point = points.find_own(work, risk_point_id, version)
    return _kept(work, point, point.reopen())


@handles(contract.RENEW_TOKEN)
def renew_risk_token(work: Work, risk_point_id: str, version: int | None, reason: str) -> dict[str, Any]:
    """Give the point another QR code; cards that carry the old one open nothing any more."""
    point = points.find_own(work, risk_point_id, version)
    work.note(f"risk_token:{point.id}", {"reason": reason})
    return _kept(work, point, point.renew_token(ids.token()))


@handles(contract.PRINT_CARD)
def print_risk_card(work: Work, risk_point_id: str, version: int | None, printed_on: date | None) -> dict[str, Any]:
    """Note that the card hangs with the assessment in force."""
    point = points.find_own(work, risk_point_id, version)
    work.note(f"risk_card:{point.id}", {"printed_on": printed_on or work.today})
    return _kept(work, point, point.note_printed())


@handles(contract.SET_CONTROL_PLAN)
def set_control_plan(work: Work, risk_point_id: str, version: int | None, **plan: Any) -> dict[str, Any]:
    point = points.find_own(work, risk_point_id, version)
    return _kept(work, point, point.plan_control(plain(plan)))


def assessor(work: Work) -> Assessor:
    return Assessor(work.caller.id, work.caller.name, work.now)


def _check(work: Work, enterprise_id: str, content: dict[str, Any]) -> None:
    points.require_category(work, content["category_id"], enterprise_id)
    codes.check(work, content["factors"], content["accident_standard"], content["accident_types"])


def _require_same(enterprise_id: str, point: RiskPoint) -> None:
    if enterprise_id != point.enterprise_id:
        raise Conflict("risk_point.foreign_unit", "该单元不属于本企业")


def _kept(work: Work, point: RiskPoint, *facts: Fact) -> dict[str, Any]:
    points.keep(work, point, *facts)
    return answers.point(work, point)
