"""How often one authority may inspect one enterprise in a year for planned matters (国办发〔2025〕1号)."""

from services.kernel.errors import Conflict, Invalid

# These do not count, but say why.
UNPLANNED = frozenset({"complaint", "accident", "superior", "recheck"})
YEARLY = {"red": 2}
YEARLY_OTHERS = 1


def require_reason(source: str, reason: str | None) -> None:
    if source in UNPLANNED and not reason:
        raise Invalid("inspection.reason_missing", "投诉举报、事故、上级交办和复查的检查应填写事由或来源编号", reason="必填")


def require_room(source: str, grade: str | None, planned_before: int) -> None:
    """Refuse a planned inspection beyond the year's number for the enterprise's grade."""
    most = YEARLY.get(grade or "", YEARLY_OTHERS)
    if source not in UNPLANNED and planned_before >= most:
        raise Conflict(
            "inspection.too_often",
            f"本年度对该企业的计划检查已达上限{most}次，确需检查的应按投诉举报、事故、上级交办办理",
            most=str(most),
        )
