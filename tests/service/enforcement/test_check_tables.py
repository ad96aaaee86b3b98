"""Check items, check tables and officers on the real database."""

from typing import Any

import pytest

from services.kernel import ids
from services.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from tests.service.enforcement.builders import Bureau, Desk, a_certificate, an_item, an_official


def made_table(desk: Desk, caller: Any, *codes: str, **values: Any) -> dict[str, Any]:
    given = {"name": f"检查表{ids.token(8)}", "industry": "GM", "item_codes": list(codes)} | values
    return dict(desk(caller, "create_check_table", **given))


def listed(desk: Desk, caller: Any, **filters: Any) -> list[dict[str, Any]]:
    """All pages."""
    found, cursor = [], None
    while True:
        page = desk(caller, "list_check_items", limit=50, cursor=cursor, **filters)
        found += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            return found


@pytest.mark.feature("ENF-02")
def test_an_item_in_use_is_disabled_and_not_deleted(desk: Desk) -> None:
    admin = an_official()
    used, unused = (desk(admin, "create_check_item", **an_item()) for _ in range(2))
    table = made_table(desk, admin, used["code"])

    with pytest.raises(Conflict) as refusal:
        desk(admin, "delete_check_item", check_item_id=used["id"])
    assert refusal.value.code == "check_item.in_use"
    assert desk(admin, "delete_check_item", check_item_id=unused["id"]) == {"id": unused["id"]}

    desk(admin, "disable_check_item", check_item_id=used["id"])
    with pytest.raises(Invalid):
        desk(admin, "recompose_check_table", check_table_id=table["id"], item_codes=[used["code"]])
    codes = {item["code"]: item["is_active"] for item in listed(desk, admin, origin="own")}
    assert codes[used["code"]] is False and unused["code"] not in codes


def test_an_item_once_used_stays_even_when_no_newest_edition_has_it(desk: Desk) -> None:
    admin = an_official()
    item = desk(admin, "create_check_item", **an_item())
    table = made_table(desk, admin, item["code"])
    desk(admin, "recompose_check_table", check_table_id=table["id"], item_codes=["CK-ALL-01"])

    with pytest.raises(Conflict):
        desk(admin, "delete_check_item", check_item_id=item["id"])


def test_library_and_own_items_are_one_list(desk: Desk) -> None:
    admin = an_official()
    own = desk(admin, "create_check_item", **an_item(industry="GM04"))

    everything = listed(desk, admin)
    library = [item for item in everything if item["origin"] == "library"]

    assert len(library) == 248
    assert [item["code"] for item in everything] == sorted({item["code"] for item in everything})
    assert own["code"] in {item["code"] for item in everything}
    fitting = {item["industry"] for item in listed(desk, admin, industry="GM04")}
    assert fitting == {"ALL", "GM", "GM04"}
    assert {item["hazard_class"] for item in listed(desk, admin, hazard_class="major")} == {"major"}


def test_own_items_are_used_by_those_below_and_changed_by_their_owner_alone(desk: Desk) -> None:
    city, county, neighbour = an_official("520100"), an_official("520102"), an_official("520203")
    item = desk(city, "create_check_item", **an_item())

    table = made_table(desk, county, item["code"])

    assert table["items"][0]["code"] == item["code"]
    with pytest.raises(Invalid):
        made_table(desk, neighbour, item["code"])
    for caller in (county, neighbour):
        with pytest.raises(NotFound):
            desk(caller, "disable_check_item", check_item_id=item["id"])
    with pytest.raises(Forbidden):
        desk(an_official("520000"), "disable_check_item", check_item_id=item["id"])


@pytest.mark.parametrize(
    "wrong", [{"industry": "XX99"}, {"offence_code": "AQF-999"}, {"criterion_code": "GM-99-99", "hazard_class": "major"}]
)
def test_codes_of_an_item_stand_in_the_catalogues(desk: Desk, wrong: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        desk(an_official(), "create_check_item", **an_item(**wrong))


@pytest.mark.feature("ENF-03")
def test_a_changed_item_leaves_published_editions_alone(desk: Desk) -> None:
    admin = an_official()
    item = desk(admin, "create_check_item", **an_item())
    table = made_table(desk, admin, item["code"], "CK-ALL-01")

    desk(admin, "change_check_item", check_item_id=item["id"], **an_item(item="改过的检查内容"))
    again = desk(admin, "recompose_check_table", check_table_id=table["id"], item_codes=[item["code"]])

    first = desk(admin, "show_check_table", check_table_id=table["id"], edition=1)
    assert first["items"][0]["item"] == "冲压设备安全防护装置齐全有效"
    assert (again["edition"], [i["item"] for i in again["items"]]) == (2, ["改过的检查内容"])
    with pytest.raises(NotFound):
        desk(admin, "show_check_table", check_table_id=table["id"], edition=3)


def test_a_table_is_shared_downwards_only_and_copied_by_whom_it_reaches(desk: Desk) -> None:
    city, county, neighbour = an_official("520100"), an_official("520102"), an_official("520203")
    table = made_table(desk, city, "CK-ALL-01")

    def reaches(caller: Any) -> bool:
        items = desk(caller, "list_check_tables", q=table["name"])["items"]
        try:
            desk(caller, "show_check_table", check_table_id=table["id"])
        except NotFound:
            assert items == []
            return False
        return [item["id"] for item in items] == [table["id"]]

    before = [reaches(caller) for caller in (county, neighbour)]
    desk(city, "share_check_table", check_table_id=table["id"], is_shared=True)

    assert (before, [reaches(caller) for caller in (county, neighbour)]) == ([False, False], [True, False])
    copied = desk(county, "copy_check_table", check_table_id=table["id"], name=f"副本{ids.token(6)}")
    assert (copied["region"], copied["edition"], copied["is_shared"]) == ("520102", 1, False)
    with pytest.raises(NotFound):
        desk(county, "disable_check_table", check_table_id=table["id"])


def test_a_disabled_table_makes_no_scheme(desk: Desk) -> None:
    bureau: Bureau = desk.bureau()
    desk(bureau.officer, "disable_check_table", check_table_id=bureau.check_table_id)

    with pytest.raises(Conflict):
        bureau.drafted()


def test_a_name_of_a_table_is_given_once_in_a_bureau(desk: Desk) -> None:
    table = made_table(desk, an_official(), "CK-ALL-01")

    with pytest.raises(Conflict) as refusal:
        made_table(desk, an_official(), "CK-ALL-02", name=table["name"])

    assert refusal.value.code == "check_table.name_taken"
    made_table(desk, an_official("520103"), "CK-ALL-02", name=table["name"])


def test_a_certificate_number_is_one_officers(desk: Desk) -> None:
    admin = an_official()
    given = a_certificate()
    officer = desk(admin, "register_officer", **given)

    with pytest.raises(Conflict) as refusal:
        desk(an_official("520203"), "register_officer", **given)

    assert refusal.value.code == "officer.certificate_taken"
    desk(admin, "retire_officer", officer_id=officer["id"])
    desk(an_official("520203"), "register_officer", **given)


@pytest.mark.feature("ENF-28")
def test_officers_are_listed_with_their_validity_and_what_they_have_in_hand(desk: Desk) -> None:
    bureau = desk.bureau("520122")
    expired = desk(bureau.officer, "register_officer", **a_certificate(valid_to="2025-01-01"))["id"]
    bureau.drafted(planned_on="2027-01-05")
    bureau.drafted(planned_on="2027-01-06", officer_ids=bureau.officer_ids[:1])

    found = {o["id"]: o for o in desk(bureau.officer, "list_officers", limit=200)["items"]}

    assert [found[i]["open_inspections"] for i in (*bureau.officer_ids, expired)] == [2, 1, 0]
    assert [found[i]["is_valid"] for i in (*bureau.officer_ids, expired)] == [True, True, False]
    valid = {o["id"] for o in desk(bureau.officer, "list_officers", is_valid=True)["items"]}
    assert valid == set(bureau.officer_ids)
    assert desk(bureau.officer, "list_inspections", officer_id=bureau.officer_ids[1])["items"][0]["planned_on"] == "2027-01-05"


def test_an_officer_is_changed_on_the_version_that_was_read(desk: Desk) -> None:
    admin = an_official()
    officer = desk(admin, "register_officer", **a_certificate())
    given = {"officer_id": officer["id"], "version": officer["version"]}
    desk(admin, "change_officer", **given, **a_certificate(team="执法二队"))

    with pytest.raises(Conflict) as refusal:
        desk(admin, "change_officer", **given, **a_certificate(team="执法三队"))

    assert refusal.value.code == "version.stale"
