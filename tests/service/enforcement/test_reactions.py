"""What the service does on hearing of enterprises and hazards."""

from collections.abc import Iterator
from typing import Any

import pytest

from services.kernel import clock, ids
from services.kernel.errors import NotFound
from tests.service.enforcement.builders import MORNING, Bureau, Desk, a_finding, an_official


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with clock.simulate(MORNING):
        yield


def moved(desk: Desk, enterprise_id: str, region: str, version: int = 5) -> None:
    state = {"id": enterprise_id, "region": region, "industry": "GM04", "version": version, "name": "贵阳某厂", "status": "active"}
    desk.hear("enterprise.region_changed.v1", "enterprise", state, old_region="520102")


def a_hazard(of: Bureau, inspection_id: str, finding_id: str, **values: Any) -> dict[str, Any]:
    return {
        "id": ids.new_id(), "enterprise_id": of.enterprise_id, "region": of.region, "industry": "GM04", "version": 1,
        "number": "YH5201022026031000001", "status": "rectifying", "source": "enforcement", "hazard_class": "general_limited",
        "inspection_id": inspection_id, "finding_id": finding_id, "finished_at": None,
    } | values  # fmt: skip


def test_an_open_inspection_goes_with_the_enterprise_to_its_new_authority(desk: Desk) -> None:
    bureau = desk.bureau()
    inspection_id = bureau.ordered()
    there = an_official("520203")

    moved(desk, bureau.enterprise_id, "520203")

    shown = desk(there, "show_inspection", inspection_id=inspection_id)
    assert (shown["region"], shown["authority_region"], shown["status"]) == ("520203", "520203", "ordered")
    documents = desk(there, "list_inspection_documents", inspection_id=inspection_id)["items"]
    assert {(d["form"], d["authority_name"]) for d in documents} == {("WS03", "南明区应急管理局"), ("WS05", "南明区应急管理局")}
    assert desk(there, "print_document", document_id=documents[0]["id"])["content_base64"]
    with pytest.raises(NotFound):
        desk(bureau.officer, "show_inspection", inspection_id=inspection_id)


def test_a_move_inside_the_authoritys_area_changes_no_authority(desk: Desk) -> None:
    city = desk.bureau("520100", at="520102")
    inspection_id = city.ordered()

    moved(desk, city.enterprise_id, "520103")

    shown = desk(city.officer, "show_inspection", inspection_id=inspection_id)
    assert (shown["region"], shown["authority_region"]) == ("520103", "520100")


def test_news_that_comes_late_moves_nothing_back(desk: Desk) -> None:
    bureau = desk.bureau()
    inspection_id = bureau.recorded()

    moved(desk, bureau.enterprise_id, "520203", version=5)
    moved(desk, bureau.enterprise_id, "520103", version=4)

    assert desk(an_official("520203"), "show_inspection", inspection_id=inspection_id)["region"] == "520203"


def test_a_finding_shows_how_far_its_hazard_is_and_newest_version_wins(desk: Desk) -> None:
    bureau, finding_id = desk.bureau(), ids.new_id()
    inspection_id = bureau.recorded(a_finding(id=finding_id))
    hazard = a_hazard(bureau, inspection_id, finding_id)

    for version, status in ((1, "rectifying"), (3, "pending_recheck"), (2, "extension_pending")):
        desk.hear("hazard.changed.v1", "hazard", hazard | {"version": version, "status": status})

    (finding,) = desk(bureau.officer, "show_inspection", inspection_id=inspection_id)["findings"]
    assert finding["progress"] == {
        "hazard_id": hazard["id"], "number": hazard["number"], "status": "pending_recheck", "finished_at": None,
    }  # fmt: skip


def test_a_downgraded_hazards_successor_takes_its_place(desk: Desk) -> None:
    bureau, finding_id = desk.bureau(), ids.new_id()
    inspection_id = bureau.recorded(a_finding(id=finding_id))
    major = a_hazard(bureau, inspection_id, finding_id, version=7, status="assessing")
    successor = a_hazard(bureau, inspection_id, finding_id, version=1, origin_id=major["id"])

    for event, state in (
        ("changed", major),
        ("registered", successor),
        ("downgraded", major | {"version": 8, "status": "downgraded"}),
    ):
        desk.hear(f"hazard.{event}.v1", "hazard", state)

    (finding,) = desk(bureau.officer, "show_inspection", inspection_id=inspection_id)["findings"]
    assert (finding["progress"]["hazard_id"], finding["progress"]["status"]) == (successor["id"], "rectifying")


def test_the_recheck_is_called_once_all_has_been_put_right(desk: Desk) -> None:
    bureau, first, second = desk.bureau(), ids.new_id(), ids.new_id()
    inspection_id = bureau.ordered(a_finding(id=first), a_finding(id=second))
    hazards = [a_hazard(bureau, inspection_id, finding_id, version=2, status="pending_recheck") for finding_id in (first, second)]

    def status_after(hazard: dict[str, Any]) -> str:
        desk.hear("hazard.rectification_submitted.v1", "hazard", hazard)
        return str(desk(bureau.officer, "show_inspection", inspection_id=inspection_id)["status"])

    assert [status_after(hazard) for hazard in hazards] == ["ordered", "recheck"]


def test_an_enterprise_that_was_faster_than_the_order_is_rechecked_at_once(desk: Desk) -> None:
    bureau, finding_id = desk.bureau(), ids.new_id()
    inspection_id = bureau.recorded(a_finding(id=finding_id))
    hazard = a_hazard(bureau, inspection_id, finding_id, version=2, status="pending_recheck")
    desk.hear("hazard.rectification_submitted.v1", "hazard", hazard)

    ordered = desk(bureau.officer, "order_rectification", inspection_id=inspection_id, **bureau.signed())

    assert ordered["status"] == "recheck"


def test_what_failed_its_recheck_counts_as_open_again_before_the_hazard_says_so(desk: Desk) -> None:
    bureau, first, second = desk.bureau(), ids.new_id(), ids.new_id()
    inspection_id = bureau.ordered(a_finding(id=first), a_finding(id=second))
    hazards = [a_hazard(bureau, inspection_id, finding_id, version=2, status="pending_recheck") for finding_id in (first, second)]
    for hazard in hazards:
        desk.hear("hazard.rectification_submitted.v1", "hazard", hazard)
    items = [
        {"finding_id": first, "is_passed": True, "opinion": "已安装"},
        {"finding_id": second, "is_passed": False, "opinion": "未安装", "deadline_on": "2026-04-10"},
    ]
    desk(bureau.officer, "recheck_inspection", inspection_id=inspection_id, items=items, opinion="一项不合格", **bureau.signed())

    desk.hear("hazard.closed.v1", "hazard", hazards[0] | {"version": 3, "status": "closed"})

    assert desk(bureau.officer, "show_inspection", inspection_id=inspection_id)["status"] == "ordered"


def test_hazards_of_other_sources_are_passed_over(desk: Desk) -> None:
    bureau = desk.bureau()
    inspection_id = bureau.ordered()

    desk.hear(
        "hazard.closed.v1", "hazard", a_hazard(bureau, inspection_id, ids.new_id()) | {"inspection_id": None, "finding_id": None}
    )

    (finding,) = desk(bureau.officer, "show_inspection", inspection_id=inspection_id)["findings"]
    assert finding["progress"] is None
