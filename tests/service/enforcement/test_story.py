"""An inspection from scheme to closing on the real database, and what it announces."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from services.enforcement.contract import INSPECTION_CLOSED, INSPECTION_ORDERED, INSPECTION_RECORDED
from services.enforcement.jobs import call_rechecks
from services.kernel import clock, ids
from services.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from tests.service.enforcement.builders import MORNING, TODAY, Desk, Rows, a_certificate, a_finding, an_official, events_of, in_days


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with clock.simulate(MORNING):
        yield


def numbers(desk: Desk, bureau: Any, inspection_id: str) -> list[tuple[str, str]]:
    """Forms and numbers in the order of their issue."""
    shown = desk(bureau.officer, "show_inspection", inspection_id=inspection_id)
    found = {d["id"]: d for d in desk(bureau.officer, "list_inspection_documents", inspection_id=inspection_id)["items"]}
    return [(found[each]["form"], found[each]["number"]) for each in shown["document_ids"]]


def test_from_scheme_to_closing(desk: Desk, rows: Rows) -> None:
    bureau = desk.bureau()
    finding_id = ids.new_id()
    inspection_id = bureau.recorded(a_finding(id=finding_id))
    order = {"items": [{"finding_id": finding_id, "deadline_on": in_days(10)}]}
    ordered = desk(bureau.officer, "order_rectification", inspection_id=inspection_id, **order, **bureau.signed())
    assert (ordered["status"], ordered["due_on"]) == ("ordered", in_days(10))

    with clock.simulate(MORNING + timedelta(days=11)):
        call_rechecks(desk.database, TODAY + timedelta(days=11))
        failed = [{"finding_id": finding_id, "is_passed": False, "opinion": "仍缺失", "deadline_on": in_days(20)}]
        again = desk(
            bureau.officer, "recheck_inspection", inspection_id=inspection_id, items=failed, opinion="未完成", **bureau.signed()
        )
        call_rechecks(desk.database, TODAY + timedelta(days=21))
    passed = [{"finding_id": finding_id, "is_passed": True, "opinion": "已安装"}]
    closed = desk(
        bureau.officer, "recheck_inspection", inspection_id=inspection_id, items=passed, opinion="合格", **bureau.signed()
    )

    assert (again["status"], closed["status"], closed["findings"][0]["is_passed"]) == ("ordered", "closed", True)
    assert [step["move"] for step in closed["history"]] == [
        "submit_scheme", "approve_scheme", "start", "record", "order", "due", "recheck_fail", "due", "recheck_pass",
    ]  # fmt: skip
    assert [form for form, _ in numbers(desk, bureau, inspection_id)] == ["WS02", "WS03", "WS05", "WS06", "WS05", "WS06"]
    told = events_of(rows, inspection_id)
    assert [event["type"] for event in told] == [
        "inspection.recorded.v1", "inspection.ordered.v1", "inspection.ordered.v1", "inspection.closed.v1",
    ]  # fmt: skip


def test_announcements_are_of_the_published_language(desk: Desk, rows: Rows) -> None:
    bureau = desk.bureau()
    finding_id = ids.new_id()
    inspection_id = bureau.ordered(a_finding(3, id=finding_id, deadline_on=in_days(30)))
    call_rechecks(desk.database, TODAY + timedelta(days=31))
    items = [{"finding_id": finding_id, "is_passed": True, "opinion": "已完成"}]
    desk(bureau.officer, "recheck_inspection", inspection_id=inspection_id, items=items, opinion="合格", **bureau.signed())

    recorded, ordered, closed = (
        kind.load(event["data"])
        for kind, event in zip(
            (INSPECTION_RECORDED, INSPECTION_ORDERED, INSPECTION_CLOSED), events_of(rows, inspection_id), strict=True
        )
    )

    (finding,) = recorded["fact"]["findings"]
    assert (finding["finding_id"], finding["hazard_class"], finding["criterion_code"]) == (finding_id, "major", "GM-03-01")
    assert finding["deadline_on"] == TODAY + timedelta(days=30)
    documents = dict(numbers(desk, bureau, inspection_id))
    assert ordered["fact"]["document_number"] == documents["WS05"]
    assert ordered["fact"]["items"] == [{"finding_id": finding_id, "deadline_on": TODAY + timedelta(days=30)}]
    assert closed["fact"]["rechecked"] == [{"finding_id": finding_id, "is_passed": True, "opinion": "已完成"}]
    versions = [told["state"]["version"] for told in (recorded, ordered, closed)]
    assert versions == sorted(set(versions))
    assert (closed["state"]["status"], len(closed["state"]["document_ids"])) == ("closed", 4)


def test_measures_on_site_stand_in_a_decision_of_their_own(desk: Desk) -> None:
    bureau = desk.bureau()
    on_site, limited = ids.new_id(), ids.new_id()
    inspection_id = bureau.recorded(a_finding(2, id=on_site), a_finding(1, id=limited))
    items = [{"finding_id": limited, "on_site_measure": "责令停止使用3号冲床"}]

    desk(bureau.officer, "order_rectification", inspection_id=inspection_id, items=items, **bureau.signed())

    documents = desk(bureau.officer, "list_inspection_documents", inspection_id=inspection_id)["items"]
    whole = {d["form"]: str(desk(bureau.officer, "show_document", document_id=d["id"])["content"]) for d in documents}
    assert set(whole) == {"WS02", "WS03", "WS04", "WS05"}
    assert "责令停止使用3号冲床" in whole["WS04"] and "对第2项" in whole["WS04"]


def test_one_without_problem_ends_at_once(desk: Desk, rows: Rows) -> None:
    bureau = desk.bureau()
    inspection_id = bureau.recorded()

    closed = desk(bureau.officer, "close_inspection", inspection_id=inspection_id)

    assert (closed["status"], closed["finding_count"]) == ("closed", 0)
    assert [e["type"] for e in events_of(rows, inspection_id)] == ["inspection.recorded.v1", "inspection.closed.v1"]


def test_the_deadline_day_itself_is_the_enterprises(desk: Desk) -> None:
    bureau = desk.bureau()
    inspection_id = bureau.ordered()

    def status_on(days: int) -> str:
        call_rechecks(desk.database, TODAY + timedelta(days=days))
        call_rechecks(desk.database, TODAY + timedelta(days=days))
        return str(desk(bureau.officer, "show_inspection", inspection_id=inspection_id)["status"])

    assert [status_on(15), status_on(16)] == ["ordered", "recheck"]


@pytest.mark.feature("ENF-28")
def test_an_expired_certificate_cannot_be_chosen(desk: Desk) -> None:
    bureau = desk.bureau()
    expired = desk(bureau.officer, "register_officer", **a_certificate(valid_to=in_days(-1)))["id"]

    with pytest.raises(Conflict) as refusal:
        bureau.drafted(officer_ids=[bureau.officer_ids[0], expired])

    assert refusal.value.code == "officer.not_valid"


@pytest.mark.feature("ENF-04")
def test_a_scheme_with_one_officer_is_not_submitted(desk: Desk) -> None:
    bureau = desk.bureau()
    inspection_id = bureau.drafted(officer_ids=bureau.officer_ids[:1])

    with pytest.raises(Invalid) as refusal:
        desk(bureau.officer, "submit_inspection", inspection_id=inspection_id)

    assert refusal.value.code == "inspection.too_few_officers"


def test_officers_of_another_authority_are_not_found(desk: Desk) -> None:
    bureau, other = desk.bureau(), desk.bureau("520103")

    with pytest.raises(NotFound):
        bureau.drafted(officer_ids=[bureau.officer_ids[0], other.officer_ids[0]])


@pytest.mark.feature("ENF-03")
def test_a_scheme_keeps_the_edition_it_was_made_with(desk: Desk) -> None:
    bureau = desk.bureau()
    inspection_id = bureau.started()
    table = desk(bureau.officer, "show_check_table", check_table_id=bureau.check_table_id)
    code = table["items"][0]["code"]
    desk(bureau.officer, "recompose_check_table", check_table_id=table["id"], item_codes=[code])

    shown = desk(bureau.officer, "record_inspection", inspection_id=inspection_id, **bureau.record())

    assert (shown["check_table"]["edition"], len(shown["results"])) == (1, 3)
    assert len(desk(bureau.officer, "show_check_table", check_table_id=table["id"], edition=1)["items"]) == 3


def test_a_returned_scheme_is_revised_and_submitted_again(desk: Desk) -> None:
    bureau = desk.bureau()
    inspection_id = bureau.submitted()
    bureau.decide(inspection_id, is_approved=False)
    revised = bureau.scheme(address="贵阳市南明区中华南路1号")

    desk(bureau.officer, "revise_inspection", inspection_id=inspection_id, **revised)
    desk(bureau.officer, "submit_inspection", inspection_id=inspection_id)

    shown = bureau.decide(inspection_id)
    assert (shown["status"], shown["address"]) == ("scheme_approved", "贵阳市南明区中华南路1号")


def test_a_cancelled_scheme_is_over(desk: Desk) -> None:
    bureau = desk.bureau()
    inspection_id = bureau.approved()

    desk(bureau.officer, "cancel_inspection", inspection_id=inspection_id, reason="企业停产")

    with pytest.raises(Conflict):
        desk(bureau.officer, "start_inspection", inspection_id=inspection_id, officer_ids=bureau.officer_ids, entry_code="x")


def test_where_officers_have_accounts_only_they_record(desk: Desk) -> None:
    bureau = desk.bureau()
    account = a_certificate(account_id=bureau.officer.id)
    bureau.officer_ids[0] = desk(bureau.officer, "register_officer", **account)["id"]
    inspection_id = bureau.started()

    with pytest.raises(Forbidden) as refusal:
        desk(an_official(), "record_inspection", inspection_id=inspection_id, **bureau.record())

    assert refusal.value.code == "inspection.not_present"
    desk(bureau.officer, "record_inspection", inspection_id=inspection_id, **bureau.record())


def test_an_unknown_criterion_is_refused(desk: Desk) -> None:
    bureau = desk.bureau()
    inspection_id = bureau.started()
    wrong = bureau.record(a_finding(3, deadline_on=in_days(30), criterion_code="GM-99-99"))

    with pytest.raises(Invalid):
        desk(bureau.officer, "record_inspection", inspection_id=inspection_id, **wrong)

    assert desk(bureau.officer, "show_inspection", inspection_id=inspection_id)["status"] == "in_progress"
