"""Points come from a spreadsheet: read off the hub, checked row by row, kept whole or not at all."""

import base64
from dataclasses import asdict
from typing import Any

from services.kernel import ids
from services.kernel.service import handles
from services.kernel.work import Work
from services.risk import imported, off_hub, sheet_names
from services.risk.commands.points import assessor
from services.risk.contract import sheets as contract
from services.risk.repository import points, references
from services.risk.repository.keeping import keep_batch
from services.risk.sheets import reading, template
from services.sheets import XLSX
from services.sheets.reading import MOST_ERRORS, decoded


@handles(contract.GET_IMPORT_TEMPLATE)
def get_import_template(work: Work) -> dict[str, Any]:
    """The empty sheet with the enterprise's own units and categories to choose from."""
    owner = references.own_enterprise(work)
    content = off_hub.run(template.template, sheet_names.choices(work, owner["enterprise_id"]))
    return {
        "filename": "风险点导入模板.xlsx", "content_type": XLSX, "content_base64": base64.b64encode(content).decode("ascii"),
    }  # fmt: skip


@handles(contract.PREVIEW_IMPORT)
def preview_risk_import(work: Work, content_base64: str, file_name: str | None, mode: str) -> dict[str, Any]:
    """What the import would do; nothing is kept."""
    read, of = _made(work, content_base64)
    return _answer(read, of, of.made, is_imported=False, batch_id=None)


@handles(contract.IMPORT_RISK_POINTS)
def import_risk_points(work: Work, content_base64: str, file_name: str | None, mode: str) -> dict[str, Any]:
    """Keep every point, or with ``skip`` those whose rows are all right; with ``all`` one error stops everything."""
    owner = references.owner_of(references.own_enterprise(work))
    references.hold_units(work, owner["enterprise_id"])
    read, of = _made(work, content_base64)
    is_imported = mode == "skip" or not read.errors
    kept = of.made if is_imported else []
    numbers = points.next_numbers(work, owner["enterprise_id"], len(kept)) if kept else []
    for point, number in zip(kept, numbers, strict=True):
        point.point.number, point.point.token = number, ids.token()
    points.keep_many(work, [(each.point, each.fact) for each in kept], "risk_point")
    failed = len({error.row for error in read.errors})
    remark = None if is_imported else "有错误，未导入"
    batch = keep_batch(work, owner, "import", sum(len(p.rows) for p in kept), failed, file_name, remark)
    return _answer(read, of, kept, is_imported, batch)


def _made(work: Work, content_base64: str) -> tuple[reading.Read, imported.Found]:
    owner = references.owner_of(references.own_enterprise(work))
    read = off_hub.run(_read, content_base64)
    with work.session.no_autoflush:
        return read, imported.points_of(work, read, owner, assessor(work))


def _read(content_base64: str) -> reading.Read:
    return reading.read(decoded(content_base64))


def _answer(
    read: reading.Read, of: imported.Found, made: list[imported.Made], is_imported: bool, batch_id: str | None
) -> dict[str, Any]:
    errors = sorted(read.errors, key=lambda error: error.row)
    return {
        "is_imported": is_imported,
        "points": len(made),
        "rows": sum(len(each.rows) for each in made),
        "unchanged": of.unchanged,
        "failed_rows": len({error.row for error in errors}),
        "errors": [asdict(error) for error in errors[:MOST_ERRORS]],
        "batch_id": batch_id,
    }
