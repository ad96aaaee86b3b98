"""Reference data that everybody may read: regions, industries and the other catalogues of this service."""

from marshmallow import fields

from services.kernel.caller import PUBLIC
from services.kernel.contract import Operation
from services.language.fields import OPTIONAL, flag, one_of, optional_one_of, region, shown, text
from services.language.schema import Schema

CATALOGUES = [
    "regions", "region_code_history", "industries", "gbt4754_sections", "gbt4754_divisions", "enterprise_types", "licence_types",
    "personnel_certificate_types", "special_operation_types", "construction_qualifications", "code_lists",
]  # fmt: skip
LEVELS = ["province", "prefecture", "county", "functional"]


class RegionArgs(Schema):
    parent = region("上级地区", **OPTIONAL)
    level = optional_one_of(LEVELS, "级别")


class Region(Schema):
    code = shown("代码")
    name = shown("名称")
    short_name = shown("简称")
    level = shown("级别")
    parent_code = shown("上级代码", allow_none=True)
    longitude = fields.Float(allow_none=True, metadata={"label": "经度"})
    latitude = fields.Float(allow_none=True, metadata={"label": "纬度"})
    is_province_administered = flag("是否省直管")


class Regions(Schema):
    items = fields.List(fields.Nested(Region), metadata={"label": "地区"})


class IndustryArgs(Schema):
    parent = text("上级行业", 20, **OPTIONAL)


class Industry(Schema):
    code = shown("代码")
    name = shown("名称")
    parent_code = shown("上级代码", allow_none=True)
    regulator = shown("监管部门")
    is_high_risk = flag("是否高危行业")


class Industries(Schema):
    items = fields.List(fields.Nested(Industry), metadata={"label": "行业"})


class CatalogueArgs(Schema):
    name = one_of(CATALOGUES, "目录", required=True)


class CatalogueRows(Schema):
    items = fields.List(fields.Dict(), metadata={"label": "条目"})


LIST_REGIONS = Operation("list_regions", "GET /regions", PUBLIC, RegionArgs, Regions, "行政区划")
LIST_INDUSTRIES = Operation("list_industries", "GET /industries", PUBLIC, IndustryArgs, Industries, "行业类别")
SHOW_CATALOGUE = Operation("show_catalogue", "GET /catalogues/{name}", PUBLIC, CatalogueArgs, CatalogueRows, "基础目录")
OPERATIONS = [LIST_REGIONS, LIST_INDUSTRIES, SHOW_CATALOGUE]
