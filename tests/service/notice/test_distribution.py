"""Handing notices to their receivers: exactly the chosen ones, exactly once each, whatever breaks in between."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from services.notice import distribution, jobs, tables, telling
from tests.service.notice.builders import COUNTY, NEXT_COUNTY, PREFECTURE, PROVINCE, Desk, Rows, an_admin, an_official

# Each test has a county of its own, so that whoever receives there is of its making.
COUNTS = "SELECT count(*) AS n, count(DISTINCT coalesce(enterprise_id, department_id)) AS different FROM {} WHERE notice_id = :id"
TOLD = "SELECT coalesce(enterprise_id, department_id)::text AS receiver FROM notice_receipt WHERE notice_id = :id"


class Killed(Exception):
    """The process dies."""


def receivers_of(rows: Rows, notice_id: str) -> set[str]:
    return {row["receiver"] for row in rows(TOLD, id=notice_id)}


def counted(rows: Rows, notice_id: str) -> list[tuple[int, int]]:
    return [
        (row["n"], row["different"]) for table in ("notice_receipt", "message") for row in rows(COUNTS.format(table), id=notice_id)
    ]


@pytest.mark.feature("NOT-01")
def test_exactly_the_chosen_receivers_get_one_receipt_each(desk: Desk, rows: Rows) -> None:
    place = "520203"
    wanted = [desk.enterprise(place, "MK01", grade="D"), desk.enterprise(place + "001", "MK02", grade="C")]
    named = desk.enterprise(place, "GM01", grade="A")
    department = desk.department(place)
    for values in ({"grade": "A"}, {"grade": "D", "status": "suspended"}, {"grade": "D", "status": "closed"}):
        desk.enterprise(place, "MK01", **values)
    desk.enterprise(place, "GM01", grade="D")
    desk.enterprise("520221", "MK01", grade="D")
    receivers = {"regions": [place], "industries": ["MK"], "grades": ["C", "D"], "enterprise_ids": [named]}

    notice_id = desk.sent(an_official(place), receivers | {"department_ids": [department]})

    assert receivers_of(rows, notice_id) == {*wanted, named, department}
    assert counted(rows, notice_id) == [(4, 4), (4, 4)]


@pytest.mark.parametrize(("includes", "reaches"), [(False, False), (True, True)])
def test_stopped_enterprises_receive_when_they_are_asked_for(desk: Desk, rows: Rows, includes: bool, reaches: bool) -> None:
    stopped = desk.enterprise(COUNTY, status="suspended")

    notice_id = desk.sent(an_official(COUNTY), {"enterprise_ids": [stopped], "includes_suspended": includes})

    assert receivers_of(rows, notice_id) == ({stopped} if reaches else set())


def test_nobody_outside_the_publishers_scope_receives(desk: Desk, rows: Rows) -> None:
    place = "520304"
    mine = desk.enterprise(place, "MK01")
    desk.enterprise(place, "JZ01")
    moving = desk.enterprise(place, "MK01")
    official = an_official(place, industries=("MK",))

    notice_id = desk.published(official, {"regions": [place], "enterprise_ids": [moving]})
    state = {
        "id": moving,
        "enterprise_id": moving,
        "region": "520303",
        "industry": "MK01",
        "version": 2,
        "name": "迁出",
        "status": "active",
    }
    desk.hear("enterprise.region_changed.v1", state, {"old_region": place})
    while distribution.distribute(desk.database, notice_id):
        pass

    assert receivers_of(rows, notice_id) == {mine}


def test_an_official_of_a_part_of_the_place_publishes_to_that_part(desk: Desk, rows: Rows) -> None:
    """His department's notice lies in the county, which his own scope does not reach."""
    place = "520323"
    inside = desk.enterprise(place + "101")
    desk.enterprise(place + "102")
    official = an_official(place, department=desk.department(place), places=(place + "101",))

    notice_id = desk.sent(official, {"regions": [place + "101"]})

    assert receivers_of(rows, notice_id) == {inside}
    assert desk(official, "count_receipts", notice_id=notice_id)["sent"] == 1


def test_batches_killed_halfway_resume_to_exactly_once(desk: Desk, rows: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    place = "520324"
    department = desk.department(place)
    everybody = {desk.enterprise(place) for _ in range(23)} | {department}
    chosen = {"regions": [place], "department_ids": [department]}
    notice_id = desk.published(an_official(place), chosen)
    told = telling.tell_receivers
    breaks = iter([True, False, True, True, False])

    def dying(work: Any, *args: Any) -> None:
        """The batch has written its receipts and messages, and dies before it is committed."""
        told(work, *args)
        if next(breaks, False):
            raise Killed

    monkeypatch.setattr(distribution, "tell_receivers", dying)
    deaths, more = 0, True
    while more:
        try:
            more = distribution.distribute(desk.database, notice_id, batch=5)
        except Killed:
            deaths += 1

    assert deaths == 3
    assert receivers_of(rows, notice_id) == everybody
    assert counted(rows, notice_id) == [(24, 24), (24, 24)]
    assert desk(an_official(place), "show_notice", notice_id=notice_id)["receiver_count"] == 24


def test_a_batch_made_again_adds_nobody(desk: Desk, rows: Rows) -> None:
    """As after a restore of the row that remembers the progress."""
    place = "520325"
    everybody = {desk.enterprise(place) for _ in range(7)}
    notice_id = desk.sent(an_official(place), {"regions": [place]})
    with desk.database.work(distribution.PLATFORM, "test") as work:
        work.session.execute(
            tables.distribution.update()
            .where(tables.distribution.c.notice_id == notice_id)
            .values(last_enterprise_id=None, done_at=None)
        )

    while distribution.distribute(desk.database, notice_id, batch=3):
        pass

    assert receivers_of(rows, notice_id) == everybody
    assert counted(rows, notice_id) == [(7, 7), (7, 7)]


def test_two_processes_at_one_notice_serve_everybody_once(desk: Desk, rows: Rows) -> None:
    place = "520326"
    everybody = {desk.enterprise(place) for _ in range(20)}
    notice_id = desk.published(an_official(place), {"regions": [place]})

    def work(_: int) -> None:
        while notice_id in distribution.waiting(desk.database):
            distribution.distribute(desk.database, notice_id, batch=3)

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(work, range(3)))

    assert receivers_of(rows, notice_id) == everybody
    assert counted(rows, notice_id) == [(20, 20), (20, 20)]
    assert desk(an_official(place), "show_notice", notice_id=notice_id)["receiver_count"] == 20


def test_a_withdrawal_ends_what_is_left_to_hand_out(desk: Desk, rows: Rows) -> None:
    place = "520327"
    for _ in range(6):
        desk.enterprise(place)
    official = an_official(place)
    notice_id = desk.published(official, {"regions": [place]})
    distribution.distribute(desk.database, notice_id, batch=2)

    desk(official, "withdraw_notice", notice_id=notice_id, reason="有误")
    while distribution.distribute(desk.database, notice_id, batch=2):
        pass

    assert counted(rows, notice_id) == [(2, 2), (2, 2)] and notice_id not in distribution.waiting(desk.database)


def test_a_notice_that_cannot_be_handed_out_holds_up_no_other(desk: Desk, rows: Rows) -> None:
    place = "520328"
    reached = desk.enterprise(place)
    broken = desk.published(an_official(place), {"regions": [place]})
    good = desk.published(an_official(place), {"regions": [place]})
    with desk.database.work(distribution.PLATFORM, "test") as work:
        spoilt = tables.notice.update().where(tables.notice.c.id == broken)
        work.session.execute(spoilt.values(scope={"regions": []}))

    jobs.distribute_notices(desk.database, None)

    assert receivers_of(rows, good) == {reached} and receivers_of(rows, broken) == set()
    with desk.database.work(distribution.PLATFORM, "test") as work:
        mine = tables.distribution.c.notice_id == broken
        work.session.execute(tables.distribution.delete().where(mine))


def test_the_province_reaches_every_level(desk: Desk, rows: Rows) -> None:
    receivers = {"enterprise_ids": [desk.enterprise("522301"), desk.enterprise("520900")]}
    receivers |= {"department_ids": [desk.department(PREFECTURE), desk.department(NEXT_COUNTY)]}

    notice_id = desk.sent(an_official(PROVINCE), receivers)

    assert receivers_of(rows, notice_id) == {*receivers["enterprise_ids"], *receivers["department_ids"]}


def test_who_comes_later_does_not_receive_what_was_sent_before(desk: Desk) -> None:
    place = "520329"
    desk.enterprise(place)
    desk.sent(an_official(place), {"regions": [place]})

    newcomer = an_admin(desk.enterprise(place), place)

    assert desk(newcomer, "list_received_notices")["items"] == []
