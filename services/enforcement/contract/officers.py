"""Officers (执法人员) and their certificates."""

from marshmallow import fields

from services.enforcement.contract.parts import identifier, list_of, optional_text, text, version
from services.enforcement.contract.permissions import OFFICERS_READ, OFFICERS_WRITE
from services.kernel.contract import Operation, PageArgs, Schema, page_of


class OfficerFields(Schema):
    name = text("姓名", 40, 2, required=True)
    certificate_number = text("执法证号", 30, 4, required=True)
    valid_from = fields.Date(required=True, metadata={"label": "执法证有效期起"})
    valid_to = fields.Date(required=True, metadata={"label": "执法证有效期止"})
    team = text("所属执法队伍", 60, required=True)
    account_id = optional_text("登录账号编号", 64)
    conflicts = list_of(identifier("企业"), "应当回避的企业", 200, load_default=list)


class Officer(OfficerFields):
    id = identifier("编号")
    region = fields.String(metadata={"label": "执法机关所在地区"})
    is_active = fields.Boolean(metadata={"label": "是否在岗"})
    version = fields.Integer(metadata={"label": "版本号"})


class OfficerLine(Officer):
    is_valid = fields.Boolean(metadata={"label": "执法证是否有效"})
    open_inspections = fields.Integer(metadata={"label": "在办检查数"})


class ListOfficers(PageArgs):
    team = optional_text("所属执法队伍", 60)
    is_valid = fields.Boolean(load_default=None, allow_none=True, metadata={"label": "执法证是否有效"})


class RegisterOfficer(OfficerFields):
    id = identifier("编号", load_default=None)


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
