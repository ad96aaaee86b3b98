"""Licences and certificates of enterprises: upkeep by the enterprise, administration by the authority, expiry lists."""

from marshmallow import fields

from services.enterprise.contract import permissions, vocabulary
from services.enterprise.contract.events import LicenceState
from services.enterprise.contract.kinds import EnterpriseArgs
from services.enterprise.contract.review import DECISIONS
from services.kernel.caller import PUBLIC
from services.kernel.contract import Operation
from services.language.fields import (
    OPTIONAL,
    Identifier,
    day,
    files,
    flag,
    identifier,
    moment,
    number_of,
    one_of,
    optional_day,
    optional_identifier,
    optional_one_of,
    region,
    shown,
    text,
    version,
    word,
)
from services.language.schema import Schema, SearchArgs, page_of


class Certificate(Schema):
    """One edition of a licence; without ``valid_to`` it has no end."""

    number = text("证书编号", 100, required=True)
    issuer = text("发证机关", 200, required=True)
    issued_on = day("发证日期", required=True)
    valid_from = optional_day("有效期自")
    valid_to = optional_day("有效期至")
    permitted_scope = text("许可范围", 1000, **OPTIONAL)
    scans = files("扫描件", 30, required=True)


class RegisterLicence(EnterpriseArgs, Certificate):
    """``id`` is the client's."""

    id = optional_identifier("证照编号")
    licence_type = text("证照类型", 20, required=True)


class LicenceArgs(Schema):
    licence_id = identifier("证照编号", required=True)


class LicenceChangeArgs(LicenceArgs):
    version = version()


class RenewLicence(LicenceChangeArgs, Certificate):
    pass


class ReviewRenewal(LicenceChangeArgs):
    decision = one_of(DECISIONS, "审核结论", required=True)
    opinion = text("审核意见", 1000, **OPTIONAL)


class DecideLicence(LicenceChangeArgs):
    reason = text("原因", 1000, required=True)
    decision_document = files("决定文书", 30, required=True)


class RevokeLicence(DecideLicence):
    ground = one_of(vocabulary.REVOCATIONS, "方式", load_default="revoked")


class RestoreLicence(LicenceChangeArgs):
    reason = text("原因", 1000, required=True)


class LicenceItem(LicenceState):
    enterprise_name = shown("企业名称")
    licence_name = shown("证照名称")
    issuer = shown("发证机关")
    issued_on = day("发证日期")
    permitted_scope = shown("许可范围", allow_none=True)
    days_left = number_of("剩余天数", allow_none=True)
    window_days = number_of("提醒窗口（天）", allow_none=True)
    is_renewal_pending = flag("换证待确认")


class Edition(Certificate):
    """``status``: in force, waiting for the authority, refused, or replaced by a later one."""

    id = identifier("版次编号")
    edition = number_of("版次")
    status = word(vocabulary.EDITION_STATUSES, "状态")
    opinion = shown("审核意见", allow_none=True)
    recorded_at = moment("登记时间")


class LicenceDetail(LicenceItem):
    scans = fields.List(Identifier(), metadata={"label": "扫描件"})
    decision_reason = shown("处理原因", allow_none=True)
    decision_document = fields.List(Identifier(), metadata={"label": "决定文书"})
    revocation_ground = word(vocabulary.REVOCATIONS, "吊销或注销", allow_none=True)
    editions = fields.List(fields.Nested(Edition), metadata={"label": "历次证书"})


class LicenceListArgs(SearchArgs):
    enterprise_id = optional_identifier("企业编号")
    region = region("所在地区", **OPTIONAL)
    licence_type = text("证照类型", 20, **OPTIONAL)
    status = optional_one_of(vocabulary.LICENCE_STATUSES, "状态")


class ExpiryListArgs(SearchArgs):
    enterprise_id = optional_identifier("企业编号")
    region = region("所在地区", **OPTIONAL)
    licence_type = text("证照类型", 20, **OPTIONAL)


class VerifyArgs(Schema):
    """What stands on the permit: both have to be known to be told anything."""

    number = text("证书编号", 100, required=True)
    enterprise_name = text("持证单位", 120, required=True)


class VerifiedLicence(Schema):
    licence_name = shown("证照名称")
    number = shown("证书编号")
    enterprise_name = shown("持证单位")
    issuer = shown("发证机关")
    valid_from = day("有效期自")
    valid_to = day("有效期至", allow_none=True)
    status = word(vocabulary.LICENCE_STATUSES, "状态")


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
