"""Check tasks, and the checks that people do on site, online or offline."""

from marshmallow import fields, validate

from services.kernel.contract import Operation
from services.language.fields import (
    OPTIONAL,
    Number,
    flag,
    identifier,
    list_of,
    moment,
    number_of,
    one_of,
    optional_day,
    optional_identifier,
    optional_one_of,
    optional_text,
    shown,
    text,
    whole,
)
from services.language.schema import Owned, PageArgs, Schema, SearchArgs, page_of
from services.risk.contract import permissions
from services.risk.contract.parts import ByAge
from services.risk.contract.vocabulary import ANSWERS, CHECK_OUTCOMES, LEVELS, PERIODS, TASK_STATUSES


class TaskItem(Schema):
    item_no = whole("序号", 1, 200)
    item = shown("检查内容")
    standard = shown("检查标准", allow_none=True)
    is_mandatory = flag("是否强制性检查内容")


class CheckTask(Owned):
    list_id = identifier("清单编号")
    list_name = shown("所属清单", allow_none=True)
    line_id = identifier("清单行编号")
    point_id = identifier("风险点编号")
    point_name = shown("风险点", allow_none=True)
    place = shown("位置", allow_none=True)
    unit_id = identifier("单元编号")
    unit_name = shown("单元", allow_none=True)
    level = one_of(LEVELS, "风险等级")
    status = one_of(TASK_STATUSES, "状态")
    period = one_of(PERIODS, "检查周期", allow_none=True)
    times = number_of("周期内次数", allow_none=True)
    sequence = number_of("次序")
    window_start = moment("时段开始")
    window_end = moment("时段结束")
    checker_name = shown("检查人或岗位", allow_none=True)
    done_at = moment("完成时间", allow_none=True)
    checked_by = shown("检查人账号", allow_none=True)
    checked_by_name = shown("检查人", allow_none=True)
    check_id = identifier("检查记录编号", allow_none=True)
    reason = shown("说明", allow_none=True)


class CheckSheet(CheckTask):
    """A task with its items, as a device takes it along."""

    is_proof_demanded = flag("检查须扫码或定位")
    token = shown("二维码令牌", allow_none=True)
    items = fields.List(fields.Nested(TaskItem), metadata={"label": "检查内容"})


class ListCheckTasks(PageArgs, ByAge):
    enterprise_id = optional_identifier("企业")
    unit_id = optional_identifier("单元（含下级）")
    point_id = optional_identifier("风险点")
    list_id = optional_identifier("清单")
    status = optional_one_of(TASK_STATUSES, "状态")
    level = optional_one_of(LEVELS, "风险等级")
    on = optional_day("时段包含该日")
    is_mine = flag("仅我的", load_default=False)


class ListSheets(PageArgs, ByAge):
    is_mine = flag("仅我的", load_default=True)


class OneTask(Schema):
    check_task_id = identifier("检查任务", required=True)


class TaskCounts(Schema):
    pending = number_of("待查")
    done_today = number_of("今日已查")
    missed_yesterday = number_of("昨日漏查")


class Answer(Schema):
    """``description`` is needed for what failed or is only partly in place."""

    item_no = whole("序号", 1, 200, required=True)
    answer = one_of(ANSWERS, "检查结果", required=True)
    description = optional_text("隐患描述", 1000)
    photos = list_of(identifier("照片"), "照片", 9, load_default=list)
    removed_on_site = flag("是否现场消除", load_default=False)
    measure = optional_text("整改措施", 500)


class SubmitCheck(Schema):
    """``completed_at`` and ``device_time`` are the device's clock, at completion and now; both absent: done online."""

    id = optional_identifier("编号")
    task_id = optional_identifier("检查任务")
    point_id = optional_identifier("风险点（无任务的检查）")
    answers = list_of(fields.Nested(Answer), "检查结果", 200, 1, required=True)
    completed_at = moment("设备完成时间", **OPTIONAL)
    device_time = moment("设备当前时间", **OPTIONAL)
    device_id = text("设备编号", 64, **OPTIONAL)
    token = optional_text("扫码令牌", 64)
    longitude = Number(load_default=None, allow_none=True, validate=validate.Range(-180, 180), metadata={"label": "经度"})
    latitude = Number(load_default=None, allow_none=True, validate=validate.Range(-90, 90), metadata={"label": "纬度"})


class GivenAnswer(Answer):
    item = shown("检查内容")


class CheckRow(Owned):
    task_id = identifier("检查任务", allow_none=True)
    point_id = identifier("风险点编号")
    point_name = shown("风险点")
    point_level = one_of(LEVELS, "风险等级")
    place = shown("位置")
    unit_id = identifier("单元编号")
    outcome = one_of(CHECK_OUTCOMES, "结果")
    failed_count = number_of("不合格项数")
    checked_by = shown("检查人账号")
    checked_by_name = shown("检查人")
    checked_at = moment("检查时间")
    uploaded_at = moment("上传时间")
    is_time_flagged = flag("设备时间未被采信")


class Check(CheckRow):
    answers = fields.List(fields.Nested(GivenAnswer), metadata={"label": "检查结果"})
    completed_at = moment("设备完成时间", allow_none=True)
    device_id = shown("设备编号", allow_none=True)
    task_status = one_of(TASK_STATUSES, "任务状态", allow_none=True)


class ListChecks(SearchArgs, ByAge):
    enterprise_id = optional_identifier("企业")
    unit_id = optional_identifier("单元（含下级）")
    point_id = optional_identifier("风险点")
    is_failed = flag("仅有不合格项的", load_default=False)


class OneCheck(Schema):
    check_id = identifier("检查记录", required=True)


READ = permissions.TASKS_READ.code
LIST_CHECK_TASKS = Operation(
    "list_check_tasks", "GET /check-tasks", READ, ListCheckTasks, page_of(CheckTask), "检查任务列表", is_list=True
)
COUNT_CHECK_TASKS = Operation("count_check_tasks", "GET /check-tasks/counts", READ, Schema, TaskCounts, "我的检查任务数")
GET_CHECK_TASK = Operation("get_check_task", "GET /check-tasks/{check_task_id}", READ, OneTask, CheckSheet, "检查任务详情")
LIST_CHECK_SHEETS = Operation(
    "list_check_sheets", "GET /check-sheets", READ, ListSheets, page_of(CheckSheet), "待查任务及检查内容（离线用）", is_list=True
)
SUBMIT_CHECK = Operation("submit_check", "POST /checks", permissions.CHECKS_WRITE.code, SubmitCheck, Check, "提交检查", status=201)
LIST_CHECKS = Operation("list_checks", "GET /checks", READ, ListChecks, page_of(CheckRow), "检查记录列表", is_list=True)
GET_CHECK = Operation("get_check", "GET /checks/{check_id}", READ, OneCheck, Check, "检查记录详情")
OPERATIONS = [
    LIST_CHECK_TASKS,
    COUNT_CHECK_TASKS,
    GET_CHECK_TASK,
    LIST_CHECK_SHEETS,
    SUBMIT_CHECK,
    LIST_CHECKS,
    GET_CHECK,
]
