"""What this service announces: that figures have changed, at most twice a second however much was counted."""

from marshmallow import fields

from services.kernel.contract import EventType
from services.language.fields import day, identifier, number_of, shown
from services.language.schema import Schema


class Bucket(Schema):
    """``kind`` is region (a county's code) or industry."""

    kind = shown("类别")
    key = shown("代码")


class FiguresState(Schema):
    """The figures of the deployment; ``version`` is the number of the turn in which they were folded."""

    id = identifier("编号")
    enterprise_id = identifier("企业编号", allow_none=True)
    region = shown("地区")
    industry = shown("行业", allow_none=True)
    version = number_of("版本号")
    day = day("日期")
    buckets = fields.List(fields.Nested(Bucket), metadata={"label": "变化的类别"})


FIGURES_CHANGED = EventType("stats", "figures.changed.v1", FiguresState)
EVENTS = [FIGURES_CHANGED]
