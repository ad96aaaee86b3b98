"""What this service announces: every event carries the whole public state of its subject, and no personal data."""

from marshmallow import fields

from services.hazard.contract.answers import HazardState
from services.hazard.contract.vocabulary import LEVELS, LISTING_STATUSES
from services.kernel.contract import EventType
from services.language.fields import day, flag, identifier, moment, shown, word
from services.language.schema import Owned, Schema


class Opinion(Schema):
    opinion = fields.String(load_default=None, allow_none=True, metadata={"label": "意见"})


class Decided(Opinion):
    is_approved = flag("是否批准", required=True)


class ListingState(Owned):
    """The public state of a listing for supervision."""

    hazard_id = identifier("隐患编号")
    hazard_number = shown("隐患编号")
    title = shown("标题")
    level = word(LEVELS, "督办层级")
    status = word(LISTING_STATUSES, "状态")
    document_number = shown("挂牌文号", allow_none=True)
    duty_unit = shown("责任单位", allow_none=True)
    duty_person = shown("责任人", allow_none=True)
    requirement = shown("督办要求", allow_none=True)
    deadline_on = day("督办期限", allow_none=True)
    authority_region = shown("督办机关所在地区", allow_none=True)
    listed_at = moment("挂牌时间", allow_none=True)
    lifted_at = moment("摘牌时间", allow_none=True)


def _hazard(what: str, fact: type[Schema] = Opinion) -> EventType:
    return EventType("hazard", f"hazard.{what}.v1", HazardState, fact)


HAZARD_REGISTERED = _hazard("registered")
HAZARD_CONFIRMED = _hazard("confirmed")
HAZARD_RETURNED = _hazard("returned")
HAZARD_RESUBMITTED = _hazard("resubmitted")
HAZARD_UPGRADED = _hazard("upgraded")
HAZARD_DOWNGRADED = _hazard("downgraded")
HAZARD_RECTIFICATION_SUBMITTED = _hazard("rectification_submitted")
HAZARD_RECHECK_FAILED = _hazard("recheck_failed")
HAZARD_EXTENSION_REQUESTED = _hazard("extension_requested")
HAZARD_EXTENSION_DECIDED = _hazard("extension_decided", Decided)
HAZARD_REPORTED = _hazard("reported")
HAZARD_CHANGED = _hazard("changed")
HAZARD_PLAN_APPROVED = _hazard("plan_approved")
HAZARD_CLOSED = _hazard("closed")
HAZARD_CANCELLED = _hazard("cancelled")
HAZARD_OVERDUE = _hazard("overdue")
SUPERVISION_LISTED = EventType("hazard", "supervision.listed.v1", ListingState, Opinion)
SUPERVISION_LIFTED = EventType("hazard", "supervision.lifted.v1", ListingState, Opinion)

# ``changed``: a step that has no announcement of its own (deadline by order, plan submitted, assessment, listing …).
HAZARD_EVENTS = [
    HAZARD_REGISTERED, HAZARD_CONFIRMED, HAZARD_RETURNED, HAZARD_RESUBMITTED, HAZARD_UPGRADED, HAZARD_DOWNGRADED,
    HAZARD_RECTIFICATION_SUBMITTED, HAZARD_RECHECK_FAILED, HAZARD_EXTENSION_REQUESTED, HAZARD_EXTENSION_DECIDED,
    HAZARD_REPORTED, HAZARD_CHANGED, HAZARD_PLAN_APPROVED, HAZARD_CLOSED, HAZARD_CANCELLED, HAZARD_OVERDUE,
]  # fmt: skip
SUPERVISION_EVENTS = [SUPERVISION_LISTED, SUPERVISION_LIFTED]
EVENTS = [*HAZARD_EVENTS, *SUPERVISION_EVENTS]
