"""What governments set: mandatory check items and the working calendar; and the map on which they see the points."""

from marshmallow import fields

from services.enterprise.contract.on_map import MapArgs, map_of
from services.kernel.contract import Operation
from services.language.fields import (
    day,
    flag,
    identifier,
    list_of,
    number_of,
    optional_identifier,
    optional_one_of,
    optional_text,
    shown,
    text,
    version,
    whole,
)
from services.language.schema import Schema, SearchArgs, page_of
from services.risk.contract import permissions
from services.risk.contract.parts import ByAge
from services.risk.contract.vocabulary import LEVELS


class MandatoryFields(Schema):
    industry = text("行业代码", 8, required=True)
    item = text("检查内容", 300, 2, required=True)
    standard = optional_text("检查标准", 500)
    effective_on = day("生效日期", required=True)


class MandatoryItem(MandatoryFields):
    id = identifier("编号")
    region = shown("设定地区")
    ended_on = day("停止日期", allow_none=True)
    version = number_of("版本号")


class CreateMandatoryItem(MandatoryFields):
    id = optional_identifier("编号")


class ListMandatoryItems(SearchArgs, ByAge):
    industry = optional_text("行业代码", 8)
    is_in_force = flag("仅生效的", load_default=False)


class EndMandatoryItem(Schema):
    mandatory_item_id = identifier("强制性检查内容", required=True)
    ended_on = day("停止日期", required=True)
    version = version()


class OneYear(Schema):
    year = whole("年份", 2000, 2100, required=True)


class WorkCalendar(Schema):
    """Days that differ from Monday-to-Friday; a year that is not published counts as such, with ``warning``."""

    year = number_of("年份")
    holidays = fields.List(fields.Date(), metadata={"label": "放假的工作日"})
    workdays = fields.List(fields.Date(), metadata={"label": "调休上班的休息日"})
    is_published = flag("是否已发布")
    warning = shown("提示", allow_none=True)
    version = number_of("版本号")


class SetWorkCalendar(OneYear):
    holidays = list_of(fields.Date(), "放假的工作日", 120, required=True)
    workdays = list_of(fields.Date(), "调休上班的休息日", 120, required=True)
    version = version()


class RiskMapArgs(MapArgs):
    level = optional_one_of(LEVELS, "风险等级")


READ, WRITE = permissions.SETTINGS_READ.code, permissions.SETTINGS_WRITE.code
MANDATE, POINTS_READ = permissions.MANDATORY_WRITE.code, permissions.POINTS_READ.code
LIST_MANDATORY_ITEMS = Operation(
    "list_mandatory_items", "GET /mandatory-items", POINTS_READ, ListMandatoryItems, page_of(MandatoryItem), "强制性检查内容",
    is_list=True,
)  # fmt: skip
CREATE_MANDATORY_ITEM = Operation(
    "create_mandatory_item", "POST /mandatory-items", MANDATE, CreateMandatoryItem, MandatoryItem, "设定强制性检查内容", status=201
)
END_MANDATORY_ITEM = Operation(
    "end_mandatory_item", "POST /mandatory-items/{mandatory_item_id}/ending", MANDATE, EndMandatoryItem, MandatoryItem,
    "停止强制性检查内容",
)  # fmt: skip
GET_WORK_CALENDAR = Operation("get_work_calendar", "GET /work-calendar/{year}", READ, OneYear, WorkCalendar, "工作日历")
SET_WORK_CALENDAR = Operation(
    "set_work_calendar", "PUT /work-calendar/{year}", WRITE, SetWorkCalendar, WorkCalendar, "维护工作日历"
)
SHOW_RISK_MAP = Operation(
    "show_risk_map", "GET /risk-map", permissions.MAP_READ.code, RiskMapArgs, map_of("RiskMap", tuple(LEVELS.items()), "风险等级"),
    "风险点分布图",
)  # fmt: skip
OPERATIONS = [
    LIST_MANDATORY_ITEMS,
    CREATE_MANDATORY_ITEM,
    END_MANDATORY_ITEM,
    GET_WORK_CALENDAR,
    SET_WORK_CALENDAR,
    SHOW_RISK_MAP,
]
