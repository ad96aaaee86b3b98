"""Lists, the file of one enterprise, scope, masking, deletion and closing, on the real database."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from services.enterprise.contract.vocabulary import LISTED_STATUSES
from services.enterprise.tables import BELONGINGS, enterprise
from services.kernel import clock, ids
from services.kernel.caller import ALL, Caller, Kind, Scope, system
from services.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from tests.callers import enterprise_user, regulator
from tests.service.enterprise.builders import (
    Desk,
    Rows,
    a_form,
    a_name,
    a_reviewer,
    a_worker,
    an_admin,
    an_applicant,
    hear_list,
    permissions_of,
)
from tests.service.spread import spread

WHOLE = {"legal_representative_phone": "13985012345", "principal_phone": "13985054321", "safety_contact_phone": "085185551234"}
MASKED = {"legal_representative_phone": "139****2345", "principal_phone": "139****4321", "safety_contact_phone": "085*****1234"}


def phones(detail: dict[str, Any]) -> dict[str, str]:
    return {name: detail[name] for name in WHOLE}


def test_telephones_are_masked_but_for_the_enterprise_and_those_who_may(desk: Desk) -> None:
    enterprise_id, admin = desk.approved()
    wanted = {"enterprise_id": enterprise_id}

    assert phones(desk(admin, "show_enterprise", **wanted)) == WHOLE
    assert phones(desk(a_reviewer("520102"), "show_enterprise", **wanted)) == MASKED
    assert phones(desk(a_reviewer("520102", "enterprise.unmask"), "show_enterprise", **wanted)) == WHOLE


def test_a_list_filters_by_county_industry_state_and_name(desk: Desk) -> None:
    mark = ids.token(6)
    here, _ = desk.approved(region="520103", industry="FM01", name=a_name() + mark)
    there, _ = desk.approved(region="520111", industry="GM02", name=a_name() + mark)
    waiting, _ = desk.submitted(region="520103", industry="GM02", name=a_name() + mark)
    leader = a_reviewer("520100")

    def found(**filters: str) -> set[str]:
        return {item["id"] for item in desk(leader, "list_enterprises", q=mark, **filters)["items"]}

    assert found() == {here, there, waiting}
    assert found(region="520103") == {here, waiting}
    assert found(industry="FM") == {here}
    assert found(status="pending") == {waiting}
    assert found(region="520100") == {here, there, waiting}
    assert {i["id"] for i in desk(a_reviewer("520111"), "list_enterprises", q=mark)["items"]} == {there}
    assert {i["id"] for i in desk(a_reviewer("520100", industries=("FM",)), "list_enterprises", q=mark)["items"]} == {here}


@pytest.mark.feature("STA-12")
def test_the_map_shows_who_runs_or_stands_still_where_it_is(desk: Desk) -> None:
    placed = {"region": "520323", "longitude": 106.98, "latitude": 27.53}
    running, _ = desk.approved(**placed)
    stopped, _ = desk.approved(**placed | {"industry": "FM01"})
    desk.submitted(**placed)
    desk.approved(region="520323")
    with desk.database.work(system("tests"), "tests.stop") as work:
        work.session.execute(sa.update(enterprise).where(enterprise.c.id == stopped).values(status="suspended"))

    def seen(bureau: str, **filters: str) -> list[tuple[str, str]]:
        found = desk(a_reviewer(bureau), "show_enterprise_map", box="106.9,27.5,107,27.6", **filters)
        return [(point["id"], point["kind"]) for point in found["points"]]

    assert seen("520323") == seen("520300", region="520323") == [(running, "active"), (stopped, "suspended")]
    assert seen("520323", industry="FM") == seen("520323", status="suspended") == [(stopped, "suspended")]
    assert seen("520324") == []


@pytest.mark.feature("STA-12")
def test_many_enterprises_are_gathered(desk: Desk) -> None:
    one, _ = desk.approved(region="522728", longitude=106.75, latitude=25.43)
    names = "'enterprise_id', m.id, 'name', m.id::text, 'unified_credit_code', NULL"
    place = "jsonb_build_object('longitude', 106.5 + n % 40 * 0.01, 'latitude', 25.2 + n % 30 * 0.01)"
    spread(desk.database, "enterprise", one, 400, f"jsonb_build_object({names}, 'basic', of.basic || {place})")

    found = desk(a_reviewer("522728"), "show_enterprise_map", box="106.4,25.1,107,25.6")

    assert found["count"] == 401 == sum(cluster["count"] for cluster in found["clusters"]) + len(found["points"])
    assert {cluster["kind"] for cluster in found["clusters"]} == {"active"}


@pytest.mark.feature("ENT-14")
def test_the_lists_by_state_share_all_enterprises_out(desk: Desk) -> None:
    mark = ids.token(6)
    for _ in range(2):
        desk.approved(name=a_name() + mark)
    rejected, _ = desk.submitted(name=a_name() + mark)
    deleted, _ = desk.approved(name=a_name() + mark)
    desk(an_applicant(), "register_enterprise", **a_form(name=a_name() + mark))
    reviewer = a_reviewer("520102")
    desk(reviewer, "review_enterprise", enterprise_id=rejected, decision="reject", opinion="不符")
    desk(reviewer, "delete_enterprise", enterprise_id=deleted, reason="重复", has_no_open_matters=True)

    def found(**filters: str) -> list[str]:
        return [item["id"] for item in desk(reviewer, "list_enterprises", q=mark, **filters)["items"]]

    by_state = {status: found(status=status) for status in LISTED_STATUSES}
    assert {status: len(members) for status, members in by_state.items() if members} == {"active": 2, "rejected": 1, "deleted": 1}
    assert sorted(found()) == sorted(member for members in by_state.values() for member in members)


@pytest.mark.parametrize("sort", ["-id", "id", "name", "-name", "region", "-region"])
def test_pages_follow_each_other_without_gaps_or_repeats(desk: Desk, sort: str) -> None:
    mark = ids.token(6)
    made = {desk.submitted(name=f"{i}{mark}", region=f"52010{2 + i % 2}")[0] for i in range(5)}
    leader, seen, cursor = a_reviewer("520100"), [], None
    while True:
        page = desk(leader, "list_enterprises", q=mark, sort=sort, limit=2, cursor=cursor)
        seen += page["items"]
        if (cursor := page["next_cursor"]) is None:
            break

    assert {item["id"] for item in seen} == made and len(seen) == 5
    keys = [item[sort.removeprefix("-")] for item in seen]
    assert keys == sorted(keys, reverse=sort.startswith("-"))


def test_the_same_pages_come_for_moments_as_keys(desk: Desk) -> None:
    mark = ids.token(6)
    made = [desk.submitted(name=f"{i}{mark}")[0] for i in range(3)]
    reviewer = a_reviewer("520102")

    first = desk(reviewer, "list_reviews", q=mark, limit=2)
    second = desk(reviewer, "list_reviews", q=mark, limit=2, cursor=first["next_cursor"])

    assert [item["id"] for item in first["items"] + second["items"]] == made


@pytest.mark.parametrize("table", [enterprise, *BELONGINGS], ids=lambda table: table.name)
def test_the_database_hides_other_regions_when_a_query_forgets_to_filter(desk: Desk, table: sa.Table) -> None:
    enterprise_id, admin = desk.approved()
    _one_of_each(desk, enterprise_id, admin)
    stranger = regulator("520200")
    colleague = enterprise_user(ids.new_id(), "520102")
    nobody = Caller(id="x", name="x", kind=Kind.REGULATOR)

    def count(caller: Caller) -> int:
        with desk.database.work(caller, "test", read_only=True) as work:
            mine = sa.select(sa.func.count()).select_from(table).where(table.c.enterprise_id == enterprise_id)
            return work.session.execute(mine).scalar_one()

    assert count(regulator("520102")) > 0 and count(admin) > 0
    assert [count(caller) for caller in (stranger, colleague, nobody)] == [0, 0, 0]


def _one_of_each(desk: Desk, enterprise_id: str, admin: Caller) -> None:
    desk(admin, "request_change", enterprise_id=enterprise_id, changes={"name": a_name()}, reason="更名")
    desk(admin, "request_suspension", enterprise_id=enterprise_id, kind="stop")
    scans = [ids.new_id()]
    licence = {"licence_type": "ZZ01", "number": ids.token(8), "issuer": "市场监管局", "issued_on": "2020-01-01", "scans": scans}
    desk(admin, "register_licence", enterprise_id=enterprise_id, **licence)
    qualification = {
        "number": ids.token(8),
        "issuer": "住建厅",
        "issued_on": "2024-01-01",
        "valid_to": "2029-01-01",
        "scans": scans,
    }
    qualification |= {"qualification_class": "施工总承包", "level": "二级"}
    desk(admin, "add_qualification", enterprise_id=enterprise_id, **qualification)
    desk(admin, "add_worker", enterprise_id=enterprise_id, **a_worker())
    hear_list(desk, "filed", 1, id=ids.new_id(), enterprise_id=enterprise_id, unit_id=ids.new_id(), name="清单")


def test_the_check_for_taken_names_leaves_the_scope_as_it_was(desk: Desk) -> None:
    desk.submitted()
    stranger = Caller("x", "x", Kind.APPLICANT, scope=Scope(ALL, ALL, (ids.new_id(),)))

    with desk.database.work(stranger, "test") as work:
        work.session.execute(sa.text("SELECT app.is_enterprise_taken('某名', '某码', :id)"), {"id": ids.new_id()})
        assert work.session.execute(sa.text("SELECT count(*) FROM enterprise")).scalar_one() == 0


def test_subordinates_are_seen_and_not_edited(desk: Desk) -> None:
    enterprise_id, _ = desk.approved()
    headquarters = ids.new_id()
    scope = Scope(ALL, ALL, (headquarters, enterprise_id))
    group = Caller(
        "g", "集团", Kind.ENTERPRISE, frozenset(permissions_of("enterprise_admin")), scope, "520102", enterprise_id=headquarters
    )

    assert desk(group, "show_enterprise", enterprise_id=enterprise_id)["status"] == "active"
    with pytest.raises(Forbidden):
        desk(group, "update_enterprise", enterprise_id=enterprise_id, employees=3)


@pytest.mark.feature("ENT-13")
def test_a_deleted_enterprise_is_listed_with_its_reason_and_can_come_back(desk: Desk, rows: Rows) -> None:
    enterprise_id, _ = desk.approved()
    reviewer = a_reviewer("520102")
    name = desk(reviewer, "show_enterprise", enterprise_id=enterprise_id)["name"]

    desk(reviewer, "delete_enterprise", enterprise_id=enterprise_id, reason="重复注册", has_no_open_matters=True)

    deleted = desk(reviewer, "list_deleted_enterprises", q=name)["items"]
    assert [(item["opinion"], item["status_before"]) for item in deleted] == [("重复注册", "active")]
    assert deleted[0]["restorable_until"] == (clock.day_of(clock.now()) + timedelta(days=180)).isoformat()
    assert desk(reviewer, "restore_enterprise", enterprise_id=enterprise_id, reason="误删")["status"] == "active"
    types = [row["type"] for row in rows("SELECT type FROM outbox WHERE subject = :id ORDER BY position", id=enterprise_id)]
    assert types[-2:] == ["enterprise.deleted.v1", "enterprise.restored.v1"]


def test_a_name_that_was_taken_meanwhile_stops_a_restoration(desk: Desk) -> None:
    name = a_name()
    enterprise_id, _ = desk.approved(name=name)
    reviewer = a_reviewer("520102")
    desk(reviewer, "delete_enterprise", enterprise_id=enterprise_id, reason="误", has_no_open_matters=True)
    desk.submitted(name=name)

    with pytest.raises(Conflict) as refusal:
        desk(reviewer, "restore_enterprise", enterprise_id=enterprise_id, reason="误删")

    assert refusal.value.code == "enterprise.name_taken"


def test_restoring_ends_after_180_days(desk: Desk) -> None:
    enterprise_id, _ = desk.approved()
    reviewer = a_reviewer("520102")
    with clock.simulate(datetime(2026, 1, 1, 4, 0, tzinfo=UTC)):
        desk(reviewer, "delete_enterprise", enterprise_id=enterprise_id, reason="误", has_no_open_matters=True)

    with clock.simulate(datetime(2026, 7, 1, 4, 0, tzinfo=UTC)), pytest.raises(Conflict):
        desk(reviewer, "restore_enterprise", enterprise_id=enterprise_id, reason="误删")


def test_nobody_deletes_without_vouching_that_nothing_is_open(desk: Desk) -> None:
    enterprise_id, _ = desk.approved()

    with pytest.raises(Invalid):
        desk(a_reviewer("520102"), "delete_enterprise", enterprise_id=enterprise_id, reason="误", has_no_open_matters=False)


def test_a_closed_enterprise_is_read_only_history(desk: Desk) -> None:
    enterprise_id, admin = desk.approved()
    reviewer = a_reviewer("520102")
    evidence = [ids.new_id()]
    given = {"enterprise_id": enterprise_id, "reason": "已注销登记", "has_no_open_matters": True, "attachments": evidence}
    desk(reviewer, "close_enterprise", **given)

    with pytest.raises(Conflict):
        desk(admin, "update_enterprise", enterprise_id=enterprise_id, employees=3)
    history = desk(reviewer, "list_enterprise_history", enterprise_id=enterprise_id)["items"]
    assert (history[0]["event"], history[0]["to_status"], history[0]["attachments"]) == ("close", "closed", evidence)


def test_a_stranger_finds_nothing_by_any_id(desk: Desk) -> None:
    enterprise_id, _ = desk.approved()
    stranger = a_reviewer("520203")

    for operation in ("show_enterprise", "list_enterprise_history", "show_org_tree"):
        with pytest.raises(NotFound):
            desk(stranger, operation, enterprise_id=enterprise_id)


def test_regions_industries_and_catalogues_are_everybodys(desk: Desk) -> None:
    public = Caller("public", "公众", Kind.PUBLIC)

    prefectures = desk(public, "list_regions", parent="520000")["items"]
    assert {row["code"] for row in prefectures} >= {"520100", "520900", "522700"} and len(prefectures) == 10
    assert desk(public, "list_regions", level="county", parent="520300")["items"][-1]["is_province_administered"] is True
    assert {row["code"] for row in desk(public, "list_industries", parent="MK")["items"]} == {"MK01", "MK02", "MK03", "MK04"}
    assert len(desk(public, "show_catalogue", name="licence_types")["items"]) == 42
    assert desk(public, "show_registration_form")["fields"][0]["is_required"] is True
    with pytest.raises(Invalid):
        desk(public, "show_catalogue", name="offences")


def test_an_administrator_elsewhere_is_a_stranger(desk: Desk) -> None:
    enterprise_id, _ = desk.approved()

    with pytest.raises(NotFound):
        desk(an_admin(ids.new_id(), "520102"), "update_enterprise", enterprise_id=enterprise_id, employees=3)
