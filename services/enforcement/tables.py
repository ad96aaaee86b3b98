"""The tables of this service and the mapping of its aggregates onto them (made by ``migrations``)."""

from dataclasses import asdict, fields
from datetime import date, datetime
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, UUID
from sqlalchemy.orm import registry
from sqlalchemy.types import TypeDecorator

from services.enforcement.domain.check_item import CheckItem
from services.enforcement.domain.check_table import CheckTable, Edition
from services.enforcement.domain.document import Document
from services.enforcement.domain.document import State as DocumentState
from services.enforcement.domain.finding import Finding
from services.enforcement.domain.inspection import Inspection, OnDuty, TableUsed
from services.enforcement.domain.officer import Officer
from services.enforcement.domain.steps import State, Step
from services.enterprise.contract.reference import enterprise_ref as enterprise_reference
from services.kernel.tables import table
from services.kernel.work import plain

metadata = sa.MetaData()
ID, MOMENT, DAY, TEXT, NUMBER, FLAG = (
    UUID(as_uuid=False), sa.DateTime(timezone=True), sa.Date(), sa.Text(), sa.Integer(), sa.Boolean(),
)  # fmt: skip
IDS, TEXTS, JSON = ARRAY(UUID(as_uuid=False)), ARRAY(sa.Text()), JSONB()


class Values(TypeDecorator[Any]):
    """Frozen values of one dataclass as JSON: a tuple of them, or a single one."""

    impl = JSONB
    cache_ok = True

    def __init__(self, kind: type, is_single: bool = False) -> None:
        super().__init__(none_as_null=True)
        self.kind = kind
        self.is_single = is_single

    def process_bind_param(self, value: Any, dialect: Any) -> Any:
        if value is None or self.is_single:
            return None if value is None else plain(asdict(value))
        return [plain(asdict(each)) for each in value]

    def process_result_value(self, value: Any, dialect: Any) -> Any:
        if value is None or self.is_single:
            return None if value is None else self._value(value)
        return tuple(self._value(each) for each in value)

    def _value(self, stored: dict[str, Any]) -> Any:
        kinds = {f.name: f.type for f in fields(self.kind)}
        return self.kind(**{name: _read(kinds[name], value) for name, value in stored.items()})


def _read(kind: Any, value: Any) -> Any:
    if value is not None and kind in (date, datetime):
        return kind.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value


class Word(TypeDecorator[Any]):
    """A state, stored as its word."""

    impl = sa.Text
    cache_ok = True

    def __init__(self, kind: type) -> None:
        super().__init__()
        self.kind = kind

    def process_result_value(self, value: Any, dialect: Any) -> Any:
        return None if value is None else self.kind(value)


_table = partial(table, metadata)
_AUTHORITY = {"id": ID, "region": TEXT, "sector": TEXT, "area": TEXT}
_OWNER = {"id": ID, "enterprise_id": ID, "region": TEXT, "industry": TEXT, "enterprise_name": TEXT}
_BY = {"authority_region": TEXT, "authority_sector": TEXT}

check_item = _table(
    "check_item", **_AUTHORITY, code=TEXT, industry=TEXT, category=TEXT, item=TEXT, methods=TEXTS, law=TEXT, article=TEXT,
    hazard_class=TEXT, default_deadline_days=NUMBER, offence_code=TEXT, criterion_code=TEXT, is_active=FLAG, version=NUMBER,
)  # fmt: skip
check_table = _table(
    "check_table", **_AUTHORITY, industry=TEXT, name=TEXT, edition=NUMBER, is_shared=FLAG, is_active=FLAG,
    items=JSON, version=NUMBER,
)  # fmt: skip
check_table_edition = _table(
    "check_table_edition", id=ID, check_table_id=ID, region=TEXT, area=TEXT, edition=NUMBER, name=TEXT, codes=TEXTS, items=JSON
)
officer = _table(
    "officer", **_AUTHORITY, name=TEXT, certificate_number=TEXT, valid_from=DAY, valid_to=DAY, team=TEXT, account_id=TEXT,
    conflicts=IDS, is_active=FLAG, version=NUMBER,
)  # fmt: skip
inspection = _table(
    "inspection", **_OWNER, **_BY, state=Word(State), planned_on=DAY, planned_year=NUMBER, source=TEXT, source_reference=TEXT,
    reason=TEXT, address=TEXT, contact_person=TEXT, methods=TEXTS, check_table=Values(TableUsed, is_single=True), items=JSON,
    officers=Values(OnDuty), officer_ids=IDS, submitted_by=TEXT, started_at=MOMENT, entry_code=TEXT, entry_note=TEXT,
    recorded_at=MOMENT, place=TEXT, legal_representative=TEXT, results=JSON, findings=Values(Finding), finding_count=NUMBER,
    party_opinion=TEXT, signed_by_party=TEXT, refusal_note=TEXT, due_on=DAY, closed_at=MOMENT, document_ids=IDS,
    history=Values(Step), version=NUMBER,
)  # fmt: skip
document = _table(
    "document", **_OWNER, **_BY, inspection_id=ID, authority_name=TEXT, form=TEXT, number=TEXT, issued_on=DAY, token=TEXT,
    content=JSON, sha256=TEXT, state=Word(DocumentState), replaces_id=ID, void_reason=TEXT, voided_by_name=TEXT, voided_at=MOMENT,
    version=NUMBER,
)  # fmt: skip
# The paper itself, byte for byte as it was handed over: no later font or program changes what was signed.
document_file = _table("document_file", id=ID, enterprise_id=ID, region=TEXT, industry=TEXT, pdf=sa.LargeBinary())
# How far the enterprise is with the hazard that a finding became; newest version wins.
finding_progress = _table(
    "finding_progress", "inspection_id finding_id", inspection_id=ID, finding_id=ID, enterprise_id=ID, region=TEXT, industry=TEXT,
    hazard_id=ID, number=TEXT, status=TEXT, finished_at=MOMENT, version=NUMBER,
)  # fmt: skip
department_ref = _table(
    "department_ref", id=ID, region=TEXT, area=TEXT, parent_id=ID, name=TEXT, industries=TEXTS, is_active=FLAG, version=NUMBER
)
enterprise_ref = enterprise_reference(metadata)
# What carries an enterprise's region and industry, and follows when these change.
BELONGINGS = [inspection, document, document_file, finding_progress]

_registry = registry(metadata=metadata)
for _kind, _of in [
    (CheckItem, check_item), (CheckTable, check_table), (Edition, check_table_edition), (Officer, officer),
    (Inspection, inspection), (Document, document),
]:  # fmt: skip
    _registry.map_imperatively(_kind, _of)
