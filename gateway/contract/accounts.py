"""Accounts (用户): people of government and of enterprises, their roles and supervision scopes."""

from marshmallow import fields, validate

from gateway.contract.parts import Reached, Supervision, texts
from gateway.contract.permissions import ACCOUNTS_GRANT, ACCOUNTS_READ, ACCOUNTS_WRITE, PASSWORDS_RESET, STAFF_WRITE
from gateway.contract.vocabulary import ACCOUNT_KINDS, ACCOUNT_STATUS
from services.kernel.contract import Operation
from services.language.fields import (
    OPTIONAL,
    flag,
    identifier,
    moment,
    number_of,
    one_of,
    optional_identifier,
    optional_one_of,
    optional_text,
    shown,
    text,
    version,
)
from services.language.schema import Schema, SearchArgs, page_of


def username(**options: object) -> fields.String:
    """Letters, digits, dot, dash and underscore, 4 to 40; upper and lower case are the same name."""
    shape = validate.Regexp(r"[A-Za-z0-9][A-Za-z0-9._-]{3,39}\Z", error="应为4至40位字母、数字、点、横线或下划线")
    return fields.String(validate=shape, metadata={"label": "用户名"}, **options)  # type: ignore[arg-type]


class Account(Schema):
    id = identifier("编号")
    kind = one_of(ACCOUNT_KINDS, "类别")
    username = shown("用户名")
    name = shown("姓名")
    status = one_of(ACCOUNT_STATUS, "状态")
    region = shown("行政区划")
    department_id = identifier("部门", allow_none=True)
    enterprise_id = identifier("企业", allow_none=True)
    unit_id = identifier("组织单元", allow_none=True)
    roles = fields.List(fields.String(), metadata={"label": "角色"})
    must_change_password = flag("须修改初始密码")
    signed_in_at = moment("最近登录", allow_none=True)
    mobile = shown("手机号", allow_none=True)  # Whole for himself and in the detail, else masked.
    email = shown("邮箱", allow_none=True)
    certificate_number = shown("执法证号", allow_none=True)
    version = number_of("版本号")


class ListedAccount(Account):
    """Roles as people call them too, for whoever may not read the roles themselves."""

    roles = fields.List(fields.String(), metadata={"label": "角色代码"})
    role_names = fields.List(fields.String(), metadata={"label": "角色"})


class AccountDetail(Account):
    supervision = fields.Nested(Supervision, allow_none=True, metadata={"label": "监管权限"})
    effective_scope = fields.Nested(Supervision, metadata={"label": "实际可见范围"})


class NewAccount(Account):
    """Shown once: the first password is random, valid 72 hours, and must be changed at the first sign-in."""

    once = ("first_password",)
    first_password = shown("初始密码（仅首次返回）", allow_none=True)


class ListAccounts(SearchArgs):
    kind = optional_one_of(ACCOUNT_KINDS, "类别")
    status = optional_one_of(ACCOUNT_STATUS, "状态")
    department_id = optional_identifier("部门")
    enterprise_id = optional_identifier("企业")
    role = text("角色", 40, **OPTIONAL)


class OneAccount(Schema):
    account_id = identifier("用户", required=True)


class Certified(Reached):
    certificate_number = optional_text("执法证号", 40)


class CreateAccount(Certified):
    id = optional_identifier("编号")
    username = username(required=True)
    name = text("姓名", 40, 2, required=True)
    department_id = identifier("部门", required=True)
    roles = texts("角色", 20, 40, load_default=list)


class CreateStaffAccount(Reached):
    id = optional_identifier("编号")
    username = username(required=True)
    name = text("姓名", 40, 2, required=True)
    unit_id = optional_identifier("组织单元")
    roles = texts("角色", 20, 40, required=True)


class ChangeAccount(OneAccount, Certified):
    name = text("姓名", 40, 2, required=True)
    department_id = identifier("部门", required=True)
    version = version()


class ChangeStaffAccount(OneAccount, Reached):
    name = text("姓名", 40, 2, required=True)
    unit_id = optional_identifier("组织单元")
    version = version()


class SetRoles(OneAccount):
    roles = texts("角色", 20, 40, required=True)
    version = version()


class PreviewScope(OneAccount):
    """Nothing set: what the department's own rule shows."""

    is_set = flag("是否另行设定", load_default=True)
    regions = texts("行政区划", 200, 12, load_default=list)
    industries = texts("行业", 100, 12, load_default=list)
    enterprises = texts("企业", 200, 36, load_default=list)


class VisibleEnterprise(Schema):
    id = identifier("企业编号")
    name = shown("企业名称")
    region = shown("行政区划")
    industry = shown("行业类别", allow_none=True)


class ListKnownEnterprises(SearchArgs):
    pass


class ScopePreview(Schema):
    """What a scope would come to: the effective one, how many enterprises it shows, and the first of them."""

    effective_scope = fields.Nested(Supervision, metadata={"label": "实际可见范围"})
    count = number_of("可见企业数")
    items = fields.List(fields.Nested(VisibleEnterprise), metadata={"label": "可见企业"})


class SetScope(OneAccount):
    supervision = fields.Nested(Supervision, required=True, allow_none=True, metadata={"label": "监管权限"})
    version = version()


READ, WRITE, GRANT, STAFF = ACCOUNTS_READ.code, ACCOUNTS_WRITE.code, ACCOUNTS_GRANT.code, STAFF_WRITE.code
LIST_ACCOUNTS = Operation("list_accounts", "GET /accounts", READ, ListAccounts, page_of(ListedAccount), "用户列表", is_list=True)
GET_ACCOUNT = Operation("get_account", "GET /accounts/{account_id}", READ, OneAccount, AccountDetail, "用户详情")
CREATE_ACCOUNT = Operation("create_account", "POST /accounts", WRITE, CreateAccount, NewAccount, "新增政府用户", status=201)
CHANGE_ACCOUNT = Operation("change_account", "PUT /accounts/{account_id}", WRITE, ChangeAccount, Account, "修改政府用户、调动部门")
CREATE_STAFF = Operation(
    "create_staff_account", "POST /accounts/staff", STAFF, CreateStaffAccount, NewAccount, "新增本企业人员账号", status=201
)
CHANGE_STAFF = Operation(
    "change_staff_account", "PUT /accounts/staff/{account_id}", STAFF, ChangeStaffAccount, Account, "修改本企业人员账号"
)
SET_ROLES = Operation("set_account_roles", "PUT /accounts/{account_id}/roles", GRANT, SetRoles, AccountDetail, "授予角色")
SET_SCOPE = Operation("set_account_scope", "PUT /accounts/{account_id}/scope", GRANT, SetScope, AccountDetail, "设置监管权限")
PREVIEW_SCOPE = Operation(
    "preview_account_scope", "GET /accounts/{account_id}/scope-preview", GRANT, PreviewScope, ScopePreview, "监管权限预览"
)
LIST_KNOWN = Operation(
    "list_known_enterprises",
    "GET /known-enterprises",
    GRANT,
    ListKnownEnterprises,
    page_of(VisibleEnterprise),
    "可指定的企业",
    is_list=True,
)
DISABLE_ACCOUNT = Operation("disable_account", "POST /accounts/{account_id}/disabling", WRITE, OneAccount, Account, "停用政府用户")
ENABLE_ACCOUNT = Operation("enable_account", "POST /accounts/{account_id}/enabling", WRITE, OneAccount, Account, "启用政府用户")
RESET_PASSWORD = Operation(
    "reset_password", "POST /accounts/{account_id}/password-reset", WRITE, OneAccount, NewAccount, "重置政府用户密码"
)
DISABLE_STAFF = Operation(
    "disable_staff_account", "POST /accounts/staff/{account_id}/disabling", STAFF, OneAccount, Account, "停用本企业人员账号"
)
ENABLE_STAFF = Operation(
    "enable_staff_account", "POST /accounts/staff/{account_id}/enabling", STAFF, OneAccount, Account, "启用本企业人员账号"
)
RESET_STAFF_PASSWORD = Operation(
    "reset_staff_password", "POST /accounts/staff/{account_id}/password-reset", STAFF, OneAccount, NewAccount, "重置本企业人员密码"
)
RESET_ENTERPRISE_PASSWORD = Operation(
    "reset_enterprise_password",
    "POST /accounts/enterprise-admins/{account_id}/password-reset",
    PASSWORDS_RESET.code,
    OneAccount,
    NewAccount,
    "重置辖区企业管理员密码",
)
OPERATIONS = [
    LIST_ACCOUNTS,
    GET_ACCOUNT,
    CREATE_ACCOUNT,
    CHANGE_ACCOUNT,
    CREATE_STAFF,
    CHANGE_STAFF,
    SET_ROLES,
    SET_SCOPE,
    PREVIEW_SCOPE,
    LIST_KNOWN,
    DISABLE_ACCOUNT,
    ENABLE_ACCOUNT,
    RESET_PASSWORD,
    DISABLE_STAFF,
    ENABLE_STAFF,
    RESET_STAFF_PASSWORD,
    RESET_ENTERPRISE_PASSWORD,
]
