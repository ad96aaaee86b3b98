"""What this service announces.  A failed check item carries all that the hazard made of it needs."""

from marshmallow import fields

from services.kernel.contract import EventType
from services.language.fields import Identifier, Number
from services.language.schema import Owned, Schema


class RiskPointState(Owned):
    """``level`` and what stands beside it are those of the assessment in force; null before the first one."""

    unit_id = Identifier()
    number = fields.String()
    name = fields.String()
    object_type = fields.String()
    status = fields.String()
    level = fields.String(allow_none=True)
    control_tier = fields.String(allow_none=True)
    method = fields.String(allow_none=True)
    value = Number(allow_none=True)


class FiledLine(Schema):
    line_id = Identifier()
    point_id = Identifier()
    level = fields.String()
    period = fields.String()
    times = fields.Integer()


class RiskListState(Owned):
    unit_id = Identifier()
    name = fields.String()
    list_class = fields.String()
    status = fields.String()
    filed_at = fields.AwareDateTime(allow_none=True)
    lines = fields.List(fields.Nested(FiledLine))


class CheckTaskState(Owned):
    """``level`` is that of the point when the task was made; windows are half-open."""

    unit_id = Identifier()
    list_id = Identifier()
    line_id = Identifier()
    point_id = Identifier()
    level = fields.String()
    status = fields.String()
    window_start = fields.AwareDateTime()
    window_end = fields.AwareDateTime()
    done_at = fields.AwareDateTime(allow_none=True)
    checked_by = fields.String(allow_none=True)


class CheckState(Owned):
    """The check itself, whose id is also ``check_id``; ``point_level`` decides whether a major hazard is suspected."""

    check_id = Identifier()
    task_id = Identifier(allow_none=True)
    unit_id = Identifier()
    point_id = Identifier()
    point_name = fields.String()
    point_level = fields.String()
    place = fields.String()
    checked_by = fields.String()
    checked_by_name = fields.String()
    checked_at = fields.AwareDateTime()


class FailedItem(Schema):
    """One item answered ``failed`` or ``partly``; together with the check's id it names the hazard made of it."""

    item_no = fields.Integer(required=True)
    item = fields.String(required=True)
    answer = fields.String(required=True)
    description = fields.String(required=True)
    photos = fields.List(Identifier(), load_default=list)
    removed_on_site = fields.Boolean(load_default=False)
    measure = fields.String(load_default=None, allow_none=True)


def _point(what: str) -> EventType:
    return EventType("risk", f"risk_point.{what}.v1", RiskPointState)


def _list(what: str) -> EventType:
    return EventType("risk", f"risk_list.{what}.v1", RiskListState)


def _task(what: str) -> EventType:
    return EventType("risk", f"check_task.{what}.v1", CheckTaskState)


RISK_POINT_CHANGED = _point("changed")
RISK_POINT_PUBLISHED = _point("published")
RISK_POINT_RETIRED = _point("retired")
RISK_LIST_FILED = _list("filed")
RISK_LIST_WITHDRAWN = _list("withdrawn")
RISK_LIST_SUPERSEDED = _list("superseded")
CHECK_TASK_GENERATED = _task("generated")
CHECK_TASK_DONE = _task("done")
CHECK_TASK_MISSED = _task("missed")
CHECK_TASK_EXEMPT = _task("exempt")
CHECK_TASK_CANCELLED = _task("cancelled")
CHECK_TASK_MOVED = _task("moved")
CHECK_ITEM_FAILED = EventType("risk", "check_item.failed.v1", CheckState, FailedItem)

# ``moved``: the unit or the checking unit of an open task was merged into another.
CHECK_TASK_EVENTS = [
    CHECK_TASK_GENERATED, CHECK_TASK_DONE, CHECK_TASK_MISSED, CHECK_TASK_EXEMPT, CHECK_TASK_CANCELLED, CHECK_TASK_MOVED,
]  # fmt: skip
EVENTS = [
    RISK_POINT_CHANGED,
    RISK_POINT_PUBLISHED,
    RISK_POINT_RETIRED,
    RISK_LIST_FILED,
    RISK_LIST_WITHDRAWN,
    RISK_LIST_SUPERSEDED,
    *CHECK_TASK_EVENTS,
    CHECK_ITEM_FAILED,
]
