"""The tables of this service and the mapping of its aggregates onto them (made by ``migrations``)."""

from functools import partial

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, UUID
from sqlalchemy.orm import registry

from services.enterprise.domain.change import EnterpriseChange
from services.enterprise.domain.enterprise import Enterprise
from services.enterprise.domain.licence import Edition, Licence
from services.enterprise.domain.org_unit import OrgUnit
from services.enterprise.domain.personal import Personal
from services.enterprise.domain.qualification import Qualification
from services.enterprise.domain.suspension import SuspensionRequest
from services.enterprise.domain.worker import Worker
from services.kernel.tables import table
from services.vault.columns import Sealed

metadata = sa.MetaData()
ID, MOMENT, DAY, TEXT, NUMBER, FLAG = (
    UUID(as_uuid=False), sa.DateTime(timezone=True), sa.Date(), sa.Text(), sa.Integer(), sa.Boolean(),
)  # fmt: skip
IDS = ARRAY(UUID(as_uuid=False))
_OWNER = {"id": ID, "enterprise_id": ID, "region": TEXT, "industry": TEXT}
_AUTHORITY = {"authority_region": TEXT, "authority_sector": TEXT}
_SUBMITTED = {"submitted_by": TEXT, "submitted_at": MOMENT}
_DECIDED = {"decided_by_name": TEXT, "decided_at": MOMENT, "opinion": TEXT}
_CERTIFICATE = {
    "number": TEXT, "issuer": TEXT, "issued_on": DAY, "valid_from": DAY, "valid_to": DAY, "permitted_scope": TEXT, "scans": IDS,
}  # fmt: skip


ID_NUMBER = "worker.id_number"  # The place for which identity numbers are sealed and digested.
_table = partial(table, metadata)
enterprise = _table(
    "enterprise", **_OWNER, name=TEXT, unified_credit_code=TEXT, enterprise_type=TEXT, scale=TEXT, employees=NUMBER,
    business_state=TEXT, basic=JSONB(), registrant_name=TEXT, registrant_mobile=TEXT, registrant_email=TEXT, review_ground=TEXT,
    status=TEXT, round=NUMBER, **_AUTHORITY, **_SUBMITTED, submitted_content=JSONB(none_as_null=True), review_due_on=DAY,
    decided_by=TEXT, **_DECIDED, approved_at=MOMENT, status_before=TEXT, suspended_from=DAY, suspension_kind=TEXT, grade=TEXT,
    drafted_at=MOMENT, version=NUMBER, longitude=sa.Double(), latitude=sa.Double(),
)  # fmt: skip
enterprise_history = _table(
    "enterprise_history", **_OWNER, at=MOMENT, event=TEXT, from_status=TEXT, to_status=TEXT, round=NUMBER, by_id=TEXT, by_name=TEXT,
    reason=TEXT, **_AUTHORITY, attachments=IDS, detail=JSONB(none_as_null=True),
)  # fmt: skip
enterprise_change = _table(
    "enterprise_change", **_OWNER, requested_at=MOMENT, reason=TEXT, old=JSONB(), new=JSONB(), attachments=IDS, status=TEXT,
    **_AUTHORITY, **_SUBMITTED, **_DECIDED, version=NUMBER,
)  # fmt: skip
suspension_request = _table(
    "suspension_request", **_OWNER, kind=TEXT, requested_at=MOMENT, stop_kind=TEXT, reason=TEXT, from_on=DAY, expected_to_on=DAY,
    duty_arrangement=TEXT, are_dangers_sealed=FLAG, self_check_report=IDS, attachments=IDS, status=TEXT, **_AUTHORITY, **_SUBMITTED,
    acceptance_record=IDS, accepted_on=DAY, acceptance_due_on=DAY, **_DECIDED, version=NUMBER,
)  # fmt: skip
licence = _table(
    "licence", **_OWNER, licence_type=TEXT, **_CERTIFICATE, edition=NUMBER, editions=NUMBER, window_from=DAY, reminded_on=DAY,
    status=TEXT, is_renewal_pending=FLAG, decision_reason=TEXT, decision_document=IDS, revocation_ground=TEXT, version=NUMBER,
)  # fmt: skip
licence_edition = _table(
    "licence_edition", **_OWNER, licence_id=ID, edition=NUMBER, **_CERTIFICATE, recorded_by=TEXT, recorded_at=MOMENT, status=TEXT,
    opinion=TEXT,
)  # fmt: skip
qualification = _table(
    "qualification", **_OWNER, number=TEXT, issuer=TEXT, issued_on=DAY, valid_to=DAY, qualification_class=TEXT, level=TEXT,
    permitted_scope=TEXT, scans=IDS, details=JSONB(), is_removed=FLAG, version=NUMBER,
)  # fmt: skip
worker = _table(
    "worker", **_OWNER, name=TEXT, id_number=Sealed(ID_NUMBER, Personal), id_number_digest=TEXT, sex=TEXT,
    phone=Sealed("worker.phone", Personal), post=TEXT, title=TEXT, certificates=JSONB(), is_removed=FLAG, version=NUMBER,
)  # fmt: skip
org_unit = _table(
    "org_unit", **_OWNER, name=TEXT, tier=TEXT, parent_id=ID, path=IDS, leader=TEXT, phone=TEXT, position=NUMBER, is_active=FLAG,
    merged_into_id=ID, version=NUMBER,
)  # fmt: skip
filed_list = _table("filed_list", **_OWNER, unit_id=ID, name=TEXT, is_filed=FLAG, version=NUMBER)

# What belongs to an enterprise carries its region and industry, and follows when these change.
BELONGINGS = [
    enterprise_history, enterprise_change, suspension_request, licence, licence_edition, qualification, worker, org_unit,
    filed_list,
]  # fmt: skip

_registry = registry(metadata=metadata)
# The database itself takes the degrees out of the basic information.
_registry.map_imperatively(Enterprise, enterprise, exclude_properties=["longitude", "latitude"])
for _kind, _of in [
    (EnterpriseChange, enterprise_change), (SuspensionRequest, suspension_request), (Licence, licence),
    (Edition, licence_edition), (Qualification, qualification), (Worker, worker), (OrgUnit, org_unit),
]:  # fmt: skip
    _registry.map_imperatively(_kind, _of)
