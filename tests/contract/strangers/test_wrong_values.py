"""What the contracts let through: every wrong value of every field of every operation is refused, in Chinese, by name."""

import re
from collections.abc import Iterator
from typing import Any

import marshmallow as ma
import pytest
from marshmallow import fields

from gateway.operations import operations
from services.kernel.contract import Operation, load
from services.kernel.errors import Invalid
from tests.stage.arguments import minimal, wrongs

CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.feature("SEC-36")
@pytest.mark.parametrize("operation", [o for _, o in operations()], ids=lambda o: o.name)
def test_every_wrong_value_is_refused_by_name(operation: Operation) -> None:
    schema = operation.args()
    right = minimal(schema, lambda name: None, "内容")
    load(schema, right)

    refusals = {label: refusal_of(schema, wrong) for label, wrong in wrongs(schema, right)}

    assert {label: refusal for label, refusal in refusals.items() if not is_clear(refusal)} == {}


def refusal_of(schema: ma.Schema, args: dict[str, Any]) -> Invalid | None:
    try:
        load(schema, args)
    except Invalid as refusal:
        return refusal
    return None


def is_clear(refusal: Invalid | None) -> bool:
    """Whether there is a refusal, with the one code of wrong arguments and every reason in Chinese."""
    if refusal is None or refusal.code != "args.invalid":
        return False
    return all(CHINESE.search(text) for text in (refusal.message, *refusal.details.values()))


# What a thing is, whose it is and who decided on it follows from commands and from who gives them; nobody writes it down.
FOLLOWING = {
    "state", "status", "version_no", "owner", "owner_id", "created_by", "created_at", "updated_at", "submitted_by", "submitted_at",
    "reviewed_by", "reviewer", "reviewer_id", "reviewed_at", "decided_by", "decided_at", "found_by", "author_id", "actor",
    "permissions_held", "is_admin", "epoch", "number_given", "sealed",
}  # fmt: skip


@pytest.mark.feature("SEC-27")
@pytest.mark.parametrize("operation", [o for _, o in operations() if o.is_command], ids=lambda o: o.name)
def test_what_follows_from_commands_is_written_by_nobody(operation: Operation) -> None:
    schema = operation.args()
    right = minimal(schema, lambda name: None, "内容")

    refusals = {name: refusal_of(schema, right | {name: "x"}) for name in FOLLOWING - schema.fields.keys()}

    assert {name for name, refusal in refusals.items() if refusal is None or set(refusal.details) != {name}} == set()
    assert schema.fields.keys() & FOLLOWING <= CHOSEN.get(operation.name, set())
    assert [path for path, inner in nested(schema) if inner.unknown != ma.RAISE] == []


# Commands to which such a name means something else: who answers for another system is written down; a filter is no state.
CHOSEN = {"create_client": {"owner"}, "change_client": {"owner"}, "export_risk_points": {"status"}}


def nested(schema: ma.Schema, path: str = "") -> Iterator[tuple[str, ma.Schema]]:
    """The schema and all schemas inside it."""
    yield path, schema
    for name, field in schema.fields.items():
        inner = getattr(field, "inner", field)
        if isinstance(inner, fields.Nested):
            yield from nested(inner.schema, f"{path}{name}.")


@pytest.mark.feature("SEC-36")
@pytest.mark.parametrize("operation", [o for _, o in operations()], ids=lambda o: o.name)
def test_every_list_has_an_end(operation: Operation) -> None:
    assert endless(operation.args()) == []


def endless(schema: ma.Schema, path: str = "") -> list[str]:
    """Lists to which a sender could add without end."""
    found = []
    for name, field in schema.fields.items():
        is_many = isinstance(field, fields.List) or (isinstance(field, fields.Nested) and field.schema.many)
        limits = [v.max or v.equal for v in field.validators if isinstance(v, ma.validate.Length)]
        if is_many and not any(limits):
            found.append(path + name)
        inner = getattr(field, "inner", field)
        if isinstance(inner, fields.Nested):
            found += endless(inner.schema, f"{path}{name}.")
    return found


@pytest.mark.parametrize("operation", [o for _, o in operations()], ids=lambda o: o.name)
def test_every_field_has_a_chinese_name(operation: Operation) -> None:
    nameless = [name for name, field in operation.args().fields.items() if not field.metadata.get("label")]

    assert nameless == []
