"""Workers in the wizard and afterwards, on the real database."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from services.kernel import ids
from services.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Refusal
from tests.service.enterprise.builders import PHONE, Desk, a_form, a_reviewer, a_worker, an_applicant, but_numbers, masked
from tests.stage.arguments import an_identity_number


@pytest.mark.feature("ENT-08")
def test_staff_are_entered_with_their_certificates_while_registering(desk: Desk) -> None:
    applicant, given = an_applicant(), a_worker()
    own = desk(applicant, "register_enterprise", **a_form())["id"]

    added = desk(applicant, "add_worker", enterprise_id=own, **given)

    told = {"sex": "male", "id_number": masked(given["id_number"]), "phone": "139****2946"}
    assert added == given | told | {"id": added["id"], "enterprise_id": own, "version": 1}
    assert desk(applicant, "list_personnel", enterprise_id=own)["items"] == [added]
    assert desk(applicant, "show_worker", worker_id=added["id"]) == added


@pytest.mark.feature("ENT-08")
def test_an_identity_number_with_a_wrong_check_digit_is_refused(desk: Desk) -> None:
    enterprise_id, admin = desk.approved()
    right = an_identity_number()
    wrong = right[:-1] + ("0" if right[-1] != "0" else "1")

    with pytest.raises(Invalid) as refusal:
        desk(admin, "add_worker", enterprise_id=enterprise_id, **a_worker(id_number=wrong))

    assert list(refusal.value.details) == ["id_number"] and wrong not in str(vars(refusal.value))
    assert desk(admin, "list_personnel", enterprise_id=enterprise_id)["items"] == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"sex": "female"}, "sex"),
        ({"phone": "12345"}, "phone"),
        ({"post": ""}, "post"),
        ({"certificates": [{"certificate_type": "RY99", "number": "T1"}]}, "certificates.0.certificate_type"),
        ({"certificates": [{"certificate_type": "RY01", "number": "T1"}] * 21}, "certificates"),
        ({"certificates": [{"certificate_type": "RY01", "number": ""}]}, "certificates.0.number"),
    ],
)
def test_what_is_wrong_is_named(desk: Desk, wrong: dict[str, Any], field: str) -> None:
    enterprise_id, admin = desk.approved()

    with pytest.raises(Invalid) as refusal:
        desk(admin, "add_worker", enterprise_id=enterprise_id, **a_worker(**wrong))

    assert list(refusal.value.details) == [field]


def test_an_edit_without_numbers_leaves_them_and_one_with_numbers_takes_them(desk: Desk) -> None:
    enterprise_id, admin = desk.approved()
    given, other = a_worker(), an_identity_number()
    added = desk(admin, "add_worker", enterprise_id=enterprise_id, **given)

    edited = desk(admin, "edit_worker", worker_id=added["id"], version=1, **but_numbers(added) | {"post": "焊工"})
    before = desk(admin, "reveal_worker", worker_id=added["id"])
    desk(admin, "edit_worker", worker_id=added["id"], version=2, **but_numbers(added) | {"id_number": other, "phone": ""})
    after = desk(admin, "reveal_worker", worker_id=added["id"])

    assert (edited["post"], edited["id_number"], edited["version"]) == ("焊工", added["id_number"], 2)
    assert before == {"id": added["id"], "whole_id_number": given["id_number"], "whole_phone": PHONE}
    assert after == {"id": added["id"], "whole_id_number": other, "whole_phone": None}
    with pytest.raises(Conflict):
        desk(admin, "edit_worker", worker_id=added["id"], version=1, **but_numbers(added))


def test_a_masked_number_is_never_written_back(desk: Desk) -> None:
    enterprise_id, admin = desk.approved()
    added = desk(admin, "add_worker", enterprise_id=enterprise_id, **a_worker())

    for name in ("id_number", "phone"):
        with pytest.raises(Invalid) as refusal:
            desk(admin, "edit_worker", worker_id=added["id"], **but_numbers(added) | {name: added[name]})
        assert list(refusal.value.details) == [name]


def test_one_number_stands_once_among_the_present_people_of_an_enterprise(desk: Desk) -> None:
    enterprise_id, admin = desk.approved()
    elsewhere, other_admin = desk.approved()
    given = a_worker()
    added = desk(admin, "add_worker", enterprise_id=enterprise_id, **given)
    second = desk(admin, "add_worker", enterprise_id=enterprise_id, **a_worker())

    desk(other_admin, "add_worker", enterprise_id=elsewhere, **given)
    for act, args in (
        ("add_worker", {"enterprise_id": enterprise_id} | given),
        ("edit_worker", {"worker_id": second["id"]} | given),
    ):
        with pytest.raises(Conflict) as refusal:
            desk(admin, act, **args)
        assert (refusal.value.code, list(refusal.value.details)) == ("worker.id_number_taken", ["id_number"])
    desk(admin, "remove_worker", worker_id=added["id"])

    assert desk(admin, "edit_worker", worker_id=second["id"], **given)["id_number"] == added["id_number"]


def test_of_two_who_enter_the_same_person_at_once_one_is_refused(desk: Desk) -> None:
    enterprise_id, admin = desk.approved()
    given = a_worker()

    def add(_: int) -> str:
        try:
            return str(desk(admin, "add_worker", enterprise_id=enterprise_id, **given)["id"])
        except Refusal as refusal:
            return refusal.code

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(add, range(2)))

    assert answers.count("worker.id_number_taken") == 1
    assert len(desk(admin, "list_personnel", enterprise_id=enterprise_id)["items"]) == 1


def test_a_repeated_request_adds_nobody_twice(desk: Desk) -> None:
    enterprise_id, admin = desk.approved()
    given, key = a_worker(id=ids.new_id()), ids.token()

    first = desk.repeated(admin, "add_worker", key, enterprise_id=enterprise_id, **given)
    again = desk.repeated(admin, "add_worker", key, enterprise_id=enterprise_id, **given)

    assert first == again and first["id"] == given["id"]
    with pytest.raises(Conflict) as refusal:
        desk(admin, "add_worker", enterprise_id=enterprise_id, **a_worker(id=given["id"]))
    assert refusal.value.code == "record.exists"


def test_somebody_is_found_by_a_part_of_his_name_or_his_whole_number(desk: Desk) -> None:
    enterprise_id, admin = desk.approved()
    wanted = a_worker(id_number="11010519491231002X", name="罗晓琴")
    found = desk(admin, "add_worker", enterprise_id=enterprise_id, **wanted)
    desk(admin, "add_worker", enterprise_id=enterprise_id, **a_worker())

    for q in ("晓琴", wanted["id_number"], "11010519491231002x"):
        assert desk(admin, "list_personnel", enterprise_id=enterprise_id, q=q, is_counted=True) == {
            "items": [found], "next_cursor": None, "total": 1,
        }, q  # fmt: skip
    for q in ("110105", wanted["id_number"][:-1], PHONE, "%"):
        assert desk(admin, "list_personnel", enterprise_id=enterprise_id, q=q)["items"] == []


def test_pages_follow_each_other(desk: Desk) -> None:
    enterprise_id, admin = desk.approved()
    names = [desk(admin, "add_worker", enterprise_id=enterprise_id, **a_worker())["name"] for _ in range(3)]

    first = desk(admin, "list_personnel", enterprise_id=enterprise_id, limit=2)
    second = desk(admin, "list_personnel", enterprise_id=enterprise_id, limit=2, cursor=first["next_cursor"])

    assert [each["name"] for each in first["items"] + second["items"]] == names[::-1] and second["next_cursor"] is None


def test_who_was_removed_is_gone_and_is_changed_by_nobody(desk: Desk) -> None:
    enterprise_id, admin = desk.approved()
    added = desk(admin, "add_worker", enterprise_id=enterprise_id, **a_worker())

    desk(admin, "remove_worker", worker_id=added["id"], version=1)

    assert desk(admin, "list_personnel", enterprise_id=enterprise_id)["items"] == []
    for act in ("show_worker", "reveal_worker"):
        with pytest.raises(NotFound):
            desk(admin, act, worker_id=added["id"])
    with pytest.raises(Conflict):
        desk(admin, "edit_worker", worker_id=added["id"], **but_numbers(added))


def test_while_the_authority_reviews_nothing_moves_under_its_eyes(desk: Desk) -> None:
    enterprise_id, applicant = desk.submitted()

    with pytest.raises(Conflict):
        desk(applicant, "add_worker", enterprise_id=enterprise_id, **a_worker())


@pytest.mark.feature("ENT-12")
def test_authorities_of_the_place_see_masked_numbers_and_others_nothing(desk: Desk) -> None:
    enterprise_id, admin = desk.approved()
    added = desk(admin, "add_worker", enterprise_id=enterprise_id, **a_worker())
    here, elsewhere = (a_reviewer(region, "enterprise.keep_personnel") for region in ("520102", "520103"))

    assert desk(here, "list_personnel", enterprise_id=enterprise_id)["items"] == [added]
    assert desk(here, "show_worker", worker_id=added["id"]) == added
    with pytest.raises(Forbidden):
        desk(here, "reveal_worker", worker_id=added["id"])
    for act, args in (("list_personnel", {"enterprise_id": enterprise_id}), ("show_worker", {"worker_id": added["id"]})):
        with pytest.raises(NotFound):
            desk(elsewhere, act, **args)
