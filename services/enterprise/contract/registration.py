"""Registering an enterprise: the applicant's draft, its submission, and the form that asks for it."""

from typing import Any

from marshmallow import fields

from services.enterprise.contract import permissions, vocabulary
from services.enterprise.contract.basic import BASIC_FIELDS, BY_CODE, schema
from services.enterprise.contract.events import EnterpriseState
from services.enterprise.contract.kinds import MOBILE, EnterpriseArgs, EnterpriseChangeArgs
from services.kernel.caller import PUBLIC
from services.kernel.contract import Operation
from services.language.fields import flag, moment, number_of, one_of, optional_text, region, shown, text, word
from services.language.schema import Empty, Schema

# Why an authority above the county reviews; what each leads to stands in ``domain/routing.py``.


def _registrant() -> dict[str, fields.Field[Any]]:
    email = fields.Email(allow_none=True, metadata={"label": "申报人邮箱"}, error_messages={"invalid": "应为邮箱地址"})
    return {
        "registrant_name": text("申报人", 50),
        "registrant_mobile": fields.String(validate=MOBILE, metadata={"label": "申报人手机"}),
        "registrant_email": email,
        "review_ground": one_of(vocabulary.GROUNDS, "申报情形"),
    }


def _demanded(code: str) -> fields.Field[Any]:
    field = BY_CODE[code].build()
    field.required = True
    return field


_NAMED = {"name": _demanded("name"), "region": _demanded("region")}
RegisterEnterprise = schema("RegisterEnterprise", BASIC_FIELDS, _registrant() | _NAMED)
EditRegistration = schema("EditRegistration", BASIC_FIELDS, _registrant() | EnterpriseChangeArgs().fields)


class Missing(Schema):
    code = shown("字段")
    label = shown("名称")


class Authority(Schema):
    """Who will decide: the authority of a region, emergency management or housing."""

    region = shown("审核机关所在地区")
    level = shown("审核层级")
    sector = word(vocabulary.SECTORS, "审核机关类别")
    name = shown("审核机关")


class Standing(EnterpriseState):
    """What the state of an enterprise tells to those who may see its file."""

    submitted_at = moment("提交时间", allow_none=True)
    review_ground = shown("申报情形", allow_none=True)
    opinion = shown("审核意见", allow_none=True)


EnterpriseDetail = schema("EnterpriseDetail", BASIC_FIELDS, Standing().fields)
_OWN: dict[str, fields.Field[Any]] = {
    "authority": fields.Nested(Authority, metadata={"label": "审核机关"}),
    "missing": fields.List(fields.Nested(Missing), metadata={"label": "尚未填写的必填项"}),
}
_REGISTRANT: dict[str, fields.Field[Any]] = {
    "registrant_name": shown("申报人", allow_none=True),
    "registrant_mobile": shown("申报人手机", allow_none=True),
    "registrant_email": shown("申报人邮箱", allow_none=True),
}
Registration = schema("Registration", BASIC_FIELDS, Standing().fields | _REGISTRANT | _OWN)


class AuthorityArgs(Schema):
    region = region("生产经营所在地区", required=True)
    industry = optional_text("行业类别", 20)
    review_ground = one_of(vocabulary.GROUNDS, "申报情形", load_default="ordinary")


class FormField(Schema):
    code = shown("字段")
    label = shown("名称")
    kind = shown("类型")
    is_required = flag("是否必填")
    is_key = flag("是否关键信息")
    longest = number_of("最大长度")
    options = fields.List(fields.String(), metadata={"label": "选项"})
    catalogue = shown("目录", allow_none=True)


class RegistrationForm(Schema):
    fields_ = fields.List(fields.Nested(FormField), data_key="fields", metadata={"label": "字段"})


REGISTER_ENTERPRISE = Operation(
    "register_enterprise", "POST /enterprises/registrations", permissions.REGISTER, RegisterEnterprise, Registration,
    "填写企业注册申报（保存草稿）", status=201,
)  # fmt: skip
EDIT_REGISTRATION = Operation(
    "edit_registration", "PATCH /enterprises/{enterprise_id}/registration", permissions.REGISTER, EditRegistration, Registration,
    "修改企业注册申报",
)  # fmt: skip
SHOW_REGISTRATION = Operation(
    "show_registration", "GET /enterprises/{enterprise_id}/registration", permissions.REGISTER, EnterpriseArgs, Registration,
    "查看本企业的注册申报",
)  # fmt: skip
SUBMIT_REGISTRATION = Operation(
    "submit_registration", "POST /enterprises/{enterprise_id}/submission", permissions.REGISTER, EnterpriseChangeArgs, Registration,
    "提交企业注册申报",
)  # fmt: skip
WITHDRAW_REGISTRATION = Operation(
    "withdraw_registration", "POST /enterprises/{enterprise_id}/withdrawal", permissions.REGISTER, EnterpriseChangeArgs,
    Registration, "撤回企业注册申报",
)  # fmt: skip
SHOW_AUTHORITY = Operation(
    "show_authority", "GET /enterprises/registrations/authority", PUBLIC, AuthorityArgs, Authority, "查询负责审核的机关"
)
SHOW_REGISTRATION_FORM = Operation(
    "show_registration_form", "GET /enterprises/registrations/form", PUBLIC, Empty, RegistrationForm, "企业基本信息表单"
)
OPERATIONS = [
    REGISTER_ENTERPRISE, EDIT_REGISTRATION, SHOW_REGISTRATION, SUBMIT_REGISTRATION, WITHDRAW_REGISTRATION, SHOW_AUTHORITY,
    SHOW_REGISTRATION_FORM,
]  # fmt: skip
