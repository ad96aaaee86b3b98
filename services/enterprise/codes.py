"""Checks of codes against the catalogues in force: regions, industries, types."""

from collections.abc import Mapping
from typing import Any

from services.kernel import catalogue
from services.kernel.errors import Invalid, NotFound
from services.kernel.work import Work

GBT4754_DIVISION = 2  # The first two digits of a class name its division, down to which the catalogue reaches.


def check(work: Work, values: Mapping[str, Any]) -> None:
    """Refuse codes that no catalogue knows; the registered region may lie in another province."""
    wanted = [
        ("enterprise_type", "enterprise_types", values.get("enterprise_type")),
        ("region", "regions", (values.get("region") or "")[:6]),
        ("industry", "industries", values.get("industry")),
        ("gbt4754_code", "gbt4754_divisions", (values.get("gbt4754_code") or "")[:GBT4754_DIVISION]),
        *(("secondary_types", "enterprise_types", code) for code in values.get("secondary_types") or []),
    ]
    wrong = {field: "不在目录中" for field, name, code in wanted if code and not _is_known(work, name, code)}
    if wrong:
        raise Invalid("enterprise.unknown_code", "地区、行业或类型代码不在现行目录中，请重新选择", **wrong)


def licence_type(work: Work, code: str) -> dict[str, Any]:
    """The catalogue's row of a licence type."""
    try:
        return catalogue.row(work, "licence_types", code)
    except NotFound:
        raise Invalid("licence.unknown_type", "证照类型不在现行目录中", licence_type="不在目录中") from None


def _is_known(work: Work, name: str, code: str) -> bool:
    try:
        return bool(catalogue.row(work, name, code))
    except NotFound:
        return False
