"""Fields and schemas that several reports use; the figures themselves follow from the indicators."""

from collections.abc import Iterable
from typing import Any

from marshmallow import fields, validate

from services.language.fields import OPTIONAL, one_of, optional_day, optional_identifier, region
from services.language.schema import PageArgs, Schema
from services.stats.contract.indicators import BY_CODE, INDICATORS, PERIOD, PRESENT, Indicator

PERIODS = {"day": "日", "week": "周", "month": "月"}

INDUSTRY = validate.Regexp(r"^[A-Z]{2}(\d{2}){0,3}\Z", error="应为行业代码")


def optional_region() -> fields.String:
    return region("地区", **OPTIONAL)


def optional_industry() -> fields.String:
    return fields.String(load_default=None, allow_none=True, validate=INDUSTRY, metadata={"label": "行业"})


def figure(indicator: Indicator) -> fields.Field[Any]:
    """The field of one indicator; rates are null when their base is 0."""
    described = {"label": indicator.label, "description": indicator.definition}
    return fields.Float(allow_none=True, metadata=described) if indicator.is_rate else fields.Integer(metadata=described)


def figures(name: str, indicators: Iterable[Indicator]) -> type[Schema]:
    return type(name, (Schema,), {i.code: figure(i) for i in indicators})


PeriodFigures = figures("PeriodFigures", PERIOD)
PresentFigures = figures("PresentFigures", PRESENT)
Figures = figures("Figures", INDICATORS)
RANKED = {code: indicator.label for code, indicator in BY_CODE.items()}


class Selection(Schema):
    """Whose figures: everybody's in the caller's scope, or a part of them."""

    region = optional_region()
    industry = optional_industry()
    enterprise_id = optional_identifier("企业编号")


class Period(Schema):
    """Which days: the day, week or month around ``day`` (today)."""

    period = one_of(PERIODS, "统计周期", load_default="day")
    day = optional_day("所在日期")


class ReportArgs(PageArgs, Period):
    """A report over one period; it is short enough to come on one page."""

    region = optional_region()
    industry = optional_industry()
