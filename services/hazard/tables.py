"""The tables of this service and the mapping of its aggregates onto them (made by ``migrations``)."""

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, UUID
from sqlalchemy.orm import registry

from services.enterprise.contract.reference import enterprise_ref as build_enterprise_ref
from services.hazard.domain.hazard import Hazard
from services.hazard.domain.listing import SupervisionListing
from services.hazard.domain.plan import Plan
from services.kernel.tables import table
from services.kernel.work import plain


class PlanType(sa.types.TypeDecorator[Plan]):
    """A governance plan as one JSON value; it is read and written whole."""

    impl = JSONB(none_as_null=True)
    cache_ok = True

    def process_bind_param(self, value: Plan | None, dialect: Any) -> Any:
        return None if value is None else plain(asdict(value))

    def process_result_value(self, value: Any, dialect: Any) -> Plan | None:
        if value is None:
            return None
        days = {name: date.fromisoformat(value[name]) for name in ("start_on", "finish_on") if value.get(name)}
        budget = {"budget": Decimal(value["budget"])} if value.get("budget") is not None else {}
        return Plan(**value | days | budget)


metadata = sa.MetaData()
ID, MOMENT, DAY, TEXT, NUMBER, FLAG, MONEY = (
    UUID(as_uuid=False), sa.DateTime(timezone=True), sa.Date(), sa.Text(), sa.Integer(), sa.Boolean(), sa.Numeric(14, 2),
)  # fmt: skip
DEGREE: sa.Double[float] = sa.Double()
IDS = ARRAY(UUID(as_uuid=False))
_OWNER = {"id": ID, "enterprise_id": ID, "region": TEXT, "industry": TEXT}


_table = partial(table, metadata)
hazard = _table(
    "hazard", **_OWNER, version=NUMBER, number=TEXT, source=TEXT, hazard_class=TEXT, status=TEXT, suspected_major=FLAG,
    criterion_code=TEXT, class_reason=TEXT, origin_id=ID, unit_id=ID, found_unit_id=ID, point_id=ID, point_name=TEXT, task_id=ID,
    check_id=ID, item_no=NUMBER, inspection_id=ID, finding_id=ID, inspection_version=NUMBER, authority_region=TEXT, place=TEXT,
    part=TEXT, category=TEXT, description=TEXT, photos=IDS, longitude=DEGREE, latitude=DEGREE, hazard_factor=TEXT,
    possible_accident=TEXT,
    found_at=MOMENT, found_by=TEXT, found_by_name=TEXT, registered_at=MOMENT, major_since=MOMENT, confirmed_at=MOMENT,
    return_reason=TEXT, responsible_id=TEXT, responsible_name=TEXT, responsible_unit_id=ID, measure=TEXT, budget=MONEY,
    interim_measures=TEXT, deadline_on=DAY, approved_deadline_on=DAY, first_deadline_on=DAY, term_from_on=DAY, extensions=NUMBER,
    announced_deadline_on=DAY, extension_to_on=DAY, extension_reason=TEXT, extension_measures=TEXT, extension_plan=TEXT,
    extension_by=TEXT, extension_by_name=TEXT, extension_at=MOMENT, measure_taken=TEXT, finished_at=MOMENT, after_photos=IDS,
    cost=MONEY, rectified_by=TEXT, rectified_by_name=TEXT, attempts=NUMBER, rechecked_by_name=TEXT, recheck_opinion=TEXT,
    report_due_at=MOMENT, reported_at=MOMENT, is_report_late=FLAG, current_state=TEXT, danger=TEXT, plan=PlanType(), plan_by=TEXT,
    progress=NUMBER, progress_due_on=DAY, assessment=JSONB(none_as_null=True), assessed_by=TEXT, acceptance_due_on=DAY,
    is_acceptance_late=FLAG, closed_at=MOMENT, listed=FLAG,
)  # fmt: skip
hazard_history = _table(
    "hazard_history", **_OWNER, hazard_id=ID, at=MOMENT, event=TEXT, from_status=TEXT, to_status=TEXT, by_id=TEXT, by_name=TEXT,
    reason=TEXT, attachments=IDS, detail=JSONB(none_as_null=True),
)  # fmt: skip
supervision_listing = _table(
    "supervision_listing", **_OWNER, version=NUMBER, hazard_id=ID, hazard_number=TEXT, title=TEXT, level=TEXT,
    authority_region=TEXT, reason=TEXT, proposed_by=TEXT, proposed_by_name=TEXT, proposed_at=MOMENT, status=TEXT,
    document_number=TEXT, duty_unit=TEXT, duty_person=TEXT, requirement=TEXT, deadline_on=DAY, opinion=TEXT, listed_at=MOMENT,
    log_due_on=DAY, extension_to_on=DAY, extension_reason=TEXT, extension_by=TEXT, statement=TEXT, applied_by=TEXT,
    accepted_on=DAY, attachments=IDS, lifted_at=MOMENT,
)  # fmt: skip
# What inspections have announced before their record arrived; taken over, and gone, once it does.
inspection_waiting = _table("inspection_waiting", **_OWNER, version=NUMBER, inspection_id=ID, type=TEXT, at=MOMENT, data=JSONB())
org_unit_ref = _table(
    "org_unit_ref", **_OWNER, version=NUMBER, name=TEXT, path=IDS, is_active=FLAG, merged_into_id=ID, followed_at=MOMENT
)
risk_point_ref = _table("risk_point_ref", **_OWNER, version=NUMBER, unit_id=ID, name=TEXT, level=TEXT, status=TEXT)
enterprise_ref = build_enterprise_ref(metadata)

# What belongs to an enterprise carries its region and industry, and follows when these change.
BELONGINGS = [hazard, hazard_history, supervision_listing, inspection_waiting, org_unit_ref, risk_point_ref]

_registry = registry(metadata=metadata)
_registry.map_imperatively(Hazard, hazard)
_registry.map_imperatively(SupervisionListing, supervision_listing)
