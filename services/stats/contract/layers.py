"""Layers of the map, the grades by which regions are coloured, and the check that every figure is right."""

from marshmallow import fields, validate

from services.kernel.contract import Operation, PageArgs, Schema, page_of
from services.stats.contract import permissions
from services.stats.contract.parts import choice, optional_id, optional_industry, optional_region

LAYERS = {"regions": "重大风险分布", "risks": "风险点分布", "enterprises": "企业分布", "hazards": "隐患分布"}
LEVELS = {"county": "县级", "prefecture": "市州级"}
GRADES = {"red": "辨识数量多", "orange": "较多", "yellow": "一般", "blue": "较少", "green": "少"}


class LayerArgs(Schema):
    layer = choice(LAYERS, "图层", required=True)
    region = optional_region()
    industry = optional_industry()


class LayerRegion(Schema):
    """One place on the map: ``count`` is what the layer shows, ``parts`` what it is made of."""

    region = fields.String(metadata={"label": "地区代码"})
    name = fields.String(allow_none=True, metadata={"label": "地区"})
    longitude = fields.Float(allow_none=True, metadata={"label": "经度"})
    latitude = fields.Float(allow_none=True, metadata={"label": "纬度"})
    level = fields.String(metadata={"label": "级别"})
    count = fields.Integer(metadata={"label": "数量"})
    parts = fields.Dict(keys=fields.String(), values=fields.Integer(), metadata={"label": "构成"})
    colour = fields.String(allow_none=True, metadata={"label": "颜色", "words": GRADES})


class Layer(Schema):
    layer = fields.String(metadata={"label": "图层"})
    items = fields.List(fields.Nested(LayerRegion), metadata={"label": "各地区"})


class Thresholds(Schema):
    """The lowest count of each grade above green, from the highest grade down."""

    red = fields.Integer(required=True, validate=validate.Range(1, 10_000_000), metadata={"label": "红"})
    orange = fields.Integer(required=True, validate=validate.Range(1, 10_000_000), metadata={"label": "橙"})
    yellow = fields.Integer(required=True, validate=validate.Range(1, 10_000_000), metadata={"label": "黄"})
    blue = fields.Integer(required=True, validate=validate.Range(1, 10_000_000), metadata={"label": "蓝"})


class SetRegionGrades(Schema):
    """``version`` is the one the sender saw."""

    level = choice(LEVELS, "级别", required=True)
    thresholds = fields.Nested(Thresholds, required=True, metadata={"label": "分级下限"})
    reason = fields.String(required=True, validate=validate.Length(1, 500), metadata={"label": "调整原因"})
    version = fields.Integer(load_default=None, allow_none=True, metadata={"label": "版本"})


class RegionGrades(Schema):
    level = fields.String(metadata={"label": "级别", "words": LEVELS})
    thresholds = fields.Nested(Thresholds, metadata={"label": "分级下限"})
    effective_at = fields.AwareDateTime(allow_none=True, metadata={"label": "生效时间"})
    version = fields.Integer(metadata={"label": "版本"})


class AllRegionGrades(Schema):
    items = fields.List(fields.Nested(RegionGrades), metadata={"label": "各级"})


class PastRegionGrades(RegionGrades):
    id = fields.UUID(metadata={"label": "编号"})
    reason = fields.String(metadata={"label": "调整原因"})
    set_by_name = fields.String(metadata={"label": "调整人"})


class Recount(Schema):
    """``differing`` is 0 when every figure equals what its contributions add up to."""

    enterprises = fields.Integer(metadata={"label": "核对企业数"})
    cells = fields.Integer(metadata={"label": "核对数据格"})
    differing = fields.Integer(metadata={"label": "不一致的数据格"})
    at = fields.AwareDateTime(metadata={"label": "核对时间"})


class RecountArgs(Schema):
    """One enterprise, or everything."""

    enterprise_id = optional_id("企业编号")
    repair = fields.Boolean(load_default=False, metadata={"label": "以重算结果为准"})


SHOW_LAYER = Operation("show_layer", "GET /gis/{layer}", permissions.SUPERVISE, LayerArgs, Layer, "地图图层")
SHOW_GRADES = Operation("show_grades", "GET /stats/region-grades", permissions.READ, Schema, AllRegionGrades, "地区颜色分级")
SET_GRADES = Operation(
    "set_grades", "PUT /stats/region-grades", permissions.GRADE, SetRegionGrades, RegionGrades, "设定地区颜色分级"
)
LIST_PAST_GRADES = Operation(
    "list_past_grades", "GET /stats/region-grades/history", permissions.SUPERVISE, PageArgs, page_of(PastRegionGrades),
    "地区颜色分级历史", is_list=True,
)  # fmt: skip
RECOUNT_FIGURES = Operation("recount_figures", "POST /stats/recount", permissions.RECOUNT, RecountArgs, Recount, "核对与重算统计")
OPERATIONS = [SHOW_LAYER, SHOW_GRADES, SET_GRADES, LIST_PAST_GRADES, RECOUNT_FIGURES]
