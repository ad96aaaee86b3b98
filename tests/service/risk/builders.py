"""Enterprises, people, points and lists for tests on the real database; every test has enterprises of its own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

from services.kernel import clock, ids
from services.kernel.caller import Caller
from services.kernel.event import Event
from services.kernel.inbox import react, store
from services.kernel.work import Database
from services.risk.contract.permissions import PERMISSIONS
from services.risk.service import SERVICE
from tests.callers import enterprise_user, regulator

Rows = Callable[..., list[dict[str, Any]]]
KINDS = ("engineering", "management", "training", "ppe", "emergency")
LEC = {
    "red": {"L": 3, "E": 6, "C": 40},
    "orange": {"L": 1, "E": 6, "C": 40},
    "yellow": {"L": 1, "E": 10, "C": 7},
    "blue": {"L": 1, "E": 6, "C": 7},
}
PLAN = {
    "goal": "风险降为一般", "measures": "增设联锁并每日点检", "funds": "20万元", "person": "张三", "emergency": "停机并撤离",
    "review_on": "2027-01-31",
}  # fmt: skip
_sequence = count(1)


def permissions_of(*roles: str) -> list[str]:
    return [p.code for p in PERMISSIONS if set(roles) & set(p.roles)]


def a_regulator(region: str = "520103", **more: Any) -> Caller:
    return regulator(region, *permissions_of("regulator"), **more)


def a_factor(*kinds: str, description: str = "防护装置缺失") -> dict[str, Any]:
    return {"code": "2102", "description": description, "measures": [{"kind": k, "text": f"{k}措施"} for k in kinds or KINDS]}


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    return clock.start_of(day, time(hour, minute))


@contextmanager
def at(day: date, hour: int = 9, minute: int = 0) -> Iterator[None]:
    """Let it be this hour in China."""
    with clock.simulate(moment(day, hour, minute)):
        yield


@dataclass
class Desk:
    """Calls the service as somebody."""

    database: Database

    def __call__(self, caller: Caller, operation: str, /, **args: Any) -> Any:
        return SERVICE.call(self.database, operation, args, caller)

    def repeated(self, caller: Caller, operation: str, key: str, /, **args: Any) -> Any:
        """The same with an idempotency key."""
        return SERVICE.call(self.database, operation, args, caller, key)

    def hear(self, event_type: str, state: dict[str, Any], fact: dict[str, Any] | None = None) -> None:
        """Have another service announce something, and react to it."""
        data = {"state": state, "fact": fact or {}}
        event = Event(
            id=ids.new_id(), source="520000/enterprise", type=event_type, subject=str(state["id"]), time=clock.now(),
            region=state["region"], data=data, actor="test", request_id=None, epoch=1, sequence=next(_sequence),
        )  # fmt: skip
        assert store(self.database, [event]) == 1
        while react(self.database, SERVICE):
            pass

    def run(self, job: str, day: date) -> None:
        SERVICE.jobs[job](self.database, day)


@dataclass
class World:
    """One enterprise with its units, and people in it."""

    desk: Desk
    state: dict[str, Any]
    units: dict[str, str] = field(default_factory=dict)

    @classmethod
    def made(cls, desk: Desk, region: str = "520103", industry: str = "GM04") -> "World":
        own = ids.new_id()
        state = {
            "id": own, "enterprise_id": own, "region": region, "industry": industry, "version": 1,
            "name": f"贵州某厂{ids.token(6)}",
            "unified_credit_code": None, "enterprise_type": "GM", "scale": "small", "employees": 30, "business_state": "operating",
            "status": "active", "grade": None, "round": 1, "approved_at": None, "suspended_from": None,
        }  # fmt: skip
        world = cls(desk, state)
        world.announce("approved")
        root = world.add_unit("全厂", "enterprise", None)
        workshop = world.add_unit("一车间", "workshop", root)
        world.add_unit("冲压班组", "team", workshop)
        return world

    @property
    def id(self) -> str:
        return str(self.state["id"])

    def announce(self, what: str, fact: dict[str, Any] | None = None, **changes: Any) -> None:
        """Have the enterprise announced with its next version."""
        self.state |= changes | {"version": self.state["version"] + 1}
        self.desk.hear(f"enterprise.{what}.v1", self.state, fact)

    def add_unit(self, name: str, tier: str, parent_id: str | None, **more: Any) -> str:
        unit_id = ids.new_id()
        path = [*self._paths.get(parent_id or "", []), unit_id]
        state = {"id": unit_id, "enterprise_id": self.id, "region": self.state["region"], "industry": self.state["industry"]}
        state |= {"version": 1, "name": name, "tier": tier, "parent_id": parent_id, "path": path, "is_active": True}
        self.desk.hear("org_unit.changed.v1", state | more)
        self._paths[unit_id], self.units[name] = path, unit_id
        return unit_id

    @property
    def _paths(self) -> dict[str, list[str]]:
        return self.__dict__.setdefault("paths", {})

    def somebody(self, *roles: str, unit: str | None = None, name: str = "企业人员") -> Caller:
        unit_id = self.units[unit] if unit else None
        return enterprise_user(self.id, self.state["region"], *permissions_of(*roles), name=name, unit_id=unit_id)

    @property
    def manager(self) -> Caller:
        """The safety manager: writes, publishes and files."""
        return self.__dict__.setdefault("one_manager", self.somebody("safety_manager", "enterprise_admin", name="安全管理员"))

    @property
    def director(self) -> Caller:
        return self.__dict__.setdefault("one_director", self.somebody("safety_director", name="安全总监"))

    def form(self, unit: str = "一车间", level: str | None = "blue", **more: Any) -> dict[str, Any]:
        """A whole point, with its assessment when a level is given."""
        made = {"assessment": {"method": "LEC", "parameters": LEC[level]}} if level else {}
        return {
            "name": f"冲压机{ids.token(5)}", "object_type": "equipment", "unit_id": self.units[unit], "place": "东侧",
            "factors": [a_factor()], "accident_standard": "1986", "accident_types": ["03"],
            "check_items": [{"item": "防护罩完好", "standard": "无缺损"}, {"item": "急停按钮有效", "standard": None}],
            "responsible_person": "张三", "responsible_phone": "13985012345",
        } | made | more  # fmt: skip

    def point(self, unit: str = "一车间", level: str = "blue", **more: Any) -> dict[str, Any]:
        """A point in use, with a control plan where its level asks for one."""
        made = self.desk(self.manager, "create_risk_point", **self.form(unit, level, **more))
        found = self.desk(self.manager, "publish_risk_point", risk_point_id=made["id"])
        if level in ("red", "orange"):
            found = self.desk(self.manager, "set_control_plan", risk_point_id=made["id"], **PLAN)
        return dict(found)

    def draft(self, *lines: dict[str, Any], unit: str = "一车间", **more: Any) -> dict[str, Any]:
        tier = {"全厂": "enterprise", "一车间": "workshop", "冲压班组": "team"}.get(unit, "workshop")
        args = {"unit_id": self.units[unit], "list_class": tier, "lines": list(lines)} | more
        return dict(self.desk(self.manager, "compose_risk_list", **args))

    def approved(self, *lines: dict[str, Any], unit: str = "一车间") -> dict[str, Any]:
        of = self.draft(*lines, unit=unit)
        self.desk(self.manager, "submit_risk_list", risk_list_id=of["id"])
        return dict(self.desk(self.director, "audit_risk_list", risk_list_id=of["id"], is_passed=True))

    def filed(self, *lines: dict[str, Any], unit: str = "一车间") -> dict[str, Any]:
        """A list in force."""
        of = self.approved(*lines, unit=unit)
        return dict(self.desk(self.manager, "file_risk_list", risk_list_id=of["id"]))

    def tasks(self, **filters: Any) -> list[dict[str, Any]]:
        return list(self.desk(self.manager, "list_check_tasks", sort="id", limit=200, **filters)["items"])

    def generate(self, day: date, hour: int = 0, minute: int = 10) -> None:
        with at(day, hour, minute):
            self.desk.run("generate_tasks", day)


def a_line(point: dict[str, Any], period: str = "day", times: int = 1, **more: Any) -> dict[str, Any]:
    return {"point_id": point["id"], "period": period, "times": times} | more


def passed(*numbers: int) -> list[dict[str, Any]]:
    return [{"item_no": number, "answer": "passed"} for number in numbers or (1, 2)]


def tomorrow(day: date) -> date:
    return day + timedelta(days=1)


def events_of(rows: Rows, subject: str) -> list[dict[str, Any]]:
    """What has been announced of an aggregate, oldest first."""
    return rows("SELECT type, data, region FROM outbox WHERE subject = :subject ORDER BY position", subject=subject)
