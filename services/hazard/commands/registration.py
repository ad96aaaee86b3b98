"""Somebody writes down a hazard, corrects it, hands it in."""

from datetime import datetime
from typing import Any

from services.hazard import answers
from services.hazard.contract import permissions
from services.hazard.contract import registration as contract
from services.hazard.domain import criteria
from services.hazard.domain.hazard import Hazard
from services.hazard.domain.record import SUSPICIOUS_LEVELS, HazardClass
from services.hazard.repository import hazards, references
from services.kernel import catalogue, ids
from services.kernel.caller import Caller, Kind
from services.kernel.errors import Forbidden, Invalid
from services.kernel.service import handles
from services.kernel.work import Work


@handles(contract.REGISTER_HAZARD)
def register_hazard(
    work: Work, id: str | None, enterprise_id: str | None, source: str, is_draft: bool, is_mobile: bool, found_at: datetime | None,
    **content: Any,
) -> dict[str, Any]:  # fmt: skip
    """Write it down, and hand it in unless it is kept as a draft."""
    enterprise_id = enterprise_id or work.caller.enterprise_id
    if enterprise_id is None:
        raise Invalid("hazard.no_enterprise", "请选择隐患所在企业", enterprise_id="必填")
    enterprise = references.running_enterprise(work, enterprise_id)
    hazard = Hazard(
        id=id or ids.new_id(), enterprise_id=enterprise_id, region=enterprise["region"], industry=enterprise["industry"],
        source=source, found_at=found_at or work.now, found_by=work.caller.id, found_by_name=work.caller.name,
        place=content.pop("place"), description=content.pop("description"), authority_region=_authority(work.caller, source),
    )  # fmt: skip
    hazard.require_finder(work.caller)
    _fill(work, hazard, **content)
    if is_draft:
        hazards.keep(work, hazard, [], "draft")
    else:
        hazards.keep(work, hazard, hazard.register(work.now, work.today, is_mobile), "register", attachments=hazard.photos)
    return answers.detail(work, hazard)


@handles(contract.REVISE_HAZARD)
def revise_hazard(work: Work, hazard_id: str, version: int | None, found_at: datetime | None, **content: Any) -> dict[str, Any]:
    """Write the content anew: of a draft, or of what was sent back."""
    hazard = hazards.find(work, hazard_id, version)
    facts = hazard.revise(work.caller)
    hazard.found_at = found_at or hazard.found_at
    hazard.place, hazard.description = content.pop("place"), content.pop("description")
    _fill(work, hazard, **content)
    hazards.keep(work, hazard, facts, "revise", attachments=hazard.photos)
    return answers.detail(work, hazard)


@handles(contract.SUBMIT_HAZARD)
def submit_hazard(work: Work, hazard_id: str, version: int | None, is_mobile: bool) -> dict[str, Any]:
    hazard = hazards.find(work, hazard_id, version)
    hazard.require_finder(work.caller)
    hazards.keep(work, hazard, hazard.register(work.now, work.today, is_mobile), "register", attachments=hazard.photos)
    return answers.detail(work, hazard)


@handles(contract.RESUBMIT_HAZARD)
def resubmit_hazard(work: Work, hazard_id: str, version: int | None) -> dict[str, Any]:
    hazard = hazards.find(work, hazard_id, version)
    fact = hazard.resubmit(work.caller, work.now, work.today)
    hazards.keep(work, hazard, [fact], "resubmit", attachments=hazard.photos)
    return answers.detail(work, hazard)


@handles(contract.SHOW_HAZARD)
def show_hazard(work: Work, hazard_id: str) -> dict[str, Any]:
    return answers.detail(work, hazards.find(work, hazard_id, lock=False))


def _authority(caller: Caller, source: str) -> str | None:
    """Where the authority sits whose official writes this down; the enterprise's own people find for themselves."""
    if caller.kind != Kind.REGULATOR:
        return None
    if source in ("self_check", "project"):
        raise Invalid("hazard.wrong_source", "监管部门登记的隐患，来源应为专家检查、投诉举报或上级检查", source="不能选择")
    if caller.region is None:
        raise Forbidden("hazard.no_authority", "您的账号没有所属机关，不能登记隐患")
    return caller.region


def _fill(work: Work, hazard: Hazard, removed_at: datetime | None, is_suspected_major: bool, **content: Any) -> None:
    """Take over what was written; the class follows from criterion, point and who writes."""
    before, content["unit_id"] = hazard.unit_id, references.own_unit(work, content["unit_id"], hazard.enterprise_id)
    hazard_class, criterion_code = content.pop("hazard_class"), content["criterion_code"]
    for name, value in content.items():
        setattr(hazard, name, value)
    hazard.finished_at = removed_at
    level = None
    if hazard.point_id is not None:
        point = references.point(work, hazard.point_id, hazard.enterprise_id)
        hazard.point_name, level = point["name"], point["level"]
        hazard.unit_id = hazard.unit_id or references.heir(work, point["unit_id"])
    if hazard.unit_id != before:
        hazard.found_unit_id = None
    if criterion_code:
        require_criterion(work, criterion_code)
    wanted = HazardClass.MAJOR if criterion_code else hazard_class
    hazard.classify(wanted, is_suspected_major or level in SUSPICIOUS_LEVELS, _may_declare_major(work.caller))


def _may_declare_major(caller: Caller) -> bool:
    """The safety manager and authorities judge; what others think major is suspected until he has decided (rules 2.9)."""
    return caller.kind == Kind.REGULATOR or caller.may(permissions.REPORT)


def require_criterion(work: Work, code: str) -> None:
    """Refuse a criterion that is unknown, out of date, or only the heading of others."""
    criteria.require_choosable(code, catalogue.rows(work, "major_hazard_criteria"))
