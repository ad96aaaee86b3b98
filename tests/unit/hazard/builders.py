"""Hazards, plans and listings of which a test states only what matters; a day in May, an enterprise in 南明."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from services.hazard.domain.hazard import Hazard
from services.hazard.domain.listing import SupervisionListing
from services.hazard.domain.plan import Plan
from services.kernel import ids
from services.kernel.caller import Caller
from tests.callers import enterprise_user, regulator

NOW = datetime(2026, 5, 12, 3, 0, tzinfo=UTC)
TODAY = date(2026, 5, 12)
ENTERPRISE = "0198e7a0-0000-7000-8000-00000000000a"
PHOTO = ["0198e7a0-0000-7000-8000-000000000001"]


def days(number: int) -> date:
    return TODAY + timedelta(days=number)


def ours(**values: Any) -> Caller:
    """Somebody of the enterprise."""
    return enterprise_user(ENTERPRISE, "520102", **values)


def county() -> Caller:
    return regulator("520102")


def a_hazard(status: str = "registered", **values: Any) -> Hazard:
    """A general hazard, whole, in rectification until the 19th where it is past confirmation."""
    given: dict[str, Any] = {
        "id": ids.new_id(), "enterprise_id": ENTERPRISE, "region": "520102", "industry": "GM01", "source": "self_check",
        "found_at": NOW - timedelta(days=1), "found_by": "checker", "found_by_name": "查", "place": "一车间",
        "description": "护栏缺失",
        "responsible_name": "责", "measure": "补装护栏", "deadline_on": days(7), "status": status,
    }  # fmt: skip
    if status not in ("draft", "registered", "returned"):
        given |= {"first_deadline_on": days(7), "approved_deadline_on": days(7), "term_from_on": TODAY, "confirmed_at": NOW}
    if status == "pending_recheck":
        given |= {"rectified_by": "rectifier", "finished_at": NOW}
    if status == "extension_pending":
        given |= {"extension_to_on": days(14), "extension_by": "rectifier", "extension_at": NOW}
    return Hazard(**given | values)


def a_major(status: str = "registered", **values: Any) -> Hazard:
    """A major hazard found by the enterprise; from rectification on its plan runs 30 days and is done."""
    given: dict[str, Any] = {"hazard_class": "major", "major_since": NOW, "report_due_at": NOW + timedelta(hours=24)}
    if status in ("registered", "reported", "planning", "plan_review"):
        given |= {"first_deadline_on": None, "approved_deadline_on": None, "term_from_on": None}
    if status not in ("registered", "reported", "planning"):
        given |= {"plan": a_plan(), "plan_by": "manager"}
    if status == "rectifying":
        given |= {"progress": 100}
    if status in ("assessing", "acceptance"):
        given |= {"rectified_by": "principal", "assessed_by": "expert", "acceptance_due_on": days(10)}
    return a_hazard(status, **given | values)


def a_plan(**values: Any) -> Plan:
    """Five in place."""
    given: dict[str, Any] = {
        "responsible_leader": "李", "responsible_department": "设备部", "responsible_person": "王",
        "responsible_phone": "13800138000",
        "goal": "消除泄漏", "methods": "更换阀门", "work_safety": "停产作业", "budget": Decimal("50000"), "fund_source": "自筹",
        "start_on": TODAY, "milestones": "两阶段", "finish_on": days(30), "emergency": "撤离与值守",
    }  # fmt: skip
    return Plan(**given | values)


def a_listing(status: str = "proposed", **values: Any) -> SupervisionListing:
    """Proposed to the county, whole enough to be listed."""
    given: dict[str, Any] = {
        "id": ids.new_id(), "enterprise_id": ENTERPRISE, "region": "520102", "industry": "GM01", "hazard_id": ids.new_id(),
        "hazard_number": "YH5201022026051200001", "title": "挂牌", "level": "county", "authority_region": "520102",
        "reason": "未能立即消除", "proposed_by": "proposer", "proposed_by_name": "提", "proposed_at": NOW, "status": status,
        "duty_unit": "某厂", "duty_person": "李", "requirement": "按期治理", "deadline_on": days(30),
    }  # fmt: skip
    return SupervisionListing(**given | values)


def on_site(hazard: Hazard) -> Hazard:
    """The same, as removed on site."""
    hazard.hazard_class, hazard.measure_taken = "general_on_site", "当场清理"
    return hazard
