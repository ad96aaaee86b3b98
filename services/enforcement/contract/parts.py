"""Fields and schemas that several parts of this contract use."""

from typing import Any

from marshmallow import fields, validate

from services.kernel.contract import Schema


class Identifier(fields.UUID):
    """A UUID that stays text, as ids are everywhere in the services."""

    def _deserialize(self, *args: Any, **kwargs: Any) -> str:  # type: ignore[override]
        return str(super()._deserialize(*args, **kwargs))


def identifier(label: str, **options: Any) -> Identifier:
    return Identifier(metadata={"label": label}, **options)


def text(label: str, longest: int, shortest: int = 1, **options: Any) -> fields.String:
    return fields.String(validate=validate.Length(shortest, longest), metadata={"label": label}, **options)


def optional_text(label: str, longest: int) -> fields.String:
    return text(label, longest, 0, load_default=None, allow_none=True)


def one_of(words: dict[str, str], label: str, **options: Any) -> fields.String:
    return fields.String(validate=validate.OneOf(list(words)), metadata={"label": label, "words": words}, **options)


def optional_day(label: str) -> fields.Date:
    return fields.Date(load_default=None, allow_none=True, metadata={"label": label})


def version() -> fields.Integer:
    """The version on which the sender decided; without it the change is made on the present one."""
    return fields.Integer(load_default=None, allow_none=True, metadata={"label": "版本号"})


def list_of(inner: Any, label: str, most: int, least: int = 0, **options: Any) -> fields.List:
    size = validate.Length(least, most, error="应有{min}至{max}项")
    return fields.List(inner, validate=size, metadata={"label": label}, **options)


class FileAnswer(Schema):
    """A file as the answer of an operation; the gateway sends it as such, not as JSON."""

    filename = fields.String(required=True, metadata={"label": "文件名"})
    content_type = fields.String(required=True, metadata={"label": "文件类型"})
    content_base64 = fields.String(required=True, metadata={"label": "内容"})


class Done(Schema):
    """The id of what was taken away."""

    id = Identifier(metadata={"label": "编号"})
