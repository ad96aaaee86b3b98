"""Officers, inspections and findings of which a test states only what matters."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from services.enforcement.domain.finding import Finding
from services.enforcement.domain.inspection import Inspection, TableUsed
from services.enforcement.domain.officer import Officer
from services.enforcement.domain.signing import Signatures
from services.enforcement.domain.steps import Act, State
from services.kernel import ids

NOW = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
TODAY = date(2026, 3, 10)
OFFICER = Act("officer", "张建国", NOW, TODAY)
LEADER = Act("leader", "陈队长", NOW, TODAY)
ITEMS: list[dict[str, Any]] = [
    {
        "number": number, "code": f"CK-{number}", "category": "现场", "item": f"第{number}项应合格", "methods": ["site"],
        "law": "安全生产法", "article": "第三十六条", "hazard_class": hazard_class, "default_deadline_days": days,
        "offence_code": None, "criterion_code": criterion,
    }
    for number, (hazard_class, days, criterion) in enumerate(
        [("general_limited", 15, None), ("general_on_site", 0, None), ("major", 0, "GM-08-02")], 1
    )
]  # fmt: skip


def an_officer(**values: Any) -> Officer:
    given: dict[str, Any] = {
        "name": "张建国", "certificate_number": ids.token(8), "valid_from": date(2024, 1, 1), "valid_to": date(2028, 12, 31),
        "team": "执法一队",
    } | values  # fmt: skip
    return Officer(id=ids.new_id(), region="520102", sector="emergency", area="520102", **given)


def a_team(size: int = 2) -> list[Officer]:
    return [an_officer() for _ in range(size)]


def a_scheme(**values: Any) -> dict[str, Any]:
    return {
        "planned_on": TODAY, "source": "plan", "source_reference": None, "reason": None, "address": "花果园大街8号",
        "contact_person": None, "methods": ["site"],
    } | values  # fmt: skip


def signed(team: list[Officer], **values: Any) -> Signatures:
    given: dict[str, Any] = {"signed_by_party": "赵志强", "refusal_note": None} | values
    return Signatures(tuple(officer.id for officer in team), **given)


def a_finding(**values: Any) -> Finding:
    given: dict[str, Any] = {
        "id": ids.new_id(), "item_number": 1, "item_code": "CK-1", "description": "防护罩缺失", "place": "冲压车间",
        "hazard_class": "general_limited", "criterion_code": None, "basis": "《安全生产法》第三十六条", "measure": "安装防护罩",
        "deadline_on": TODAY + timedelta(days=15),
    } | values  # fmt: skip
    return Finding(**given)


def an_inspection(state: State = State.SCHEME_DRAFT, team: list[Officer] | None = None, **values: Any) -> Inspection:
    """With its scheme written; submitted by the officer where it is past that."""
    made = Inspection(ids.new_id(), ids.new_id(), "520102", "GM04", "贵阳某厂", "520102", "emergency")
    made.write_scheme(a_scheme(), TableUsed(ids.new_id(), 1, "机械行业检查表"), ITEMS, a_team() if team is None else team, TODAY)
    made.state, made.submitted_by = state, None if state == State.SCHEME_DRAFT else OFFICER.by
    for name, value in values.items():
        setattr(made, name, value)
    return made


def answers(*failed: int) -> list[dict[str, Any]]:
    """A result for each item of the table."""
    return [{"number": i["number"], "result": "failed" if i["number"] in failed else "passed", "note": None} for i in ITEMS]


def told(item_number: int | None, **values: Any) -> dict[str, Any]:
    """A finding as an officer enters it."""
    return {
        "id": ids.new_id(), "item_number": item_number, "description": "防护罩缺失", "place": "冲压车间", "hazard_class": None,
        "criterion_code": None, "basis": None, "measure": "安装防护罩", "deadline_on": None, "photos": [],
    } | values  # fmt: skip


CONTENT = {"place": "冲压车间", "legal_representative": "赵志强", "party_opinion": "属实"}
