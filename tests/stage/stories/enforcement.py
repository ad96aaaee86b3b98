"""Two officers, a check table, and an inspection as far as its order."""

from datetime import timedelta
from typing import Any

from services.kernel import clock, ids
from tests.stage.world import Side


def tell(side: Side) -> None:
    officers = [_officer(side, name) for name in ("张建国", "李明芳")]
    item = {
        "industry": "GM", "category": "现场", "item": f"{side.mark}安全防护装置齐全有效", "methods": ["site"], "law": "安全生产法",
        "article": "第三十六条", "hazard_class": "general_limited", "default_deadline_days": 15,
    }  # fmt: skip
    codes = [side.act("enforcement_admin", "enforcement", "create_check_item", **item)["code"] for _ in range(2)]
    table = side.act(
        "enforcement_admin", "enforcement", "create_check_table", name=f"{side.mark}检查表", industry="GM01", item_codes=codes
    )
    inspection = enter(side, officers, table["id"])
    side.act("officer", "enforcement", "record_inspection", inspection_id=inspection, **a_record(side, officers))
    signed = {"signed_officer_ids": officers, "signed_by_party": "赵志强"}
    side.act("officer", "enforcement", "order_rectification", inspection_id=inspection, **signed)


def submit(side: Side, officers: list[str], check_table_id: str) -> str:
    """An inspection whose scheme waits for approval: its id."""
    inspection = str(side.act("officer", "enforcement", "draft_inspection", **a_scheme(officers, check_table_id))["id"])
    side.act("officer", "enforcement", "submit_inspection", inspection_id=inspection)
    return inspection


def enter(side: Side, officers: list[str], check_table_id: str) -> str:
    """An inspection that has come through the gate of the enterprise."""
    inspection = submit(side, officers, check_table_id)
    side.act("team_leader", "enforcement", "decide_inspection", inspection_id=inspection, is_approved=True, opinion="同意")
    side.act("officer", "enforcement", "start_inspection", inspection_id=inspection, officer_ids=officers, entry_code="扫码")
    return inspection


def _officer(side: Side, name: str) -> str:
    form = {"certificate_number": f"黔A{ids.token(8)}", "valid_from": "2024-01-01", "valid_to": "2098-12-31", "team": "一队"}
    return str(side.act("enforcement_admin", "enforcement", "register_officer", name=f"{side.mark}{name}", **form)["id"])


def a_scheme(officers: list[str], check_table_id: str) -> dict[str, object]:
    today = clock.day_of(clock.now())
    return {
        "planned_on": today.isoformat(), "officer_ids": officers, "check_table_id": check_table_id, "source": "superior",
        "reason": "上级交办", "address": "花果园大街8号", "contact_person": "王五",
    }  # fmt: skip


def a_record(side: Side, officers: list[str]) -> dict[str, Any]:
    due = (clock.day_of(clock.now()) + timedelta(days=15)).isoformat()
    finding = {
        "item_number": 1,
        "description": f"{side.mark}防护罩缺失",
        "place": "冲压车间",
        "measure": "安装防护罩",
        "deadline_on": due,
    }
    return {
        "place": "冲压车间", "legal_representative": "赵志强", "party_opinion": "属实", "findings": [finding],
        "results": [{"number": 1, "result": "failed"}, {"number": 2, "result": "passed"}], "signed_officer_ids": officers,
        "signed_by_party": "赵志强",
    }  # fmt: skip
