"""Departments (部门) of government: where their people's authority begins and ends."""

from marshmallow import fields

from gateway.contract.parts import texts
from gateway.contract.permissions import DEPARTMENTS_READ, DEPARTMENTS_WRITE
from gateway.contract.vocabulary import REGION_LEVELS
from services.kernel.contract import Operation
from services.language.fields import OPTIONAL, flag, identifier, number_of, one_of, optional_identifier, shown, text, version, whole
from services.language.schema import Schema, SearchArgs, page_of


class Department(Schema):
    id = identifier("编号")
    name = shown("名称")
    region = shown("行政区划")
    level = one_of(REGION_LEVELS, "层级")
    industries = fields.List(fields.String(), metadata={"label": "监管行业"})
    parent_id = identifier("上级部门", allow_none=True)
    position = number_of("排序")
    is_active = flag("是否启用")
    version = number_of("版本号")


class DepartmentItem(Department):
    parent_name = shown("上级部门", allow_none=True)


class ListDepartments(SearchArgs):
    region = text("行政区划", 12, **OPTIONAL)
    is_active = flag("是否启用", **OPTIONAL)


class DepartmentFields(Schema):
    name = text("名称", 80, 2, required=True)
    region = text("行政区划", 12, 6, required=True)
    industries = texts("监管行业", 100, 12, required=True)  # "*" alone: general supervision of all industries.
    parent_id = optional_identifier("上级部门")
    position = whole("排序", 0, 9999, load_default=0)


class CreateDepartment(DepartmentFields):
    id = optional_identifier("编号")


class ChangeDepartment(DepartmentFields):
    department_id = identifier("部门", required=True)
    is_active = flag("是否启用", load_default=True)
    version = version()


LIST_DEPARTMENTS = Operation(
    "list_departments",
    "GET /departments",
    DEPARTMENTS_READ.code,
    ListDepartments,
    page_of(DepartmentItem),
    "部门列表",
    is_list=True,
)
CREATE_DEPARTMENT = Operation(
    "create_department", "POST /departments", DEPARTMENTS_WRITE.code, CreateDepartment, Department, "新增部门", status=201
)
CHANGE_DEPARTMENT = Operation(
    "change_department", "PUT /departments/{department_id}", DEPARTMENTS_WRITE.code, ChangeDepartment, Department, "修改部门"
)
OPERATIONS = [LIST_DEPARTMENTS, CREATE_DEPARTMENT, CHANGE_DEPARTMENT]
