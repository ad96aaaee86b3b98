"""Fields and schemas that several parts of this contract use."""

from typing import Any

from marshmallow import ValidationError, fields, validate

from services.kernel.contract import Operation, PageArgs, Schema


class Identifier(fields.UUID):
    """A UUID that stays text, as ids are everywhere in the services."""

    def _deserialize(self, *args: Any, **kwargs: Any) -> str:  # type: ignore[override]
        return str(super()._deserialize(*args, **kwargs))


class Text(fields.String):
    """A text that a database keeps: without NUL, and writable in UTF-8."""

    def _deserialize(self, *args: Any, **kwargs: Any) -> str:
        text = super()._deserialize(*args, **kwargs)
        if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
            raise ValidationError("含有不允许的字符")
        return text


OPTIONAL: dict[str, Any] = {"load_default": None, "allow_none": True}


def identifier(label: str, **options: Any) -> Identifier:
    return Identifier(metadata={"label": label}, **options)


def text(label: str, longest: int, shortest: int = 1, **options: Any) -> fields.String:
    return Text(validate=validate.Length(shortest, longest), metadata={"label": label}, **options)


def needed(label: str, longest: int, shortest: int = 2) -> fields.String:
    return text(label, longest, shortest, required=True)


def optional_text(label: str, longest: int) -> fields.String:
    return text(label, longest, 0, **OPTIONAL)


def one_of(words: dict[str, str], label: str, **options: Any) -> fields.String:
    return fields.String(validate=validate.OneOf(list(words)), metadata={"label": label, "words": words}, **options)


def filter_by(words: dict[str, str], label: str) -> fields.String:
    return one_of(words, label, **OPTIONAL)


def word(words: dict[str, str], label: str, **options: Any) -> fields.String:
    """A word in an answer."""
    return fields.String(metadata={"label": label, "words": words}, **options)


def said(label: str) -> fields.String:
    """A text in an answer that may be absent."""
    return fields.String(allow_none=True, metadata={"label": label})


def day(label: str, **options: Any) -> fields.Date:
    return fields.Date(metadata={"label": label}, **options)


def optional_day(label: str) -> fields.Date:
    return day(label, **OPTIONAL)


def moment(label: str, **options: Any) -> fields.AwareDateTime:
    return fields.AwareDateTime(metadata={"label": label}, **options)


def money(label: str, **options: Any) -> fields.Decimal:
    return fields.Decimal(places=2, as_string=True, validate=validate.Range(0, 10**12), metadata={"label": label}, **options)


def whole(label: str, lowest: int, highest: int, **options: Any) -> fields.Integer:
    return fields.Integer(strict=True, validate=validate.Range(lowest, highest), metadata={"label": label}, **options)


def flag(label: str, **options: Any) -> fields.Boolean:
    return fields.Boolean(metadata={"label": label}, **options)


def files(label: str, most: int = 9) -> fields.List:
    """Ids of uploaded files."""
    size = validate.Length(0, most, error="最多{max}个")
    return fields.List(Identifier(), validate=size, load_default=list, metadata={"label": label})


def version() -> fields.Integer:
    """The version on which the sender decided; without it the change is made on the present one."""
    return fields.Integer(metadata={"label": "版本号"}, **OPTIONAL)


class ListArgs(PageArgs):
    """What every list of this service takes."""

    q = optional_text("关键字", 100)


class OneHazard(Schema):
    hazard_id = identifier("隐患编号", required=True)


class ChangeHazard(OneHazard):
    version = version()


class ReasonedChange(ChangeHazard):
    reason = needed("原因", 500)


class Owned(Schema):
    """What every record of an enterprise tells about itself."""

    id = identifier("编号")
    enterprise_id = identifier("企业编号")
    region = fields.String(metadata={"label": "所在地区"})
    industry = fields.String(allow_none=True, metadata={"label": "行业类别"})
    version = fields.Integer(metadata={"label": "版本号"})


def command(name: str, way: str, permission: str, args: type[Schema], answer: type[Schema], summary: str) -> Operation:
    """A change of one hazard."""
    return Operation(name, f"POST /hazards/{{hazard_id}}/{way}", permission, args, answer, summary)
