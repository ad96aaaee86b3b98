"""What governments set: mandatory check items and the working calendar; and the map on which they see the points."""

from marshmallow import fields, validate

from services.kernel.contract import Operation
from services.language.fields import (
    Number,
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
from services.language.schema import PageArgs, Schema, SearchArgs, page_of
from services.risk.contract import permissions
from services.risk.contract.parts import ByAge
from services.risk.contract.vocabulary import LEVELS

DEGREE = r"\d{1,3}(\.\d{1,6})?"
BOX = rf"^{DEGREE}(,{DEGREE}){{3}}\Z"


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


class MapArgs(PageArgs):
    """Points of one level: the red ones, unless another is asked for; ``box`` is the part of the map that is seen."""

    level = one_of(LEVELS, "风险等级", load_default="red")
    region = optional_text("地区代码", 12)
    industry = optional_text("行业代码", 8)
    enterprise_id = optional_identifier("企业")
    box = fields.String(
        load_default=None, allow_none=True, validate=validate.Regexp(BOX, error="应为西、南、东、北四个经纬度，以逗号相隔"),
        metadata={"label": "地图范围（西,南,东,北）"},
    )  # fmt: skip


class MapPoint(Schema):
    id = identifier("风险点编号")
    enterprise_id = identifier("企业编号")
    enterprise_name = shown("企业名称")
    region = shown("所在地区")
    industry = shown("行业类别", allow_none=True)
    name = shown("名称")
    place = shown("位置")
    level = one_of(LEVELS, "风险等级")
    longitude = Number(metadata={"label": "经度"})
    latitude = Number(metadata={"label": "纬度"})


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
LIST_MAP_POINTS = Operation(
    "list_map_points", "GET /risk-map", permissions.MAP_READ.code, MapArgs, page_of(MapPoint), "风险点分布图", is_list=True
)
OPERATIONS = [
    LIST_MANDATORY_ITEMS,
    CREATE_MANDATORY_ITEM,
    END_MANDATORY_ITEM,
    GET_WORK_CALENDAR,
    SET_WORK_CALENDAR,
    LIST_MAP_POINTS,
]
