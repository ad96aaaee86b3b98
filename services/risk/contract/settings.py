"""What governments set: mandatory check items, thresholds of the regional colours, the working calendar; and the map."""

from marshmallow import fields, validate

from services.kernel.contract import Operation
from services.language.fields import (
    day,
    flag,
    identifier,
    list_of,
    number_of,
    one_of,
    optional_identifier,
    optional_text,
    shown,
    text,
    version,
    whole,
)
from services.language.schema import Schema, SearchArgs, page_of
from services.risk.contract import permissions
from services.risk.contract.parts import ByAge
from services.risk.contract.vocabulary import REGION_GRADES

REGION_LEVELS = {"county": "县级", "prefecture": "市州级"}


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


class Grades(Schema):
    """The lowest count of each grade above green, from the highest grade down."""

    red = whole("红", 1, 1_000_000, required=True)
    orange = whole("橙", 1, 1_000_000, required=True)
    yellow = whole("黄", 1, 1_000_000, required=True)
    blue = whole("蓝", 1, 1_000_000, required=True)


class RegionGrades(Schema):
    county = fields.Nested(Grades, required=True, metadata={"label": "县级"})
    prefecture = fields.Nested(Grades, required=True, metadata={"label": "市州级"})
    version = version()


class MapArgs(Schema):
    level = one_of(REGION_LEVELS, "统计层级", load_default="county")
    region = fields.String(
        load_default=None, allow_none=True, validate=validate.Regexp(r"^\d{2}(\d{2}){0,2}\Z"), metadata={"label": "地区代码前缀"}
    )


class RegionCount(Schema):
    region = shown("地区代码")
    red_points = number_of("红色风险点数")
    grade = one_of(REGION_GRADES, "分级")


class RiskMap(Schema):
    level = one_of(REGION_LEVELS, "统计层级")
    thresholds = fields.Nested(Grades, metadata={"label": "分级下限"})
    items = fields.List(fields.Nested(RegionCount), metadata={"label": "各地区"})


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
GET_REGION_GRADES = Operation("get_region_grades", "GET /risk-settings/region-grades", READ, Schema, RegionGrades, "区域分级阈值")
SET_REGION_GRADES = Operation(
    "set_region_grades", "PUT /risk-settings/region-grades", WRITE, RegionGrades, RegionGrades, "设定区域分级阈值"
)
GET_RISK_MAP = Operation("get_risk_map", "GET /risk-map", permissions.MAP_READ.code, MapArgs, RiskMap, "红色风险点分布图")
OPERATIONS = [
    LIST_MANDATORY_ITEMS,
    CREATE_MANDATORY_ITEM,
    END_MANDATORY_ITEM,
    GET_WORK_CALENDAR,
    SET_WORK_CALENDAR,
    GET_REGION_GRADES,
    SET_REGION_GRADES,
    GET_RISK_MAP,
]
