"""What this service announces: every event carries the whole public state of its subject, and no personal data."""

from marshmallow import fields

from services.enterprise.contract.kinds import Id
from services.kernel.contract import EventType, Schema


class EnterpriseState(Schema):
    """The public state of an enterprise; its own id is also its ``enterprise_id``."""

    id = Id(metadata={"label": "企业编号"})
    enterprise_id = Id(metadata={"label": "企业编号"})
    region = fields.String(metadata={"label": "生产经营所在地区"})
    industry = fields.String(allow_none=True, metadata={"label": "行业类别"})
    version = fields.Integer(metadata={"label": "版本"})
    name = fields.String(metadata={"label": "企业名称"})
    unified_credit_code = fields.String(allow_none=True, metadata={"label": "统一社会信用代码"})
    enterprise_type = fields.String(allow_none=True, metadata={"label": "企业类型"})
    scale = fields.String(allow_none=True, metadata={"label": "企业规模"})
    employees = fields.Integer(allow_none=True, metadata={"label": "从业人员数"})
    business_state = fields.String(allow_none=True, metadata={"label": "经营状态"})
    status = fields.String(metadata={"label": "状态"})
    grade = fields.String(allow_none=True, metadata={"label": "企业分级"})
    round = fields.Integer(metadata={"label": "审核轮次"})
    approved_at = fields.DateTime(allow_none=True, metadata={"label": "通过时间"})
    suspended_from = fields.Date(allow_none=True, metadata={"label": "停产起始日"})
    authority_region = fields.String(allow_none=True, metadata={"label": "审核机关所在地区"})
    authority_sector = fields.String(allow_none=True, metadata={"label": "审核机关类别"})
    review_due_on = fields.Date(allow_none=True, metadata={"label": "审核期限"})


class Opinion(Schema):
    opinion = fields.String(load_default=None, allow_none=True, metadata={"label": "意见"})


class RegionBefore(Schema):
    old_region = fields.String(metadata={"label": "原地区"})


class EffectiveDay(Schema):
    """Tasks stop, or begin again, with this day."""

    effective_on = fields.Date(metadata={"label": "生效日期"})


class LicenceState(Schema):
    id = Id(metadata={"label": "证照编号"})
    enterprise_id = Id(metadata={"label": "企业编号"})
    region = fields.String(metadata={"label": "所在地区"})
    industry = fields.String(allow_none=True, metadata={"label": "行业类别"})
    version = fields.Integer(metadata={"label": "版本"})
    licence_type = fields.String(metadata={"label": "证照类型"})
    number = fields.String(metadata={"label": "证书编号"})
    valid_from = fields.Date(metadata={"label": "有效期自"})
    valid_to = fields.Date(allow_none=True, metadata={"label": "有效期至"})
    status = fields.String(metadata={"label": "状态"})


class DaysLeft(Schema):
    days_left = fields.Integer(load_default=None, allow_none=True, metadata={"label": "剩余天数"})


class OrgUnitState(Schema):
    """``path`` leads from the root unit down to this one, itself included."""

    id = Id(metadata={"label": "单元编号"})
    enterprise_id = Id(metadata={"label": "企业编号"})
    region = fields.String(metadata={"label": "所在地区"})
    industry = fields.String(allow_none=True, metadata={"label": "行业类别"})
    version = fields.Integer(metadata={"label": "版本"})
    name = fields.String(metadata={"label": "名称"})
    tier = fields.String(metadata={"label": "层级"})
    parent_id = Id(allow_none=True, metadata={"label": "上级单元"})
    path = fields.List(Id(), metadata={"label": "路径"})
    is_active = fields.Boolean(metadata={"label": "是否启用"})


def _enterprise(what: str, fact: type[Schema] = Schema) -> EventType:
    return EventType("enterprise", f"enterprise.{what}.v1", EnterpriseState, fact)


def _licence(what: str) -> EventType:
    return EventType("enterprise", f"licence.{what}.v1", LicenceState, DaysLeft)


ENTERPRISE_REGISTERED = _enterprise("registered")
ENTERPRISE_APPROVED = _enterprise("approved", Opinion)
ENTERPRISE_REJECTED = _enterprise("rejected", Opinion)
ENTERPRISE_CHANGED = _enterprise("changed")
ENTERPRISE_SUSPENDED = _enterprise("suspended", EffectiveDay)
ENTERPRISE_RESUMED = _enterprise("resumed", EffectiveDay)
ENTERPRISE_DELETED = _enterprise("deleted", Opinion)
ENTERPRISE_RESTORED = _enterprise("restored")
ENTERPRISE_CLOSED = _enterprise("closed", Opinion)
ENTERPRISE_REGION_CHANGED = _enterprise("region_changed", RegionBefore)
LICENCE_REGISTERED = _licence("registered")
LICENCE_RENEWED = _licence("renewed")
LICENCE_EXPIRING = _licence("expiring")
LICENCE_EXPIRED = _licence("expired")
LICENCE_REVOKED = _licence("revoked")
ORG_UNIT_CHANGED = EventType("enterprise", "org_unit.changed.v1", OrgUnitState)

ENTERPRISE_EVENTS = [
    ENTERPRISE_REGISTERED, ENTERPRISE_APPROVED, ENTERPRISE_REJECTED, ENTERPRISE_CHANGED, ENTERPRISE_SUSPENDED,
    ENTERPRISE_RESUMED, ENTERPRISE_DELETED, ENTERPRISE_RESTORED, ENTERPRISE_CLOSED, ENTERPRISE_REGION_CHANGED,
]  # fmt: skip
LICENCE_EVENTS = [LICENCE_REGISTERED, LICENCE_RENEWED, LICENCE_EXPIRING, LICENCE_EXPIRED, LICENCE_REVOKED]
EVENTS = [*ENTERPRISE_EVENTS, *LICENCE_EVENTS, ORG_UNIT_CHANGED]
