"""Kinds of field that this contract uses again and again.  Ids and days of the basic information stay text."""

import re
from datetime import date
from typing import Any

from marshmallow import ValidationError, fields, validate
from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError as WrongNumber

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


class IdentityNumber(fields.String):
    """An identity number of 18 places with the check digit of GB 11643; its last may come as a small x.

    Its first six are not looked up: many people keep numbers of places that no table of ours knows any more.
    """

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:  # type: ignore[override]
        number = super()._deserialize(value, attr, data, **kwargs).strip().upper()
        if not _EIGHTEEN.fullmatch(number) or number[-1] != ric.calc_check_digit(number):
            raise ValidationError("应为18位身份证号，校验位须正确")
        try:
            ric.get_birth_date(number)
        except WrongNumber:
            raise ValidationError("出生日期不是真实的日期") from None
        return number


_EIGHTEEN = re.compile(r"[1-9][0-9]{16}[0-9X]")
PHONE = validate.Regexp(r"^(1\d{10}|0\d{2,3}-?\d{7,8}(-\d{1,5})?)\Z", error="应为手机号或带区号的座机号")
MOBILE = validate.Regexp(r"^1\d{10}\Z", error="应为11位手机号")


class EnterpriseArgs(Schema):
    enterprise_id = identifier("企业编号", required=True)


class EnterpriseChangeArgs(EnterpriseArgs):
    """A change of one enterprise, decided on the version that the sender saw."""

    version = version()


class EnterprisePageArgs(PageArgs, EnterpriseArgs):
    """A list of what belongs to one enterprise."""
