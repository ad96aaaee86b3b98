"""Fields and schemas that several parts of this contract use."""

from typing import Any

from marshmallow import ValidationError, fields, validate

from services.kernel.contract import PageArgs, Schema


class Identifier(fields.UUID):
    """A UUID that stays text, as ids are everywhere in the services."""

    def _deserialize(self, *args: Any, **kwargs: Any) -> str:  # type: ignore[override]
        return str(super()._deserialize(*args, **kwargs))


def identifier(label: str, **options: Any) -> Identifier:
    return Identifier(metadata={"label": label}, **options)


def optional_identifier(label: str) -> Identifier:
    return identifier(label, load_default=None, allow_none=True)


def without_nul(value: str) -> None:
    """Refuse the one character that the database cannot keep."""
    if "\x00" in value:
        raise ValidationError("含有无法保存的字符")


def text(label: str, longest: int, shortest: int = 1, **options: Any) -> fields.String:
    return fields.String(validate=[validate.Length(shortest, longest), without_nul], metadata={"label": label}, **options)


def optional_text(label: str, longest: int) -> fields.String:
    return text(label, longest, 0, load_default=None, allow_none=True)


def one_of(words: dict[str, str], label: str, **options: Any) -> fields.String:
    return fields.String(validate=validate.OneOf(list(words)), metadata={"label": label, "words": words}, **options)


def filter_by(words: dict[str, str], label: str) -> fields.String:
    return one_of(words, label, load_default=None, allow_none=True)


def moment(label: str, **options: Any) -> fields.AwareDateTime:
    return fields.AwareDateTime(metadata={"label": label}, **options)


def day(label: str, **options: Any) -> fields.Date:
    return fields.Date(metadata={"label": label}, **options)


def flag(label: str, **options: Any) -> fields.Boolean:
    return fields.Boolean(metadata={"label": label}, **options)


def number_of(label: str) -> fields.Integer:
    return fields.Integer(metadata={"label": label})


def list_of(inner: Any, label: str, most: int, least: int = 0, **options: Any) -> fields.List:
    size = validate.Length(least, most, error="应有{min}至{max}项")
    return fields.List(inner, validate=size, metadata={"label": label}, **options)


def files(label: str, **options: Any) -> fields.List:
    """Ids of uploaded files."""
    return list_of(Identifier(), label, 30, **options)


def region(label: str, **options: Any) -> fields.String:
    code = validate.Regexp(r"^\d{6}(\d{3}|\d{6})?\Z", error="应为6、9或12位行政区划代码")
    return fields.String(validate=code, metadata={"label": label}, **options)


def version() -> fields.Integer:
    """The version on which the sender decided; without it the change is made on the present one."""
    return fields.Integer(load_default=None, allow_none=True, metadata={"label": "版本号"})


class ListArgs(PageArgs):
    """What every list takes; words that are searched for are held to what the database can compare."""

    q = text("关键字", 100, 0, load_default=None, allow_none=True)


class Done(Schema):
    """How many records were touched."""

    count = number_of("数量")
