"""From the applicant's draft to its submission, on the real database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.enterprise.jobs import expire_drafts
from services.kernel import clock, ids
from services.kernel.errors import Conflict, Invalid, NotFound, Refusal
from tests.service.enterprise.builders import Desk, Rows, a_credit_code, a_form, a_name, a_reviewer, an_applicant, events_of


@pytest.mark.feature("ENT-01")
def test_a_complete_wizard_ends_pending_and_appears_at_the_chosen_authority(desk: Desk) -> None:
    applicant = an_applicant()
    draft = desk(applicant, "register_enterprise", name=a_name(), region="520102")
    form = a_form(name=draft["name"])
    desk(applicant, "edit_registration", enterprise_id=draft["id"], version=draft["version"], **form)

    done = desk(applicant, "submit_registration", enterprise_id=draft["id"])

    assert (done["status"], done["round"], done["missing"]) == ("pending", 1, [])
    listed = desk(a_reviewer("520102"), "list_reviews", q=form["name"])["items"]
    assert [(item["id"], item["may_decide"]) for item in listed] == [(draft["id"], True)]


@pytest.mark.feature("ENT-06")
def test_an_incomplete_application_is_refused_with_every_missing_field(desk: Desk) -> None:
    applicant = an_applicant()
    form = a_form()
    del form["principal"], form["scale"]
    draft = desk(applicant, "register_enterprise", **form)

    with pytest.raises(Invalid) as refusal:
        desk(applicant, "submit_registration", enterprise_id=draft["id"])

    assert set(refusal.value.details) == {"principal", "scale"}
    assert [missing["code"] for missing in draft["missing"]] == ["scale", "principal"]


@pytest.mark.feature("ENT-03")
def test_changing_the_region_of_a_draft_changes_the_authority_and_the_old_one_never_sees_it(desk: Desk) -> None:
    applicant = an_applicant()
    draft = desk(applicant, "register_enterprise", **a_form(region="520102"))
    assert draft["authority"] == {"region": "520102", "level": "county", "sector": "emergency", "name": "南明区应急管理部门"}

    moved = desk(applicant, "edit_registration", enterprise_id=draft["id"], region="520103")

    assert moved["authority"]["region"] == "520103"
    for reviewer in (a_reviewer("520102"), a_reviewer("520103")):
        with pytest.raises(NotFound):
            desk(reviewer, "show_enterprise", enterprise_id=draft["id"])
        assert desk(reviewer, "list_enterprises", q=draft["name"])["items"] == []


def test_the_form_names_the_authority_before_anything_is_saved(desk: Desk) -> None:
    shown = desk(an_applicant(), "show_authority", region="520382", industry="JZ01", review_ground="province_administered_county")

    assert shown == {"region": "520000", "level": "province", "sector": "housing", "name": "贵州省住房城乡建设部门"}


def test_a_withdrawn_application_is_a_draft_again(desk: Desk) -> None:
    enterprise_id, applicant = desk.submitted()

    assert desk(applicant, "withdraw_registration", enterprise_id=enterprise_id)["status"] == "draft"
    with pytest.raises(NotFound):
        desk(a_reviewer("520102"), "review_enterprise", enterprise_id=enterprise_id, decision="approve")


@pytest.mark.parametrize("field", ["name", "unified_credit_code"])
def test_a_name_or_code_that_is_registered_stops_the_wizard(desk: Desk, field: str) -> None:
    enterprise_id, _ = desk.submitted(region="520382")
    taken = desk(a_reviewer("520382"), "show_enterprise", enterprise_id=enterprise_id)[field]

    with pytest.raises(Conflict) as refusal:
        desk(an_applicant(), "register_enterprise", **a_form(**{field: taken}))

    assert "已存在" in refusal.value.message or "已注册" in refusal.value.message
    assert refusal.value.details == {field: "已存在"}


def test_of_two_drafts_with_one_name_the_first_submitted_has_it(desk: Desk) -> None:
    name = a_name()
    first, second = an_applicant(), an_applicant()
    for applicant in (first, second):
        desk(applicant, "register_enterprise", **a_form(name=name))

    def submit(applicant: Any) -> str:
        try:
            return str(desk(applicant, "submit_registration", enterprise_id=applicant.enterprise_id)["status"])
        except Refusal as refusal:
            return refusal.code

    with ThreadPoolExecutor(2) as pool:
        found = sorted(pool.map(submit, (first, second)))

    assert found == ["enterprise.name_taken", "pending"]


def test_a_repeat_with_its_key_answers_the_first_result(desk: Desk, rows: Rows) -> None:
    applicant, form, key = an_applicant(), a_form(), ids.new_id()

    first = desk.repeated(applicant, "register_enterprise", key, **form)
    second = desk.repeated(applicant, "register_enterprise", key, **form)

    assert first == second
    with pytest.raises(Conflict) as refusal:
        desk(applicant, "register_enterprise", **form)
    assert refusal.value.code == "enterprise.already_registered"


def test_an_applicant_reaches_only_his_own_application(desk: Desk) -> None:
    enterprise_id, _ = desk.submitted()

    for operation in ("show_registration", "submit_registration", "withdraw_registration"):
        with pytest.raises(NotFound):
            desk(an_applicant(), operation, enterprise_id=enterprise_id)


@pytest.mark.parametrize("field", ["status", "version_", "approved_at", "enterprise_id", "authority_region", "round"])
def test_fields_that_are_not_the_applicants_are_refused(desk: Desk, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        desk(an_applicant(), "register_enterprise", **a_form(), **{field: "x"})

    assert refusal.value.details == {field: "没有这个字段"}


@pytest.mark.parametrize(
    ("field", "value"), [("region", "520199"), ("industry", "ZZ99"), ("enterprise_type", "??"), ("gbt4754_code", "9999")]
)
def test_a_code_that_no_catalogue_knows_is_refused(desk: Desk, field: str, value: str) -> None:
    with pytest.raises(Invalid) as refusal:
        desk(an_applicant(), "register_enterprise", **a_form(**{field: value}))

    assert refusal.value.details == {field: "不在目录中"}


def test_drafts_go_after_thirty_days_and_take_nothing_with_them(desk: Desk, rows: Rows) -> None:

    applicant = an_applicant()
    began = datetime(2026, 3, 1, 4, 0, tzinfo=UTC)
    with clock.simulate(began):
        desk(applicant, "register_enterprise", **a_form(unified_credit_code=a_credit_code()))
    own = applicant.enterprise_id
    assert own is not None

    expire_drafts(desk.database, clock.day_of(began + timedelta(days=30)))
    assert rows("SELECT status FROM enterprise WHERE id = :id", id=own) == [{"status": "draft"}]
    expire_drafts(desk.database, clock.day_of(began + timedelta(days=31)))
    expire_drafts(desk.database, clock.day_of(began + timedelta(days=31)))

    assert rows("SELECT status, version FROM enterprise WHERE id = :id", id=own) == [{"status": "deleted", "version": 2}]
    assert [event["type"] for event in events_of(rows, own)] == ["enterprise.deleted.v1"]
    assert desk(a_reviewer("520102"), "list_deleted_enterprises", q="贵州某厂")["items"] == [] or all(
        item["id"] != own for item in desk(a_reviewer("520102"), "list_deleted_enterprises", q="贵州某厂", limit=200)["items"]
    )
