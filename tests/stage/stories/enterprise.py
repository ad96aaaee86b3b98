"""An enterprise registers and is approved; it has licences, a qualification, units, a change and a suspension under way."""

from typing import Any

from services.enterprise.contract.basic import BASIC_FIELDS
from services.kernel import ids
from tests.stage.arguments import a_credit_code, an_identity_number
from tests.stage.people import applicant
from tests.stage.world import INDUSTRY, Side


def a_form(side: Side) -> dict[str, Any]:
    return {
        "name": f"{side.mark}化工有限公司{ids.token(4)}", "unified_credit_code": a_credit_code(), "enterprise_type": "GM",
        "registered_region": side.region, "registered_address": f"{side.mark}路1号", "region": side.region,
        "operating_address": f"{side.mark}路1号", "industry": INDUSTRY, "gbt4754_code": "3130", "scale": "small", "employees": 35,
        "business_state": "operating", "legal_representative": f"{side.mark}张三", "principal": f"{side.mark}李四",
        "principal_phone": "13985054321", "safety_contact": f"{side.mark}王五", "safety_contact_phone": "085185551234",
        "has_safety_organisation": True,
    }  # fmt: skip


def register(side: Side) -> None:
    """From an applicant's account to an approved enterprise with its people."""
    account = applicant(side.stage.identity, f"{side.mark}申请人")
    side.enterprise_id = account["enterprise_id"]
    side.sign_in("applicant", account["id"])
    form = a_form(side)
    assert {f.code for f in BASIC_FIELDS if f.is_required} <= form.keys()
    side.act("applicant", "enterprise", "register_enterprise", **form)
    side.act("applicant", "enterprise", "edit_registration", remark=side.mark)
    side.act("applicant", "enterprise", "submit_registration")
    side.act("applicant", "enterprise", "withdraw_registration")
    side.act("applicant", "enterprise", "submit_registration")
    side.act("reviewer", "enterprise", "review_enterprise", decision="approve", opinion=None)
    side.sign_in("enterprise_admin", account["id"])
    side.stage.add_staff(side)


def tell(side: Side) -> None:
    admin, reviewer = "enterprise_admin", "reviewer"
    side.act(admin, "enterprise", "update_enterprise", remark=side.mark)
    for tier in ("department", "workshop"):
        side.act(admin, "enterprise", "create_org_unit", tier=tier, name=f"{side.mark}{tier}")
    side.act(admin, "enterprise", "register_licence", licence_type="ZZ08", scans=[ids.new_id()], number=f"{side.mark}证0001")
    side.act(admin, "enterprise", "add_qualification", scans=[ids.new_id()], qualification_class="施工总承包", level="一级")
    for name in ("甲", "乙"):
        numbers = {"id_number": an_identity_number(), "phone": "13985054321", "sex": None}
        side.act(admin, "enterprise", "add_worker", name=f"{side.mark}工人{name}", **numbers)
    side.act(
        admin,
        "enterprise",
        "request_change",
        changes={"legal_representative": f"{side.mark}赵六", "name": f"{side.mark}新名"},
        reason="更名",
    )
    side.act(admin, "enterprise", "request_suspension", kind="stop", stop_kind="maintenance", reason="检修")
    side.act(reviewer, "enterprise", "issue_licence", licence_type="ZZ08", scans=[ids.new_id()], number=f"{side.mark}证0002")
