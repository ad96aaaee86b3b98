"""Messages: whoever must be told is told once, and each person reads for himself."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from services.kernel import clock, ids
from services.kernel.caller import ALL, Caller, Kind, Scope, system
from services.kernel.errors import Forbidden, Invalid
from services.kernel.tables import inbox
from services.notice.queries import messages
from services.notice.tables import message, message_reading, notice, notice_receipt
from tests.callers import api_client, nobody
from tests.service.notice.builders import (
    COUNTY,
    NEXT_COUNTY,
    PREFECTURE,
    Desk,
    Rows,
    a_hazard,
    an_admin,
    an_official,
    permissions_of,
)

TOLD = "SELECT coalesce(enterprise_id, department_id)::text AS receiver, title, text, region FROM message WHERE subject_id = :id"


def told(rows: Rows, subject: str) -> dict[str, str]:
    """Receivers and titles of what was told of one thing."""
    found = rows(TOLD, id=subject)
    assert len({row["receiver"] for row in found}) == len(found)
    return {row["receiver"]: row["title"] for row in found}


@pytest.mark.feature("NOT-17")
def test_an_enterprise_is_told_of_its_hazard_in_words(desk: Desk) -> None:
    enterprise_id = desk.enterprise(name="南明机械厂")
    hazard = a_hazard(enterprise_id)

    desk.hear("hazard.confirmed.v1", hazard)

    [message] = desk(an_admin(enterprise_id), "list_messages")["items"]
    assert message["text"] == "隐患YH5201022026031600001（一车间）已确认，请在2026年4月1日前完成整改。"
    assert (message["kind"], message["subject_type"], message["subject_id"]) == ("hazard", "hazard", hazard["id"])
    assert not message["is_read"]


def test_an_announcement_heard_twice_tells_once(desk: Desk, rows: Rows) -> None:
    enterprise_id, department = desk.enterprise("520381"), desk.department("520381")
    hazard = a_hazard(enterprise_id, region="520381", hazard_class="major")
    at = clock.now()
    event_id = desk.hear("hazard.upgraded.v1", hazard, at=at)
    with desk.database.work(system("test"), "test") as work:  # As when it is replayed to a restored inbox.
        work.session.execute(sa.delete(inbox).where(inbox.c.id == event_id))

    desk.hear("hazard.upgraded.v1", hazard, at=at, event_id=event_id)

    assert told(rows, hazard["id"]) == {enterprise_id: "隐患升级为重大隐患", department: "隐患升级为重大隐患"}


def test_authorities_are_told_by_place_level_and_industry(desk: Desk, rows: Rows) -> None:
    place, above = "520221", "520200"
    county, prefecture = desk.department(place), desk.department(above)
    mines = desk.department(place, "MK", "FM")
    desk.department(place, "JZ")
    desk.department(place, is_active=False)
    desk.department("520203")
    enterprise_id = desk.enterprise(place + "101", "MK01")
    hazard = a_hazard(enterprise_id, region=place + "101", industry="MK01", hazard_class="major")

    desk.hear("hazard.overdue.v1", hazard)

    assert told(rows, hazard["id"]) == dict.fromkeys((enterprise_id, county, mines, prefecture), "重大隐患逾期未整改")


def test_an_application_is_told_to_the_authority_it_was_routed_to(desk: Desk, rows: Rows) -> None:
    deciding = desk.department("520382")
    desk.department("520303")
    enterprise_id = ids.new_id()
    state = {
        "id": enterprise_id,
        "enterprise_id": enterprise_id,
        "region": "520303",
        "industry": "GM01",
        "version": 1,
        "name": "新厂",
    }
    state |= {"status": "pending", "authority_region": "520382", "review_due_on": "2026-04-01"}

    desk.hear("enterprise.registered.v1", state)

    assert told(rows, enterprise_id) == {deciding: "有企业待审核"}
    assert rows(TOLD, id=enterprise_id)[0]["text"] == "新厂提交了注册申报，请在2026年4月1日前审核。"


def test_an_applicant_is_told_why_he_was_rejected(desk: Desk) -> None:
    enterprise_id = ids.new_id()
    state = {
        "id": enterprise_id,
        "enterprise_id": enterprise_id,
        "region": COUNTY,
        "industry": "GM01",
        "version": 2,
        "name": "新厂",
    }
    applicant = Caller(
        id=ids.new_id(), name="申报人", kind=Kind.APPLICANT, permissions=frozenset(permissions_of("applicant")),
        scope=Scope(ALL, ALL, (enterprise_id,)), enterprise_id=enterprise_id,
    )  # fmt: skip

    desk.hear("enterprise.rejected.v1", state | {"name": "新厂", "status": "rejected"}, {"opinion": "缺少证明"})

    assert "意见：缺少证明" in desk(applicant, "list_messages")["items"][0]["text"]
    assert desk(applicant, "count_unread_messages") == {"count": 1, "urgent": 1}


def test_an_event_before_its_enterprise_still_tells(desk: Desk, rows: Rows) -> None:
    unknown = ids.new_id()
    hazard = a_hazard(unknown)

    desk.hear("hazard.overdue.v1", hazard)

    assert told(rows, hazard["id"]) == {unknown: "隐患逾期未整改"}


def test_messages_lie_where_the_enterprise_lies_whichever_is_heard_first(desk: Desk, rows: Rows) -> None:
    enterprise_id = desk.enterprise(COUNTY)
    before, after = a_hazard(enterprise_id), a_hazard(enterprise_id)
    moved = {"id": enterprise_id, "enterprise_id": enterprise_id, "region": NEXT_COUNTY, "industry": "GM01", "version": 9}

    desk.hear("hazard.confirmed.v1", before)
    desk.hear("enterprise.region_changed.v1", moved | {"name": "迁厂", "status": "active"}, {"old_region": COUNTY})
    desk.hear("hazard.confirmed.v1", after)

    assert [row["region"] for hazard in (before, after) for row in rows(TOLD, id=hazard["id"])] == [NEXT_COUNTY] * 2


def test_nobody_reads_what_is_addressed_to_others(desk: Desk) -> None:
    department = desk.department("520402")
    enterprise_id = desk.enterprise("520402")
    hazard = a_hazard(enterprise_id, region="520402", hazard_class="major")
    desk.hear("hazard.upgraded.v1", hazard)
    strangers = [
        an_admin(desk.enterprise("520402")), an_official("520402"), an_official("520400"), an_official(COUNTY),
        api_client("520402", *permissions_of("regulator")),
    ]  # fmt: skip
    message_id = desk(an_admin(enterprise_id), "list_messages")["items"][0]["id"]

    for stranger in strangers:
        assert desk(stranger, "list_messages")["items"] == []
        assert desk(stranger, "count_unread_messages") == {"count": 0, "urgent": 0}
        assert desk(stranger, "read_messages", message_ids=[message_id]) == {"count": 0}
    assert len(desk(an_official("520402", department=department), "list_messages")["items"]) == 1
    with pytest.raises(Forbidden):
        desk(nobody(), "list_messages")


def test_a_system_named_for_an_enterprise_reads_for_it(desk: Desk) -> None:
    enterprise_id, other = desk.enterprise(), desk.enterprise()
    for each in (enterprise_id, other):
        desk.hear("hazard.overdue.v1", a_hazard(each))
    client = Caller(
        id=ids.new_id(), name="企业系统", kind=Kind.API_CLIENT, permissions=frozenset(permissions_of("enterprise_admin")),
        scope=Scope(ALL, ALL, (enterprise_id,)), region=COUNTY,
    )  # fmt: skip

    assert [item["enterprise_id"] for item in desk(client, "list_messages")["items"]] == [enterprise_id]


def test_each_person_reads_for_himself(desk: Desk) -> None:
    enterprise_id = desk.enterprise()
    for _ in range(3):
        desk.hear("hazard.overdue.v1", a_hazard(enterprise_id))
    one, other = an_admin(enterprise_id), an_admin(enterprise_id)
    first = desk(one, "list_messages")["items"][0]["id"]

    assert [desk(one, "read_messages", message_ids=[first])["count"] for _ in range(2)] == [1, 0]
    assert (desk(one, "count_unread_messages")["count"], desk(other, "count_unread_messages")["count"]) == (2, 3)
    assert [item["is_read"] for item in desk(one, "list_messages")["items"]] == [True, False, False]
    assert first not in {item["id"] for item in desk(one, "list_messages", is_unread=True)["items"]}
    assert desk(one, "read_messages", are_all=True) == {"count": 2}
    assert (desk(one, "count_unread_messages")["count"], desk(other, "count_unread_messages")["count"]) == (0, 3)


def test_marking_nothing_is_refused(desk: Desk) -> None:
    with pytest.raises(Invalid):
        desk(an_admin(desk.enterprise()), "read_messages")


def test_an_unread_count_stops_at_its_most_and_leaves_out_the_old(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "MOST", 3)
    enterprise_id = desk.enterprise()
    desk.hear("hazard.overdue.v1", a_hazard(enterprise_id), at=clock.now() - timedelta(days=181))
    reader = an_admin(enterprise_id)
    assert desk(reader, "count_unread_messages")["count"] == 0 and len(desk(reader, "list_messages")["items"]) == 1

    for _ in range(4):
        desk.hear("hazard.confirmed.v1", a_hazard(enterprise_id))

    assert desk(reader, "count_unread_messages") == {"count": 3, "urgent": 0}


def test_messages_are_filtered_searched_and_paged(desk: Desk) -> None:
    enterprise_id = desk.enterprise()
    reader = an_admin(enterprise_id)
    for number in range(5):
        desk.hear("hazard.overdue.v1", a_hazard(enterprise_id, place=f"{number}车间"))
    desk.sent(an_official(COUNTY), {"enterprise_ids": [enterprise_id]}, title="百分%之_百")

    seen, cursor = [], None
    while True:
        page = desk(reader, "list_messages", limit=2, cursor=cursor)
        seen += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break

    assert len(seen) == len(set(seen)) == 6
    assert [item["text"] for item in desk(reader, "list_messages", kind="notice")["items"]] == ["《百分%之_百》"]
    assert len(desk(reader, "list_messages", q="3车间")["items"]) == 1
    assert len(desk(reader, "list_messages", q="%之_")["items"]) == 1


@pytest.mark.parametrize("operation", ["list_messages", "list_notices", "list_received_notices"])
def test_a_nul_character_is_refused(desk: Desk, operation: str) -> None:
    with pytest.raises(Invalid):
        desk(an_admin(desk.enterprise()), operation, q="a\x00b")


def test_the_database_shows_departments_and_persons_what_is_theirs(desk: Desk) -> None:
    """Row-level security by itself, with no condition of the repository's."""
    department = desk.department(COUNTY)
    official = an_official(NEXT_COUNTY, department=department)
    desk.sent(an_official(PREFECTURE), {"department_ids": [department]})
    desk(official, "read_messages", are_all=True)

    def counts(who: Caller) -> list[int]:
        with desk.database.work(who, "test", read_only=True) as work:
            tables = (notice_receipt, message, message_reading, notice)
            return [len(work.session.execute(sa.select(table)).all()) for table in tables]

    stranger = replace(official, id="somebody", department_id=None)
    assert counts(stranger)[2] == 0
    mine = [own - others for own, others in zip(counts(official), counts(stranger), strict=True)]
    assert mine == [1, 1, 1, 1]
