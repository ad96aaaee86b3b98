"""Licences: upkeep, administration, expiry lists and the nightly job, on the real database."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from services.enterprise.jobs import roll_licences
from services.kernel import clock, ids
from services.kernel.caller import Caller
from services.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from tests.callers import nobody
from tests.service.enterprise.builders import Desk, Rows, a_reviewer

TODAY = date(2026, 6, 1)
MORNING = datetime(2026, 6, 1, 1, 0, tzinfo=UTC)


def a_certificate(valid_to: date | None, years: int = 3, **values: Any) -> dict[str, Any]:
    start = date(2020, 1, 1) if valid_to is None else valid_to + timedelta(days=1) - timedelta(days=365 * years + 1)
    return {
        "number": ids.token(10), "issuer": "贵州省应急管理厅", "issued_on": start.isoformat(), "valid_from": start.isoformat(),
        "valid_to": valid_to.isoformat() if valid_to else None, "scans": [ids.new_id()],
    } | values  # fmt: skip


def held(desk: Desk, enterprise_id: str, admin: Caller, valid_to: date | None, licence_type: str = "ZZ31", years: int = 3) -> str:
    """A registered licence; its id."""
    given = a_certificate(valid_to, years)
    return str(desk(admin, "register_licence", enterprise_id=enterprise_id, licence_type=licence_type, **given)["id"])


@pytest.mark.feature("ENT-20")
def test_a_three_year_licence_enters_the_reminder_list_ninety_days_before_its_end(desk: Desk) -> None:
    enterprise_id, admin = desk.approved()
    with clock.simulate(MORNING):
        inside = held(desk, enterprise_id, admin, TODAY + timedelta(days=90))
        held(desk, enterprise_id, admin, TODAY + timedelta(days=91))
        two_years = held(desk, enterprise_id, admin, TODAY + timedelta(days=60), years=2)
        held(desk, enterprise_id, admin, TODAY + timedelta(days=61), years=2)

        for caller in (admin, a_reviewer("520102")):
            listed = desk(caller, "list_expiring_licences", enterprise_id=enterprise_id)["items"]
            assert [(item["id"], item["days_left"], item["window_days"]) for item in listed] == [
                (two_years, 60, 60),
                (inside, 90, 90),
            ]
            assert {item["status"] for item in listed} == {"expiring"}
            assert {item["licence_name"] for item in listed} == {"安全生产标准化证书"}


@pytest.mark.feature("ENT-21")
def test_renewing_takes_a_licence_off_the_expired_list_at_once(desk: Desk) -> None:
    enterprise_id, admin = desk.approved()
    with clock.simulate(MORNING):
        licence_id = held(desk, enterprise_id, admin, TODAY - timedelta(days=3))
        expired = desk(admin, "list_expired_licences", enterprise_id=enterprise_id)["items"]
        assert [(item["id"], item["days_left"], item["status"]) for item in expired] == [(licence_id, -3, "expired")]

        desk(admin, "renew_licence", licence_id=licence_id, **a_certificate(TODAY + timedelta(days=1000)))

        assert desk(admin, "list_expired_licences", enterprise_id=enterprise_id)["items"] == []
        assert [item["status"] for item in desk(admin, "list_licences", enterprise_id=enterprise_id)["items"]] == ["valid"]


@pytest.mark.feature("ENT-18")
def test_a_renewal_keeps_the_old_certificate_readable(desk: Desk) -> None:
    enterprise_id, admin = desk.approved()
    with clock.simulate(MORNING):
        licence_id = held(desk, enterprise_id, admin, TODAY + timedelta(days=10))
        desk(admin, "renew_licence", licence_id=licence_id, **a_certificate(TODAY + timedelta(days=1000), number="黔新001"))

        shown = desk(admin, "show_licence", licence_id=licence_id)

    assert (shown["number"], shown["status"]) == ("黔新001", "valid")
    assert [(e["edition"], e["status"]) for e in shown["editions"]] == [(2, "in_force"), (1, "replaced")]


def test_a_licence_proper_is_renewed_when_the_authority_confirms(desk: Desk, rows: Rows) -> None:
    enterprise_id, admin = desk.approved()
    reviewer = a_reviewer("520102")
    with clock.simulate(MORNING):
        licence_id = held(desk, enterprise_id, admin, TODAY + timedelta(days=10), licence_type="ZZ03")
        desk(admin, "renew_licence", licence_id=licence_id, **a_certificate(TODAY + timedelta(days=1000)))
        desk(reviewer, "review_renewal", licence_id=licence_id, decision="reject", opinion="扫描件不清")
        desk(admin, "renew_licence", licence_id=licence_id, **a_certificate(TODAY + timedelta(days=1000)))
        waiting = desk(reviewer, "show_licence", licence_id=licence_id)
        desk(reviewer, "review_renewal", licence_id=licence_id, decision="approve")
        done = desk(reviewer, "show_licence", licence_id=licence_id)

    assert (waiting["status"], waiting["is_renewal_pending"], waiting["days_left"]) == ("expiring", True, 10)
    assert (done["status"], done["is_renewal_pending"], done["days_left"]) == ("valid", False, 1000)
    assert [(e["edition"], e["status"]) for e in done["editions"]] == [(3, "in_force"), (2, "refused"), (1, "replaced")]
    types = [row["type"] for row in rows("SELECT type FROM outbox WHERE subject = :id ORDER BY position", id=licence_id)]
    assert types == ["licence.registered.v1", "licence.expiring.v1", "licence.renewed.v1"]


@pytest.mark.feature("ENT-22")
def test_a_revoked_permit_shows_so_to_its_holder(desk: Desk) -> None:
    enterprise_id, admin = desk.approved()
    reviewer = a_reviewer("520102")
    given = {"licence_type": "ZZ08", **a_certificate(date(2030, 1, 1))}
    permit = desk(reviewer, "issue_licence", enterprise_id=enterprise_id, **given)
    decision = {"reason": "违法经营", "decision_document": [ids.new_id()]}
    with pytest.raises(Forbidden):
        desk(admin, "revoke_licence", licence_id=permit["id"], **decision)

    desk(reviewer, "suspend_licence", licence_id=permit["id"], **decision)
    desk(reviewer, "restore_licence", licence_id=permit["id"], reason="整改合格")
    desk(reviewer, "revoke_licence", licence_id=permit["id"], **decision)

    shown = desk(admin, "list_licences", enterprise_id=enterprise_id, status="revoked")["items"]
    assert [(item["id"], item["status"]) for item in shown] == [(permit["id"], "revoked")]
    assert desk(admin, "show_licence", licence_id=permit["id"])["revocation_ground"] == "revoked"
    with pytest.raises(Conflict):
        desk(reviewer, "extend_licence", licence_id=permit["id"], **a_certificate(date(2035, 1, 1)))


@pytest.mark.feature("ENT-19")
def test_licence_lists_obey_the_scope(desk: Desk) -> None:
    enterprise_id, admin = desk.approved(region="520203", industry="FM01")
    licence_id = held(desk, enterprise_id, admin, None, licence_type="ZZ01")

    def seen(caller: Caller) -> list[str]:
        return [item["id"] for item in desk(caller, "list_licences", enterprise_id=enterprise_id)["items"]]

    assert (
        seen(a_reviewer("520203")) == seen(a_reviewer("520200")) == seen(a_reviewer("520000", industries=("FM",))) == [licence_id]
    )
    assert seen(a_reviewer("520102")) == seen(a_reviewer("520203", industries=("GM",))) == []
    with pytest.raises(NotFound):
        desk(a_reviewer("520102"), "show_licence", licence_id=licence_id)


def test_lists_by_state_share_the_licences_out(desk: Desk) -> None:
    enterprise_id, admin = desk.approved()
    with clock.simulate(MORNING - timedelta(days=200)):  # What follows lies ahead, and no job passes.
        made = [held(desk, enterprise_id, admin, TODAY + timedelta(days=d)) for d in (-1, 0, 90, 91)] + [
            held(desk, enterprise_id, admin, None)
        ]
        desk(a_reviewer("520102"), "suspend_licence", licence_id=made[3], reason="整顿", decision_document=[ids.new_id()])

    with clock.simulate(MORNING):
        states = ("valid", "expiring", "expired", "suspended", "revoked")
        found = {s: {i["id"] for i in desk(admin, "list_licences", enterprise_id=enterprise_id, status=s)["items"]} for s in states}
        shown = {i["id"]: i["status"] for i in desk(admin, "list_licences", enterprise_id=enterprise_id)["items"]}

    wanted = {"expired": {made[0]}, "expiring": {made[1], made[2]}, "suspended": {made[3]}, "valid": {made[4]}, "revoked": set()}
    assert found == wanted
    assert shown == {licence_id: state for state, members in wanted.items() for licence_id in members}


def test_the_nightly_job_moves_and_reminds_once_however_often_it_runs(desk: Desk, rows: Rows) -> None:
    enterprise_id, admin = desk.approved()
    end = date(2027, 1, 31)
    with clock.simulate(MORNING):
        licence_id = held(desk, enterprise_id, admin, end)

    for days in (91, 90, 90, 89, 60, 60, 30, 15, 7, 1, 0, -1, -1, -2):
        with clock.simulate(clock.start_of(end - timedelta(days=days))):
            roll_licences(desk.database, end - timedelta(days=days))

    found = rows("SELECT type, data FROM outbox WHERE subject = :id ORDER BY position", id=licence_id)
    told = [(row["type"].split(".")[1], row["data"]["fact"].get("days_left")) for row in found]
    assert told == [
        ("registered", None), ("expiring", 90), ("expiring", 60), ("expiring", 30), ("expiring", 15), ("expiring", 7),
        ("expiring", 1), ("expired", None),
    ]  # fmt: skip
    assert found[-1]["data"]["state"]["status"] == "expired"
    assert [row["data"]["state"]["version"] for row in found] == list(range(1, 9))


def test_the_job_makes_up_for_nights_it_missed(desk: Desk, rows: Rows) -> None:
    enterprise_id, admin = desk.approved()
    end = date(2028, 1, 31)
    with clock.simulate(MORNING):
        licence_id = held(desk, enterprise_id, admin, end)

    with clock.simulate(clock.start_of(end + timedelta(days=9))):
        roll_licences(desk.database, end + timedelta(days=9))

    assert rows("SELECT status FROM licence WHERE id = :id", id=licence_id) == [{"status": "expired"}]


def test_anybody_checks_a_permit_whose_number_and_holder_he_knows(desk: Desk) -> None:
    enterprise_id, admin = desk.approved()
    holder = desk(admin, "show_enterprise", enterprise_id=enterprise_id)["name"]
    given = {"licence_type": "ZZ08", **a_certificate(date(2024, 1, 1))}
    desk(a_reviewer("520102"), "issue_licence", enterprise_id=enterprise_id, **given)

    def told(**asked: str) -> list[dict[str, Any]]:
        return list(desk(nobody(), "verify_licence", **{"number": given["number"], "enterprise_name": holder} | asked)["items"])

    shown = told()
    assert [(item["licence_name"], item["status"], item["valid_to"]) for item in shown] == [
        ("危险化学品经营许可证", "expired", "2024-01-01")
    ]
    assert set(shown[0]) == {"licence_name", "number", "enterprise_name", "issuer", "valid_from", "valid_to", "status"}
    assert told(number="别号") == told(enterprise_name=holder[:-1]) == []


def test_a_number_is_registered_once_for_an_enterprise_and_type(desk: Desk) -> None:
    enterprise_id, admin = desk.approved()
    given = {"enterprise_id": enterprise_id, "licence_type": "ZZ31", **a_certificate(date(2030, 1, 1))}
    desk(admin, "register_licence", **given)

    with pytest.raises(Conflict) as refusal:
        desk(admin, "register_licence", **given)

    assert refusal.value.code == "licence.number_taken"


def test_a_type_that_the_catalogue_lacks_is_refused(desk: Desk) -> None:
    enterprise_id, admin = desk.approved()

    with pytest.raises(Invalid):
        desk(admin, "register_licence", enterprise_id=enterprise_id, licence_type="ZZ99", **a_certificate(None))


def test_a_licence_is_registered_for_ones_own_enterprise_only(desk: Desk) -> None:
    enterprise_id, _ = desk.approved()
    _, other = desk.approved()

    with pytest.raises(NotFound):
        desk(other, "register_licence", enterprise_id=enterprise_id, licence_type="ZZ01", **a_certificate(None))
