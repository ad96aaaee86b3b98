"""A category and two points, one list in force with its tasks and a check, a mandatory item of the county."""

from services.kernel import ids
from tests.stage.world import Side

KINDS = ("engineering", "management", "training", "ppe", "emergency")


def tell(side: Side) -> None:
    side.act("safety_manager", "risk", "create_risk_category", name=f"{side.mark}类")
    points = [add_point(side, n) for n in (1, 2)]
    root = points[0]["unit_id"]
    lines = [{"point_id": point["id"], "period": "day", "times": 1} for point in points]
    draft = side.act("list_author", "risk", "compose_risk_list", unit_id=root, list_class="enterprise", lines=lines)
    side.act("list_author", "risk", "submit_risk_list", risk_list_id=draft["id"])
    side.act("safety_director", "risk", "audit_risk_list", risk_list_id=draft["id"], is_passed=True)
    side.act("safety_manager", "risk", "file_risk_list", risk_list_id=draft["id"])
    answers = [{"item_no": 1, "answer": "passed"}, {"item_no": 2, "answer": "failed", "description": f"{side.mark}破损"}]
    side.act("checker", "risk", "submit_check", point_id=points[0]["id"], answers=answers)
    side.act("safety_manager", "risk", "copy_risk_list", risk_list_id=draft["id"], unit_id=root)
    side.act("regulator", "risk", "create_mandatory_item", item=f"{side.mark}必查", industry="GM")


def add_point(side: Side, number: int, **values: str) -> dict[str, str]:
    factor = {"code": "2102", "description": f"{side.mark}缺失", "measures": [{"kind": k, "text": f"{k}措施"} for k in KINDS]}
    form = {
        "name": f"{side.mark}冲压机{number}", "object_type": "equipment", "place": "东侧", "factors": [factor],
        "accident_standard": "1986", "accident_types": ["03"], "responsible_person": f"{side.mark}张三",
        "responsible_phone": "13985012345", "assessment": {"method": "LEC", "parameters": {"L": 1, "E": 6, "C": 7}},
        "check_items": [{"item": "防护罩完好", "standard": "无缺损"}, {"item": "急停按钮有效", "standard": None}],
        "photo_ids": [ids.new_id()],
    }  # fmt: skip
    point = side.act("safety_manager", "risk", "create_risk_point", **form | values)
    side.act("safety_manager", "risk", "publish_risk_point", risk_point_id=point["id"])
    return {"id": point["id"], "unit_id": point["unit_id"]}
