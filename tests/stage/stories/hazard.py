"""A hazard on its way through rectification and recheck, and a major one under a plan, listed for supervision."""

from datetime import timedelta

from services.kernel import clock, ids
from tests.stage.world import Side

CRITERION = "GM-03-01"


def tell(side: Side) -> None:
    _general(side)
    _major(side)


def _general(side: Side) -> None:
    form = {"place": f"{side.mark}车间", "description": f"{side.mark}护栏缺失约两米", "category": "thing"}
    hazard = side.act("checker", "hazard", "register_hazard", unit_id=side.resolve("hazard")("unit_id"), **form)
    assigned = {
        "responsible_name": f"{side.mark}责任人",
        "responsible_id": side.accounts["responsible_person"],
        "measure": "补装护栏",
    }
    side.act("safety_manager", "hazard", "confirm_hazard", hazard_id=hazard["id"], **assigned)
    later = (clock.day_of(clock.now()) + timedelta(days=10)).isoformat()
    asked = {"to_on": later, "reason": "备件未到", "interim_measures": "拉警戒线"}
    side.act("responsible_person", "hazard", "request_extension", hazard_id=hazard["id"], **asked)
    side.act("safety_manager", "hazard", "decide_extension", hazard_id=hazard["id"], is_approved=True)
    done = {"measure_taken": "已补装", "finished_at": clock.now().isoformat(), "after_photos": [ids.new_id()]}
    side.act("responsible_person", "hazard", "submit_rectification", hazard_id=hazard["id"], **done)
    side.act("rechecker", "hazard", "recheck_hazard", hazard_id=hazard["id"], is_passed=True, opinion="合格")


def _major(side: Side) -> None:
    form = {
        "place": f"{side.mark}罐区",
        "description": f"{side.mark}阀门腐蚀泄漏",
        "category": "thing",
        "criterion_code": CRITERION,
    }
    hazard = side.act("safety_manager", "hazard", "register_hazard", **form)
    report = {"criterion_code": CRITERION, "interim_measures": "停用", "current_state": "阀门腐蚀", "danger": "可能泄漏"}
    side.act("safety_manager", "hazard", "report_major", hazard_id=hazard["id"], **report)
    side.act("principal", "hazard", "start_plan", hazard_id=hazard["id"])
    side.act("regulator", "hazard", "comment_hazard", hazard_id=hazard["id"], comment=f"{side.mark}批示")
    side.act("regulator", "hazard", "propose_listing", hazard_id=hazard["id"], reason=f"{side.mark}重大隐患")
