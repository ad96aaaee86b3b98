"""Fields that several parts of this contract use."""

from typing import Any

from marshmallow import fields, validate

from services.language.schema import Schema


def secret(label: str, **options: Any) -> fields.String:
    """Text that must never be shown back or logged; taken unmodified."""
    return fields.String(
        validate=validate.Length(1, 128), load_only=True, metadata={"label": label, "format": "password"}, **options
    )


def texts(label: str, most: int, longest: int = 80, **options: Any) -> fields.List:
    size = validate.Length(0, most, error="最多{max}项")
    return fields.List(fields.String(validate=validate.Length(1, longest)), validate=size, metadata={"label": label}, **options)


MOBILE = validate.Regexp(r"1\d{10}\Z", error="应为11位手机号")


def mobile(**options: Any) -> fields.String:
    return fields.String(validate=MOBILE, metadata={"label": "手机号"}, **options)


def email(**options: Any) -> fields.Email:
    return fields.Email(metadata={"label": "邮箱"}, error_messages={"invalid": "应为邮箱地址"}, **options)


class Reached(Schema):
    """How somebody is reached; without either he cannot recover his password by himself."""

    mobile = mobile(load_default=None, allow_none=True)
    email = email(load_default=None, allow_none=True)


class Supervision(Schema):
    """An explicit supervision scope (监管权限): each list restricts; an empty list lets nothing through."""

    regions = texts("行政区划", 200, 12, required=True)
    industries = texts("行业", 100, 12, required=True)
    enterprises = texts("企业", 2000, 36, required=True)
