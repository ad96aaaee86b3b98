"""Roles (角色): named sets of permission codes, and what their holders may give to others."""

from marshmallow import fields, validate

from gateway.contract.parts import texts
from gateway.contract.permissions import ROLES_READ, ROLES_WRITE
from gateway.contract.vocabulary import ROLE_KINDS
from services.kernel.contract import Operation
from services.language.fields import flag, number_of, one_of, optional_one_of, shown, text, version
from services.language.schema import Done, Schema, SearchArgs, page_of


class Role(Schema):
    code = shown("代码")
    name = shown("名称")
    kind = one_of(ROLE_KINDS, "类别")
    permissions = fields.List(fields.String(), metadata={"label": "权限"})
    grants = fields.List(fields.String(), metadata={"label": "可授予的权限"})
    is_standard = flag("是否标准角色")
    is_active = flag("是否启用")
    region = shown("所属地区")
    remark = shown("备注")
    version = number_of("版本号")


class ListRoles(SearchArgs):
    kind = optional_one_of(ROLE_KINDS, "类别")


class RoleFields(Schema):
    name = text("名称", 40, 2, required=True)
    permissions = texts("权限", 500, required=True)
    grants = texts("可授予的权限", 500, load_default=list)
    remark = text("备注", 200, 0, load_default="")


class CreateRole(RoleFields):
    code = fields.String(required=True, validate=validate.Regexp(r"[a-z][a-z0-9_]{2,39}\Z"), metadata={"label": "代码"})
    kind = one_of(ROLE_KINDS, "类别", required=True)


class ChangeRole(RoleFields):
    code = text("代码", 40, required=True)
    is_active = flag("是否启用", load_default=True)
    version = version()


class OneRole(Schema):
    code = text("代码", 40, required=True)


class PermissionEntry(Schema):
    code = shown("代码")
    label = shown("名称")
    service = shown("所属服务")
    roles = fields.List(fields.String(), metadata={"label": "标准角色"})


LIST_ROLES = Operation("list_roles", "GET /roles", ROLES_READ.code, ListRoles, page_of(Role), "角色列表", is_list=True)
CREATE_ROLE = Operation("create_role", "POST /roles", ROLES_WRITE.code, CreateRole, Role, "新增角色", status=201)
CHANGE_ROLE = Operation("change_role", "PUT /roles/{code}", ROLES_WRITE.code, ChangeRole, Role, "修改、停用角色")
DELETE_ROLE = Operation("delete_role", "DELETE /roles/{code}", ROLES_WRITE.code, OneRole, Done, "删除未使用的角色")
LIST_PERMISSIONS = Operation(
    "list_permissions", "GET /permissions", ROLES_READ.code, SearchArgs, page_of(PermissionEntry), "权限目录", is_list=True
)
OPERATIONS = [LIST_ROLES, CREATE_ROLE, CHANGE_ROLE, DELETE_ROLE, LIST_PERMISSIONS]
