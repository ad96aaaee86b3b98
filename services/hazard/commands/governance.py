"""The enterprise confirms, assigns, rectifies and rechecks; authorities recheck what they found, and urge."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from services.hazard import answers
from services.hazard.commands.registration import require_criterion
from services.hazard.contract import governance as contract
from services.hazard.contract import permissions
from services.hazard.domain.events import HazardChanged
from services.hazard.repository import hazards, references
from services.kernel.service import handles
from services.kernel.work import Work


@handles(contract.CONFIRM_HAZARD)
def confirm_hazard(
    work: Work, hazard_id: str, version: int | None, deadline_on: date | None, class_reason: str | None, opinion: str | None,
    **assigned: Any,
) -> dict[str, Any]:  # fmt: skip
    """Settle class, person, measure and deadline; rectification begins."""
    hazard = hazards.find(work, hazard_id, version)
    assigned["responsible_unit_id"] = references.own_unit(work, assigned["responsible_unit_id"], hazard.enterprise_id)
    hazard.assign(work.caller, assigned)
    fact = hazard.confirm(work.caller, deadline_on, class_reason, opinion, work.now, work.today)
    detail = {"responsible_name": hazard.responsible_name, "measure": hazard.measure, "deadline_on": hazard.deadline_on}
    hazards.keep(work, hazard, [fact], "confirm", class_reason or opinion, detail=detail)
    return answers.detail(work, hazard)


@handles(contract.RETURN_HAZARD)
def return_hazard(work: Work, hazard_id: str, version: int | None, reason: str) -> dict[str, Any]:
    hazard = hazards.find(work, hazard_id, version)
    hazards.keep(work, hazard, [hazard.send_back(work.caller, reason)], "return", reason)
    return answers.detail(work, hazard)


@handles(contract.ASSIGN_HAZARD)
def assign_hazard(work: Work, hazard_id: str, version: int | None, **assigned: Any) -> dict[str, Any]:
    """Say who rectifies, and by which measure, while rectification is owed."""
    hazard = hazards.find(work, hazard_id, version)
    assigned["responsible_unit_id"] = references.own_unit(work, assigned["responsible_unit_id"], hazard.enterprise_id)
    hazard.assign(work.caller, assigned)
    hazard.require_rectifying()
    hazards.keep(work, hazard, [HazardChanged()], "assign", detail=assigned)
    return answers.detail(work, hazard)


@handles(contract.UPGRADE_HAZARD)
def upgrade_hazard(work: Work, hazard_id: str, version: int | None, criterion_code: str, reason: str | None) -> dict[str, Any]:
    hazard = hazards.find(work, hazard_id, version)
    require_criterion(work, criterion_code)
    fact = hazard.upgrade(work.caller, criterion_code, reason, work.now)
    hazards.keep(work, hazard, [fact], "upgrade", reason, detail={"criterion_code": criterion_code})
    return answers.detail(work, hazard)


@handles(contract.CANCEL_HAZARD)
def cancel_hazard(work: Work, hazard_id: str, version: int | None, reason: str) -> dict[str, Any]:
    hazard = hazards.find(work, hazard_id, version)
    hazards.keep(work, hazard, hazard.cancel(work.caller, reason), "cancel", reason)
    return answers.detail(work, hazard)


@handles(contract.SUBMIT_RECTIFICATION)
def submit_rectification(
    work: Work, hazard_id: str, version: int | None, measure_taken: str, finished_at: datetime, after_photos: list[str],
    cost: Decimal | None,
) -> dict[str, Any]:  # fmt: skip
    hazard = hazards.find(work, hazard_id, version)
    stands_in = work.caller.may(permissions.WHOLE_ENTERPRISE)
    fact = hazard.submit_rectification(work.caller, measure_taken, finished_at, after_photos, cost, work.now, stands_in)
    detail = {"finished_at": finished_at, "cost": cost}
    hazards.keep(work, hazard, [fact], "submit_rectification", measure_taken, after_photos, detail)
    return answers.detail(work, hazard)


@handles(contract.RECHECK_HAZARD)
def recheck_hazard(
    work: Work, hazard_id: str, version: int | None, is_passed: bool, opinion: str, deadline_on: date | None, photos: list[str]
) -> dict[str, Any]:
    """Close it, or send it back to rectification until a new day."""
    hazard = hazards.find(work, hazard_id, version)
    if is_passed:
        hazards.keep(work, hazard, [hazard.pass_recheck(work.caller, opinion, work.now)], "recheck_pass", opinion, photos)
    else:
        fact = hazard.fail_recheck(work.caller, opinion, deadline_on, work.today)
        hazards.keep(work, hazard, [fact], "recheck_fail", opinion, photos, {"deadline_on": hazard.deadline_on})
    return answers.detail(work, hazard)


@handles(contract.REQUEST_EXTENSION)
def request_extension(
    work: Work, hazard_id: str, version: int | None, to_on: date, reason: str, interim_measures: str, plan: str | None
) -> dict[str, Any]:
    """Ask for a later day; of a major hazard the principal asks."""
    hazard = hazards.find(work, hazard_id, version)
    if hazard.is_major:
        work.caller.require(permissions.LEAD)
    fact = hazard.request_extension(work.caller, to_on, reason, interim_measures, plan, work.now, work.today)
    detail = {"to_on": to_on, "interim_measures": interim_measures}
    hazards.keep(work, hazard, [fact], "request_extension", reason, detail=detail)
    return answers.detail(work, hazard)


@handles(contract.DECIDE_EXTENSION)
def decide_extension(work: Work, hazard_id: str, version: int | None, is_approved: bool, opinion: str | None) -> dict[str, Any]:
    hazard = hazards.find(work, hazard_id, version)
    fact = hazard.decide_extension(work.caller, is_approved, opinion)
    event = "approve_extension" if is_approved else "reject_extension"
    hazards.keep(work, hazard, [fact], event, opinion, detail={"deadline_on": hazard.deadline_on})
    return answers.detail(work, hazard)


@handles(contract.COMMENT_HAZARD)
def comment_hazard(work: Work, hazard_id: str, version: int | None, comment: str) -> dict[str, Any]:
    """An authority urges: it stands in the history and goes out to the enterprise."""
    hazard = hazards.find(work, hazard_id, version)
    hazards.keep(work, hazard, [hazard.comment(work.caller, comment)], "comment", comment)
    return answers.detail(work, hazard)
