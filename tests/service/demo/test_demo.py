"""A small play: it is repeatable, whole, and agrees with itself; and the great one shows every state."""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa

from deploy.demo.material import table
from deploy.demo.personnel import NOWHERE, identity_number
from deploy.demo.play import Play
from gateway.identity.hashing import is_old
from services.hazard.contract.vocabulary import GENERAL_STATUSES, MAJOR_STATUSES
from services.kernel.caller import system
from services.runtime import chain
from services.stats.jobs import check_figures

KEYS = ("qgl", "ysj", "jsy")
DAYS = 7
READER = system("test")
pytestmark = pytest.mark.timeout(600)  # Two weeks of three enterprises are made before the first test.
Rows = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="module")
def play(played: Callable[..., Play]) -> Play:
    return played(KEYS, DAYS)


@pytest.fixture
def rows(play: Play) -> Rows:
    def read(service: str, sql: str, of: Play = play) -> list[dict[str, Any]]:
        with of.stage.database(service).work(READER, "test", read_only=True) as work:
            return [dict(row) for row in work.session.execute(sa.text(sql)).mappings()]

    return read


def test_the_same_seed_and_moment_announce_the_same(play: Play, played: Callable[..., Play], rows: Rows) -> None:
    again = played(KEYS, DAYS)

    for service in ("enterprise", "risk", "hazard", "enforcement", "notice"):
        sql = "SELECT id, type, subject, time, actor, data FROM outbox ORDER BY position"
        first, second = rows(service, sql), rows(service, sql, again)
        assert [pair for pair in zip(first, second, strict=True) if pair[0] != pair[1]][:1] == []


def test_every_audit_trail_is_closed_and_holds(play: Play, rows: Rows) -> None:
    for service, (_, database) in play.stage.parts.items():
        assert list(chain.verify(database)) == []
        assert rows(service, "SELECT count(*) AS n FROM audit_pending") == [{"n": 0}]
        assert rows(service, "SELECT count(*) AS n FROM audit")[0]["n"] > 0


def test_nothing_is_parked_failed_waiting_or_unsent(play: Play, rows: Rows) -> None:
    for service in play.stage.parts:
        assert rows(service, "SELECT type, error FROM inbox WHERE done_at IS NULL OR attempts > 0") == []
        assert rows(service, "SELECT type FROM outbox WHERE sent_at IS NULL") == []


def test_the_figures_are_those_of_a_recount(play: Play, rows: Rows) -> None:
    check_figures(play.stage.database("stats"), play.today)
    play.stage.seal()

    noted = rows("stats", "SELECT changes -> 'figures' AS told FROM audit WHERE operation = 'stats.check_figures' ORDER BY id DESC")

    assert noted[0]["told"]["enterprises"] >= len(KEYS)
    assert noted[0]["told"]["cells"] > 0
    assert noted[0]["told"]["differing"] == 0


def test_checks_are_done_missed_and_found_wanting(play: Play, rows: Rows) -> None:
    found = {row["status"]: row["n"] for row in rows("risk", "SELECT status, count(*) AS n FROM check_task GROUP BY status")}
    counted = rows("hazard", "SELECT count(*) AS n FROM hazard WHERE check_id IS NOT NULL")[0]["n"]

    assert found["done"] > found.get("missed", 0)
    assert found["pending"] > 0
    assert counted == rows("risk", "SELECT coalesce(sum(failed_count), 0) AS n FROM check_record")[0]["n"]


def test_lists_are_superseded_and_withdrawn_and_their_tasks_with_them(play: Play, rows: Rows) -> None:
    found = {row["status"]: row["n"] for row in rows("risk", "SELECT status, count(*) AS n FROM risk_list GROUP BY status")}
    sql = "SELECT DISTINCT t.status FROM check_task t JOIN risk_list l ON l.id = t.list_id WHERE l.status = 'withdrawn'"

    assert found["filed"] >= len(KEYS)
    assert found["superseded"] > 0
    assert found["withdrawn"] > 0
    assert {"cancelled"} <= {row["status"] for row in rows("risk", sql)} <= {"cancelled", "done", "missed"}


def test_the_people_of_an_enterprise_are_in_its_file_and_their_numbers_nobodys(play: Play, rows: Rows) -> None:
    entered = rows("enterprise", "SELECT name, id_number FROM worker")

    assert {row["name"] for row in entered} == {person.name for each in play.enterprises.registered for person in each.people}
    assert all(row["id_number"].startswith("A256GCM.") for row in entered)
    assert identity_number(Random(1)).startswith(NOWHERE)


def test_an_inspection_leaves_its_documents_with_measures_on_site(play: Play, rows: Rows) -> None:
    forms = {row["form"] for row in rows("enforcement", "SELECT form FROM document")}

    assert forms >= {"WS02", "WS03", "WS04", "WS05"}


def test_whoever_is_listed_can_sign_in_with_a_hash_at_full_cost(play: Play, rows: Rows) -> None:
    stored = {r["account_id"]: r for r in rows("gateway", "SELECT account_id::text, hash, first_until FROM credential")}

    assert len(play.accounts.shown) > 20
    for person in play.accounts.shown:
        row = stored[person.account_id]
        assert row["first_until"] is None
        assert not is_old(row["hash"])
        assert person.password in play.accounts.text()


def test_the_neighbour_sees_none_of_the_county(play: Play) -> None:
    neighbour = play.people.caller(play.government.member("neighbour", "regulator"))

    names = [e["name"] for e in play.stage.every(neighbour, "list_enterprises")]
    hazards = play.stage.every(neighbour, "list_hazards")

    assert names == ["金沙县石场加油站"]
    assert all(hazard["region"] == "520523" for hazard in hazards)


def test_the_plan_leads_to_every_state_of_both_courses() -> None:
    standing = table("courses")["standing"]
    general = {reached(e) for e in standing if e["first"] != "declare" and "upgrade" not in e["steps"]}
    major = {reached(e) for e in standing if e["first"] == "declare" or "upgrade" in e["steps"]}

    assert general == set(GENERAL_STATUSES)
    assert major == set(MAJOR_STATUSES)


# Where a step leaves a hazard.
LEADS_TO = {
    "draft": "draft", "register": "registered", "register_on_site": "closed_on_site", "send_back": "returned",
    "confirm": "rectifying", "urge": "rectifying", "ask_for_time": "extension_pending", "rectify": "pending_recheck",
    "close": "closed", "cancel": "cancelled", "declare": "registered", "report": "reported", "start_plan": "planning",
    "submit_plan": "plan_review", "progress": "rectifying", "ask_for_more_time": "extension_pending", "finish": "assessing",
    "assess": "acceptance", "accept": "closed", "downgrade": "downgraded", "misjudged": "cancelled",
}  # fmt: skip


def reached(entry: dict[str, Any]) -> str:
    return LEADS_TO[[entry["first"], *entry["steps"]][-1]]
