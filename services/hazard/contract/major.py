"""Major hazards (重大隐患): formal report, governance plan, progress, assessment, acceptance, downgrading."""

from services.hazard.contract import permissions
from services.hazard.contract.answers import Hazard
from services.hazard.contract.parts import ChangeHazard, ReasonedChange, command
from services.language.fields import OPTIONAL, files, flag, money, optional_day, optional_text, text, whole


class ReportMajor(ChangeHazard):
    """The formal report (order 16, Art. 14); 24 hours after registration it is recorded as late, never refused."""

    criterion_code = text("重大隐患判定条款", 40, 2, required=True)
    interim_measures = text("临时防范措施", 1000, 2, required=True)
    current_state = text("现状及产生原因", 2000, 2, required=True)
    danger = text("危害程度和整改难易程度", 2000, 2, required=True)


class SubmitPlan(ChangeHazard):
    """What is left out is refused all together, so that the clerk sees everything that is missing from the five."""

    responsible_leader = optional_text("责任领导", 40)
    responsible_department = optional_text("责任部门", 100)
    responsible_person = optional_text("责任人", 40)
    responsible_phone = optional_text("责任人电话", 30)
    goal = optional_text("治理目标和任务", 2000)
    methods = optional_text("治理方法和措施", 4000)
    work_safety = optional_text("治理期间安全措施", 2000)
    budget = money("治理资金（元）", **OPTIONAL)
    fund_source = optional_text("资金来源", 200)
    materials = optional_text("物资保障", 1000)
    start_on = optional_day("开始日期")
    milestones = optional_text("阶段安排", 2000)
    finish_on = optional_day("完成日期")
    emergency = optional_text("应急预案（监测预警、撤离、值守、演练）", 4000)


class DecidePlan(ChangeHazard):
    is_approved = flag("是否批准", required=True)
    opinion = optional_text("审批意见", 500)


class ReportProgress(ChangeHazard):
    percent = whole("治理进度（%）", 0, 100, required=True)
    text = text("进展情况", 1000, 2, required=True)
    photos = files("照片", load_default=list)


class FinishGovernance(ChangeHazard):
    """All items of the plan are done; the assessment follows."""

    measure_taken = text("治理完成情况", 2000, 2, required=True)
    after_photos = files("治理后照片", load_default=list)
    cost = money("治理费用（元）", **OPTIONAL)


class AssessGovernance(ChangeHazard):
    is_passed = flag("是否通过", required=True)
    report = text("评估意见", 4000, 2, required=True)
    agency = optional_text("评估机构", 100)
    attachments = files("评估报告", load_default=list)


class CloseMajor(ChangeHazard):
    """The regulator's acceptance on site: struck off, or back with findings and, if he sets one, a new deadline."""

    is_accepted = flag("是否验收合格", required=True)
    opinion = text("验收意见", 1000, 2, required=True)
    deadline_on = optional_day("新治理期限")
    attachments = files("验收资料", load_default=list)


REPORT_MAJOR = command("report_major", "report", permissions.REPORT, ReportMajor, Hazard, "上报重大隐患")
START_PLAN = command("start_plan", "planning", permissions.LEAD, ChangeHazard, Hazard, "组织编制治理方案")
SUBMIT_PLAN = command("submit_plan", "plan", permissions.REPORT, SubmitPlan, Hazard, "提交治理方案")
DECIDE_PLAN = command("decide_plan", "plan/decision", permissions.APPROVE_PLAN, DecidePlan, Hazard, "审批治理方案")
REPORT_PROGRESS = command("report_progress", "progress", permissions.RECTIFY, ReportProgress, Hazard, "填报治理进展")
FINISH_GOVERNANCE = command("finish_governance", "completion", permissions.LEAD, FinishGovernance, Hazard, "治理完成申请评估")
ASSESS_GOVERNANCE = command("assess_governance", "assessment", permissions.ASSESS, AssessGovernance, Hazard, "评估治理效果")
CLOSE_MAJOR = command("close_major", "closing", permissions.ACCEPT, CloseMajor, Hazard, "验收销号")
DOWNGRADE_HAZARD = command("downgrade_hazard", "downgrade", permissions.DOWNGRADE, ReasonedChange, Hazard, "降为一般隐患")
OPERATIONS = [
    REPORT_MAJOR, START_PLAN, SUBMIT_PLAN, DECIDE_PLAN, REPORT_PROGRESS, FINISH_GOVERNANCE, ASSESS_GOVERNANCE, CLOSE_MAJOR,
    DOWNGRADE_HAZARD,
]  # fmt: skip
