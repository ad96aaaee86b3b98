"""A world that announces things to the stats service; each event states only what matters, and has a version of its own."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

import sqlalchemy as sa

from services.kernel import clock, ids
from services.kernel.caller import Caller, system
from services.kernel.event import Event
from services.kernel.inbox import react, store
from services.kernel.work import Database, plain
from services.stats.contract.permissions import PERMISSIONS
from services.stats.jobs import fold_all
from services.stats.service import SERVICE
from tests.callers import enterprise_user, regulator

TODAY = date(2026, 6, 15)  # A Monday.
NOW = clock.start_of(TODAY, time(10))
ALL_PERMISSIONS = [p.code for p in PERMISSIONS]
_sequence = count(1)
_versions: dict[str, int] = defaultdict(int)


def at(day: date, hour: int = 9) -> datetime:
    return clock.start_of(day, time(hour))


APPROVED = at(date(2026, 1, 5))


def event(kind: str, state: dict[str, Any], when: datetime = NOW, fact: dict[str, Any] | None = None) -> Event:
    """One announcement; the state is given the next version of its subject unless it names one."""
    subject = f"{kind.split('.')[0]}:{state['id']}"
    _versions[subject] = state.get("version") or _versions[subject] + 1
    whole = {"industry": "GM01", "region": "520102"} | state | {"version": _versions[subject]}
    return Event(
        id=ids.new_id(), source="520000/world", type=f"{kind}.v1", subject=whole["id"], time=when, region=whole["region"],
        data=plain({"state": whole, "fact": fact or {}}), actor="test", sequence=next(_sequence),
    )  # fmt: skip


def enterprise(enterprise_id: str, what: str = "approved", when: datetime = APPROVED, **values: Any) -> Event:
    status = {"approved": "active", "suspended": "suspended", "deleted": "deleted", "closed": "closed"}.get(what, "active")
    state = {
        "id": enterprise_id, "enterprise_id": enterprise_id, "name": f"某厂{enterprise_id[-4:]}", "unified_credit_code": None,
        "enterprise_type": "GM", "scale": "small", "employees": 30, "business_state": "operating", "status": status, "grade": None,
        "round": 1, "approved_at": at(date(2026, 1, 5)), "suspended_from": None, "authority_region": "520102",
        "authority_sector": "emergency", "review_due_on": None,
    }  # fmt: skip
    facts: dict[str, Any] = {"old_region": "520102"} if what == "region_changed" else {}
    facts = {"effective_on": clock.day_of(when)} if what in ("suspended", "resumed") else facts
    return event(f"enterprise.{what}", state | values, when, facts)


def unit(enterprise_id: str, unit_id: str, name: str, tier: str = "workshop", **values: Any) -> Event:
    state = {"id": unit_id, "enterprise_id": enterprise_id, "name": name, "tier": tier, "parent_id": None, "path": [unit_id]}
    return event("org_unit.changed", state | {"is_active": True} | values)


def point(enterprise_id: str, point_id: str, level: str = "blue", what: str = "published", **values: Any) -> Event:
    state = {
        "id": point_id, "enterprise_id": enterprise_id, "unit_id": ids.new_id(), "number": "1", "name": f"风险点{point_id[-4:]}",
        "object_type": "equipment", "status": "retired" if what == "retired" else "active", "level": level, "control_tier": "team",
        "method": "LEC", "value": 10,
    }  # fmt: skip
    return event(f"risk_point.{what}", state | values)


def risk_list(
    enterprise_id: str, list_id: str, unit_id: str, points: Iterable[str], level: str = "blue", what: str = "filed", **values: Any
) -> Event:
    lines = [{"line_id": ids.new_id(), "point_id": p, "level": level, "period": "day", "times": 1} for p in points]
    state = {
        "id": list_id, "enterprise_id": enterprise_id, "unit_id": unit_id, "name": "清单", "list_class": "workshop", "status": what,
        "filed_at": NOW, "lines": lines,
    }  # fmt: skip
    return event(f"risk_list.{what}", state | values)


def task(
    enterprise_id: str, task_id: str, day: date, status: str = "pending", unit_id: str | None = None, point_id: str | None = None,
    days: int = 1, **values: Any,
) -> Event:  # fmt: skip
    """A check task whose window of some days ends with ``day``."""
    what = {"pending": "generated", "done_late": "done"}.get(status, status)
    start, end = clock.start_of(day - timedelta(days=days - 1)), clock.end_of(day)
    done = {"done": end - timedelta(hours=14), "done_late": end + timedelta(hours=2)}.get(status)
    state = {
        "id": task_id, "enterprise_id": enterprise_id, "unit_id": unit_id or task_id, "list_id": task_id, "line_id": task_id,
        "point_id": point_id or task_id, "level": "blue", "status": status, "window_start": start, "window_end": end,
        "done_at": done, "checked_by": None,
    }  # fmt: skip
    return event(f"check_task.{what}", state | values)


def hazard(enterprise_id: str, hazard_id: str, status: str = "rectifying", what: str = "confirmed", **values: Any) -> Event:
    """A hazard found today with a deadline in ten days, unless said otherwise; moments may be given as days."""
    nothing = [
        "unit_id", "point_id", "registered_at", "major_since", "confirmed_at", "finished_at", "closed_at", "criterion_code",
        "authority_region", "inspection_id", "finding_id", "check_id", "item_no", "origin_id",
    ]  # fmt: skip
    deadline = values.pop("deadline_on", TODAY + timedelta(days=10))
    state = {
        **dict.fromkeys(nothing), "id": hazard_id, "enterprise_id": enterprise_id, "number": "1", "source": "self_check",
        "hazard_class": "general_limited", "status": status, "description": "缺防护罩", "place": "一车间", "found_at": TODAY,
        "found_by": None, "deadline_on": deadline, "approved_deadline_on": deadline, "first_deadline_on": deadline,
        "extensions": 0, "attempts": 0, "suspected_major": False, "listed": False,
    }  # fmt: skip
    state |= values
    for name in ("found_at", "finished_at", "closed_at"):
        if isinstance(state[name], date) and not isinstance(state[name], datetime):
            state[name] = at(state[name])
    return event(f"hazard.{what}", state, fact={"is_approved": True} if what == "extension_decided" else {})


def on_site(enterprise_id: str, hazard_id: str, **values: Any) -> Event:
    return hazard(
        enterprise_id, hazard_id, "closed_on_site", "registered", hazard_class="general_on_site", deadline_on=None, **values
    )


def licence(enterprise_id: str, licence_id: str, valid_to: date | None, status: str = "valid", what: str = "registered") -> Event:
    state = {
        "id": licence_id,
        "enterprise_id": enterprise_id,
        "licence_type": "A",
        "number": licence_id,
        "valid_from": "2020-01-01",
    }
    return event(f"licence.{what}", state | {"valid_to": valid_to, "status": status})


def signed_in(enterprise_id: str, when: datetime) -> Event:
    state = {"id": enterprise_id, "enterprise_id": enterprise_id, "at": when, "version": clock.day_of(when).toordinal()}
    return event("account.signed_in", state, when)


@dataclass
class World:
    """Announces to the service and asks it, as somebody."""

    database: Database
    told: list[Event] = field(default_factory=list)

    def tell(self, *events: Event, count: bool = True) -> None:
        """Let the service hear of these, in this order, and count them."""
        self.told += events
        if events:
            store(self.database, list(events))
        while react(self.database, SERVICE):
            pass
        if count:
            fold_all(self.database)

    def ask(self, caller: Caller, operation: str, /, **args: Any) -> Any:
        return SERVICE.call(self.database, operation, args, caller)

    def rows(self, sql: str, **parameters: Any) -> list[dict[str, Any]]:
        with self.database.work(system("test"), "test", read_only=True) as work:
            return [dict(row) for row in work.session.execute(sa.text(sql), parameters).mappings()]


def province(**scope: Any) -> Caller:
    return regulator("520000", *ALL_PERMISSIONS, **scope)


def county(code: str = "520102", **scope: Any) -> Caller:
    return regulator(code, *ALL_PERMISSIONS, **scope)


def of_enterprise(enterprise_id: str, region: str = "520102") -> Caller:
    return enterprise_user(enterprise_id, region, "stats.read")
