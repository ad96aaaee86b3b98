"""Notices (SM-NOTICE): who moves them, and what they need before anybody receives them."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from services.kernel.caller import ALL, Scope
from services.kernel.errors import Conflict, Forbidden, Invalid
from services.notice.domain.notice import MOVES, SUPERVISION, Move, Notice, Status
from services.notice.domain.placing import require_inside
from tests.unit.notice.builders import COUNTY, DEPARTMENT, NOW, TODAY, a_notice
from tests.unit.state_machine import check

ACTS: dict[Move, Callable[[Notice], Any]] = {
    Move.SUBMIT: lambda n: n.submit("author", COUNTY, NOW, TODAY),
    Move.APPROVE: lambda n: n.approve("approver", "李四", None, NOW, TODAY),
    Move.RETURN: lambda n: n.send_back("approver", "李四", "请写明范围", NOW),
    Move.PUBLISH_DIRECT: lambda n: n.publish_directly("author", COUNTY, NOW, TODAY),
    Move.WITHDRAW: lambda n: n.withdraw("内容有误", NOW),
    Move.EXPIRE: lambda n: n.expire(TODAY + timedelta(days=31)),
}


def test_the_table_of_moves_is_that_of_the_machine() -> None:
    check("SM-NOTICE", MOVES, Status)


@pytest.mark.parametrize("state", list(Status))
@pytest.mark.parametrize("move", list(Move))
def test_only_moves_of_the_table_are_made(state: Status, move: Move) -> None:
    notice = a_notice(status=state, submitted_by="author", expires_on=TODAY + timedelta(days=30))
    wanted = MOVES.get((state, move))

    if wanted is None:
        with pytest.raises(Conflict):
            ACTS[move](notice)
        assert notice.status == state
    else:
        ACTS[move](notice)
        assert notice.status == wanted


LACKING: list[tuple[str, dict[str, Any]]] = [
    ("title", {"title": "  "}),
    ("body", {"body": "\n"}),
    ("receivers", {"receivers": {}}),
    ("receivers", {"receivers": {"regions": [], "enterprise_ids": [], "department_ids": []}}),
    ("feedback_due_at", {"kind": SUPERVISION}),
]


@pytest.mark.parametrize(("field", "values"), LACKING)
@pytest.mark.parametrize("move", [Move.SUBMIT, Move.PUBLISH_DIRECT])
def test_what_is_missing_is_named_before_anybody_is_asked(move: Move, field: str, values: dict[str, Any]) -> None:
    notice = a_notice(**values)

    with pytest.raises(Invalid) as refusal:
        ACTS[move](notice)

    assert refusal.value.details == {field: "必填"}
    assert notice.status == Status.DRAFT and notice.scope is None


@pytest.mark.parametrize("chosen", [{"industries": ["GM"]}, {"grades": ["D"]}])
def test_industries_and_grades_alone_choose_nobody(chosen: dict[str, Any]) -> None:
    notice = a_notice(receivers={"department_ids": [DEPARTMENT]} | chosen)

    with pytest.raises(Invalid) as refusal:
        ACTS[Move.SUBMIT](notice)

    assert refusal.value.code == "notice.no_regions"


PASSED = [("notice.deadline_passed", {"feedback_due_at": NOW}), ("notice.expiry_passed", {"expires_on": TODAY - timedelta(days=1)})]


@pytest.mark.parametrize(("code", "values"), PASSED)
@pytest.mark.parametrize("move", [Move.SUBMIT, Move.PUBLISH_DIRECT, Move.APPROVE])
def test_a_term_that_has_passed_is_not_published(move: Move, code: str, values: dict[str, Any]) -> None:
    notice = a_notice(status="pending" if move == Move.APPROVE else "draft", submitted_by="author", **values)

    with pytest.raises(Invalid) as refusal:
        ACTS[move](notice)

    assert refusal.value.code == code


def test_the_last_day_itself_is_valid() -> None:
    notice = a_notice(status="published", expires_on=TODAY)

    with pytest.raises(Conflict):
        notice.expire(TODAY)
    notice.expire(TODAY + timedelta(days=1))

    assert notice.status == Status.EXPIRED


def test_a_notice_without_an_end_does_not_expire() -> None:
    with pytest.raises(Conflict):
        a_notice(status="published").expire(date(2099, 1, 1))


@pytest.mark.parametrize("move", [Move.APPROVE, Move.RETURN])
def test_who_submitted_does_not_decide(move: Move) -> None:
    notice = a_notice(status="pending", submitted_by="approver")

    with pytest.raises(Forbidden):
        ACTS[move](notice)

    assert notice.status == Status.PENDING


def test_a_return_needs_its_reason() -> None:
    with pytest.raises(Invalid):
        a_notice(status="pending", submitted_by="author").send_back("approver", "李四", "", NOW)


@pytest.mark.parametrize("state", [s for s in Status if s != Status.DRAFT])
def test_only_drafts_are_written_on(state: Status) -> None:
    with pytest.raises(Conflict) as refusal:
        a_notice(status=state).edit({})

    assert refusal.value.code == "notice.not_draft"


def test_a_supervision_notice_is_always_handled() -> None:
    notice = a_notice()
    content = {"title": "限期整改", "kind": SUPERVISION, "body": "", "receivers": {}, "needs_handling": False, "is_public": False}

    notice.edit(content | {"feedback_due_at": None, "expires_on": None, "attachments": []})

    assert notice.needs_handling


def test_the_scope_of_whoever_hands_it_in_is_kept() -> None:
    notice = a_notice()

    notice.submit("author", COUNTY, NOW, TODAY)

    assert notice.scope == {"regions": ["520102"], "industries": ["*"], "enterprises": ["*"]}


DECIDERS = [
    (DEPARTMENT, DEPARTMENT, "520102", True), (DEPARTMENT, "another", "520102", False), (DEPARTMENT, None, "520102", False),
    (None, "any", "520102", True), (None, "any", "520100", False),
]  # fmt: skip


@pytest.mark.parametrize(("of", "department", "region", "may"), DECIDERS)
def test_an_authority_decides_on_its_own_notices(of: str | None, department: str | None, region: str, may: bool) -> None:
    notice = a_notice(department_id=of)

    if may:
        notice.require_decider("approver", department, region)
    else:
        with pytest.raises(Forbidden):
            notice.require_decider("approver", department, region)


PLACES = [
    (("520102",), ["520102"], True), (("520102",), ["520102001"], True), (("5201",), ["520102", "520103"], True),
    (("520102",), ["520100"], False), (("520102",), ["520102", "520103"], False), (("52",), ["520000"], True),
    (("*",), ["520000"], True), ((), ["520102"], False),
]  # fmt: skip


@pytest.mark.parametrize(("own", "chosen", "may"), PLACES)
def test_receivers_lie_wholly_inside_the_publishers_scope(own: tuple[str, ...], chosen: list[str], may: bool) -> None:
    if may:
        require_inside(Scope(own, ALL, ALL), chosen)
    else:
        with pytest.raises(Invalid) as refusal:
            require_inside(Scope(own, ALL, ALL), chosen)
        assert refusal.value.code == "notice.receivers_outside"
