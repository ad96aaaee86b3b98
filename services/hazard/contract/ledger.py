"""The ledger of hazards (隐患治理台账), its counts, the work that waits for somebody, and the history of one hazard."""

from marshmallow import fields

from services.enterprise.contract.on_map import MapArgs, map_of
from services.hazard.contract import permissions
from services.hazard.contract.answers import Count, HazardItem, HistoryItem
from services.hazard.contract.parts import OneHazard
from services.hazard.contract.vocabulary import CATEGORIES, CLASSES, ON_MAP, SOURCES, STATUSES, TASKS
from services.kernel.contract import Operation
from services.language.fields import (
    OPTIONAL,
    flag,
    identifier,
    one_of,
    optional_day,
    optional_identifier,
    optional_one_of,
    optional_text,
    whole,
    word,
)
from services.language.schema import PageArgs, Schema, SearchArgs, page_of

SORTS = {"-id": "最新登记", "id": "最早登记", "deadline_on": "期限最近", "-deadline_on": "期限最远"}


class HazardFilters(Schema):
    hazard_class = optional_one_of(CLASSES, "隐患级别")
    is_major = flag("是否重大隐患", **OPTIONAL)
    status = optional_one_of(STATUSES, "状态")
    is_open = flag("是否未销号", **OPTIONAL)
    is_overdue = flag("是否超期", **OPTIONAL)
    is_listed = flag("是否挂牌督办", **OPTIONAL)
    source = optional_one_of(SOURCES, "隐患来源")
    category = optional_one_of(CATEGORIES, "隐患类别")
    region = optional_text("地区代码", 12)
    industry = optional_text("行业代码", 8)
    enterprise_id = optional_identifier("企业")
    unit_id = optional_identifier("发现单元（含下级）")
    point_id = optional_identifier("风险点")
    inspection_id = optional_identifier("执法检查")
    deadline_from = optional_day("期限自")
    deadline_to = optional_day("期限至")
    found_from = optional_day("发现日期自")
    found_to = optional_day("发现日期至")
    task = optional_one_of(TASKS, "待办事项")


class ListHazards(SearchArgs, HazardFilters):
    """Newest first without a wish; sorted by deadline, those without one are left out; ``task`` is what waits for the caller."""

    sort = one_of(SORTS, "排序", load_default="-id")


class CountHazards(Schema):
    enterprise_id = identifier("企业", required=True)
    found_from = optional_day("发现日期自")
    found_to = optional_day("发现日期至")


class Counts(Schema):
    """Recounted from the hazards themselves; drafts are left out, cancelled and downgraded ones stand by their state."""

    items = fields.List(fields.Nested(Count), metadata={"label": "数量"})
    overdue = whole("超期隐患数", 0, 10**9)


class Task(Schema):
    task = word(TASKS, "待办事项")
    count = whole("数量", 0, 1000)
    is_more = flag("超过1000项")


class Tasks(Schema):
    items = fields.List(fields.Nested(Task), metadata={"label": "待办"})


class History(PageArgs, OneHazard):
    """Oldest step first."""


class HazardMapArgs(MapArgs):
    is_major = flag("是否重大隐患", **OPTIONAL)


LIST_HAZARDS = Operation(
    "list_hazards", "GET /hazards", permissions.READ, ListHazards, page_of(HazardItem), "隐患治理台账", is_list=True
)
SHOW_HAZARD_MAP = Operation(
    "show_hazard_map", "GET /hazard-map", permissions.READ, HazardMapArgs,
    map_of("HazardMap", tuple(ON_MAP.items()), "级别"), "隐患分布图",
)  # fmt: skip
COUNT_HAZARDS = Operation("count_hazards", "GET /hazard-counts", permissions.READ, CountHazards, Counts, "企业隐患数量")
LIST_TASKS = Operation("list_hazard_tasks", "GET /hazard-tasks", permissions.READ, Schema, Tasks, "隐患待办数量")
LIST_HISTORY = Operation(
    "list_hazard_history", "GET /hazards/{hazard_id}/history", permissions.READ, History, page_of(HistoryItem), "隐患办理过程",
    is_list=True,
)  # fmt: skip
OPERATIONS = [LIST_HAZARDS, SHOW_HAZARD_MAP, COUNT_HAZARDS, LIST_TASKS, LIST_HISTORY]
