"""Checks of codes against the catalogues in force, and the provincial library of check items."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from services.enforcement import repository
from services.enforcement.domain.check_item import ALL_INDUSTRIES, CheckItem
from services.enforcement.tables import check_item
from services.kernel import catalogue
from services.kernel.errors import Invalid, NotFound
from services.kernel.work import Work

FROZEN = (
    "code",
    "category",
    "item",
    "methods",
    "law",
    "article",
    "hazard_class",
    "default_deadline_days",
    "offence_code",
    "criterion_code",
)
LIBRARY = "checklist_library"


def check_item_codes(work: Work, values: Mapping[str, Any]) -> None:
    """Refuse an item whose industry, offence or criterion no catalogue knows."""
    wanted = [("offence_code", "offences"), ("criterion_code", "major_hazard_criteria")]
    check_industry(work, values["industry"])
    _require(work, {field: (name, values[field]) for field, name in wanted if values[field]}, "check_item.unknown_code")


def check_industry(work: Work, industry: str) -> None:
    if industry != ALL_INDUSTRIES:
        _require(work, {"industry": ("industries", industry)}, "check_item.unknown_code")


def check_criteria(work: Work, findings: Sequence[Mapping[str, Any]]) -> None:
    for criterion in {finding["criterion_code"] for finding in findings if finding["criterion_code"]}:
        _require(work, {"criterion_code": ("major_hazard_criteria", criterion)}, "inspection.unknown_criterion")


def frozen_items(work: Work, wanted: Sequence[str]) -> list[dict[str, Any]]:
    """The items of these codes as they stand now, from the library and from the bureaus' own; disabled ones are refused."""
    library = {row["code"]: library_item(row) for row in catalogue.rows(work, LIBRARY)}
    query = sa.select(CheckItem).where(check_item.c.code.in_(wanted), repository.usable(work.caller, check_item))
    own = {item.code: item for item in work.session.scalars(query)}
    found = []
    for code in wanted:
        if code in library:
            found.append(library[code])
        elif code in own and own[code].is_active:
            found.append({name: getattr(own[code], name) for name in FROZEN})
        else:
            raise Invalid("check_table.unknown_item", f"检查内容{code}不存在或已停用", item_codes=code)
    return found


def library_item(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of the provincial library as a check item."""
    return {name: row[name] or None for name in FROZEN if name in row} | {
        "methods": row["check_methods"].split(";"),
        "default_deadline_days": int(row["default_deadline_days"]),
    }


def _require(work: Work, wanted: Mapping[str, tuple[str, str]], code: str) -> None:
    for field, (name, value) in wanted.items():
        try:
            catalogue.row(work, name, value)
        except NotFound:
            raise Invalid(code, f"代码{value}不在现行目录中，请重新选择", **{field: "不在目录中"}) from None
