"""Kinds of field that this contract uses again and again.  Ids and days of the basic information stay text."""

from datetime import date
from typing import Any

from marshmallow import ValidationError, fields, validate
from stdnum.cn import uscc

from services.kernel.contract import PageArgs, Schema


class Id(fields.UUID):
    """A UUID that arrives as text, the way tables and aggregates hold it."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:  # type: ignore[override]
        return str(super()._deserialize(value, attr, data, **kwargs))


class Day(fields.Date):
    """A day kept as text (``2026-01-31``), for information that is stored as JSON."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:  # type: ignore[override]
        return super()._deserialize(value, attr, data, **kwargs).isoformat()

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else value


def credit_code(value: str) -> None:
    """Refuse what is no unified social credit code: 18 characters with the check digit of GB 32100."""
    if value != uscc.compact(value) or not uscc.is_valid(value):
        raise ValidationError("应为18位统一社会信用代码，校验位须正确")


REGION = validate.Regexp(r"^\d{6}(\d{3}|\d{6})?$", error="应为6、9或12位行政区划代码")
PHONE = validate.Regexp(r"^(1\d{10}|0\d{2,3}-?\d{7,8}(-\d{1,5})?)$", error="应为手机号或带区号的座机号")
MOBILE = validate.Regexp(r"^1\d{10}$", error="应为11位手机号")


def text(label: str, longest: int = 200, **options: Any) -> fields.String:
    """A text of one to ``longest`` characters."""
    return fields.String(validate=validate.Length(1, longest), metadata={"label": label}, **options)


def choice(label: str, values: list[str], **options: Any) -> fields.String:
    return fields.String(validate=validate.OneOf(values), metadata={"label": label}, **options)


def ids(label: str, longest: int = 30, **options: Any) -> fields.List[Any]:
    """Ids of uploaded files."""
    return fields.List(Id(), validate=validate.Length(max=longest), metadata={"label": label}, **options)


class EnterpriseArgs(Schema):
    enterprise_id = Id(required=True, metadata={"label": "企业编号"})


class EnterpriseChangeArgs(EnterpriseArgs):
    """A change of one enterprise, decided on the version that the sender saw."""

    version = fields.Integer(load_default=None, allow_none=True, metadata={"label": "版本"})


class EnterprisePageArgs(PageArgs, EnterpriseArgs):
    """A list of what belongs to one enterprise."""
