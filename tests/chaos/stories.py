"""What the people do, as generators of commands: each gets the answer to one before it gives the next.

Ids are made by the callers, so that a repeated command speaks of the same thing.
"""

from collections.abc import Callable, Generator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from urllib.parse import quote

from services.kernel import clock
from services.kernel.ids import new_id
from tests.chaos.ledger import Command
from tests.chaos.people import BUREAU, Enterprise, Prefecture, point

Story = Generator[Command, dict[str, Any], None]
Lookup = Callable[[str, str], dict[str, Any] | None]
TODAY = str(clock.day_of(clock.now()))
DEADLINE = str(clock.day_of(clock.now()) + timedelta(days=5))
DONE = {"measure_taken": "已恢复，钥匙由班长保管"}


def hazard(at: Enterprise, prefecture: Prefecture, chance: Random, look: Lookup) -> Story:
    """A hazard from its registration to its closing, some returned, some rechecked twice, some urged by the bureau."""
    hazard_id = new_id()
    yield _hazard(hazard_id, "register_hazard", at.checker, "", {"id": hazard_id, "place": "车间", "description": "护罩松动"})
    if chance.random() < 0.15:
        yield _hazard(hazard_id, "return_hazard", at.manager, "return", {"reason": "请补充位置"})
        yield _hazard(hazard_id, "resubmit_hazard", at.checker, "resubmission")
    words: dict[str, Any] = {"responsible_name": "孙班长", "measure": "恢复并加锁", "deadline_on": DEADLINE}
    yield _hazard(hazard_id, "confirm_hazard", at.manager, "confirmation", words)
    for _ in range(chance.choice((0, 0, 1, 2))):  # Nothing but its key keeps this one from happening twice.
        yield _hazard(hazard_id, "comment_hazard", prefecture.leader, "comments", {"comment": "请尽快整改"})
    for is_passed in (False, True) if chance.random() < 0.2 else (True,):
        words = DONE | {"finished_at": datetime.now(UTC).isoformat(), "after_photos": [at.photo]}
        yield _hazard(hazard_id, "submit_rectification", at.checker, "rectification", words)
        verdict = {"is_passed": is_passed, "opinion": "现场复查"} | ({} if is_passed else {"deadline_on": DEADLINE})
        yield _hazard(hazard_id, "recheck_hazard", at.director, "recheck", verdict)


def removed_hazard(at: Enterprise, prefecture: Prefecture, chance: Random, look: Lookup) -> Story:
    """Found and removed on site: one command, two announcements."""
    hazard_id = new_id()
    words = {"id": hazard_id, "place": "车间", "description": "通道堵塞", "hazard_class": "general_on_site"}
    yield _hazard(hazard_id, "register_hazard", at.checker, "", words | {"measure_taken": "当场清理"})


def check(at: Enterprise, prefecture: Prefecture, chance: Random, look: Lookup) -> Story:
    """A check of a point; every item that fails becomes a hazard in another service, once."""
    check_id, failed = new_id(), [n for n in (1, 2) if chance.random() < 0.3]
    answers = [
        {"item_no": n, "answer": "failed", "description": "失效"} if n in failed else {"item_no": n, "answer": "passed"}
        for n in (1, 2)
    ]
    words = {"id": check_id, "point_id": chance.choice(at.points), "answers": answers}
    makes = tuple(("hazard of check", f"{check_id}:{n}") for n in failed)
    yield Command("risk.submit_check", f"Check:{check_id}", at.checker, "POST", "/checks", words, makes)


def risk_point(at: Enterprise, prefecture: Prefecture, chance: Random, look: Lookup) -> Story:
    """A point that is found, published, assessed anew, and given up."""
    point_id = new_id()
    way = f"/risk-points/{point_id}"
    yield _point(point_id, "create_risk_point", at, "/risk-points", point(f"设备{point_id[-12:]}", at.post, id=point_id))
    yield _point(point_id, "publish_risk_point", at, f"{way}/publication")
    assessed = {"method": "LEC", "parameters": {"L": 3, "E": 6, "C": 7}}
    yield _point(point_id, "reassess_risk_point", at, f"{way}/reassessment", assessed)
    yield _point(point_id, "publish_risk_point_version", at, f"{way}/version-publication")
    if chance.random() < 0.5:
        yield _point(point_id, "retire_risk_point", at, f"{way}/retirement", {"reason": "设备已拆除"})


def notice(at: Enterprise, prefecture: Prefecture, chance: Random, look: Lookup) -> Story:
    """A notice to every enterprise of the prefecture, read and answered by one of them."""
    notice_id = new_id()
    words: dict[str, Any] = {
        "id": notice_id,
        "title": f"专项排查通知{notice_id[-6:]}",
        "kind": "notice",
        "body": "请于三日内自查。",
    }
    due = (datetime.now(UTC) + timedelta(days=3)).isoformat()
    words |= {"receivers": {"regions": [BUREAU]}, "feedback_due_at": due}
    yield Command("notice.draft_notice", f"Notice:{notice_id}", prefecture.leader, "POST", "/notices", words)
    makes = tuple(("receipt", f"{notice_id}:{each.id}") for each in prefecture.enterprises)
    way = f"/notices/{notice_id}"
    yield Command("notice.publish_notice", f"Notice:{notice_id}", prefecture.leader, "POST", f"{way}/publication", {}, makes)
    found = look(prefecture.leader, f"{way}/receipts?q={quote(at.name)}")
    if found:
        receipt = found["items"][0]["id"]
        yield _receipt(receipt, "read_notice", at, "reading", {})
        yield _receipt(receipt, "reply_receipt", at, "reply", {"reply": "已自查"})


def inspection(at: Enterprise, prefecture: Prefecture, chance: Random, look: Lookup) -> Story:
    """An inspection up to its record; its finding becomes a hazard in another service, once."""
    inspection_id, finding_id = new_id(), new_id()
    way, both = f"/inspections/{inspection_id}", dict[str, Any](officer_ids=prefecture.officers)
    words: dict[str, Any] = both | {
        "id": inspection_id, "enterprise_id": at.id, "planned_on": TODAY, "check_table_id": prefecture.check_table,
        "source": "complaint", "reason": "群众举报", "address": "永靖镇工业园3号",
    }  # fmt: skip
    yield _inspection(inspection_id, "draft_inspection", prefecture.officer, "/inspections", words)
    yield _inspection(inspection_id, "submit_inspection", prefecture.officer, f"{way}/submission", {})
    approved = {"is_approved": True, "opinion": "同意"}
    yield _inspection(inspection_id, "decide_inspection", prefecture.captain, f"{way}/approval", approved)
    yield _inspection(inspection_id, "start_inspection", prefecture.officer, f"{way}/start", both | {"entry_note": "门岗无码"})
    finding = {
        "id": finding_id, "item_number": 1, "description": "砂轮机未装防护罩", "place": "车间", "measure": "加装防护罩",
        "hazard_class": "general_limited", "deadline_on": DEADLINE,
    }  # fmt: skip
    words = {
        "place": "机加工车间", "legal_representative": "陈厂长", "results": [{"number": 1, "result": "failed"}],
        "party_opinion": "无异议", "signed_officer_ids": prefecture.officers, "signed_by_party": "陈厂长", "findings": [finding],
    }  # fmt: skip
    makes = (("hazard of finding", finding_id),)
    yield _inspection(inspection_id, "record_inspection", prefecture.officer, f"{way}/record", words, makes)


def _hazard(hazard_id: str, name: str, token: str, way: str, words: dict[str, Any] | None = None) -> Command:
    path = f"/hazards/{hazard_id}/{way}" if way else "/hazards"
    return Command(f"hazard.{name}", f"Hazard:{hazard_id}", token, "POST", path, words or {})


def _point(point_id: str, name: str, at: Enterprise, path: str, words: dict[str, Any] | None = None) -> Command:
    return Command(f"risk.{name}", f"RiskPoint:{point_id}", at.manager, "POST", path, words or {})


def _receipt(receipt_id: str, name: str, at: Enterprise, way: str, words: dict[str, Any]) -> Command:
    path = f"/notice-receipts/{receipt_id}/{way}"
    return Command(f"notice.{name}", f"Receipt:{receipt_id}", at.manager, "POST", path, words)


def _inspection(
    inspection_id: str, name: str, token: str, path: str, words: dict[str, Any], makes: tuple[tuple[str, str], ...] = ()
) -> Command:
    return Command(f"enforcement.{name}", f"Inspection:{inspection_id}", token, "POST", path, words, makes)


# How often each is begun, of a hundred.
WEIGHTS: dict[Callable[[Enterprise, Prefecture, Random, Lookup], Story], int] = {
    hazard: 42, removed_hazard: 20, check: 24, risk_point: 10, notice: 3, inspection: 1,
}  # fmt: skip
