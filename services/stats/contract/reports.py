"""Overviews and reports: by region, by industry, by month, by day, by unit, by risk point."""

from marshmallow import fields, validate

from services.kernel.contract import Operation
from services.language.fields import (
    OPTIONAL,
    day,
    flag,
    identifier,
    moment,
    number_of,
    one_of,
    optional_day,
    optional_identifier,
    optional_one_of,
    shown,
    whole,
)
from services.language.schema import PageArgs, Schema, page_of
from services.stats.contract import permissions
from services.stats.contract.parts import (
    RANKED,
    Figures,
    Period,
    PeriodFigures,
    ReportArgs,
    Selection,
    optional_industry,
    optional_region,
)


class OverviewArgs(Selection, Period):
    pass


class Span(Schema):
    """The first and the last day of what was counted; a period is final 96 hours after its end."""

    from_on = day("起始日")
    to_on = day("截止日")
    is_final = flag("是否定格")


class Overview(Span, Figures):  # type: ignore[valid-type,misc]
    pass


class RegionFigures(Figures):  # type: ignore[valid-type,misc]
    region = shown("地区代码")
    name = shown("地区", allow_none=True)


class IndustryFigures(Figures):  # type: ignore[valid-type,misc]
    industry = shown("行业代码")
    name = shown("行业", allow_none=True)


class MonthlyArgs(PageArgs, Selection):
    year = whole("年份", 2000, 2100, **OPTIONAL)


class MonthFigures(PeriodFigures):  # type: ignore[valid-type,misc]
    month = shown("月份")
    is_final = flag("是否定格")
    hazard_change = fields.Float(allow_none=True, metadata={"label": "发现隐患环比（%）"})
    hazard_change_year = fields.Float(allow_none=True, metadata={"label": "发现隐患同比（%）"})
    check_rate_change = fields.Float(allow_none=True, metadata={"label": "排查率环比（百分点）"})
    check_rate_change_year = fields.Float(allow_none=True, metadata={"label": "排查率同比（百分点）"})
    rectified_rate_change = fields.Float(allow_none=True, metadata={"label": "整改率环比（百分点）"})
    rectified_rate_change_year = fields.Float(allow_none=True, metadata={"label": "整改率同比（百分点）"})


class TrendArgs(Selection):
    from_on = optional_day("起始日")
    to_on = optional_day("截止日")


class DayFigures(PeriodFigures):  # type: ignore[valid-type,misc]
    day = day("日期")


class Trend(Schema):
    items = fields.List(fields.Nested(DayFigures), metadata={"label": "逐日"})


class RankingArgs(Period):
    region = optional_region()
    industry = optional_industry()
    by = one_of(RANKED, "排名指标", load_default="check_rate")


class Ranked(Schema):
    rank = number_of("名次")
    region = shown("地区代码")
    name = shown("地区", allow_none=True)
    value = fields.Float(metadata={"label": "数值"})


class Ranking(Schema):
    items = fields.List(fields.Nested(Ranked), metadata={"label": "排名"})


class Step(Schema):
    code = shown("环节代码")
    label = shown("环节")
    count = number_of("数量")
    rate = fields.Float(allow_none=True, metadata={"label": "占发现数（%）"})


class Funnel(Schema):
    items = fields.List(fields.Nested(Step), metadata={"label": "环节"})


class BoardArgs(Period):
    """The board of one enterprise: the caller's own unless another in scope is named."""

    enterprise_id = optional_identifier("企业编号")


class UnitFigures(PeriodFigures):  # type: ignore[valid-type,misc]
    """Without ``unit_id``: hazards that belong to no unit."""

    unit_id = identifier("单元编号", allow_none=True)
    name = shown("单元", allow_none=True)
    tier = shown("层级", allow_none=True)
    risk_point_count = number_of("风险点数")


class Board(Span):
    enterprise_id = identifier("企业编号")
    total = fields.Nested(Figures, metadata={"label": "全企业"})
    units = fields.List(fields.Nested(UnitFigures), metadata={"label": "各单元"})


class RiskPointArgs(PageArgs, Selection):
    month = fields.String(
        load_default=None, allow_none=True, validate=validate.Regexp(r"^20\d\d-(0[1-9]|1[0-2])\Z", error="应为年月，如 2026-01"),
        metadata={"label": "月份"},
    )  # fmt: skip
    level = optional_one_of({"red": "红", "orange": "橙", "yellow": "黄", "blue": "蓝"}, "风险等级")


class RiskPointFigures(Schema):
    """Points without a check in the month are listed too."""

    point_id = identifier("风险点编号")
    enterprise_id = identifier("企业编号")
    enterprise_name = shown("企业名称", allow_none=True)
    name = shown("风险点", allow_none=True)
    level = shown("风险等级")
    due_count = number_of("应查次数")
    checked_count = number_of("已查次数（含补查）")
    hazard_count = number_of("发现隐患数")


class OfflineArgs(PageArgs):
    region = optional_region()
    industry = optional_industry()


class OfflineEnterprise(Schema):
    enterprise_id = identifier("企业编号")
    name = shown("企业名称")
    region = shown("所在地区")
    industry = shown("行业类别", allow_none=True)
    has_filed_list = flag("是否报备清单")
    seen_at = moment("最近上线时间", allow_none=True)


class IndicatorItem(Schema):
    code = shown("代码")
    label = shown("名称")
    definition = shown("口径")
    is_rate = flag("是否比率")


class Indicators(Schema):
    version = shown("口径版本")
    items = fields.List(fields.Nested(IndicatorItem), metadata={"label": "指标"})


def _list(name: str, path: str, permission: str, args: type[Schema], item: type[Schema], summary: str) -> Operation:
    return Operation(name, f"GET /stats/{path}", permission, args, page_of(item), summary, is_list=True)


READ, SUPERVISE = permissions.READ, permissions.SUPERVISE
SHOW_OVERVIEW = Operation("show_overview", "GET /stats/overview", READ, OverviewArgs, Overview, "统计总览")
LIST_REGION_FIGURES = _list("list_region_figures", "regions", SUPERVISE, ReportArgs, RegionFigures, "地区统计报表")
LIST_INDUSTRY_FIGURES = _list("list_industry_figures", "industries", SUPERVISE, ReportArgs, IndustryFigures, "行业统计报表")
LIST_MONTHLY_FIGURES = _list("list_monthly_figures", "monthly", READ, MonthlyArgs, MonthFigures, "月度统计报表")
LIST_RISK_POINT_FIGURES = _list("list_risk_point_figures", "risk-points", READ, RiskPointArgs, RiskPointFigures, "按风险点统计")
LIST_OFFLINE = _list("list_offline_enterprises", "offline-enterprises", SUPERVISE, OfflineArgs, OfflineEnterprise, "未上线企业")
SHOW_TREND = Operation("show_trend", "GET /stats/trend", READ, TrendArgs, Trend, "逐日趋势")
SHOW_RANKING = Operation("show_ranking", "GET /stats/ranking", SUPERVISE, RankingArgs, Ranking, "地区排名")
SHOW_FUNNEL = Operation("show_funnel", "GET /stats/funnel", READ, OverviewArgs, Funnel, "隐患治理漏斗")
SHOW_BOARD = Operation("show_board", "GET /stats/board", READ, BoardArgs, Board, "企业风险防控动态看板")
LIST_INDICATORS = Operation("list_indicators", "GET /stats/indicators", READ, Schema, Indicators, "指标口径")
OPERATIONS = [
    SHOW_OVERVIEW, LIST_REGION_FIGURES, LIST_INDUSTRY_FIGURES, LIST_MONTHLY_FIGURES, LIST_RISK_POINT_FIGURES, LIST_OFFLINE,
    SHOW_TREND, SHOW_RANKING, SHOW_FUNNEL, SHOW_BOARD, LIST_INDICATORS,
]  # fmt: skip
