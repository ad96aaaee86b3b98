"""Major hazards: the enterprise reports, plans, governs and has assessed; regulators approve, strike off, downgrade."""

from datetime import date
from decimal import Decimal
from typing import Any

from services.hazard import answers
from services.hazard.commands.registration import require_criterion
from services.hazard.contract import major as contract
from services.hazard.domain.plan import Plan
from services.hazard.repository import hazards
from services.kernel import ids
from services.kernel.service import handles
from services.kernel.work import Work


@handles(contract.REPORT_MAJOR)
def report_major(work: Work, hazard_id: str, version: int | None, criterion_code: str, **report: Any) -> dict[str, Any]:
    """The formal report to the regulator of region and industry."""
    hazard = hazards.find(work, hazard_id, version)
    require_criterion(work, criterion_code)
    fact = hazard.report(work.caller, criterion_code, now=work.now, **report)
    hazards.keep(work, hazard, [fact], "report", detail={"criterion_code": criterion_code, "is_late": hazard.is_report_late})
    return answers.detail(work, hazard)


@handles(contract.START_PLAN)
def start_plan(work: Work, hazard_id: str, version: int | None) -> dict[str, Any]:
    hazard = hazards.find(work, hazard_id, version)
    hazards.keep(work, hazard, [hazard.start_plan(work.caller)], "start_plan")
    return answers.detail(work, hazard)


@handles(contract.SUBMIT_PLAN)
def submit_plan(work: Work, hazard_id: str, version: int | None, **plan: Any) -> dict[str, Any]:
    hazard = hazards.find(work, hazard_id, version)
    fact = hazard.submit_plan(work.caller, Plan(**plan), work.today)
    hazards.keep(work, hazard, [fact], "submit_plan", detail={"plan": plan})
    return answers.detail(work, hazard)


@handles(contract.DECIDE_PLAN)
def decide_plan(work: Work, hazard_id: str, version: int | None, is_approved: bool, opinion: str | None) -> dict[str, Any]:
    """Approve the plan, which sets the term of the governance, or return it."""
    hazard = hazards.find(work, hazard_id, version)
    if is_approved:
        hazards.keep(work, hazard, [hazard.approve_plan(work.caller, opinion, work.today)], "approve_plan", opinion)
    else:
        hazards.keep(work, hazard, [hazard.return_plan(work.caller, opinion)], "return_plan", opinion)
    return answers.detail(work, hazard)


@handles(contract.REPORT_PROGRESS)
def report_progress(work: Work, hazard_id: str, version: int | None, percent: int, text: str, photos: list[str]) -> dict[str, Any]:
    hazard = hazards.find(work, hazard_id, version)
    fact = hazard.report_progress(work.caller, percent, work.today)
    hazards.keep(work, hazard, [fact], "progress", text, photos, {"percent": percent})
    return answers.detail(work, hazard)


@handles(contract.FINISH_GOVERNANCE)
def finish_governance(
    work: Work, hazard_id: str, version: int | None, measure_taken: str, after_photos: list[str], cost: Decimal | None
) -> dict[str, Any]:
    hazard = hazards.find(work, hazard_id, version)
    fact = hazard.finish(work.caller, measure_taken, after_photos, cost, work.now)
    hazards.keep(work, hazard, [fact], "finish", measure_taken, after_photos, {"cost": cost})
    return answers.detail(work, hazard)


@handles(contract.ASSESS_GOVERNANCE)
def assess_governance(
    work: Work, hazard_id: str, version: int | None, is_passed: bool, report: str, agency: str | None, attachments: list[str]
) -> dict[str, Any]:
    hazard = hazards.find(work, hazard_id, version)
    fact = hazard.assess(work.caller, is_passed, report, agency, attachments, work.today)
    event = "assess_pass" if is_passed else "assess_fail"
    hazards.keep(work, hazard, [fact], event, report, attachments, {"agency": agency})
    return answers.detail(work, hazard)


@handles(contract.CLOSE_MAJOR)
def close_major(
    work: Work, hazard_id: str, version: int | None, is_accepted: bool, opinion: str, deadline_on: date | None,
    attachments: list[str],
) -> dict[str, Any]:  # fmt: skip
    """Strike it off after the review on site, or order further governance."""
    hazard = hazards.find(work, hazard_id, version)
    if is_accepted:
        hazards.keep(work, hazard, [hazard.accept(work.caller, opinion, work.now, work.today)], "accept", opinion, attachments)
    else:
        fact = hazard.refuse_acceptance(work.caller, opinion, deadline_on, work.today)
        hazards.keep(work, hazard, [fact], "refuse", opinion, attachments, {"deadline_on": hazard.deadline_on})
    return answers.detail(work, hazard)


@handles(contract.DOWNGRADE_HAZARD)
def downgrade_hazard(work: Work, hazard_id: str, version: int | None, reason: str) -> dict[str, Any]:
    """End it as major, and make a general hazard of it that names it as its origin."""
    hazard = hazards.find(work, hazard_id, version)
    fact = hazard.downgrade(work.caller, reason)
    successor, registered = hazard.successor(ids.new_id(), work.now, work.today)
    hazards.keep(work, hazard, [fact], "downgrade", reason, detail={"successor_id": successor.id})
    hazards.keep(work, successor, [registered], "register", reason, successor.photos, {"origin_id": hazard.id})
    return answers.detail(work, hazard)
