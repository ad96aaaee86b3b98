"""Licences and certificates of enterprises: upkeep by the enterprise, administration by the authority, expiry lists."""

from marshmallow import fields, validate

from services.enterprise.contract import permissions
from services.enterprise.contract.events import LicenceState
from services.enterprise.contract.kinds import REGION, EnterpriseArgs, Id, choice, ids, text
from services.enterprise.contract.review import DECISIONS
from services.kernel.caller import PUBLIC
from services.kernel.contract import Operation, PageArgs, Schema, page_of

STATUSES = ["valid", "expiring", "expired", "suspended", "revoked"]
REVOCATIONS = ["revoked", "cancelled"]


class Certificate(Schema):
    """One edition of a licence; without ``valid_to`` it has no end."""

    number = text("证书编号", 100, required=True)
    issuer = text("发证机关", 200, required=True)
    issued_on = fields.Date(required=True, metadata={"label": "发证日期"})
    valid_from = fields.Date(load_default=None, allow_none=True, metadata={"label": "有效期自"})
    valid_to = fields.Date(load_default=None, allow_none=True, metadata={"label": "有效期至"})
    permitted_scope = text("许可范围", 1000, load_default=None, allow_none=True)
    scans = ids("扫描件", required=True)


class RegisterLicence(EnterpriseArgs, Certificate):
    """``id`` is the client's."""

    id = Id(load_default=None, allow_none=True, metadata={"label": "证照编号"})
    licence_type = fields.String(required=True, validate=validate.Length(1, 20), metadata={"label": "证照类型"})


class LicenceArgs(Schema):
    licence_id = Id(required=True, metadata={"label": "证照编号"})


class LicenceChangeArgs(LicenceArgs):
    version = fields.Integer(load_default=None, allow_none=True, metadata={"label": "版本"})


class RenewLicence(LicenceChangeArgs, Certificate):
    pass


class ReviewRenewal(LicenceChangeArgs):
    decision = choice("审核结论", DECISIONS, required=True)
    opinion = text("审核意见", 1000, load_default=None, allow_none=True)


class DecideLicence(LicenceChangeArgs):
    reason = text("原因", 1000, required=True)
    decision_document = ids("决定文书", required=True)


class RevokeLicence(DecideLicence):
    ground = choice("方式", REVOCATIONS, load_default="revoked")


class RestoreLicence(LicenceChangeArgs):
    reason = text("原因", 1000, required=True)


class LicenceItem(LicenceState):
    enterprise_name = fields.String(metadata={"label": "企业名称"})
    licence_name = fields.String(metadata={"label": "证照名称"})
    issuer = fields.String(metadata={"label": "发证机关"})
    issued_on = fields.Date(metadata={"label": "发证日期"})
    permitted_scope = fields.String(allow_none=True, metadata={"label": "许可范围"})
    days_left = fields.Integer(allow_none=True, metadata={"label": "剩余天数"})
    window_days = fields.Integer(allow_none=True, metadata={"label": "提醒窗口（天）"})
    is_renewal_pending = fields.Boolean(metadata={"label": "换证待确认"})


class Edition(Certificate):
    """``status``: in force, waiting for the authority, refused, or replaced by a later one."""

    id = Id(metadata={"label": "版次编号"})
    edition = fields.Integer(metadata={"label": "版次"})
    status = fields.String(metadata={"label": "状态"})
    opinion = fields.String(allow_none=True, metadata={"label": "审核意见"})
    recorded_at = fields.DateTime(metadata={"label": "登记时间"})


class LicenceDetail(LicenceItem):
    scans = fields.List(Id(), metadata={"label": "扫描件"})
    decision_reason = fields.String(allow_none=True, metadata={"label": "处理原因"})
    decision_document = fields.List(Id(), metadata={"label": "决定文书"})
    revocation_ground = fields.String(allow_none=True, metadata={"label": "吊销或注销"})
    editions = fields.List(fields.Nested(Edition), metadata={"label": "历次证书"})


class LicenceListArgs(PageArgs):
    enterprise_id = Id(load_default=None, allow_none=True, metadata={"label": "企业编号"})
    region = fields.String(load_default=None, allow_none=True, validate=REGION, metadata={"label": "所在地区"})
    licence_type = fields.String(
        load_default=None, allow_none=True, validate=validate.Length(1, 20), metadata={"label": "证照类型"}
    )
    status = choice("状态", STATUSES, load_default=None, allow_none=True)


class ExpiryListArgs(PageArgs):
    enterprise_id = Id(load_default=None, allow_none=True, metadata={"label": "企业编号"})
    region = fields.String(load_default=None, allow_none=True, validate=REGION, metadata={"label": "所在地区"})
    licence_type = fields.String(
        load_default=None, allow_none=True, validate=validate.Length(1, 20), metadata={"label": "证照类型"}
    )


class VerifyArgs(Schema):
    """What stands on the permit: both have to be known to be told anything."""

    number = text("证书编号", 100, required=True)
    enterprise_name = text("持证单位", 120, required=True)


class VerifiedLicence(Schema):
    licence_name = fields.String(metadata={"label": "证照名称"})
    number = fields.String(metadata={"label": "证书编号"})
    enterprise_name = fields.String(metadata={"label": "持证单位"})
    issuer = fields.String(metadata={"label": "发证机关"})
    valid_from = fields.Date(metadata={"label": "有效期自"})
    valid_to = fields.Date(allow_none=True, metadata={"label": "有效期至"})
    status = fields.String(metadata={"label": "状态"})


class VerifiedLicences(Schema):
    items = fields.List(fields.Nested(VerifiedLicence), metadata={"label": "证照"})


def _command(name: str, route: str, permission: str, args: type[Schema], summary: str) -> Operation:
    return Operation(name, f"POST /licences/{{licence_id}}/{route}", permission, args, LicenceState, summary)


def _list(name: str, route: str, args: type[Schema], summary: str) -> Operation:
    return Operation(name, f"GET /licences{route}", permissions.READ, args, page_of(LicenceItem), summary, is_list=True)


REGISTER_LICENCE = Operation(
    "register_licence", "POST /enterprises/{enterprise_id}/licences", permissions.KEEP_LICENCE, RegisterLicence, LicenceState,
    "登记证照", status=201,
)  # fmt: skip
RENEW_LICENCE = _command("renew_licence", "renewal", permissions.KEEP_LICENCE, RenewLicence, "换发证照")
ISSUE_LICENCE = Operation(
    "issue_licence", "POST /licences", permissions.ADMINISTER_LICENCE, RegisterLicence, LicenceState, "颁发许可证", status=201
)
EXTEND_LICENCE = _command("extend_licence", "extension", permissions.ADMINISTER_LICENCE, RenewLicence, "延续或变更许可证")
REVIEW_RENEWAL = _command("review_renewal", "renewal-review", permissions.ADMINISTER_LICENCE, ReviewRenewal, "确认换发证照")
SUSPEND_LICENCE = _command("suspend_licence", "suspension", permissions.ADMINISTER_LICENCE, DecideLicence, "暂扣证照")
RESTORE_LICENCE = _command("restore_licence", "restoration", permissions.ADMINISTER_LICENCE, RestoreLicence, "恢复证照")
REVOKE_LICENCE = _command("revoke_licence", "revocation", permissions.ADMINISTER_LICENCE, RevokeLicence, "吊销或注销证照")
SHOW_LICENCE = Operation("show_licence", "GET /licences/{licence_id}", permissions.READ, LicenceArgs, LicenceDetail, "证照详情")
LIST_LICENCES = _list("list_licences", "", LicenceListArgs, "证照列表")
LIST_EXPIRING = _list("list_expiring_licences", "/expiring", ExpiryListArgs, "证照到期提醒")
LIST_EXPIRED = _list("list_expired_licences", "/expired", ExpiryListArgs, "已过期证照")
VERIFY_LICENCE = Operation("verify_licence", "GET /licences/verification", PUBLIC, VerifyArgs, VerifiedLicences, "公开查询许可证照")
OPERATIONS = [
    REGISTER_LICENCE, RENEW_LICENCE, ISSUE_LICENCE, EXTEND_LICENCE, REVIEW_RENEWAL, SUSPEND_LICENCE, RESTORE_LICENCE,
    REVOKE_LICENCE, SHOW_LICENCE, LIST_LICENCES, LIST_EXPIRING, LIST_EXPIRED, VERIFY_LICENCE,
]  # fmt: skip
