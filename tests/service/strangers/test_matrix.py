"""Every operation × every kind of stranger: no unexpected success.

The cases come from the contracts: a new operation is here as soon as it is declared.  A stranger asks with valid arguments
that speak of the other side's real things, so that only rights can stand in his way.  What is checked: the status; that the
answer names nothing of the other side; that no rows but his own side's have changed; that unknown things answer alike.
"""

import io
import re
import zipfile
from typing import Any

import pytest
from werkzeug.test import TestResponse

from services.kernel import ids
from services.kernel.caller import PUBLIC, SIGNED_IN
from services.kernel.contract import Operation
from tests.service.strangers import reasons
from tests.service.strangers.cases import Case, in_turn, name_of
from tests.service.strangers.rows import rows_but_of
from tests.stage.people import group_of
from tests.stage.requests import request_of
from tests.stage.world import OPERATIONS, Stage

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def with_permission(*without: str) -> list[Case]:
    return [(s, o) for s, o in OPERATIONS if o.permission not in without]


def speaks_of_things(operation: Operation, args: dict[str, Any], stage: Stage) -> bool:
    """Whether the request addresses a thing of the other side in its path."""
    return any(str(args.get(name)) in stage.here.marks for name in operation.path_fields)


def addressing() -> list[Case]:
    """Operations that address one thing, which is somebody's."""
    return [(s, o) for s, o in with_permission(PUBLIC) if set(o.path_fields) - reasons.NOBODYS.keys()]


def everything(stage: Stage, kind: str, operation: Operation) -> str:
    """The token of somebody of the other side who may do this; where it may end his session, one that is not missed."""
    if kind.startswith("client"):
        return stage.there.tokens[kind]
    name = f"{kind}.{group_of(operation.permission) if kind == 'bureau' else 'business'}"
    return stage.there.session(name) if operation.permission == SIGNED_IN else stage.there.tokens[name]


def told(answer: TestResponse, stage: Stage, args: dict[str, Any]) -> set[str]:
    """What the answer tells of the other side that the stranger did not say himself."""
    text, said = answer.get_data().decode("utf-8", "replace"), str(args)
    found = {mark for mark in stage.here.marks if mark in text and mark not in said}
    return found | ({stage.here.mark} if stage.here.mark in text and stage.here.mark not in said else set())


def renamed(value: Any, names: dict[str, str], marks: set[str]) -> Any:
    """The same arguments with every known thing replaced by one that does not exist."""
    if isinstance(value, dict):
        return {name: renamed(inner, names, marks) for name, inner in value.items()}
    if isinstance(value, list):
        return [renamed(inner, names, marks) for inner in value]
    if not isinstance(value, str) or value not in marks:
        return value
    return names.setdefault(value, ids.new_id() if UUID.fullmatch(value) else ids.token(len(value)))


def worded(value: Any, mark: str) -> Any:
    """The same arguments in the stranger's own words, so that what he writes of his own is not taken for the other side's."""
    if isinstance(value, dict):
        return {name: worded(inner, mark) for name, inner in value.items()}
    if isinstance(value, list):
        return [worded(inner, mark) for inner in value]
    return value.replace(mark, "生人所写") if isinstance(value, str) else value


def plain(answer: TestResponse) -> Any:
    """Everything of an answer but the request's number."""
    return answer.status_code, {n: UUID.sub("id", str(v)) for n, v in (answer.json or {}).items() if n != "request_id"}


def test_what_needs_no_account_is_known_by_name() -> None:
    assert {name_of(case) for case in OPERATIONS if case[1].permission == PUBLIC} == reasons.PUBLIC.keys()


def test_what_every_account_may_do_is_known_by_name() -> None:
    assert {name_of(case) for case in OPERATIONS if case[1].permission == SIGNED_IN} == reasons.SIGNED_IN.keys()


@pytest.mark.feature("SEC-24")
@pytest.mark.parametrize("case", with_permission(PUBLIC), ids=name_of)
def test_nobody_is_let_in(stage: Stage, case: Case) -> None:
    """Without a token, with forged and garbled ones, and with those of sessions that are over."""
    service, operation = case
    args = stage.here.sample(service, operation)

    answers = {name: stage.ask(token, operation, args) for name, token in stage.tokens_of_nobody().items()}

    assert {name: (a.status_code, a.json["code"]) for name, a in answers.items()} == dict.fromkeys(answers, (401, "auth.required"))


@pytest.mark.feature("SEC-24")
@pytest.mark.parametrize("case", with_permission(PUBLIC, SIGNED_IN), ids=name_of)
def test_without_the_permission_nothing_is_done(stage: Stage, case: Case) -> None:
    service, operation = case
    args, people = stage.here.sample(service, operation), ("bureau.none", "enterprise.none", "client.none")

    answers = {who: stage.ask(stage.here.tokens[who], operation, args) for who in people}

    refused = (403, "caller.forbidden")
    assert {who: (a.status_code, a.json["code"]) for who, a in answers.items()} == dict.fromkeys(people, refused)


@pytest.mark.feature("SEC-23", "SEC-24")
@pytest.mark.parametrize("case", with_permission(PUBLIC), ids=name_of)
def test_a_stranger_with_every_permission_gets_nothing(stage: Stage, case: Case) -> None:
    """Another county's bureau, another enterprise, a system without scope and one of another county, one after the other."""
    service, operation = case
    args = worded(stage.here.sample(service, operation), stage.here.mark)
    before, wrong = rows_but_of(stage, service, stage.there), {}

    for kind in ("bureau", "enterprise", "client.blind", "client.county"):
        answer = stage.ask(everything(stage, kind, operation), operation, args)
        if name_of(case) not in reasons.TELLING and (marks := told(answer, stage, args)):
            wrong[kind, "was told"] = str(marks)
        if not is_as_expected(stage, case, args, answer):
            wrong[kind, "was answered"] = answer.get_data().decode("utf-8", "replace")[:300]

    assert wrong == {}
    assert rows_but_of(stage, service, stage.there) == before


def is_as_expected(stage: Stage, case: Case, args: dict[str, Any], answer: TestResponse) -> bool:
    """Another's thing is not there for him; a command that only mentions one is refused; lists are empty of them, as is checked."""
    if speaks_of_things(case[1], args, stage):
        return answer.status_code in (403, 404, reasons.REFUSED_OTHERWISE.get(name_of(case), (404, ""))[0])
    mentions = any(mark in str(args) for mark in stage.here.marks)
    if case[1].is_command and mentions and name_of(case) not in reasons.HARMLESS:
        return 400 <= answer.status_code < 500
    return answer.status_code < 500


@pytest.mark.feature("SEC-23")
@pytest.mark.parametrize("case", [c for c in addressing() if name_of(c) not in reasons.REFUSED_OTHERWISE], ids=name_of)
def test_what_is_unknown_and_what_is_anothers_answer_alike(stage: Stage, case: Case) -> None:
    service, operation = case
    args = stage.here.sample(service, operation)
    unknown = renamed(args, {}, stage.here.marks)

    answers = {}
    for kind in ("bureau", "enterprise", "client.county"):
        token = everything(stage, kind, operation)
        answers[kind] = [plain(stage.ask(token, operation, asked)) for asked in (args, unknown)]

    assert {kind: first for kind, (first, _) in answers.items()} == {kind: second for kind, (_, second) in answers.items()}


@pytest.mark.feature("SEC-23")
@pytest.mark.parametrize("case", [c for c in with_permission(PUBLIC) if c[1].is_list], ids=name_of)
def test_an_exported_list_tells_no_more_than_the_list(stage: Stage, case: Case) -> None:
    """The same rows leave as a spreadsheet, by a way of their own."""
    service, operation = case
    kind, asked = in_turn(["bureau", "enterprise", "client.county"], operation, 1)[0], stage.here.sample(service, operation)
    request = request_of(operation, asked)

    answer = stage.send(
        everything(stage, kind, operation), **request | {"query_string": request["query_string"] | {"format": "xlsx"}}
    )

    if answer.status_code == 200 and name_of(case) not in reasons.TELLING:
        with zipfile.ZipFile(io.BytesIO(answer.data)) as book:
            text = "".join(book.read(name).decode() for name in book.namelist())
        assert [mark for mark in (*stage.here.marks, stage.here.mark) if mark in text and mark not in str(asked)] == []
    else:
        assert answer.status_code in (200, 403, 404)


@pytest.mark.parametrize("case", addressing(), ids=name_of)
def test_every_route_addresses_something_that_is_there(stage: Stage, case: Case) -> None:
    service, operation = case

    assert speaks_of_things(operation, stage.here.sample(service, operation), stage)


@pytest.mark.parametrize("case", [c for c in addressing() if not c[1].is_command], ids=name_of)
def test_its_owners_do_see_it(stage: Stage, case: Case) -> None:
    service, operation = case
    args, office = stage.here.sample(service, operation), f"bureau.{group_of(operation.permission)}"

    seen = [stage.ask(stage.here.tokens[who], operation, args).status_code for who in (office, "enterprise.business", "applicant")]

    assert 200 in seen
