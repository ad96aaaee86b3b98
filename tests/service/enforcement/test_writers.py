"""Two writers at once, and the yearly number of planned inspections."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from services.kernel import clock, ids
from services.kernel.errors import Conflict, Refusal
from tests.service.enforcement.builders import MORNING, Desk, Rows, a_finding, an_official, events_of


def at_once(*calls: Callable[[], Any]) -> list[str]:
    """What became of each: ``done`` or the code of its refusal."""

    def run(call: Callable[[], Any]) -> str:
        try:
            with clock.simulate(MORNING):
                call()
        except Refusal as refusal:
            return refusal.code
        return "done"

    with ThreadPoolExecutor(len(calls)) as pool:
        return sorted(pool.map(run, calls))


def test_of_two_records_one_is_kept(desk: Desk, rows: Rows) -> None:
    with clock.simulate(MORNING):
        bureau = desk.bureau()
        inspection_id = bureau.started()

    def record() -> Any:
        return desk(bureau.officer, "record_inspection", inspection_id=inspection_id, **bureau.record(a_finding()))

    assert at_once(record, record, record) == ["done", "inspection.illegal_move", "inspection.illegal_move"]
    assert [e["type"] for e in events_of(rows, inspection_id)] == ["inspection.recorded.v1"]
    assert rows("SELECT count(*) FROM document WHERE inspection_id = :id AND form = 'WS03'", id=inspection_id) == [{"count": 1}]


def test_the_yearly_number_holds_for_two_leaders_at_once(desk: Desk) -> None:
    with clock.simulate(MORNING):
        bureau = desk.bureau(grade="red")
        waiting = [bureau.submitted(source="plan") for _ in range(3)]

    calls = [lambda i=i: bureau.decide(i) for i in waiting]

    assert at_once(*calls) == ["done", "done", "inspection.too_often"]


def test_the_yearly_number_is_each_authoritys_own_and_cancelled_ones_free_it(desk: Desk) -> None:
    with clock.simulate(MORNING):
        county = desk.bureau(grade="orange")
        city = desk.bureau("520100", at="520102")
        first = county.approved(source="random")
        city.approved(source="random", enterprise_id=county.enterprise_id)
        second = county.submitted(source="random")
        with pytest.raises(Conflict, match="上限1次"):
            county.decide(second)

        desk(county.officer, "cancel_inspection", inspection_id=first, reason="企业停产")

        assert county.decide(second)["status"] == "scheme_approved"


def test_a_change_decided_on_an_old_version_is_refused(desk: Desk) -> None:
    with clock.simulate(MORNING):
        bureau = desk.bureau()
        inspection_id = bureau.drafted()
        desk(bureau.officer, "submit_inspection", inspection_id=inspection_id, version=1)

        with pytest.raises(Conflict) as refusal:
            desk(bureau.officer, "cancel_inspection", inspection_id=inspection_id, reason="企业停产", version=1)

    assert refusal.value.code == "version.stale"


def test_a_scheme_is_drafted_once_under_its_id(desk: Desk) -> None:
    with clock.simulate(MORNING):
        bureau = desk.bureau()
        given = {"enterprise_id": bureau.enterprise_id, "id": ids.new_id()} | bureau.scheme()
        desk(bureau.officer, "draft_inspection", **given)

        with pytest.raises(Conflict):
            desk(bureau.officer, "draft_inspection", **given)


@pytest.mark.parametrize("status", ["pending", "rejected", "deleted", "closed"])
def test_enterprises_that_do_not_run_are_not_inspected(desk: Desk, status: str) -> None:
    with clock.simulate(MORNING):
        bureau = desk.bureau(status=status)

        with pytest.raises(Conflict) as refusal:
            bureau.drafted()

    assert refusal.value.code == "inspection.enterprise_not_running"


def test_pages_follow_each_other_without_gap_or_double(desk: Desk) -> None:
    with clock.simulate(MORNING):
        bureau = desk.bureau()
        made = {bureau.drafted() for _ in range(7)}

    found, cursor = [], None
    for _ in range(4):
        page = desk(an_official(), "list_inspections", enterprise_id=bureau.enterprise_id, limit=2, cursor=cursor)
        found += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]

    assert (len(found), set(found), cursor) == (7, made, None)
