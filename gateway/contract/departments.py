"""Departments (部门) of government: where their people's authority begins and ends."""

from marshmallow import fields, validate

from gateway.contract.parts import identifier, one_of, text, texts, version
from gateway.contract.permissions import DEPARTMENTS_READ, DEPARTMENTS_WRITE
from gateway.contract.vocabulary import REGION_LEVELS
from services.kernel.contract import Operation, PageArgs, Schema, page_of


class Department(Schema):
    id = identifier("编号")
    name = fields.String(metadata={"label": "名称"})
    region = fields.String(metadata={"label": "行政区划"})
    level = one_of(REGION_LEVELS, "层级")
    industries = fields.List(fields.String(), metadata={"label": "监管行业"})
    parent_id = identifier("上级部门", allow_none=True)
    position = fields.Integer(metadata={"label": "排序"})
    is_active = fields.Boolean(metadata={"label": "是否启用"})
    version = fields.Integer(metadata={"label": "版本号"})


class ListDepartments(PageArgs):
    region = text("行政区划", 12, load_default=None, allow_none=True)
    is_active = fields.Boolean(load_default=None, allow_none=True, metadata={"label": "是否启用"})


class DepartmentFields(Schema):
    name = text("名称", 80, 2, required=True)
    region = text("行政区划", 12, 6, required=True)
    industries = texts("监管行业", 100, 12, required=True)  # "*" alone: general supervision of all industries.
    parent_id = identifier("上级部门", load_default=None, allow_none=True)
    position = fields.Integer(load_default=0, validate=validate.Range(0, 9999), metadata={"label": "排序"})


class CreateDepartment(DepartmentFields):
    id = identifier("编号", load_default=None)


class ChangeDepartment(DepartmentFields):
    department_id = identifier("部门", required=True)
    is_active = fields.Boolean(load_default=True, metadata={"label": "是否启用"})
    version = version()


LIST_DEPARTMENTS = Operation(
    "list_departments", "GET /departments", DEPARTMENTS_READ.code, ListDepartments, page_of(Department), "部门列表", is_list=True
)
CREATE_DEPARTMENT = Operation(
    "create_department", "POST /departments", DEPARTMENTS_WRITE.code, CreateDepartment, Department, "新增部门", status=201
)
CHANGE_DEPARTMENT = Operation(
    "change_department", "PUT /departments/{department_id}", DEPARTMENTS_WRITE.code, ChangeDepartment, Department, "修改部门"
)
OPERATIONS = [LIST_DEPARTMENTS, CREATE_DEPARTMENT, CHANGE_DEPARTMENT]
