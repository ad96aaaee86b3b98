"""The kit of fields: one way to write each kind.  ``label`` is what people call the field; limits come after it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from marshmallow import ValidationError, fields, validate

OPTIONAL: dict[str, Any] = {"load_default": None, "allow_none": True}
REGION = validate.Regexp(r"^\d{6}(\d{3}|\d{6})?\Z", error="应为6、9或12位行政区划代码")

Words = Mapping[str, str] | Sequence[str]


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


def _within_reach(value: date) -> None:
    """Refuse what no deadline, term or day in China can be reckoned from."""
    if not 1900 <= value.year < 2200:
        raise ValidationError("应在1900年至2199年之间")


class Moment(fields.AwareDateTime):
    """A moment with its zone, kept as one of UTC: PostgreSQL knows no zone that is sixteen hours or more away."""

    def _deserialize(self, *args: Any, **kwargs: Any) -> datetime:
        found = super()._deserialize(*args, **kwargs)
        _within_reach(found)
        return found.astimezone(UTC)


def identifier(label: str, **options: Any) -> Identifier:
    return Identifier(metadata={"label": label}, **options)


def optional_identifier(label: str) -> Identifier:
    return identifier(label, **OPTIONAL)


def text(label: str, longest: int, shortest: int = 1, **options: Any) -> fields.String:
    return fields.String(validate=validate.Length(shortest, longest), metadata={"label": label}, **options)


def optional_text(label: str, longest: int) -> fields.String:
    """A text that may be left out, null or empty."""
    return text(label, longest, 0, **OPTIONAL)


def shown(label: str, **options: Any) -> fields.String:
    """A text of an answer."""
    return fields.String(metadata={"label": label}, **options)


def one_of(words: Words, label: str, **options: Any) -> fields.String:
    """A code value that is checked; ``words`` are the codes, with their Chinese words where they have some."""
    return fields.String(validate=validate.OneOf(list(words)), metadata=_named(words, label), **options)


def optional_one_of(words: Words, label: str) -> fields.String:
    return one_of(words, label, **OPTIONAL)


def word(words: Words, label: str, **options: Any) -> fields.String:
    """A code value of an answer or announcement; unchecked, since a newer sender may know more of them."""
    return fields.String(metadata=_named(words, label), **options)


def _named(words: Words, label: str) -> dict[str, Any]:
    return {"label": label, "words": dict(words)} if isinstance(words, Mapping) else {"label": label}


def region(label: str, **options: Any) -> fields.String:
    """The whole code of a place: county, township or village."""
    return fields.String(validate=REGION, metadata={"label": label}, **options)


def number_of(label: str, **options: Any) -> fields.Integer:
    """A whole number of an answer."""
    return fields.Integer(metadata={"label": label}, **options)


def whole(label: str, lowest: int, highest: int, **options: Any) -> fields.Integer:
    return fields.Integer(strict=True, validate=validate.Range(lowest, highest), metadata={"label": label}, **options)


def money(label: str, **options: Any) -> fields.Decimal:
    return fields.Decimal(places=2, as_string=True, validate=validate.Range(0, 10**12), metadata={"label": label}, **options)


def flag(label: str, **options: Any) -> fields.Boolean:
    return fields.Boolean(metadata={"label": label}, **options)


def day(label: str, **options: Any) -> fields.Date:
    return fields.Date(metadata={"label": label}, validate=_within_reach, **options)


def optional_day(label: str) -> fields.Date:
    return day(label, **OPTIONAL)


def moment(label: str, **options: Any) -> Moment:
    return Moment(metadata={"label": label}, **options)


def list_of(inner: Any, label: str, most: int, least: int = 0, **options: Any) -> fields.List:
    size = validate.Length(least, most, error="应有{min}至{max}项")
    return fields.List(inner, validate=size, metadata={"label": label}, **options)


def files(label: str, most: int = 9, **options: Any) -> fields.List:
    """Ids of uploaded files."""
    return list_of(Identifier(), label, most, **options)


def file_content(label: str, largest: int, too_large: str, **options: Any) -> fields.String:
    """A file of at most ``largest`` bytes inside JSON, in Base64; bodies with it may be that much longer than others."""
    longest = -(-largest // 3) * 4
    size = validate.Length(1, longest, error=too_large)
    return fields.String(validate=size, metadata={"label": label, "file_length": longest}, **options)


def version() -> fields.Integer:
    """The version on which the sender decided; without it the change is made on the present one."""
    return fields.Integer(metadata={"label": "版本号"}, **OPTIONAL)
