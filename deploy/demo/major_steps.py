"""What people do to major hazards and to their listing for supervision; a step is named in ``courses.toml``."""

from datetime import timedelta
from typing import Any

from deploy.demo.general_steps import GeneralSteps
from deploy.demo.hazards import Case

FUNDS = "年度安全生产费用专项列支"


class Steps(GeneralSteps):
    """All steps: those of general hazards, and these."""

    def declare(self, case: Case) -> None:
        """The safety manager registers what meets a criterion."""
        criterion = self._criterion(case)
        text = f"经排查发现：{criterion['text']}"[:900]
        case.words |= {"description": text, "days": 25}
        self._register(
            case, "safety_manager", hazard_class="major", criterion_code=criterion["code"], class_reason="对照判定标准认定",
            interim_measures="立即停止相关区域作业，设置警戒并安排专人值守",
        )  # fmt: skip

    def _register(self, case: Case, role: str, **more: Any) -> None:
        super()._register(case, role, **more)
        if more.get("hazard_class") == "major":
            case.actors["responsible"] = case.enterprise.person("responsible_person")

    def upgrade(self, case: Case) -> None:
        criterion = self._criterion(case)
        self._act(case, "safety_manager", "upgrade_hazard", criterion_code=criterion["code"], reason="现场核查后认定符合判定标准")

    def _criterion(self, case: Case) -> dict[str, Any]:
        manager = self._people.caller(case.enterprise.person("safety_manager"))
        found = self._stage.every(manager, "list_major_criteria", industry=case.enterprise.industry)
        chosen: dict[str, Any] = self._stage.chance.choice([c for c in found if c["may_be_chosen"]])
        return chosen

    def report(self, case: Case) -> None:
        self._act(
            case, "safety_manager", "report_major", criterion_code=case.state["criterion_code"],
            interim_measures="停止相关区域作业，撤出无关人员，24小时值守", current_state="设备老化、日常维护不到位，已存在约一个月",
            danger="可能造成人员伤亡，需停产治理，治理难度中等",
        )  # fmt: skip

    def start_plan(self, case: Case) -> None:
        self._act(case, "principal", "start_plan")

    def submit_plan(self, case: Case) -> None:
        enterprise, today = case.enterprise, self._stage.today
        latest = case.state.get("approved_deadline_on")
        finish_on = min(str(today + timedelta(days=25)), latest) if latest else str(today + timedelta(days=25))
        self._act(
            case, "safety_manager", "submit_plan", responsible_leader=enterprise.person("principal").name,
            responsible_department="安全管理部门", responsible_person=enterprise.person("responsible_person").name,
            responsible_phone=self._people.mobile(), goal="彻底消除该重大隐患，恢复本质安全条件",
            methods="委托有资质单位制定技术方案，更换不合格设备设施，完善监测监控",
            work_safety="治理区域封闭管理，作业实行审批和全程监护",
            budget=str(self._stage.chance.randint(5, 90) * 10_000), fund_source=FUNDS, materials="备件、检测仪器和应急物资已落实",
            start_on=today, milestones="第一周方案与采购，第二周施工，第三周调试和自验", finish_on=finish_on,
            emergency="出现异常立即撤人、报告并启动现场处置方案",
        )  # fmt: skip

    def approve_plan(self, case: Case) -> None:
        self._act(case, "principal", "decide_plan", is_approved=True, opinion="方案可行，同意实施")

    def return_plan(self, case: Case) -> None:
        self._act(case, "principal", "decide_plan", is_approved=False, opinion="资金测算过低，请补充设备更换清单")

    def approve_plan_by_authority(self, case: Case) -> None:
        self._official(case, "regulator", "decide_plan", is_approved=True, opinion="同意治理方案，按期完成")

    def progress(self, case: Case) -> None:
        self._tell(case, self._stage.chance.randint(30, 80), "设备已到场，正在安装")

    def complete(self, case: Case) -> None:
        self._tell(case, 100, "治理项目全部完成并自验合格")

    def _tell(self, case: Case, percent: int, text: str) -> None:
        self._act(case, "safety_manager", "report_progress", percent=percent, text=text, photos=[self._photo(case)])

    def ask_for_more_time(self, case: Case) -> None:
        self._act(
            case, "principal", "request_extension", to_on=case.deadline_on + timedelta(days=10), reason="关键设备供货延期",
            interim_measures="继续停产，加密巡查", plan="设备到货后十日内完成安装调试，其余节点不变",
        )  # fmt: skip

    def finish(self, case: Case) -> None:
        self._act(
            case, "principal", "finish_governance", measure_taken="治理方案各项措施全部完成", after_photos=[self._photo(case)]
        )

    def assess(self, case: Case) -> None:
        expert = case.enterprise.person("expert")
        paper = self._album.scan(self._people.caller(expert), "治理效果评估报告", case.enterprise.name, "评估结论：符合销号条件")
        self._stage_as(
            case, expert, "assess_governance", is_passed=True, report="经资料核查和现场检测，治理措施有效，隐患已消除",
            agency="贵州黔安安全技术服务有限公司", attachments=[paper],
        )  # fmt: skip

    def accept(self, case: Case) -> None:
        self._official(case, "regulator", "close_major", is_accepted=True, opinion="现场验收合格，同意销号")

    def downgrade(self, case: Case) -> None:
        self._official(case, "regulator", "downgrade_hazard", reason="经核查未达到判定标准，降为一般隐患限期整改")

    def misjudged(self, case: Case) -> None:
        self._official(case, "regulator", "cancel_hazard", reason="经专家论证属误判，予以撤销")

    def propose_listing(self, case: Case) -> None:
        answer = self._ask(case, "regulator", "propose_listing", hazard_id=case.id, level="county", reason="治理难度大、影响范围广")
        case.listing_id = answer["id"]

    def list(self, case: Case) -> None:
        self._listing(
            case, "regulator_leader", "decide_listing", is_listed=True, title=f"关于对{case.enterprise.name}重大隐患挂牌督办的通知",
            duty_unit=case.enterprise.name, duty_person=case.enterprise.person("principal").name,
            requirement="按治理方案限期完成，治理期间停止相关作业，每周报告进展",
            deadline_on=self._stage.today + timedelta(days=30),
        )  # fmt: skip

    def log_supervision(self, case: Case) -> None:
        self._listing(case, "regulator", "log_supervision", text="现场督办：设备已安装过半，要求增派人员、确保按期完成")

    def apply_lifting(self, case: Case) -> None:
        caller = self._people.caller(case.enterprise.person("principal"))
        self._stage.call(caller, "apply_lifting", listing_id=case.listing_id, statement="治理完成并通过评估，申请摘牌")

    def lift(self, case: Case) -> None:
        self._listing(
            case,
            "regulator_leader",
            "decide_lifting",
            is_lifted=True,
            opinion="现场验收合格，同意摘牌",
            accepted_on=self._stage.today,
        )

    def _listing(self, case: Case, role: str, operation: str, **args: Any) -> None:
        self._ask(case, role, operation, listing_id=case.listing_id, **args)

    def _official(self, case: Case, role: str, operation: str, **args: Any) -> None:
        case.take(self._ask(case, role, operation, hazard_id=case.id, **args))

    def _ask(self, case: Case, role: str, operation: str, **args: Any) -> dict[str, Any]:
        official = self._people.caller(self._government.local(case.enterprise.region, role))
        answer: dict[str, Any] = self._stage.call(official, operation, **args)
        return answer
