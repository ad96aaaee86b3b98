"""Governance (隐患治理): confirmation, assignment, rectification, recheck, extension, cancellation, upgrading."""

from services.hazard.contract import permissions
from services.hazard.contract.answers import Hazard
from services.hazard.contract.parts import ChangeHazard, ReasonedChange, command
from services.language.fields import (
    OPTIONAL,
    day,
    files,
    flag,
    moment,
    money,
    optional_day,
    optional_identifier,
    optional_text,
    text,
)
from services.language.schema import Schema


class Assigned(Schema):
    responsible_id = optional_text("整改责任人账号", 60)
    responsible_name = text("整改责任人", 40, 2, required=True)
    responsible_unit_id = optional_identifier("整改责任单元")
    measure = text("整改措施", 1000, 2, required=True)


class ConfirmHazard(ChangeHazard, Assigned):
    """Without a deadline the default term of 7 days holds.  A suspected major one needs ``class_reason`` to stay general."""

    deadline_on = optional_day("整改期限")
    budget = money("预计费用（元）", **OPTIONAL)
    interim_measures = optional_text("临时防范措施", 1000)
    class_reason = optional_text("认定为一般隐患的理由", 500)
    opinion = optional_text("确认意见", 500)


class AssignHazard(ChangeHazard, Assigned):
    """Who rectifies, where it is not settled by a confirmation: hazards found by authorities."""


class UpgradeHazard(ChangeHazard):
    criterion_code = text("重大隐患判定条款", 40, 2, required=True)
    reason = optional_text("级别认定理由", 500)


class SubmitRectification(ChangeHazard):
    measure_taken = text("整改情况", 1000, 2, required=True)
    finished_at = moment("整改完成时间", required=True)
    after_photos = files("整改后照片", load_default=list)
    cost = money("整改费用（元）", **OPTIONAL)


class RecheckHazard(ChangeHazard):
    """A failed recheck sets a new deadline, which is no approved extension."""

    is_passed = flag("是否合格", required=True)
    opinion = text("复查意见", 500, 2, required=True)
    deadline_on = optional_day("新整改期限")
    photos = files("复查照片", load_default=list)


class RequestExtension(ChangeHazard):
    to_on = day("申请延期至", required=True)
    reason = text("延期原因", 500, 2, required=True)
    interim_measures = text("延期期间防范措施", 1000, 2, required=True)
    plan = optional_text("调整后的治理方案", 2000)


class DecideExtension(ChangeHazard):
    is_approved = flag("是否批准", required=True)
    opinion = optional_text("审批意见", 500)


class Comment(ChangeHazard):
    comment = text("督促意见", 500, 2, required=True)


CONFIRM_HAZARD = command("confirm_hazard", "confirmation", permissions.CONFIRM, ConfirmHazard, Hazard, "确认隐患")
RETURN_HAZARD = command("return_hazard", "return", permissions.CONFIRM, ReasonedChange, Hazard, "退回隐患")
ASSIGN_HAZARD = command("assign_hazard", "assignment", permissions.CONFIRM, AssignHazard, Hazard, "指派整改责任人")
UPGRADE_HAZARD = command("upgrade_hazard", "upgrade", permissions.CONFIRM, UpgradeHazard, Hazard, "认定为重大隐患")
CANCEL_HAZARD = command("cancel_hazard", "cancellation", permissions.CANCEL, ReasonedChange, Hazard, "作废隐患")
SUBMIT_RECTIFICATION = command(
    "submit_rectification", "rectification", permissions.RECTIFY, SubmitRectification, Hazard, "提交隐患整改"
)
RECHECK_HAZARD = command("recheck_hazard", "recheck", permissions.RECHECK, RecheckHazard, Hazard, "复查隐患整改")
REQUEST_EXTENSION = command(
    "request_extension", "extension", permissions.REQUEST_EXTENSION, RequestExtension, Hazard, "申请延期整改"
)
DECIDE_EXTENSION = command(
    "decide_extension", "extension/decision", permissions.DECIDE_EXTENSION, DecideExtension, Hazard, "审批延期整改"
)
COMMENT_HAZARD = command("comment_hazard", "comments", permissions.COMMENT, Comment, Hazard, "督促隐患整改")
OPERATIONS = [
    CONFIRM_HAZARD, RETURN_HAZARD, ASSIGN_HAZARD, UPGRADE_HAZARD, CANCEL_HAZARD, SUBMIT_RECTIFICATION, RECHECK_HAZARD,
    REQUEST_EXTENSION, DECIDE_EXTENSION, COMMENT_HAZARD,
]  # fmt: skip
