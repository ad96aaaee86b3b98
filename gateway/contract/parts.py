"""Fields that several parts of this contract use."""

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


def secret(label: str, **options: Any) -> fields.String:
    """Text that must never be shown back or logged; taken unmodified."""
    return fields.String(
        validate=validate.Length(1, 128), load_only=True, metadata={"label": label, "format": "password"}, **options
    )


def one_of(words: dict[str, str], label: str, **options: Any) -> fields.String:
    return fields.String(validate=validate.OneOf(list(words)), metadata={"label": label, "words": words}, **options)


def version() -> fields.Integer:
    """The version on which the sender decided; without it the change is made on the present one."""
    return fields.Integer(load_default=None, allow_none=True, metadata={"label": "版本号"})


def texts(label: str, most: int, longest: int = 80, **options: Any) -> fields.List:
    size = validate.Length(0, most, error="最多{max}项")
    return fields.List(fields.String(validate=validate.Length(1, longest)), validate=size, metadata={"label": label}, **options)


class Supervision(Schema):
    """An explicit supervision scope (监管权限): each list restricts; an empty list lets nothing through."""

    regions = texts("行政区划", 200, 12, required=True)
    industries = texts("行业", 100, 12, required=True)
    enterprises = texts("企业", 2000, 36, required=True)


class Done(Schema):
    """The id of what was changed or taken away."""

    id = fields.String(metadata={"label": "编号"})
