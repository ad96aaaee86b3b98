"""Fields and schemas that several parts of this contract use."""

from decimal import Decimal
from typing import Any

from marshmallow import fields, validate

from services.kernel.contract import Schema


class Identifier(fields.UUID):
    """A UUID that stays text, as ids are everywhere in the services."""

    def _deserialize(self, *args: Any, **kwargs: Any) -> str:  # type: ignore[override]
        return str(super()._deserialize(*args, **kwargs))


class Number(fields.Decimal):
    """Counted in decimals inside, a plain JSON number outside."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        if value is None:
            return None
        exact = Decimal(str(value))
        return int(exact) if exact == exact.to_integral_value() else float(exact)


def identifier(label: str, **options: Any) -> Identifier:
    return Identifier(metadata={"label": label}, **options)


def optional_identifier(label: str) -> Identifier:
    return identifier(label, load_default=None, allow_none=True)


def text(label: str, longest: int, shortest: int = 1, **options: Any) -> fields.String:
    return fields.String(validate=validate.Length(shortest, longest), metadata={"label": label}, **options)


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


def whole(label: str, lowest: int, highest: int, **options: Any) -> fields.Integer:
    return fields.Integer(validate=validate.Range(lowest, highest), metadata={"label": label}, **options)


def flag(label: str, **options: Any) -> fields.Boolean:
    return fields.Boolean(metadata={"label": label}, **options)


def list_of(inner: Any, label: str, most: int, least: int = 0, **options: Any) -> fields.List:
    size = validate.Length(least, most, error="应有{min}至{max}项")
    return fields.List(inner, validate=size, metadata={"label": label}, **options)


def version() -> fields.Integer:
    """The version on which the sender decided; without it the change is made on the present one."""
    return fields.Integer(load_default=None, allow_none=True, metadata={"label": "版本号"})


class Owned(Schema):
    """What every record of an enterprise tells about itself."""

    id = identifier("编号")
    enterprise_id = identifier("企业编号")
    region = fields.String(metadata={"label": "所在地区"})
    industry = fields.String(allow_none=True, metadata={"label": "行业类别"})
    version = fields.Integer(metadata={"label": "版本号"})


class Done(Schema):
    """How many records were touched."""

    count = fields.Integer(metadata={"label": "数量"})
