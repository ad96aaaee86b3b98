"""Registration of hazards (隐患登记): found at a check, freely, by photograph, by an authority; drafts are allowed."""

from marshmallow import fields, validate

from services.hazard.contract import permissions
from services.hazard.contract.answers import Hazard
from services.hazard.contract.parts import ChangeHazard, OneHazard, command
from services.hazard.contract.vocabulary import CATEGORIES, CLASSES, ENTERED_SOURCES
from services.kernel.contract import Operation
from services.language.fields import (
    OPTIONAL,
    files,
    flag,
    moment,
    money,
    one_of,
    optional_day,
    optional_identifier,
    optional_one_of,
    optional_text,
    text,
)
from services.language.schema import Schema


class HazardContent(Schema):
    """What is written down of a hazard.  A criterion makes it major; without a class it is general with a deadline."""

    unit_id = optional_identifier("发现单元")
    point_id = optional_identifier("风险点")
    task_id = optional_identifier("检查任务")
    place = text("隐患地点", 200, 2, required=True)
    part = optional_text("部位", 200)
    category = optional_one_of(CATEGORIES, "隐患类别")
    description = text("隐患描述", 1000, 2, required=True)
    photos = files("隐患照片", load_default=list)
    found_at = moment("发现时间", **OPTIONAL)
    longitude = fields.Float(validate=validate.Range(70, 140), metadata={"label": "经度"}, **OPTIONAL)
    latitude = fields.Float(validate=validate.Range(0, 60), metadata={"label": "纬度"}, **OPTIONAL)
    hazard_class = optional_one_of(CLASSES, "隐患级别")
    is_suspected_major = flag("疑似重大隐患", load_default=False)
    criterion_code = optional_text("重大隐患判定条款", 40)
    class_reason = optional_text("级别认定理由", 500)
    hazard_factor = optional_text("危险有害因素", 200)
    possible_accident = optional_text("可能导致的事故", 200)
    responsible_id = optional_text("整改责任人账号", 60)
    responsible_name = optional_text("整改责任人", 40)
    responsible_unit_id = optional_identifier("整改责任单元")
    measure = optional_text("整改措施", 1000)
    deadline_on = optional_day("整改期限")
    budget = money("预计费用（元）", **OPTIONAL)
    interim_measures = optional_text("临时防范措施", 1000)
    current_state = optional_text("现状及产生原因", 2000)
    danger = optional_text("危害程度和整改难易程度", 2000)
    measure_taken = optional_text("现场消除措施", 1000)
    removed_at = moment("消除时间", **OPTIONAL)
    after_photos = files("整改后照片", load_default=list)
    cost = money("整改费用（元）", **OPTIONAL)


class RegisterHazard(HazardContent):
    """The enterprise's own people leave ``enterprise_id`` out; an authority names the enterprise."""

    id = optional_identifier("编号")
    enterprise_id = optional_identifier("企业")
    source = one_of(ENTERED_SOURCES, "隐患来源", load_default="self_check")
    is_draft = flag("存为草稿", load_default=False)
    is_mobile = flag("移动端登记", load_default=False)


class ReviseHazard(HazardContent, ChangeHazard):
    """The whole content anew, while it is a draft or has been returned."""


class SubmitHazard(ChangeHazard):
    is_mobile = flag("移动端登记", load_default=False)


REGISTER_HAZARD = Operation(
    "register_hazard", "POST /hazards", permissions.REGISTER, RegisterHazard, Hazard, "登记隐患", status=201
)
REVISE_HAZARD = Operation("revise_hazard", "PUT /hazards/{hazard_id}", permissions.REGISTER, ReviseHazard, Hazard, "修改隐患登记")
SUBMIT_HAZARD = command("submit_hazard", "registration", permissions.REGISTER, SubmitHazard, Hazard, "提交隐患草稿")
RESUBMIT_HAZARD = command("resubmit_hazard", "resubmission", permissions.REGISTER, ChangeHazard, Hazard, "重新提交退回的隐患")
SHOW_HAZARD = Operation("show_hazard", "GET /hazards/{hazard_id}", permissions.READ, OneHazard, Hazard, "隐患详情")
OPERATIONS = [REGISTER_HAZARD, REVISE_HAZARD, SUBMIT_HAZARD, RESUBMIT_HAZARD, SHOW_HAZARD]
