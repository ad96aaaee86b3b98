"""Authorities, enterprises, notices and announcements for tests on the real database; every test has its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from services.hazard import contract as hazard
from services.kernel import clock, ids
from services.kernel import region as regions
from services.kernel.caller import ALL, Caller, Kind, Scope
from services.kernel.event import Event
from services.kernel.inbox import react, store
from services.kernel.work import Database
from services.notice import distribution
from services.notice.contract.permissions import PERMISSIONS
from services.notice.service import SERVICE
from tests.callers import enterprise_user

Rows = Callable[..., list[dict[str, Any]]]
COUNTY, NEXT_COUNTY, PREFECTURE, PROVINCE = "520102", "520103", "520100", "520000"
SEQUENCE = count(1)
DUE = timedelta(days=3)


def permissions_of(*roles: str) -> list[str]:
    """What these roles may in this service and, since messages tell of hazards, in that of hazards."""
    return [p.code for p in (*PERMISSIONS, *hazard.PERMISSIONS) if set(roles) & set(p.roles)]


def an_official(
    region: str = COUNTY, *roles: str, department: str | None = None, industries: tuple[str, ...] = ALL,
    places: tuple[str, ...] | None = None,
) -> Caller:  # fmt: skip
    """Somebody of a department; by default he may write, publish and close."""
    scope = Scope(places or (regions.prefix(region),), industries, ALL)
    return Caller(
        id=ids.new_id(), name="张三", kind=Kind.REGULATOR, permissions=frozenset(permissions_of(*(roles or ("regulator_leader",)))),
        scope=scope, region=region, department_id=department or ids.new_id(), address="127.0.0.1", request_id=ids.new_id(),
    )  # fmt: skip


def an_admin(enterprise_id: str, region: str = COUNTY) -> Caller:
    return enterprise_user(enterprise_id, region, *permissions_of("enterprise_admin"), name="企业管理员")


def a_hazard(enterprise_id: str, **values: Any) -> dict[str, Any]:
    return {
        "id": ids.new_id(), "enterprise_id": enterprise_id, "region": COUNTY, "industry": "GM01", "version": 2,
        "number": "YH5201022026031600001", "source": "self_check", "hazard_class": "general_limited", "status": "rectifying",
        "description": "护栏缺失", "place": "一车间", "found_at": clock.now().isoformat(), "deadline_on": "2026-04-01",
    } | values  # fmt: skip


def a_draft(**values: Any) -> dict[str, Any]:
    return {"title": "汛期安全检查", "kind": "notice", "body": "请自查并反馈。"} | values


@dataclass
class Desk:
    """Calls the service as somebody, and lets it hear what others announce."""

    database: Database

    def __call__(self, caller: Caller, operation: str, /, **args: Any) -> Any:
        return SERVICE.call(self.database, operation, args, caller)

    def repeated(self, caller: Caller, operation: str, key: str, /, **args: Any) -> Any:
        """The same with an idempotency key."""
        return SERVICE.call(self.database, operation, args, caller, key)

    def hear(
        self, event_type: str, state: dict[str, Any], fact: dict[str, Any] | None = None, at: datetime | None = None,
        event_id: str | None = None,
    ) -> str:  # fmt: skip
        """Store an announcement and act on it; its id."""
        event = Event(
            id=event_id or ids.new_id(), source="520000/other", type=event_type, subject=state["id"], time=at or clock.now(),
            region=state["region"], data={"state": state, "fact": fact or {}}, actor="someone", sequence=next(SEQUENCE),
        )  # fmt: skip
        store(self.database, [event])
        while react(self.database, SERVICE):
            pass
        return event.id

    def enterprise(self, region: str = COUNTY, industry: str = "GM01", **values: Any) -> str:
        """An enterprise that this service has heard of."""
        enterprise_id = ids.new_id()
        state = {
            "region": region,
            "industry": industry,
            "version": 1,
            "name": f"某厂{enterprise_id[-6:]}",
            "status": "active",
        } | values
        state |= {"id": enterprise_id, "enterprise_id": enterprise_id}
        self.hear("enterprise.changed.v1", state)
        return enterprise_id

    def unit(self, enterprise_id: str, *above: str, unit_id: str | None = None, **values: Any) -> str:
        """An organisation unit, below those that are named from the root downwards."""
        unit_id = unit_id or ids.new_id()
        state = {"id": unit_id, "enterprise_id": enterprise_id, "region": COUNTY, "industry": "GM01", "version": 1, "name": "车间"}
        state |= {"tier": "workshop", "parent_id": above[-1] if above else None, "path": [*above, unit_id], "is_active": True}
        self.hear("org_unit.changed.v1", state | values)
        return unit_id

    def department(self, region: str = COUNTY, *industries: str, **values: Any) -> str:
        department_id = ids.new_id()
        state = {"region": region, "version": 1, "name": "应急管理局", "industries": list(industries) or ["*"], "level": "county"}
        state |= {"id": department_id, "enterprise_id": None, "industry": None, "parent_id": None, "is_active": True}
        self.hear("department.changed.v1", state | values)
        return department_id

    def published(self, official: Caller, receivers: dict[str, Any], **values: Any) -> str:
        """A notice that is published and not yet handed out."""
        notice = self(official, "draft_notice", **a_draft(receivers=receivers, **values))
        self(official, "publish_notice", notice_id=notice["id"])
        return str(notice["id"])

    def sent(self, official: Caller, receivers: dict[str, Any], **values: Any) -> str:
        """A notice that all its receivers have."""
        notice_id = self.published(official, receivers, **values)
        while distribution.distribute(self.database, notice_id):
            pass
        return notice_id

    def received(self, receiver: Caller, notice_id: str) -> dict[str, Any]:
        """The notice in the receiver's inbox."""
        items = self(receiver, "list_received_notices", limit=200)["items"]
        return dict(next(item for item in items if item["notice_id"] == notice_id))


def events_of(rows: Rows, subject: str) -> list[dict[str, Any]]:
    """What has been announced of an aggregate, oldest first."""
    return rows("SELECT type, data, region FROM outbox WHERE subject = :subject ORDER BY position", subject=subject)


def urged(desk: Desk, official: Caller, receivers: dict[str, Any]) -> str:
    """A supervision notice (督办) with a deadline in three days."""
    return desk.sent(official, receivers, kind="supervision", feedback_due_at=(clock.now() + DUE).isoformat())


def a_received(desk: Desk) -> tuple[Caller, Caller, str, str]:
    """Publisher, receiver, notice and receipt."""
    official, enterprise_id = an_official(COUNTY), desk.enterprise()
    notice_id = urged(desk, official, {"enterprise_ids": [enterprise_id]})
    receiver = an_admin(enterprise_id)
    return official, receiver, notice_id, desk.received(receiver, notice_id)["id"]
