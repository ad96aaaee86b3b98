"""The tables of this service and the mapping of its aggregates onto them (made by ``migrations``)."""

from functools import partial

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, UUID
from sqlalchemy.orm import registry

from services.enterprise.contract import reference
from services.kernel.tables import table
from services.risk.domain.category import Category
from services.risk.domain.check import Check
from services.risk.domain.check_task import CheckTask
from services.risk.domain.mandatory_item import MandatoryItem
from services.risk.domain.risk_list import RiskList
from services.risk.domain.risk_point import RiskPoint

metadata = sa.MetaData()
ID, MOMENT, DAY, TEXT, NUMBER, FLAG = (
    UUID(as_uuid=False), sa.DateTime(timezone=True), sa.Date(), sa.Text(), sa.Integer(), sa.Boolean(),
)  # fmt: skip
IDS, JSON, MAYBE_JSON = ARRAY(UUID(as_uuid=False)), JSONB(), JSONB(none_as_null=True)
_OWNER = {"id": ID, "enterprise_id": ID, "region": TEXT, "industry": TEXT}
_CHECKER = {"checker_id": TEXT, "checker_unit_id": ID, "checker_name": TEXT}


_table = partial(table, metadata)
risk_point = _table(
    "risk_point", **_OWNER, number=TEXT, token=TEXT, unit_id=ID, name=TEXT, object_type=TEXT, place=TEXT, created_at=MOMENT,
    source=TEXT, source_code=TEXT, copied_at=MOMENT, category_id=ID, factors=JSON, accident_standard=TEXT,
    accident_types=ARRAY(TEXT), check_items=JSON, is_infrequent=FLAG, is_proof_demanded=FLAG, responsible_person=TEXT,
    responsible_phone=TEXT, photo_ids=IDS, longitude=sa.Numeric(9, 6), latitude=sa.Numeric(8, 6), status=TEXT, level=TEXT,
    control_tier=TEXT, assessment=MAYBE_JSON, waiting=MAYBE_JSON, assessments_made=NUMBER, control_plan=MAYBE_JSON,
    was_published=FLAG, is_filed=FLAG, printed_number=NUMBER, review_due_on=DAY, review_trigger=TEXT, retired_reason=TEXT,
    version=NUMBER, map_longitude=sa.Double(), map_latitude=sa.Double(),
)  # fmt: skip
# The gravest first, what is not assessed last; written as the indexes have it, or they would not serve.
LEVEL_RANK = sa.literal_column(
    "CASE risk_point.level WHEN 'red' THEN 1 WHEN 'orange' THEN 2 WHEN 'yellow' THEN 3 WHEN 'blue' THEN 4 ELSE 5 END", NUMBER
)
risk_assessment = _table("risk_assessment", **_OWNER, point_id=ID, number=NUMBER, made=JSON)
risk_category = _table("risk_category", **_OWNER, name=TEXT, parent_id=ID, position=NUMBER, version=NUMBER)
risk_batch = _table(
    "risk_batch", **_OWNER, action=TEXT, at=MOMENT, operator_name=TEXT, file_name=TEXT, ok=NUMBER, failed=NUMBER, remark=TEXT,
    version=NUMBER,
)  # fmt: skip
risk_list = _table(
    "risk_list", **_OWNER, unit_id=ID, list_class=TEXT, name=TEXT, author_id=TEXT, author_name=TEXT, created_at=MOMENT, lines=JSON,
    line_count=NUMBER, replaces_id=ID, status=TEXT, submitted_by=TEXT, submitted_at=MOMENT, auditor_id=TEXT, auditor_name=TEXT,
    audited_at=MOMENT, audit_opinion=TEXT, filed_at=MOMENT, filed_by=TEXT, ended_at=MOMENT, reason=TEXT, version=NUMBER,
)  # fmt: skip
# The lines of filed lists by themselves: what the nightly job reads, and which lists a point stands on.
filed_line = _table(
    "filed_line", **_OWNER, list_id=ID, unit_id=ID, point_id=ID, period=TEXT, times=NUMBER, split=TEXT, span_start=NUMBER,
    span_end=NUMBER, **_CHECKER, has_rest_window=FLAG, filed_on=DAY, ended_on=DAY, ending=TEXT,
)  # fmt: skip
check_task = _table(
    "check_task", **_OWNER, unit_id=ID, list_id=ID, line_id=ID, point_id=ID, level=TEXT, window_start=MOMENT, window_end=MOMENT,
    sequence=NUMBER, **_CHECKER, status=TEXT, done_at=MOMENT, checked_by=TEXT, checked_by_name=TEXT, check_id=ID, reason=TEXT,
    version=NUMBER,
)  # fmt: skip
check_record = _table(
    "check_record", **_OWNER, task_id=ID, point_id=ID, point_name=TEXT, point_level=TEXT, place=TEXT, unit_id=ID, checked_by=TEXT,
    checked_by_name=TEXT, checked_at=MOMENT, uploaded_at=MOMENT, answers=JSON, outcome=TEXT, is_time_flagged=FLAG,
    completed_at=MOMENT, device_id=TEXT, proof=JSON, failed_count=NUMBER, version=NUMBER,
)  # fmt: skip
mandatory_item = _table(
    "mandatory_item", id=ID, region=TEXT, industry=TEXT, item=TEXT, standard=TEXT, effective_on=DAY, ended_on=DAY, version=NUMBER
)
work_calendar = _table("work_calendar", "year", year=NUMBER, holidays=ARRAY(DAY), workdays=ARRAY(DAY), version=NUMBER)
enterprise_ref = reference.enterprise_ref(metadata)
org_unit_ref = _table(
    "org_unit_ref", **_OWNER, version=NUMBER, name=TEXT, tier=TEXT, parent_id=ID, path=IDS, is_active=FLAG,
    merged_into_id=ID, followed_at=MOMENT,
)  # fmt: skip
# When an enterprise stands still: from its suspension up to, and without, the day of its resumption.
enterprise_stop = _table(
    "enterprise_stop", "enterprise_id", enterprise_id=ID, region=TEXT, industry=TEXT, version=NUMBER, from_on=DAY, to_on=DAY
)
# What belongs to an enterprise carries its region and industry, and follows when these change.
BELONGINGS = [
    risk_point, risk_assessment, risk_category, risk_batch, risk_list, filed_line, check_task, check_record, org_unit_ref,
    enterprise_stop,
]  # fmt: skip

_registry = registry(metadata=metadata)
# The database itself copies the degrees for the map.
_registry.map_imperatively(RiskPoint, risk_point, exclude_properties=["map_longitude", "map_latitude"])
for _kind, _of in [
    (Category, risk_category), (RiskList, risk_list), (CheckTask, check_task),
    (MandatoryItem, mandatory_item),
]:  # fmt: skip
    _registry.map_imperatively(_kind, _of)
# The database counts the failed items of a check, so that lists can ask for them.
_registry.map_imperatively(Check, check_record, exclude_properties=["failed_count"])
