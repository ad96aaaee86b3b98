"""What this service announces: every event carries the whole public state of its subject, and no personal data."""

from marshmallow import fields

from services.enterprise.contract import vocabulary
from services.kernel.contract import EventType
from services.language.fields import Identifier, day, flag, identifier, moment, number_of, shown, word
from services.language.schema import Schema


class EnterpriseState(Schema):
    """The public state of an enterprise; its own id is also its ``enterprise_id``."""

    id = identifier("企业编号")
    enterprise_id = identifier("企业编号")
    region = shown("生产经营所在地区")
    industry = shown("行业类别", allow_none=True)
    version = number_of("版本号")
    name = shown("企业名称")
    unified_credit_code = shown("统一社会信用代码", allow_none=True)
    enterprise_type = shown("企业类型", allow_none=True)
    scale = word(vocabulary.SCALES, "企业规模", allow_none=True)
    employees = number_of("从业人员数", allow_none=True)
    business_state = word(vocabulary.BUSINESS_STATES, "经营状态", allow_none=True)
    status = word(vocabulary.STATUSES, "状态")
    grade = shown("企业分级", allow_none=True)
    round = number_of("审核轮次")
    approved_at = moment("通过时间", allow_none=True)
    suspended_from = day("停产起始日", allow_none=True)
    authority_region = shown("审核机关所在地区", allow_none=True)
    authority_sector = word(vocabulary.SECTORS, "审核机关类别", allow_none=True)
    review_due_on = day("审核期限", allow_none=True)


class Opinion(Schema):
    opinion = fields.String(load_default=None, allow_none=True, metadata={"label": "意见"})


class RegionBefore(Schema):
    old_region = shown("原地区")


class EffectiveDay(Schema):
    """Tasks stop, or begin again, with this day."""

    effective_on = day("生效日期")


class LicenceState(Schema):
    id = identifier("证照编号")
    enterprise_id = identifier("企业编号")
    region = shown("所在地区")
    industry = shown("行业类别", allow_none=True)
    version = number_of("版本号")
    licence_type = shown("证照类型")
    number = shown("证书编号")
    valid_from = day("有效期自")
    valid_to = day("有效期至", allow_none=True)
    status = word(vocabulary.LICENCE_STATUSES, "状态")


class DaysLeft(Schema):
    days_left = fields.Integer(load_default=None, allow_none=True, metadata={"label": "剩余天数"})


class OrgUnitState(Schema):
    """``path`` leads from the root unit down to this one, itself included.

    What belongs to a unit with ``merged_into_id`` belongs to that unit from now on, or where that was merged too, to its.
    """

    id = identifier("单元编号")
    enterprise_id = identifier("企业编号")
    region = shown("所在地区")
    industry = shown("行业类别", allow_none=True)
    version = number_of("版本号")
    name = shown("名称")
    tier = shown("层级")
    parent_id = identifier("上级单元", allow_none=True)
    path = fields.List(Identifier(), metadata={"label": "路径"})
    is_active = flag("是否启用")
    merged_into_id = identifier("合并到的单元", allow_none=True)


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
