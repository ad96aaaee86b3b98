"""Registering an enterprise: the applicant's draft, its submission, and the form that asks for it."""

from typing import Any

from marshmallow import fields, validate

from services.enterprise.contract import permissions
from services.enterprise.contract.basic import BASIC_FIELDS, BY_CODE, schema
from services.enterprise.contract.events import EnterpriseState
from services.enterprise.contract.kinds import MOBILE, REGION, EnterpriseArgs, EnterpriseChangeArgs, choice, text
from services.kernel.caller import PUBLIC
from services.kernel.contract import Empty, Operation, Schema

# Why an authority above the county reviews; what each leads to stands in ``domain/routing.py``.
REVIEW_GROUNDS = ["ordinary", "several_counties", "cross_prefecture", "province_managed", "province_administered_county"]


def _registrant() -> dict[str, fields.Field[Any]]:
    email = fields.Email(allow_none=True, metadata={"label": "申报人邮箱"}, error_messages={"invalid": "应为邮箱地址"})
    return {
        "registrant_name": text("申报人", 50),
        "registrant_mobile": fields.String(validate=MOBILE, metadata={"label": "申报人手机"}),
        "registrant_email": email,
        "review_ground": choice("申报情形", REVIEW_GROUNDS),
    }


def _demanded(code: str) -> fields.Field[Any]:
    field = BY_CODE[code].build()
    field.required = True
    return field


_NAMED = {"name": _demanded("name"), "region": _demanded("region")}
RegisterEnterprise = schema("RegisterEnterprise", BASIC_FIELDS, _registrant() | _NAMED)
EditRegistration = schema("EditRegistration", BASIC_FIELDS, _registrant() | EnterpriseChangeArgs().fields)


class Missing(Schema):
    code = fields.String(metadata={"label": "字段"})
    label = fields.String(metadata={"label": "名称"})


class Authority(Schema):
    """Who will decide: the authority of a region, emergency management or housing."""

    region = fields.String(metadata={"label": "审核机关所在地区"})
    level = fields.String(metadata={"label": "审核层级"})
    sector = fields.String(metadata={"label": "审核机关类别"})
    name = fields.String(metadata={"label": "审核机关"})


class Standing(EnterpriseState):
    """What the state of an enterprise tells to those who may see its file."""

    submitted_at = fields.DateTime(allow_none=True, metadata={"label": "提交时间"})
    review_ground = fields.String(allow_none=True, metadata={"label": "申报情形"})
    opinion = fields.String(allow_none=True, metadata={"label": "审核意见"})


EnterpriseDetail = schema("EnterpriseDetail", BASIC_FIELDS, Standing().fields)
_OWN: dict[str, fields.Field[Any]] = {
    "authority": fields.Nested(Authority, metadata={"label": "审核机关"}),
    "missing": fields.List(fields.Nested(Missing), metadata={"label": "尚未填写的必填项"}),
}
Registration = schema("Registration", BASIC_FIELDS, Standing().fields | _registrant() | _OWN)


class AuthorityArgs(Schema):
    region = fields.String(required=True, validate=REGION, metadata={"label": "生产经营所在地区"})
    industry = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=20), metadata={"label": "行业类别"})
    review_ground = choice("申报情形", REVIEW_GROUNDS, load_default="ordinary")


class FormField(Schema):
    code = fields.String(metadata={"label": "字段"})
    label = fields.String(metadata={"label": "名称"})
    kind = fields.String(metadata={"label": "类型"})
    is_required = fields.Boolean(metadata={"label": "是否必填"})
    is_key = fields.Boolean(metadata={"label": "是否关键信息"})
    longest = fields.Integer(metadata={"label": "最大长度"})
    options = fields.List(fields.String(), metadata={"label": "选项"})
    catalogue = fields.String(allow_none=True, metadata={"label": "目录"})


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
