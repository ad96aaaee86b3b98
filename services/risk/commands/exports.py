"""Points become a spreadsheet that can be imported again; what would not be taken is named instead (RSK-07)."""

import base64
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from services.kernel.errors import Invalid
from services.kernel.service import handles
from services.kernel.work import Work
from services.risk import off_hub, sheet_names
from services.risk.contract import sheets as contract
from services.risk.domain.risk_point import RiskPoint, Status
from services.risk.queries import points
from services.risk.repository import references
from services.risk.repository.keeping import keep_batch
from services.risk.sheet_names import Units
from services.risk.sheets.template import workbook
from services.risk.sheets.writing import Names, rows_of
from services.risk.tables import risk_point
from services.sheets.columns import EXAMPLE_MARK

_OF = risk_point.c
MOST_LEFT_OUT = 200  # That are named; the log tells how many there were.


@handles(contract.EXPORT_RISK_POINTS)
def export_risk_points(work: Work, ids: list[str], **filters: Any) -> dict[str, Any]:
    """The named points, or those that the filters leave, as the importing takes them."""
    owner = references.owner_of(references.own_enterprise(work))
    names = sheet_names.names(work, owner["enterprise_id"], Units.of(work, owner["enterprise_id"]))
    found = _found(work, owner["enterprise_id"], ids, filters)
    against = {point.id: _against(point, names) for point in found}
    left_out = [{"id": p.id, "name": p.name, "reason": against[p.id]} for p in found if against[p.id]]
    fit = [point for point in found if not against[point.id]]
    rows = [row for point in fit for row in rows_of(point, names)]
    _refuse_too_many(max(len(rows), len(found)))
    content = off_hub.run(workbook, sheet_names.choices(work, owner["enterprise_id"]), rows)
    file_name = f"风险点{work.today:%Y%m%d}.xlsx"
    batch = keep_batch(work, owner, "export", len(fit), len(left_out), file_name)
    work.note("risk_point_export", {"count": len(fit), "ids": [point.id for point in fit]})
    return {
        "file_name": file_name, "content_base64": base64.b64encode(content).decode("ascii"), "points": len(fit), "rows": len(rows),
        "left_out": left_out[:MOST_LEFT_OUT], "batch_id": batch,
    }  # fmt: skip


def _found(work: Work, enterprise_id: str, ids: Sequence[str], filters: dict[str, Any]) -> list[RiskPoint]:
    chosen = [_OF.enterprise_id == enterprise_id, *points.chosen(work, **filters)]
    if ids:
        chosen.append(_OF.id.in_(ids))
    elif filters["status"] is None:
        chosen.append(_OF.status != Status.RETIRED)
    # Each point has a row at least: one more than fit is enough to know that they do not fit.
    query = sa.select(RiskPoint).where(*chosen).order_by(_OF.number).limit(contract.MOST_ROWS + 1)
    return list(work.session.scalars(query))


def _against(point: RiskPoint, names: Names) -> str | None:
    """Why the importing would not take this point as it is."""
    if point.status == Status.RETIRED:
        return "已停用"
    if point.assessment is None:
        return "还没有评价"
    if point.unit_id not in names.units:
        return "所属单元已停用"
    return f"名称以“{EXAMPLE_MARK}”开头，导入时会当作示例行" if point.name.startswith(EXAMPLE_MARK) else None


def _refuse_too_many(rows: int) -> None:
    if rows > contract.MOST_ROWS:
        raise Invalid("export.too_many_rows", f"所选风险点超过{contract.MOST_ROWS}行，一个文件装不下，请按单元或等级分次导出")
