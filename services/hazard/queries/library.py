"""The library: typical hazards to choose from, and the criteria and standards by which a major one is judged."""

from collections.abc import Callable
from datetime import date
from typing import Any

from services.hazard.contract import library as contract
from services.hazard.domain import criteria
from services.kernel import catalogue
from services.kernel.errors import Invalid
from services.kernel.service import handles
from services.kernel.work import Work

Row = dict[str, Any]


@handles(contract.LIST_LIBRARY)
def list_hazard_library(
    work: Work, limit: int, cursor: str | None, q: str | None, industry: str | None, category: str | None
) -> dict[str, Any]:
    """Typical hazards of an industry together with those of all industries."""

    def fits(row: Row) -> bool:
        of = row["industry_code"]
        is_of_industry = not industry or of == "ALL" or industry.startswith(of) or of.startswith(industry)
        return is_of_industry and category in (None, "", row["category"]) and _holds(q, row["code"], row["item"], row["law"])

    return _page(catalogue.rows(work, "typical_hazards"), fits, _typical, limit, cursor)


@handles(contract.LIST_CRITERIA)
def list_major_criteria(
    work: Work, limit: int, cursor: str | None, q: str | None, group: str | None, industry: str | None,
    standard_code: str | None,
) -> dict[str, Any]:  # fmt: skip
    """The criteria of one group, or of the group that an industry belongs to."""
    rows = catalogue.rows(work, "major_hazard_criteria")
    titles = {row["standard_code"]: row["title"] for row in catalogue.rows(work, "major_hazard_standards")}
    choosable = criteria.choosable(rows)
    wanted = group or (criteria.GROUP_OF_INDUSTRY.get(industry[:2], "none") if industry else None)

    def fits(row: Row) -> bool:
        is_wanted = wanted in (None, row["industry_group"]) and standard_code in (None, "", row["standard_code"])
        return is_wanted and _holds(q, row["code"], row["text"], row["sector"])

    def tell(row: Row) -> Row:
        same = {name: row[name] or None for name in ("code", "standard_code", "sector", "article", "item", "parent_code", "text")}
        return same | {
            "standard_title": titles.get(row["standard_code"], row["standard_code"]), "group": row["industry_group"],
            "may_be_chosen": row["code"] in choosable,
        }  # fmt: skip

    return _page(rows, fits, tell, limit, cursor)


@handles(contract.LIST_STANDARDS)
def list_major_standards(work: Work) -> dict[str, Any]:
    """Every standard with the number of its criteria that are at hand."""
    held: dict[str, int] = {}
    for row in catalogue.rows(work, "major_hazard_criteria"):
        held[row["standard_code"]] = held.get(row["standard_code"], 0) + 1
    items = [
        {
            "code": row["standard_code"], "group": row["industry_group"], "title": row["title"], "document_no": row["document_no"],
            "effective_from": _day(row["effective_from"]), "effective_to": _day(row["effective_to"]),
            "status": row["status"], "criteria": held.get(row["standard_code"], 0),
        }
        for row in catalogue.rows(work, "major_hazard_standards")
    ]  # fmt: skip
    return {"items": items}


def _typical(row: Row) -> Row:
    return {
        "code": row["code"], "industry": row["industry_code"], "category": row["category"], "requirement": row["item"],
        "basis": f"《{row['law']}》{row['article']}", "hazard_class": row["hazard_class"],
        "deadline_days": int(row["default_deadline_days"]) if row["default_deadline_days"] else None,
        "criterion_code": row["criterion_code"] or None,
    }  # fmt: skip


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _holds(q: str | None, *texts: str) -> bool:
    return not q or any(q in text for text in texts)


def _page(
    rows: list[Row], fits: Callable[[Row], bool], tell: Callable[[Row], Row], limit: int, cursor: str | None
) -> dict[str, Any]:
    """A page of a catalogue, which is read whole and never changes between two pages; the cursor is the last code."""
    if cursor is not None:
        after = next((place for place, row in enumerate(rows, 1) if row["code"] == cursor), None)
        if after is None:
            raise Invalid("page.bad_cursor", "页标无效，请从第一页重新查询")
        rows = rows[after:]
    found = [row for row in rows if fits(row)]
    return {"items": [tell(row) for row in found[:limit]], "next_cursor": found[limit - 1]["code"] if len(found) > limit else None}
