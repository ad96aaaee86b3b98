"""Points, lists, tasks and lines that state only what matters to a test."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from services.kernel import ids
from services.risk.domain.assessment import Assessor
from services.risk.domain.check_task import CheckTask
from services.risk.domain.levels import Level
from services.risk.domain.list_rules import ListedPoint
from services.risk.domain.risk_list import Person, RiskList
from services.risk.domain.risk_point import RiskPoint
from services.risk.domain.schedule import Plan

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
ASSESSOR = Assessor("u1", "罗晓琴", NOW)
AUTHOR, AUDITOR, MANAGER = Person("author", "编制人"), Person("auditor", "审核人"), Person("manager", "管理人")
KINDS = ("engineering", "management", "training", "ppe", "emergency")
LEC = {
    Level.RED: {"L": 3, "E": 6, "C": 40},
    Level.ORANGE: {"L": 1, "E": 6, "C": 40},
    Level.YELLOW: {"L": 1, "E": 10, "C": 7},
    Level.BLUE: {"L": 1, "E": 6, "C": 7},
}


def a_factor(*kinds: str, description: str = "防护罩缺失") -> dict[str, Any]:
    return {"code": "2101", "description": description, "measures": [{"kind": k, "text": f"{k}措施"} for k in kinds]}


def a_point(level: Level | None = None, **more: Any) -> RiskPoint:
    """A point that has been identified, and assessed when a level is given."""
    content = {"unit_id": "unit", "name": "冲压机", "object_type": "equipment", "place": "一车间", "factors": [a_factor(*KINDS)]}
    content |= {"check_items": [{"item": "防护罩完好", "standard": None}]} | more
    owner = {"id": ids.new_id(), "enterprise_id": "e", "region": "520102", "industry": "GM04", "number": "FX1", "token": "t" * 22}
    point = RiskPoint(**owner, created_at=NOW, **content)
    if point.factors:
        point.identify()
    if level:
        point.assess(ASSESSOR, method="LEC", parameters=LEC[level])
    return point


def an_active_point(level: Level, **more: Any) -> RiskPoint:
    point = a_point(level, **more)
    point.publish(TODAY)
    return point


def a_line(point_id: str = "p1", period: str = "day", times: int = 1, **more: Any) -> dict[str, Any]:
    line = {"line_id": ids.new_id(), "point_id": point_id, "period": period, "times": times, "split": "count"}
    line |= {"span_start": "00:00", "span_end": "24:00", "checker_id": None, "checker_unit_id": None, "checker_name": None}
    return line | {"items": [{"item": "防护罩完好", "standard": None, "mandatory_id": None}]} | more


def a_list(*lines: dict[str, Any], status: str = "draft", **more: Any) -> RiskList:
    owner = {"id": ids.new_id(), "enterprise_id": "e", "region": "520102", "industry": "GM04", "unit_id": "unit"}
    made = {"list_class": "workshop", "name": "一车间清单", "author_id": AUTHOR.id, "author_name": AUTHOR.name, "created_at": NOW}
    found = RiskList(**owner | made | more)
    found.compose(lines or [a_line()], None)
    found.status = status
    return found


def a_listed(point_id: str = "p1", level: Level = Level.BLUE, **more: Any) -> ListedPoint:
    return ListedPoint(point_id, point_id, level, **{"is_active": True} | more)


def a_task(status: str = "pending", **more: Any) -> CheckTask:
    """A task of today's window."""
    owner = {"id": ids.new_id(), "enterprise_id": "e", "region": "520102", "industry": "GM04", "unit_id": "unit"}
    key = {"list_id": "l", "line_id": "n", "point_id": "p", "level": "blue"}
    window = {"window_start": NOW - timedelta(hours=9), "window_end": NOW + timedelta(hours=15)}
    return CheckTask(**owner | key | window | {"status": status} | more)


def a_plan(period: str, times: int = 1, filed_on: date = date(2026, 11, 1), **more: Any) -> Plan:
    return Plan(**{"list_id": "l", "line_id": "n", "period": period, "times": times, "filed_on": filed_on} | more)
