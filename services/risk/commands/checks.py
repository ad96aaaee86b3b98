"""A person checks one point item by item, online or offline; what fails is announced, and becomes a hazard."""

from datetime import datetime
from typing import Any

from services.kernel import ids
from services.kernel.errors import Conflict, Invalid
from services.kernel.service import handles
from services.kernel.work import Work
from services.risk import check_answers
from services.risk.contract import tasks as contract
from services.risk.domain.check import Check, answered, counted_time
from services.risk.domain.check_task import CheckTask
from services.risk.domain.risk_point import RiskPoint, Status
from services.risk.repository import points, scope, tasks


@handles(contract.SUBMIT_CHECK)
def submit_check(
    work: Work, answers: list[dict[str, Any]], task_id: str | None, point_id: str | None, id: str | None = None, **given: Any
) -> dict[str, Any]:
    """Keep what was answered, count it for its task where it does, and announce each item that failed.

    A device sends again what it does not know to have arrived: the same check is kept once.
    """
    if (task_id is None) == (point_id is None):
        raise Invalid("check.what", "请选择检查任务或风险点（二选一）", task_id="二选一", point_id="二选一")
    if id is not None and (known := _known(work, id, task_id, point_id)):
        return check_answers.check(known, tasks.status_of(work, known))
    task = tasks.find(work, task_id) if task_id else None
    point = _point(work, task.point_id if task else str(point_id), task)
    _require_proof(point, given)
    items = tasks.items_of(work, task) if task else tasks.numbered(point.check_items)
    check = _made(work, id or ids.new_id(), task, point, answered(items, answers), given)
    fact = task.take(check.id, check.checked_at, check.checked_by, check.checked_by_name) if task else None
    if task and fact:
        check.outcome = task.status
    if task and fact:
        tasks.keep(work, task, fact)
    tasks.keep_check(work, check, check.failures())
    return check_answers.check(check, task.status if task else None)


def _known(work: Work, check_id: str, task_id: str | None, point_id: str | None) -> Check | None:
    """The check that this person has already handed in under this id; two that arrive at once wait for each other."""
    tasks.lock_check(work, check_id)
    known = tasks.find_check_by(work, check_id)
    if known is None:
        return None
    if known.checked_by != work.caller.id or known.task_id != task_id or (point_id and known.point_id != point_id):
        raise Conflict("check.other_under_id", "该编号已用于另一次检查")
    return known


def _point(work: Work, point_id: str, task: CheckTask | None) -> RiskPoint:
    """The point of the task, wherever in the enterprise it lies; without a task one of the caller's own unit, in use."""
    point = work.find(RiskPoint, point_id, "风险点", lock=False) if task else points.find(work, point_id, lock=False)
    scope.require_own(work, point.enterprise_id)
    if task is None and point.status != Status.ACTIVE:
        raise Conflict("check.point_not_active", "该风险点不在用，不能检查")
    return point


def _require_proof(point: RiskPoint, given: dict[str, Any]) -> None:
    """A code that was scanned has to be this point's; where presence has to be proved, a code or a place is needed."""
    if given["token"] is not None and given["token"] != point.token:
        raise Invalid("check.foreign_token", "所扫二维码不是该风险点的二维码，请到现场重新扫码", token="不是该风险点的二维码")
    has_place = given["longitude"] is not None and given["latitude"] is not None
    if point.is_proof_demanded and given["token"] is None and not has_place:
        raise Invalid("check.no_proof", "该风险点要求现场扫码或定位，请扫码后提交", token="必填")


def _made(
    work: Work, check_id: str, task: CheckTask | None, point: RiskPoint, answers: list[dict[str, Any]], given: dict[str, Any]
) -> Check:
    completed_at: datetime | None = given["completed_at"]
    time = counted_time(work.now, completed_at, given["device_time"])
    proof: dict[str, Any] = {name: str(given[name]) for name in ("longitude", "latitude") if given[name] is not None}
    proof |= {"is_scanned": given["token"] is not None}
    return Check(
        id=check_id, enterprise_id=point.enterprise_id, region=point.region, industry=point.industry,
        task_id=task.id if task else None, point_id=point.id, point_name=point.name,
        point_level=point.level or (task.level if task else "blue"), place=point.place, unit_id=point.unit_id,
        checked_by=work.caller.id, checked_by_name=work.caller.name, checked_at=time.counted_at, uploaded_at=work.now,
        answers=answers, is_time_flagged=time.is_flagged, completed_at=completed_at, device_id=given["device_id"], proof=proof,
    )  # fmt: skip
