"""Who sees and who acts: the authority, its superiors, the neighbours, the inspected enterprise, everybody else."""

from collections.abc import Iterator
from typing import Any

import pytest

from services.kernel import clock, ids
from services.kernel.caller import Caller, Scope
from services.kernel.errors import Forbidden, NotFound
from tests.callers import api_client
from tests.service.enforcement.builders import MORNING, Desk, a_certificate, a_finding, a_person_of, an_official, permissions_of


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with clock.simulate(MORNING):
        yield


def sees(desk: Desk, caller: Caller, inspection_id: str, enterprise_id: str) -> bool:
    """In the list and by itself alike."""
    listed = [i["id"] for i in desk(caller, "list_inspections", enterprise_id=enterprise_id)["items"]]
    try:
        desk(caller, "show_inspection", inspection_id=inspection_id)
    except NotFound:
        assert listed == []
        return False
    assert listed == [inspection_id]
    return True


STRANGERS = [
    an_official("520103"), an_official("520203"), an_official("520102", industries=("JZ",)), a_person_of(ids.new_id()),
    api_client("520103", *permissions_of("officer")),
]  # fmt: skip


@pytest.mark.parametrize("stranger", STRANGERS, ids=["neighbour", "other city", "other industry", "other enterprise", "client"])
def test_strangers_see_and_do_nothing(desk: Desk, stranger: Caller) -> None:
    bureau = desk.bureau()
    inspection_id = bureau.ordered()
    documents = desk(bureau.officer, "list_inspection_documents", inspection_id=inspection_id)["items"]

    assert not sees(desk, stranger, inspection_id, bureau.enterprise_id)
    assert desk(stranger, "list_documents", enterprise_id=bureau.enterprise_id)["items"] == []
    with pytest.raises(NotFound):
        desk(stranger, "list_inspection_documents", inspection_id=inspection_id)
    for document in documents:
        for way in ("show_document", "print_document"):
            with pytest.raises(NotFound):
                desk(stranger, way, document_id=document["id"])


def test_strangers_plan_nothing(desk: Desk) -> None:
    bureau, neighbour = desk.bureau(), desk.bureau("520103")
    inspection_id = bureau.drafted()

    with pytest.raises(NotFound):
        neighbour.drafted(enterprise_id=bureau.enterprise_id)
    for way in ("submit_inspection", "close_inspection"):
        with pytest.raises(NotFound):
            desk(neighbour.officer, way, inspection_id=inspection_id)


def test_superiors_see_and_leave_it_to_the_authority(desk: Desk) -> None:
    bureau = desk.bureau()
    inspection_id = bureau.drafted()

    for superior in (an_official("520100"), an_official("520000")):
        assert sees(desk, superior, inspection_id, bureau.enterprise_id)
        with pytest.raises(Forbidden) as refusal:
            desk(superior, "submit_inspection", inspection_id=inspection_id)
        assert refusal.value.code == "authority.not_yours"


def test_an_authority_of_another_sector_does_not_act(desk: Desk) -> None:
    bureau = desk.bureau(industry="JZ01")
    inspection_id = bureau.recorded(a_finding())
    housing = an_official("520102", industries=("JZ",))

    assert sees(desk, housing, inspection_id, bureau.enterprise_id)
    with pytest.raises(Forbidden):
        desk(housing, "order_rectification", inspection_id=inspection_id, **bureau.signed())


def test_what_a_superior_plans_is_hidden_from_the_county_until_it_is_recorded(desk: Desk) -> None:
    city = desk.bureau("520100", at="520102")
    county = an_official("520102")
    inspection_id = city.started()
    before = sees(desk, county, inspection_id, city.enterprise_id)

    desk(city.officer, "record_inspection", inspection_id=inspection_id, **city.record())

    assert (before, sees(desk, county, inspection_id, city.enterprise_id)) == (False, True)
    forms = {d["form"] for d in desk(county, "list_inspection_documents", inspection_id=inspection_id)["items"]}
    assert forms == {"WS03"}


@pytest.mark.feature("HAZ-09")
def test_the_enterprise_is_shown_what_was_recorded_and_nothing_of_the_scheme(desk: Desk) -> None:
    bureau = desk.bureau()
    person = a_person_of(bureau.enterprise_id)
    inspection_id = bureau.started(source="complaint", source_reference="TS2026-15", reason="群众举报")
    assert not sees(desk, person, inspection_id, bureau.enterprise_id)

    desk(bureau.officer, "record_inspection", inspection_id=inspection_id, **bureau.record(a_finding()))

    assert sees(desk, person, inspection_id, bureau.enterprise_id)
    shown = desk(person, "show_inspection", inspection_id=inspection_id)
    assert [shown[name] for name in ("source", "source_reference", "reason", "planned_on", "contact_person", "methods")] == [
        None
    ] * 6
    assert [step["move"] for step in shown["history"]] == ["record"]
    assert [f["description"] for f in shown["findings"]] == ["冲床防护罩缺失"]
    assert shown["results"][0]["item"] == "冲压设备安全防护装置齐全有效"
    documents = desk(person, "list_inspection_documents", inspection_id=inspection_id)["items"]
    assert [(d["id"], d["form"]) for d in documents] == [(shown["document_ids"][0], "WS03")]
    scheme = desk(bureau.officer, "list_documents", form="WS02", enterprise_id=bureau.enterprise_id)["items"][0]
    for way in ("show_document", "print_document"):
        with pytest.raises(NotFound):
            desk(person, way, document_id=scheme["id"])


@pytest.mark.parametrize("hidden", [{"source": "complaint"}, {"planned_from": "2026-01-01"}, {"planned_to": "2027-01-01"}])
def test_the_enterprise_does_not_learn_by_filters_what_it_is_not_shown(desk: Desk, hidden: dict[str, Any]) -> None:
    bureau = desk.bureau()
    bureau_side = bureau.started(source="complaint", reason="群众举报")
    desk(bureau.officer, "record_inspection", inspection_id=bureau_side, **bureau.record())

    assert desk(a_person_of(bureau.enterprise_id), "list_inspections", **hidden)["items"] == []
    assert len(desk(bureau.officer, "list_inspections", enterprise_id=bureau.enterprise_id, **hidden)["items"]) == 1


def test_the_enterprise_writes_nothing(desk: Desk) -> None:
    bureau = desk.bureau()
    inspection_id = bureau.recorded()

    with pytest.raises(Forbidden):
        desk(a_person_of(bureau.enterprise_id), "close_inspection", inspection_id=inspection_id)


def test_an_official_with_a_narrower_scope_still_works_with_his_own_bureau(desk: Desk) -> None:
    bureau = desk.bureau(at="520102001")
    narrow = Caller(**{**bureau.officer.__dict__, "id": ids.new_id(), "scope": Scope(("520102001",), ("*",), ("*",))})

    drafted = desk(narrow, "draft_inspection", enterprise_id=bureau.enterprise_id, **bureau.scheme())

    assert sees(desk, narrow, drafted["id"], bureau.enterprise_id)
    assert {o["id"] for o in desk(narrow, "list_officers", limit=200)["items"]} >= set(bureau.officer_ids)


def test_townships_and_machines_enforce_nothing(desk: Desk) -> None:
    desk.bureau()

    for caller in (an_official("520102001"), api_client("520102", *permissions_of("enforcement_admin"))):
        with pytest.raises(Forbidden):
            desk(caller, "register_officer", **a_certificate())


def test_officers_are_listed_to_their_authority_and_those_above(desk: Desk) -> None:
    bureau = desk.bureau()

    def listed(region: str) -> bool:
        return bureau.officer_ids[0] in {o["id"] for o in desk(an_official(region), "list_officers", limit=200)["items"]}

    assert [listed(region) for region in ("520102", "520100", "520000", "520103", "520102001")] == [True, True, True, False, False]
    with pytest.raises(NotFound):
        desk(an_official("520103"), "retire_officer", officer_id=bureau.officer_ids[0])
    with pytest.raises(Forbidden):
        desk(an_official("520100"), "retire_officer", officer_id=bureau.officer_ids[0])
