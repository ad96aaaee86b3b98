"""What this service announces: that figures have changed, at most once a second however much was counted."""

from marshmallow import fields

from services.kernel.contract import EventType, Schema
from services.stats.contract.parts import Id


class Bucket(Schema):
    """``kind`` is region (a county's code) or industry."""

    kind = fields.String(metadata={"label": "类别"})
    key = fields.String(metadata={"label": "代码"})


class FiguresState(Schema):
    """The figures of the deployment; ``version`` is the number of the turn in which they were folded."""

    id = Id(metadata={"label": "编号"})
    enterprise_id = Id(allow_none=True, metadata={"label": "企业编号"})
    region = fields.String(metadata={"label": "地区"})
    industry = fields.String(allow_none=True, metadata={"label": "行业"})
    version = fields.Integer(metadata={"label": "版本"})
    day = fields.Date(metadata={"label": "日期"})
    buckets = fields.List(fields.Nested(Bucket), metadata={"label": "变化的类别"})


FIGURES_CHANGED = EventType("stats", "figures.changed.v1", FiguresState)
EVENTS = [FIGURES_CHANGED]
