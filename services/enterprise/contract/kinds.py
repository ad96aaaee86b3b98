"""Kinds of field that this contract uses again and again.  Ids and days of the basic information stay text."""

from datetime import date
from typing import Any

from marshmallow import ValidationError, fields, validate
from stdnum.cn import uscc

from services.language.fields import identifier, version
from services.language.schema import PageArgs, Schema


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


PHONE = validate.Regexp(r"^(1\d{10}|0\d{2,3}-?\d{7,8}(-\d{1,5})?)\Z", error="应为手机号或带区号的座机号")
MOBILE = validate.Regexp(r"^1\d{10}\Z", error="应为11位手机号")


class EnterpriseArgs(Schema):
    enterprise_id = identifier("企业编号", required=True)


class EnterpriseChangeArgs(EnterpriseArgs):
    """A change of one enterprise, decided on the version that the sender saw."""

    version = version()


class EnterprisePageArgs(PageArgs, EnterpriseArgs):
    """A list of what belongs to one enterprise."""
