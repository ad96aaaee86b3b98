"""The tables of this service and the mapping of its aggregates onto them (made by ``migrations``)."""

from functools import partial

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, UUID
from sqlalchemy.orm import registry

from services.enterprise.contract import reference
from services.kernel.tables import table
from services.notice.domain.notice import Notice
from services.notice.domain.receipt import Receipt

metadata = sa.MetaData()
ID, MOMENT, DAY, TEXT, NUMBER, FLAG = (
    UUID(as_uuid=False), sa.DateTime(timezone=True), sa.Date(), sa.Text(), sa.Integer(), sa.Boolean(),
)  # fmt: skip
IDS, TEXTS, PLAIN = ARRAY(UUID(as_uuid=False)), ARRAY(sa.Text()), JSONB(none_as_null=True)
_OWNER = {"id": ID, "region": TEXT, "industry": TEXT, "enterprise_id": ID}
_RECEIVER = _OWNER | {"department_id": ID}


_table = partial(table, metadata)
notice = _table(
    "notice", id=ID, region=TEXT, department_id=ID, department_name=TEXT, author_id=TEXT, author_name=TEXT, drafted_at=MOMENT,
    title=TEXT, kind=TEXT, body=TEXT, receivers=JSONB(), needs_handling=FLAG, feedback_due_at=MOMENT, expires_on=DAY,
    attachments=IDS, is_public=FLAG, status=TEXT, scope=PLAIN, submitted_by=TEXT, submitted_at=MOMENT, decided_by_name=TEXT,
    decided_at=MOMENT, opinion=TEXT, published_at=MOMENT, withdrawn_at=MOMENT, withdrawal_reason=TEXT, version=NUMBER,
)  # fmt: skip
# How far a published notice has been handed to its receivers; apart from the notice, whose version it does not touch.
distribution = _table(
    "distribution", "notice_id", notice_id=ID, region=TEXT, department_id=ID, started_at=MOMENT, last_enterprise_id=ID,
    receiver_count=NUMBER, done_at=MOMENT, feedback_due_at=MOMENT, overdue_done_at=MOMENT,
)  # fmt: skip
notice_receipt = _table(
    "notice_receipt", **_RECEIVER, notice_id=ID, receiver_name=TEXT, received_at=MOMENT, needs_handling=FLAG,
    feedback_due_at=MOMENT, status=TEXT, read_at=MOMENT, read_by_name=TEXT, handler=TEXT, handling_opinion=TEXT,
    handling_due_on=DAY, registered_at=MOMENT, registered_by_name=TEXT, reply=TEXT, reply_files=IDS, replied_at=MOMENT,
    replied_by=TEXT, replied_by_name=TEXT, is_late=FLAG, overdue_at=MOMENT, closed_at=MOMENT, closed_by_name=TEXT,
    closing_opinion=TEXT, version=NUMBER,
)  # fmt: skip
message = _table(
    "message", **_RECEIVER, kind=TEXT, urgency=TEXT, title=TEXT, text=TEXT, subject_type=TEXT, subject_id=ID, notice_id=ID,
    cause_id=ID, at=MOMENT, hazard_id=ID,
)  # fmt: skip
# Who has read which message: each person for himself.
message_reading = _table("message_reading", "account_id message_id", account_id=TEXT, message_id=ID, read_at=MOMENT)
department_ref = _table(
    "department_ref", id=ID, region=TEXT, name=TEXT, industries=TEXTS, level=TEXT, is_active=FLAG, version=NUMBER
)
enterprise_ref = reference.enterprise_ref(metadata)
hazard_ref = _table("hazard_ref", **_OWNER, version=NUMBER, unit_id=ID, found_by=TEXT, responsible_id=TEXT, responsible_unit_id=ID)
org_unit_ref = _table("org_unit_ref", **_OWNER, version=NUMBER, path=IDS)
# What is addressed to an enterprise or belongs to it carries its region and industry, and follows when these change.
BELONGINGS = [notice_receipt, message, hazard_ref, org_unit_ref]

_registry = registry(metadata=metadata)
_registry.map_imperatively(Notice, notice)
_registry.map_imperatively(Receipt, notice_receipt)
