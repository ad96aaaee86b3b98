"""Officers (执法人员) and their certificates."""

from services.enforcement.contract.permissions import OFFICERS_READ, OFFICERS_WRITE
from services.kernel.contract import Operation
from services.language.fields import (
    OPTIONAL,
    day,
    flag,
    identifier,
    list_of,
    number_of,
    optional_identifier,
    optional_text,
    shown,
    text,
    version,
)
from services.language.schema import Schema, SearchArgs, page_of


class OfficerFields(Schema):
    name = text("姓名", 40, 2, required=True)
    certificate_number = text("执法证号", 30, 4, required=True)
    valid_from = day("执法证有效期起", required=True)
    valid_to = day("执法证有效期止", required=True)
    team = text("所属执法队伍", 60, required=True)
    account_id = optional_text("登录账号编号", 64)
    conflicts = list_of(identifier("企业"), "应当回避的企业", 200, load_default=list)


class Officer(OfficerFields):
    id = identifier("编号")
    region = shown("执法机关所在地区")
    is_active = flag("是否在岗")
    version = number_of("版本号")


class OfficerLine(Officer):
    is_valid = flag("执法证是否有效")
    open_inspections = number_of("在办检查数")


class ListOfficers(SearchArgs):
    team = optional_text("所属执法队伍", 60)
    is_valid = flag("执法证是否有效", **OPTIONAL)


class RegisterOfficer(OfficerFields):
    id = optional_identifier("编号")


class ChangeOfficer(OfficerFields):
    officer_id = identifier("执法人员", required=True)
    version = version()


class RetireOfficer(Schema):
    officer_id = identifier("执法人员", required=True)
    version = version()


READ, WRITE = OFFICERS_READ.code, OFFICERS_WRITE.code
LIST_OFFICERS = Operation("list_officers", "GET /officers", READ, ListOfficers, page_of(OfficerLine), "执法人员列表", is_list=True)
REGISTER_OFFICER = Operation("register_officer", "POST /officers", WRITE, RegisterOfficer, Officer, "登记执法人员", status=201)
CHANGE_OFFICER = Operation("change_officer", "PUT /officers/{officer_id}", WRITE, ChangeOfficer, Officer, "修改执法人员")
RETIRE_OFFICER = Operation(
    "retire_officer", "POST /officers/{officer_id}/retirement", WRITE, RetireOfficer, Officer, "执法人员离岗"
)
OPERATIONS = [LIST_OFFICERS, REGISTER_OFFICER, CHANGE_OFFICER, RETIRE_OFFICER]
