"""Qualification certificates in the wizard and afterwards, on the real database."""

from typing import Any

import pytest

from services.kernel import ids
from services.kernel.errors import Conflict, Invalid, NotFound
from tests.service.enterprise.builders import Desk, a_form, a_reviewer, an_applicant

LINE = {"speciality": "ZS001", "level": "二级", "approved_on": "2024-03-01", "approval_number": "黔建资〔2024〕1号"}


def a_certificate(**values: Any) -> dict[str, Any]:
    """A general contractor's, with two specialities."""
    return {
        "number": ids.token(10), "issuer": "贵州省住房和城乡建设厅", "issued_on": "2024-03-01", "valid_to": "2029-03-01",
        "qualification_class": "施工总承包", "level": "二级", "permitted_scope": "可承担高度100米以下的工程",
        "scans": [ids.new_id()], "details": [LINE, LINE | {"speciality": "ZS010", "level": "三级", "approved_on": None}],
    } | values  # fmt: skip


@pytest.mark.feature("ENT-07")
def test_a_certificate_with_two_specialities_comes_back_as_it_was_entered(desk: Desk) -> None:
    applicant, given = an_applicant(), a_certificate()
    own = desk(applicant, "register_enterprise", **a_form(industry="JZ01", enterprise_type="SG"))["id"]

    added = desk(applicant, "add_qualification", enterprise_id=own, **given)
    listed = desk(applicant, "list_qualifications", enterprise_id=own)["items"]

    assert listed == [added] == [given | {"id": added["id"], "enterprise_id": own, "version": 1}]
    with pytest.raises(Invalid):
        desk(applicant, "add_qualification", enterprise_id=own, **a_certificate(valid_to="2024-02-29"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"qualification_class": "不存在的类别"},
        {"level": "甲级"},
        {"details": [LINE | {"level": "甲级"}]},
        {"details": [LINE | {"speciality": "ZS031", "level": "甲级"}]},
        {"details": [LINE | {"speciality": "ZS999"}]},
        {"scans": None},
    ],
)
def test_classes_and_levels_are_those_of_the_catalogue(desk: Desk, wrong: dict[str, Any]) -> None:
    enterprise_id, admin = desk.approved()

    with pytest.raises(Invalid):
        desk(admin, "add_qualification", enterprise_id=enterprise_id, **a_certificate(**wrong))


def test_while_the_authority_reviews_nothing_moves_under_its_eyes(desk: Desk) -> None:
    enterprise_id, applicant = desk.submitted()

    with pytest.raises(Conflict):
        desk(applicant, "add_qualification", enterprise_id=enterprise_id, **a_certificate())


def test_a_removed_certificate_is_gone_from_the_list_and_its_number_is_free(desk: Desk) -> None:
    enterprise_id, admin = desk.approved()
    given = a_certificate()
    added = desk(admin, "add_qualification", enterprise_id=enterprise_id, **given)
    with pytest.raises(Conflict) as refusal:
        desk(admin, "add_qualification", enterprise_id=enterprise_id, **given)
    assert refusal.value.code == "qualification.number_taken"

    desk(admin, "remove_qualification", qualification_id=added["id"])

    assert desk(admin, "list_qualifications", enterprise_id=enterprise_id)["items"] == []
    with pytest.raises(Conflict):
        desk(admin, "edit_qualification", qualification_id=added["id"], **given)
    assert desk(admin, "add_qualification", enterprise_id=enterprise_id, **given)["version"] == 1


def test_an_edit_replaces_the_certificate(desk: Desk) -> None:
    enterprise_id, admin = desk.approved()
    added = desk(admin, "add_qualification", enterprise_id=enterprise_id, **a_certificate())

    edited = desk(admin, "edit_qualification", qualification_id=added["id"], version=1, **a_certificate(level="一级", details=[]))

    assert (edited["level"], edited["details"], edited["version"]) == ("一级", [], 2)


def test_reviewers_see_them_and_strangers_do_not(desk: Desk) -> None:
    enterprise_id, admin = desk.approved()
    desk(admin, "add_qualification", enterprise_id=enterprise_id, **a_certificate())

    assert len(desk(a_reviewer("520102"), "list_qualifications", enterprise_id=enterprise_id)["items"]) == 1
    with pytest.raises(NotFound):
        desk(a_reviewer("520103"), "list_qualifications", enterprise_id=enterprise_id)
