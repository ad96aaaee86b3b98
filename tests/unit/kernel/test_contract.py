"""Arguments are refused with one Chinese sentence and every wrong field by name."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import marshmallow as ma
import pytest
from marshmallow import fields, validate

from services.kernel import contract
from services.kernel.contract import Operation
from services.kernel.errors import Invalid
from services.language.fields import day, moment
from services.language.schema import Schema


class Part(Schema):
    amount = fields.Integer(required=True, validate=validate.Range(1, 7), metadata={"label": "次数"})


class Form(Schema):
    name = fields.String(required=True, validate=validate.Length(1, 5), metadata={"label": "名称"})
    day = day("日期")
    at = moment("时间")
    parts = fields.List(fields.Nested(Part), metadata={"label": "明细"})


@pytest.mark.parametrize(
    ("data", "message", "path"),
    [
        ({}, "「名称」必填", "name"),
        ({"name": ""}, "「名称」应为1至5个字", "name"),
        ({"name": None}, "「名称」不能为空", "name"),
        ({"name": 3}, "「名称」应为文字", "name"),
        ({"name": "甲", "day": "昨天"}, "「日期」应为日期，如 2026-01-31", "day"),
        ({"name": "甲", "day": "9999-12-31"}, "「日期」应在1900年至2199年之间", "day"),
        ({"name": "甲", "at": "2026-01-31T08:00:00"}, "「时间」应为带时区的时间，如 2026-01-31T08:00:00+08:00", "at"),
        ({"name": "甲", "at": "0001-01-01T00:00:00+08:00"}, "「时间」应在1900年至2199年之间", "at"),
        ({"name": "甲", "other": 1}, "「other」没有这个字段", "other"),
        ({"name": "甲", "parts": [{"amount": 1}, {"amount": 8}]}, "「次数」应不小于1，且不大于7", "parts.1.amount"),
        ({"name": "甲", "parts": [{}]}, "「次数」必填", "parts.0.amount"),
        ({"name": "甲", "parts": {}}, "「明细」应为列表", "parts"),
        ([], "「请求」应为一组字段", "_schema"),
    ],
)
def test_a_wrong_field_is_named(data: Any, message: str, path: str) -> None:
    with pytest.raises(Invalid) as refusal:
        contract.load(Form(), data)

    assert refusal.value.message == message
    assert list(refusal.value.details) == [path]


@pytest.mark.parametrize("text", ["1999-12-31T17:57:36+08:00", "2000-01-01T09:32:36+23:35"])
def test_a_moment_is_one_whatever_zone_it_is_told_in(text: str) -> None:
    found = contract.load(Form(), {"name": "甲", "at": text})["at"]

    assert found.isoformat() == "1999-12-31T09:57:36+00:00"


@pytest.mark.parametrize("text", ["a\0b", "\0", "半个\ud83d字"])
@pytest.mark.parametrize(
    ("shape", "path"),
    [
        (lambda text: {"name": text}, "name"),
        (lambda text: {"name": "甲", "parts": [{"amount": 1}, {"amount": text}]}, "parts.1.amount"),
        (lambda text: {"name": "甲", text: 1}, "_schema"),
    ],
)
def test_what_no_database_keeps_is_refused_wherever_it_stands(text: str, shape: Any, path: str) -> None:
    with pytest.raises(Invalid) as refusal:
        contract.load(Form(), shape(text))

    assert refusal.value.details == {path: "含有不允许的字符"}


def test_several_wrong_fields_are_counted_and_all_listed() -> None:
    with pytest.raises(Invalid) as refusal:
        contract.load(Form(), {"day": "x", "other": 1})

    assert refusal.value.message.endswith("（共3处）")
    assert set(refusal.value.details) == {"name", "day", "other"}


@pytest.mark.feature("SEC-19")
def test_an_operation_without_a_permission_cannot_be_built() -> None:
    with pytest.raises(ValueError, match="declares no permission"):
        Operation("see", "GET /things", "", ma.Schema, ma.Schema, "看")


def test_an_event_of_a_newer_version_is_read_without_its_new_fields() -> None:
    event_type = contract.EventType("demo", "demo.made.v1", Form)

    assert event_type.load({"state": {"name": "甲", "added_later": 1}, "fact": {"also": 2}}) == {
        "state": {"name": "甲"},
        "fact": {},
    }


def test_one_schema_serves_threads_without_mixing_what_they_load_and_dump() -> None:
    def use(number: int) -> bool:
        part = {"amount": number % 7 + 1}
        told = {"name": f"第{number}", "parts": [part] * (number % 3 + 1)}
        loaded = contract.load(contract.made(Form), told)
        with pytest.raises(Invalid, match="没有这个字段"):
            contract.load(contract.made(Form), told | {f"wrong{number}": 1})
        return loaded == told and contract.made(Form).dump(loaded) == told

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(use, range(400)))


def test_a_tolerant_schema_is_another_than_the_strict_one() -> None:
    tolerant = contract.made(Form, is_tolerant=True)

    assert tolerant is contract.made(Form, is_tolerant=True)
    assert tolerant.load({"name": "甲", "newer": 1}) == {"name": "甲"}
    with pytest.raises(ma.ValidationError):
        contract.made(Form).load({"name": "甲", "newer": 1})
