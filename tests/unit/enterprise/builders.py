"""Enterprises, requests, licences and units of which a test states only what matters."""

from datetime import UTC, date, datetime
from typing import Any

from services.enterprise.contract.basic import REQUIRED
from services.enterprise.domain.change import EnterpriseChange
from services.enterprise.domain.enterprise import CORE, Enterprise
from services.enterprise.domain.licence import Edition, Licence
from services.enterprise.domain.org_unit import OrgUnit
from services.enterprise.domain.routing import Authority, Sector
from services.enterprise.domain.suspension import SuspensionRequest
from services.kernel import ids

NOW = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
TODAY = date(2026, 3, 10)
DUE = date(2026, 3, 17)
COUNTY = Authority("520102", Sector.EMERGENCY)


def content(**values: Any) -> dict[str, Any]:
    """Every required field, filled."""
    filled: dict[str, Any] = dict.fromkeys(REQUIRED, "某项")
    filled |= {"name": "贵阳某厂", "region": "520102", "industry": "GM01", "employees": 12, "has_safety_organisation": False}
    return filled | values


def an_enterprise(status: str = "draft", **values: Any) -> Enterprise:
    """Complete, and submitted by ``applicant`` to the county where it is past that."""
    enterprise_id = ids.new_id()
    known = {name: values.pop(name) for name in list(values) if name in Enterprise.__dataclass_fields__ and name not in CORE}
    filled = content(**values)
    enterprise = Enterprise(
        id=enterprise_id, enterprise_id=enterprise_id, region=filled["region"], name=filled["name"], drafted_at=NOW
    )
    enterprise.fill(filled)
    if status != "draft":
        enterprise.authority_region, enterprise.authority_sector = COUNTY.region, COUNTY.sector
        enterprise.submitted_by, enterprise.submitted_content, enterprise.round = "applicant", enterprise.content, 1
    enterprise.status = status
    for name, value in known.items():
        setattr(enterprise, name, value)
    return enterprise


def a_stop(**values: Any) -> SuspensionRequest:
    """A complete request to stop."""
    given: dict[str, Any] = {
        "kind": "stop", "stop_kind": "seasonal", "reason": "淡季", "from_on": date(2026, 3, 15),
        "expected_to_on": date(2026, 4, 15), "duty_arrangement": "每日两人值守", "are_dangers_sealed": True, "industry": "GM01",
    } | values  # fmt: skip
    return SuspensionRequest(id=ids.new_id(), enterprise_id=ids.new_id(), region="520102", requested_at=NOW, **given)


def a_resumption(**values: Any) -> SuspensionRequest:
    """A complete request to resume."""
    given: dict[str, Any] = {
        "kind": "resume",
        "from_on": date(2026, 4, 20),
        "self_check_report": [ids.new_id()],
        "industry": "GM01",
    } | values
    return SuspensionRequest(id=ids.new_id(), enterprise_id=ids.new_id(), region="520102", requested_at=NOW, **given)


def a_change(**values: Any) -> EnterpriseChange:
    given: dict[str, Any] = {"reason": "更名", "new": {"name": "贵阳新厂"}, "industry": "GM01"} | values
    return EnterpriseChange(id=ids.new_id(), enterprise_id=ids.new_id(), region="520102", requested_at=NOW, **given)


def an_edition(valid_from: date, valid_to: date | None, **values: Any) -> Edition:
    given: dict[str, Any] = {
        "number": "黔A001",
        "issuer": "省应急管理厅",
        "issued_on": valid_from,
        "permitted_scope": None,
        "edition": 1,
    } | values
    return Edition(
        id=ids.new_id(), licence_id=ids.new_id(), enterprise_id=ids.new_id(), region="520102", industry="GM01",
        valid_from=valid_from, valid_to=valid_to, scans=[ids.new_id()], recorded_by="keeper", recorded_at=NOW, **given,
    )  # fmt: skip


def a_licence(valid_from: date, valid_to: date | None, on: date, **values: Any) -> Licence:
    """Registered on a day."""
    licence = Licence(id=ids.new_id(), enterprise_id=ids.new_id(), region="520102", industry="GM01", licence_type="ZZ03")
    licence.register(an_edition(valid_from, valid_to), on)
    for name, value in values.items():
        setattr(licence, name, value)
    return licence


def a_unit(tier: str, parent: OrgUnit | None = None, **values: Any) -> OrgUnit:
    """The root, or a unit below ``parent``."""
    owner = parent.enterprise_id if parent else ids.new_id()
    unit = OrgUnit(id=ids.new_id(), enterprise_id=owner, region="520102", industry="GM01", name=tier, tier=tier, **values)
    if parent is None:
        unit.take_root()
    else:
        unit.place_under(parent)
    return unit
