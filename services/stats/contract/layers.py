"""Layers of the map, the grades by which regions are coloured, and the check that every figure is right."""

from marshmallow import fields

from services.kernel.contract import Operation
from services.language.fields import flag, moment, number_of, one_of, optional_identifier, shown, text, version, whole, word
from services.language.schema import PageArgs, Schema, page_of
from services.stats.contract import permissions
from services.stats.contract.parts import optional_industry, optional_region

LAYERS = {"regions": "重大风险分布", "risks": "风险点分布", "enterprises": "企业分布", "hazards": "隐患分布"}
LEVELS = {"county": "县级", "prefecture": "市州级"}
GRADES = {"red": "辨识数量多", "orange": "较多", "yellow": "一般", "blue": "较少", "green": "少"}


class LayerArgs(Schema):
    layer = one_of(LAYERS, "图层", required=True)
    region = optional_region()
    industry = optional_industry()


class LayerRegion(Schema):
    """One place on the map: ``count`` is what the layer shows, ``parts`` what it is made of."""

    region = shown("地区代码")
    name = shown("地区", allow_none=True)
    longitude = fields.Float(allow_none=True, metadata={"label": "经度"})
    latitude = fields.Float(allow_none=True, metadata={"label": "纬度"})
    level = shown("级别")
    count = number_of("数量")
    parts = fields.Dict(keys=fields.String(), values=fields.Integer(), metadata={"label": "构成"})
    colour = word(GRADES, "颜色", allow_none=True)


class Layer(Schema):
    layer = shown("图层")
    items = fields.List(fields.Nested(LayerRegion), metadata={"label": "各地区"})


class Thresholds(Schema):
    """The lowest count of each grade above green, from the highest grade down."""

    red = whole("红", 1, 10_000_000, required=True)
    orange = whole("橙", 1, 10_000_000, required=True)
    yellow = whole("黄", 1, 10_000_000, required=True)
    blue = whole("蓝", 1, 10_000_000, required=True)


class SetRegionGrades(Schema):
    """``version`` is the one the sender saw."""

    level = one_of(LEVELS, "级别", required=True)
    thresholds = fields.Nested(Thresholds, required=True, metadata={"label": "分级下限"})
    reason = text("调整原因", 500, required=True)
    version = version()


class RegionGrades(Schema):
    level = word(LEVELS, "级别")
    thresholds = fields.Nested(Thresholds, metadata={"label": "分级下限"})
    effective_at = moment("生效时间", allow_none=True)
    version = number_of("版本号")


class AllRegionGrades(Schema):
    items = fields.List(fields.Nested(RegionGrades), metadata={"label": "各级"})


class PastRegionGrades(RegionGrades):
    id = fields.UUID(metadata={"label": "编号"})
    reason = shown("调整原因")
    set_by_name = shown("调整人")


class Recount(Schema):
    """``differing`` is 0 when every figure equals what its contributions add up to."""

    enterprises = number_of("核对企业数")
    cells = number_of("核对数据格")
    differing = number_of("不一致的数据格")
    at = moment("核对时间")


class RecountArgs(Schema):
    """One enterprise, or everything."""

    enterprise_id = optional_identifier("企业编号")
    repair = flag("以重算结果为准", load_default=False)


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
