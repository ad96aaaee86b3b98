"""Bad input of every kind to every operation: one refusal with a stable code and a Chinese sentence, and nothing half done."""

import base64
from collections.abc import Iterator
from typing import Any

import orjson
import pytest

from services.kernel.contract import Operation
from tests.service.strangers.cases import Case, in_turn, insider, is_refusal, name_of
from tests.service.strangers.rows import counts_of
from tests.stage.arguments import extremes, wrongs
from tests.stage.requests import request_of
from tests.stage.world import OPERATIONS, Stage

TOO_LARGE = 1024 * 1024 + 1
# Bodies that are no JSON object, or none that anybody would send.
BODIES: dict[str, tuple[bytes, str]] = {
    "array": (b"[]", "application/json"),
    "number": (b"1", "application/json"),
    "null": (b"null", "application/json"),
    "text": ('"险"'.encode(), "application/json"),
    "unfinished": (b'{"a": ', "application/json"),
    "no UTF-8": (b'{"a": "\xff\xfe"}', "application/json"),
    "not a number": (b'{"a": NaN}', "application/json"),
    "half a character": (b'{"a": "\\ud800"}', "application/json"),
    "too deep": (b'{"a":' * 3000 + b"1" + b"}" * 3000, "application/json"),
    "plain text": (b'{"a": 1}', "text/plain"),
    "XML": (b"<a/>", "application/xml"),
    "too large": (b'{"a": "' + b"x" * TOO_LARGE + b'"}', "application/json"),
}
PATHS = ("abc", "\0", "..", "%2e%2e", "1" * 500, "00000000-0000-0000-0000-00000000000g", "' OR 1=1 --", "险")


def bad_requests(operation: Operation, right: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """What is wrong with a request: one field of each wrong kind, and everything that can be wrong with a body."""
    kinds: dict[str, dict[str, Any]] = {}
    for label, args in wrongs(operation.args(), right):
        field, _, kind = label.rpartition(": ")
        if field not in operation.path_fields and not is_right_as_text(operation, kind):
            kinds.setdefault(kind, args)
    for kind, args in kinds.items():
        yield kind, request_of(operation, args)
    if operation.method in ("GET", "DELETE"):
        return
    address = {"path": request_of(operation, right)["path"], "method": operation.method}
    for label, (data, content_type) in in_turn([*BODIES.items()], operation, 4):
        yield f"body: {label}", address | {"data": data, "content_type": content_type}
    if operation.path_fields:
        again = {name: right[name] for name in operation.path_fields}
        yield "a field of the path again in the body", address | {"json": again}


def is_right_as_text(operation: Operation, kind: str) -> bool:
    """In an address or a form everything is text, so that what is wrong there as JSON may be right."""
    is_text = operation.method in ("GET", "DELETE") or operation.name in ("upload_file", "issue_token")
    return is_text and kind in ("an object", "an array", "a number", "null", "a text")


@pytest.mark.feature("SEC-27", "SEC-36")
@pytest.mark.parametrize("case", OPERATIONS, ids=name_of)
def test_whatever_is_wrong_is_refused_and_nothing_is_done(stage: Stage, case: Case) -> None:
    service, operation = case
    token, right = insider(stage, stage.here, operation), stage.here.sample(service, operation)
    before = counts_of(stage, service)

    wrong = {}
    for label, asked in bad_requests(operation, right):
        answer = stage.send(token, **asked)
        if not is_refusal(answer):
            wrong[label] = (answer.status_code, answer.get_data(as_text=True)[:200])

    assert wrong == {}
    assert counts_of(stage, service) == before


@pytest.mark.feature("SEC-36")
@pytest.mark.parametrize("case", [c for c in OPERATIONS if c[1].path_fields], ids=name_of)
def test_an_address_that_names_nothing_is_refused(stage: Stage, case: Case) -> None:
    service, operation = case
    token, right = insider(stage, stage.here, operation), stage.here.sample(service, operation)

    wrong = {}
    for name in operation.path_fields:
        for garbage in in_turn(PATHS, operation, 3):
            answer = stage.ask(token, operation, right | {name: garbage})
            if not is_refusal(answer):
                wrong[f"{name}={garbage!r}"] = (answer.status_code, answer.get_data(as_text=True)[:200])

    assert wrong == {}


@pytest.mark.parametrize("case", [c for c in OPERATIONS if c[1].is_list], ids=name_of)
def test_a_forged_page_mark_is_refused_or_finds_its_place(stage: Stage, case: Case) -> None:
    service, operation = case
    token, right = insider(stage, stage.here, operation), stage.here.sample(service, operation)

    wrong = {}
    for mark in in_turn(forged_marks(), operation, 4):
        answer = stage.ask(token, operation, right | {"cursor": mark})
        if answer.status_code != 200 and not is_refusal(answer):
            wrong[mark] = (answer.status_code, answer.get_data(as_text=True)[:200])

    assert wrong == {}


def forged_marks() -> list[str]:
    """Page marks that are none, and some that look like one and hold something else."""
    made = [orjson.dumps([value] * width) for width in (1, 2, 3) for value in ("x", 1, "9999-99-99\0")]
    return [*(base64.urlsafe_b64encode(mark).decode() for mark in made), "险", "AAAA"]


@pytest.mark.feature("SEC-36")
@pytest.mark.parametrize("case", OPERATIONS, ids=name_of)
def test_values_at_the_end_of_their_range_are_answered(stage: Stage, case: Case) -> None:
    service, operation = case
    token, right = insider(stage, stage.there, operation), stage.there.sample(service, operation)

    wrong = {}
    for label, args in extremes(operation.args(), right):
        answer = stage.ask(token, operation, args)
        if answer.status_code >= 500 or (answer.status_code >= 400 and not is_refusal(answer)):
            wrong[label] = (answer.status_code, answer.get_data(as_text=True)[:200])

    assert wrong == {}
