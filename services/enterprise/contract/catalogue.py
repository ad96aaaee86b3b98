"""Reference data that everybody may read: regions, industries and the other catalogues of this service."""

from marshmallow import fields, validate

from services.enterprise.contract.kinds import REGION, choice
from services.kernel.caller import PUBLIC
from services.kernel.contract import Operation, Schema

CATALOGUES = [
    "regions", "region_code_history", "industries", "gbt4754_sections", "gbt4754_divisions", "enterprise_types", "licence_types",
    "personnel_certificate_types", "special_operation_types", "construction_qualifications", "code_lists",
]  # fmt: skip
LEVELS = ["province", "prefecture", "county", "functional"]


class RegionArgs(Schema):
    parent = fields.String(load_default=None, allow_none=True, validate=REGION, metadata={"label": "上级地区"})
    level = choice("级别", LEVELS, load_default=None, allow_none=True)


class Region(Schema):
    code = fields.String(metadata={"label": "代码"})
    name = fields.String(metadata={"label": "名称"})
    short_name = fields.String(metadata={"label": "简称"})
    level = fields.String(metadata={"label": "级别"})
    parent_code = fields.String(allow_none=True, metadata={"label": "上级代码"})
    longitude = fields.Float(allow_none=True, metadata={"label": "经度"})
    latitude = fields.Float(allow_none=True, metadata={"label": "纬度"})
    is_province_administered = fields.Boolean(metadata={"label": "是否省直管"})


class Regions(Schema):
    items = fields.List(fields.Nested(Region), metadata={"label": "地区"})


class IndustryArgs(Schema):
    parent = fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 20), metadata={"label": "上级行业"})


class Industry(Schema):
    code = fields.String(metadata={"label": "代码"})
    name = fields.String(metadata={"label": "名称"})
    parent_code = fields.String(allow_none=True, metadata={"label": "上级代码"})
    regulator = fields.String(metadata={"label": "监管部门"})
    is_high_risk = fields.Boolean(metadata={"label": "是否高危行业"})


class Industries(Schema):
    items = fields.List(fields.Nested(Industry), metadata={"label": "行业"})


class CatalogueArgs(Schema):
    name = choice("目录", CATALOGUES, required=True)


class CatalogueRows(Schema):
    items = fields.List(fields.Dict(), metadata={"label": "条目"})


LIST_REGIONS = Operation("list_regions", "GET /regions", PUBLIC, RegionArgs, Regions, "行政区划")
LIST_INDUSTRIES = Operation("list_industries", "GET /industries", PUBLIC, IndustryArgs, Industries, "行业类别")
SHOW_CATALOGUE = Operation("show_catalogue", "GET /catalogues/{name}", PUBLIC, CatalogueArgs, CatalogueRows, "基础目录")
OPERATIONS = [LIST_REGIONS, LIST_INDUSTRIES, SHOW_CATALOGUE]
