"""Answers made of enterprises: whole for the enterprise itself, with masked telephones for everybody without the right."""

from typing import Any

from services.enterprise.contract import permissions
from services.enterprise.contract.archive import ChangeState
from services.enterprise.contract.basic import BY_CODE, PERSONAL, REQUIRED
from services.enterprise.contract.registration import Standing
from services.enterprise.contract.suspension import SuspensionState
from services.enterprise.domain import routing
from services.enterprise.domain.change import EnterpriseChange
from services.enterprise.domain.enterprise import EDITABLE, Enterprise
from services.enterprise.domain.personal import Personal
from services.enterprise.domain.review_term import due_day
from services.enterprise.domain.routing import Authority, Ground, Sector
from services.enterprise.domain.suspension import SuspensionRequest
from services.enterprise.repository import acts_for
from services.enterprise.workdays import is_workday
from services.kernel import catalogue, clock, region
from services.kernel.contract import made
from services.kernel.errors import NotFound
from services.kernel.work import Work

SECTOR_LABELS = {Sector.EMERGENCY: "应急管理部门", Sector.HOUSING: "住房城乡建设部门"}


def masked(phone: str | None) -> str | None:
    """The first three and last four digits of a number."""
    return str(Personal(phone)) if phone else phone


def detail(work: Work, enterprise: Enterprise) -> dict[str, Any]:
    """Basic information and standing of one enterprise, as this caller may see it."""
    standing = {name: getattr(enterprise, name) for name in made(Standing).fields}
    content = enterprise.content
    if not (acts_for(work.caller, enterprise.id) or work.caller.may(permissions.UNMASK)):
        content |= {code: masked(content.get(code)) for code in PERSONAL if code in content}
    return {**standing, **content}


def registration(work: Work, enterprise: Enterprise) -> dict[str, Any]:
    """What the applicant sees of his own application: what is missing and who decides."""
    registrant = {name: getattr(enterprise, name) for name in ("registrant_name", "registrant_mobile", "registrant_email")}
    missing = [{"code": code, "label": BY_CODE[code].label} for code in enterprise.missing(REQUIRED)]
    stored = None if enterprise.status in EDITABLE or not enterprise.authority_region else enterprise.authority
    to = stored or authority_of(work, enterprise.region, enterprise.industry, enterprise.review_ground)
    return detail(work, enterprise) | registrant | {"missing": missing, "authority": authority(work, to)}


def authority_of(work: Work, place: str, industry: str | None, ground: str) -> Authority:
    """The authority that such an enterprise is routed to."""
    row = catalogue.row(work, "regions", place[:6])
    return routing.route(place, industry, Ground(ground), row["province_administered"] == "1")


def authority(work: Work, of: Authority) -> dict[str, str]:
    """An authority as people read it."""
    try:
        name = str(catalogue.row(work, "regions", of.region)["name"])
    except NotFound:  # A region of another province, or one that has been abolished.
        name = of.region
    return {"region": of.region, "level": region.level(of.region), "sector": of.sector, "name": name + SECTOR_LABELS[of.sector]}


def change(work: Work, of: EnterpriseChange, enterprise_name: str) -> dict[str, Any]:
    """A change as people compare it: old and new side by side."""
    lines = [{"field": code, "label": BY_CODE[code].label, "old": of.old.get(code), "new": value} for code, value in of.new.items()]
    more = {"lines": lines, "enterprise_name": enterprise_name} | _review(work, of)
    names = made(ChangeState).fields.keys() - more.keys()
    return {name: getattr(of, name) for name in names} | more


def suspension(work: Work, of: SuspensionRequest, enterprise_name: str, stopped_as: str | None) -> dict[str, Any]:
    """A request with what its review asks for; ``stopped_as`` is the kind of the enterprise's present stop."""
    more = {"enterprise_name": enterprise_name, "needs_acceptance": of.needs_acceptance(stopped_as)} | _review(work, of)
    names = made(SuspensionState).fields.keys() - more.keys()
    return {name: getattr(of, name) for name in names} | more


def _review(work: Work, of: EnterpriseChange | SuspensionRequest) -> dict[str, Any]:
    """Whether a request waits for this caller's word, and until when; nothing of either once it is decided."""
    if of.status != "pending" or of.submitted_at is None:
        return {"may_decide": False, "review_due_on": None}
    due_on = due_day(clock.day_of(of.submitted_at), is_workday)
    return {"may_decide": routing.may_decide(of.authority, work.caller), "review_due_on": due_on}
