"""Fields and schemas that several reports use; the figures themselves follow from the indicators."""

from collections.abc import Iterable
from typing import Any

from marshmallow import fields, validate

from services.kernel.contract import PageArgs, Schema
from services.stats.contract.indicators import BY_CODE, INDICATORS, PERIOD, PRESENT, Indicator

PERIODS = {"day": "日", "week": "周", "month": "月"}
REGION = validate.Regexp(r"^\d{6}(\d{3}|\d{6})?$", error="应为6、9或12位行政区划代码")
INDUSTRY = validate.Regexp(r"^[A-Z]{2}(\d{2}){0,3}$", error="应为行业代码")


class Id(fields.UUID):
    """A UUID that arrives as text, the way tables hold it."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:  # type: ignore[override]
        return str(super()._deserialize(value, attr, data, **kwargs))


def optional_id(label: str) -> Id:
    return Id(load_default=None, allow_none=True, metadata={"label": label})


def optional_region() -> fields.String:
    return fields.String(load_default=None, allow_none=True, validate=REGION, metadata={"label": "地区"})


def optional_industry() -> fields.String:
    return fields.String(load_default=None, allow_none=True, validate=INDUSTRY, metadata={"label": "行业"})


def choice(words: dict[str, str], label: str, **options: Any) -> fields.String:
    return fields.String(validate=validate.OneOf(list(words)), metadata={"label": label, "words": words}, **options)


def optional_day(label: str) -> fields.Date:
    return fields.Date(load_default=None, allow_none=True, metadata={"label": label})


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
    enterprise_id = optional_id("企业编号")


class Period(Schema):
    """Which days: the day, week or month around ``day`` (today)."""

    period = choice(PERIODS, "统计周期", load_default="day")
    day = optional_day("所在日期")


class ReportArgs(PageArgs, Period):
    """A report over one period; it is short enough to come on one page."""

    region = optional_region()
    industry = optional_industry()
