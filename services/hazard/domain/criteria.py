"""The criteria by which a major hazard is judged (重大事故隐患判定标准), as rows of the catalogue."""

from collections.abc import Iterable, Mapping

from services.kernel.errors import Invalid

Row = Mapping[str, str]
GROUP_OF_INDUSTRY = {
    "MK": "COAL", "FM": "NONCOAL", "WH": "HAZCHEM", "YH": "FIREWORKS", "GM": "GONGMAO", "JZ": "CONSTRUCTION", "RQ": "GAS",
}  # fmt: skip
CURRENT = "current"


def choosable(rows: Iterable[Row]) -> set[str]:
    """Codes that may be chosen: no headings of others, and of superseded standards only where no newer text is loaded."""
    rows = list(rows)
    renewed = {row["industry_group"] for row in rows if row["status"] == CURRENT}
    return {
        row["code"] for row in rows if row["is_leaf"] == "1" and (row["status"] == CURRENT or row["industry_group"] not in renewed)
    }


def require_choosable(code: str, rows: Iterable[Row]) -> None:
    if code not in choosable(rows):
        raise Invalid(
            "hazard.no_criterion", "该判定条款不存在、已废止或只是标题，请从判定标准中选择具体条款", criterion_code="不能选择"
        )
