"""Enterprises, their people, and hazards on every step of their way, on the real database; every test has its own."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from services.hazard.contract.permissions import PERMISSIONS
from services.hazard.service import SERVICE
from services.kernel import clock, ids
from services.kernel.caller import Caller, system
from services.kernel.event import Event
from services.kernel.inbox import react, store
from services.kernel.work import Database
from tests.callers import enterprise_user, regulator

Rows = Callable[..., list[dict[str, Any]]]
CRITERION = "GM-03-01"
PHOTO = "0198e7a0-0000-7000-8000-000000000001"


def permissions_of(*roles: str) -> list[str]:
    return [p.code for p in PERMISSIONS if set(roles) & set(p.roles)]


def official(region: str, *roles: str, **more: Any) -> Caller:
    return regulator(region, *permissions_of(*(roles or ("regulator",))), **more)


@dataclass
class Enterprise:
    """One enterprise, with somebody of each role; ``person`` makes another."""

    id: str
    region: str = "520102"
    people: dict[str, Caller] = field(default_factory=dict)

    def person(self, *roles: str, unit_id: str | None = None) -> Caller:
        return enterprise_user(self.id, self.region, *permissions_of(*roles), name=roles[0], unit_id=unit_id)

    def __getattr__(self, role: str) -> Caller:
        if role.startswith("_"):
            raise AttributeError(role)
        return self.people.setdefault(role, self.person(role, "enterprise_admin"))


@dataclass
class Desk:
    """Calls the service as somebody, and lets other services announce something to it."""

    database: Database
    sequence: int = 0

    def __call__(self, caller: Caller, operation: str, /, **args: Any) -> Any:
        return SERVICE.call(self.database, operation, args, caller)

    def hear(self, event_type: str, state: dict[str, Any], fact: dict[str, Any] | None = None, **more: Any) -> Event:
        """An announcement of another service, stored and acted on."""
        event = an_event(event_type, state, fact, **more)
        self.deliver(event)
        return event

    def deliver(self, *events: Event) -> None:
        """As they come in, in this order, each acted on before the next."""
        for event in events:
            store(self.database, [event])
            while react(self.database, SERVICE):
                pass

    def enterprise(self, region: str = "520102", **values: Any) -> Enterprise:
        made = Enterprise(ids.new_id(), region)
        self.hear("enterprise.approved.v1", enterprise_state(made.id, region=region, **values))
        return made

    def registered(self, of: Enterprise, by: Caller | None = None, **values: Any) -> dict[str, Any]:
        return dict(self(by or of.checker, "register_hazard", **a_form(**values)))

    def rectifying(self, of: Enterprise, **values: Any) -> dict[str, Any]:
        hazard = self.registered(of, **values)
        return dict(self(of.safety_manager, "confirm_hazard", hazard_id=hazard["id"], **ASSIGNED))

    def pending_recheck(self, of: Enterprise, **values: Any) -> dict[str, Any]:
        hazard = self.rectifying(of, **values)
        return dict(self(of.responsible_person, "submit_rectification", **rectified(hazard["id"])))

    def major(self, of: Enterprise, **values: Any) -> dict[str, Any]:
        return self.registered(of, of.safety_manager, criterion_code=CRITERION, **values)

    def planned(self, of: Enterprise) -> dict[str, Any]:
        """A major hazard whose plan waits for approval."""
        hazard_id = self.major(of)["id"]
        self(of.safety_manager, "report_major", hazard_id=hazard_id, **REPORT)
        self(of.principal, "start_plan", hazard_id=hazard_id)
        return dict(self(of.safety_manager, "submit_plan", hazard_id=hazard_id, **a_plan()))

    def accepted_by_expert(self, of: Enterprise, approver: Caller | None = None) -> dict[str, Any]:
        """A major hazard that waits for the regulator's acceptance."""
        hazard_id = self.planned(of)["id"]
        self(approver or of.principal, "decide_plan", hazard_id=hazard_id, is_approved=True)
        return self.governed(of, hazard_id)

    def governed(self, of: Enterprise, hazard_id: str) -> dict[str, Any]:
        """From an approved plan to the application to close."""
        self(of.responsible_person, "report_progress", hazard_id=hazard_id, percent=100, text="全部完成")
        self(of.principal, "finish_governance", hazard_id=hazard_id, measure_taken="已更换阀门", after_photos=[PHOTO])
        assessed = {"is_passed": True, "report": "治理有效", "attachments": [PHOTO]}
        return dict(self(of.expert, "assess_governance", hazard_id=hazard_id, **assessed))


ASSIGNED = {"responsible_name": "整改人", "measure": "补装护栏"}
REPORT = {"criterion_code": CRITERION, "interim_measures": "停用设备", "current_state": "阀门腐蚀", "danger": "可能泄漏"}


def rectified(hazard_id: str, **values: Any) -> dict[str, Any]:
    finished = clock.now().isoformat()
    return {"hazard_id": hazard_id, "measure_taken": "已补装", "finished_at": finished, "after_photos": [PHOTO]} | values


def a_form(**values: Any) -> dict[str, Any]:
    return {"place": "一车间东侧", "description": "平台护栏缺失约两米", "category": "thing"} | values


def a_plan(**values: Any) -> dict[str, Any]:
    today = clock.day_of(clock.now())
    return {
        "responsible_leader": "李", "responsible_department": "设备部", "responsible_person": "王",
        "responsible_phone": "13800138000", "goal": "消除泄漏", "methods": "更换阀门", "work_safety": "停产作业",
        "budget": "50000.50",
        "fund_source": "自筹", "start_on": today.isoformat(), "milestones": "两阶段",
        "finish_on": (today + timedelta(days=30)).isoformat(), "emergency": "撤离与值守",
    } | values  # fmt: skip


def day(number: int) -> str:
    """A day from today on."""
    return (clock.day_of(clock.now()) + timedelta(days=number)).isoformat()


def enterprise_state(enterprise_id: str, **values: Any) -> dict[str, Any]:
    return {
        "id": enterprise_id, "enterprise_id": enterprise_id, "region": "520102", "industry": "GM01", "version": 3,
        "name": "贵阳某厂",
        "unified_credit_code": None, "enterprise_type": "GM", "scale": "small", "employees": 20, "business_state": "operating",
        "status": "active", "grade": None, "round": 1, "approved_at": None, "suspended_from": None, "authority_region": "520102",
        "authority_sector": "emergency", "review_due_on": None,
    } | values  # fmt: skip


def check_state(of: Enterprise, **values: Any) -> dict[str, Any]:
    check_id = values.pop("check_id", None) or ids.new_id()
    return {
        "id": check_id, "check_id": check_id, "enterprise_id": of.id, "region": of.region, "industry": "GM01", "version": 1,
        "task_id": None, "unit_id": ids.new_id(), "point_id": ids.new_id(), "point_name": "冲压机", "point_level": "yellow",
        "place": "冲压车间", "checked_by": "checker-1", "checked_by_name": "查甲", "checked_at": clock.now().isoformat(),
    } | values  # fmt: skip


def failed_item(**values: Any) -> dict[str, Any]:
    return {
        "item_no": 1, "item": "光电保护完好", "answer": "failed", "description": "光电保护失效", "photos": [],
        "removed_on_site": False, "measure": None,
    } | values  # fmt: skip


def inspection_state(of: Enterprise, version: int, inspection_id: str, **values: Any) -> dict[str, Any]:
    return {
        "id": inspection_id, "enterprise_id": of.id, "region": of.region, "industry": "GM01", "version": version,
        "authority_region": "520102", "source": "plan", "status": "recorded",
        "officers": [an_officer("执法甲"), an_officer("执法乙")],
        "started_at": clock.now().isoformat(), "recorded_at": clock.now().isoformat(), "closed_at": None, "document_ids": [],
    } | values  # fmt: skip


def an_officer(name: str) -> dict[str, Any]:
    return {"id": ids.new_id(), "name": name, "certificate_number": "24010001"}


def a_finding(deadline_on: str, **values: Any) -> dict[str, Any]:
    return {
        "finding_id": ids.new_id(), "description": "配电箱无门", "place": "配电室", "hazard_class": "general_limited",
        "criterion_code": None, "item_code": None, "deadline_on": deadline_on,
    } | values  # fmt: skip


def an_event(
    event_type: str, state: dict[str, Any], fact: dict[str, Any] | None = None, at: datetime | None = None, sequence: int = 0
) -> Event:
    service = {"check_item": "risk", "risk_point": "risk", "inspection": "enforcement"}.get(event_type.split(".")[0], "enterprise")
    return Event(
        id=ids.new_id(), source=f"520000/{service}", type=event_type, subject=state["id"], time=at or datetime.now(UTC),
        region=state["region"], data={"state": state, "fact": fact or {}}, actor="somebody", epoch=1,
        sequence=sequence or next(_SEQUENCE),
    )  # fmt: skip


_SEQUENCE = iter(range(1, 10**9))


def of_hazard(rows: Rows, hazard_id: str) -> list[str]:
    """What has been announced of a hazard, oldest first."""
    return [row["type"] for row in rows("SELECT type FROM outbox WHERE subject = :id ORDER BY position", id=hazard_id)]


def today() -> date:
    return clock.day_of(clock.now())


SYSTEM = system("test")
