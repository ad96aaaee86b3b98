"""Answers made of inspections, as this caller may see them.

Of the scheme, an enterprise is told nothing but what the record repeats.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from services.enforcement.contract.inspection_answers import Inspection as InspectionAnswer
from services.enforcement.contract.inspection_answers import InspectionLine
from services.enforcement.domain.document import INTERNAL
from services.enforcement.domain.inspection import Inspection
from services.enforcement.domain.steps import DISCLOSED
from services.enforcement.tables import document, finding_progress
from services.kernel.caller import Kind
from services.kernel.contract import made
from services.kernel.work import Work

LINE = [field.attribute or name for name, field in InspectionLine().fields.items()]
# Why the authority came, and how it prepared: also what would tell who complained.
OF_SCHEME = ("source", "source_reference", "reason", "planned_on", "contact_person", "methods")


def is_insider(work: Work) -> bool:
    return work.caller.kind in (Kind.REGULATOR, Kind.SYSTEM)


def line(work: Work, row: Mapping[str, Any]) -> dict[str, Any]:
    """One row of the list."""
    return {name: None if name in OF_SCHEME and not is_insider(work) else value for name, value in row.items()}


def detail(work: Work, of: Inspection) -> dict[str, Any]:
    """The whole inspection with the progress of its findings."""
    names = {field.attribute or name for name, field in made(InspectionAnswer).fields.items()} - {"allowed"}
    found = line(work, {name: getattr(of, name) for name in names})
    found["allowed"] = of.allowed(work.caller.id) if is_insider(work) else []
    progress = _progress(work, of.id)
    found["findings"] = [
        {name: getattr(f, name) for name in f.__dataclass_fields__} | {"progress": progress.get(f.id)} for f in of.findings
    ]
    if not is_insider(work):
        found["items"] = []
        found["history"] = [step for step in of.history if step.before in DISCLOSED or step.after in DISCLOSED]
        found["document_ids"] = _outside_documents(work, of.document_ids)
    return found


def _progress(work: Work, inspection_id: str) -> dict[str, Any]:
    query = sa.select(finding_progress).where(finding_progress.c.inspection_id == inspection_id, work.within(finding_progress))
    return {row["finding_id"]: dict(row) for row in work.session.execute(query).mappings()}


def _outside_documents(work: Work, document_ids: Sequence[str]) -> list[str]:
    query = sa.select(document.c.id).where(document.c.id.in_(document_ids), document.c.form.not_in(INTERNAL))
    shown = set(work.session.scalars(query.where(work.within(document))))
    return [each for each in document_ids if each in shown]
