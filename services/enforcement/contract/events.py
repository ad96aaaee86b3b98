"""What this service announces.  An inspection's findings become hazards of source ``enforcement`` (R16, R33)."""

from marshmallow import fields

from services.enforcement.contract.inspection_answers import OfficerOnDuty
from services.kernel.contract import EventType
from services.language.fields import Identifier
from services.language.schema import Owned, Schema


class InspectionState(Owned):
    """The public state of an inspection that has been recorded."""

    authority_region = fields.String()
    source = fields.String()
    status = fields.String()
    officers = fields.List(fields.Nested(OfficerOnDuty))
    started_at = fields.AwareDateTime(allow_none=True)
    recorded_at = fields.AwareDateTime(allow_none=True)
    closed_at = fields.AwareDateTime(allow_none=True)
    document_ids = fields.List(Identifier())


class AnnouncedFinding(Schema):
    """``hazard_class`` is general_on_site, general_limited or major; a deadline is given for each of them."""

    finding_id = Identifier(required=True)
    description = fields.String(required=True)
    place = fields.String(required=True)
    hazard_class = fields.String(required=True)
    criterion_code = fields.String(allow_none=True)
    item_code = fields.String(allow_none=True)
    deadline_on = fields.Date(required=True)


class OrderedItem(Schema):
    finding_id = Identifier(required=True)
    deadline_on = fields.Date(required=True)


class RecheckedItem(Schema):
    finding_id = Identifier(required=True)
    is_passed = fields.Boolean(required=True)
    opinion = fields.String(required=True)


class Recorded(Schema):
    findings = fields.List(fields.Nested(AnnouncedFinding), required=True)


class Ordered(Schema):
    """After a failed recheck it comes again, with the items that failed and their new deadlines."""

    items = fields.List(fields.Nested(OrderedItem), required=True)
    document_number = fields.String(required=True)
    rechecked = fields.List(fields.Nested(RecheckedItem), load_default=list)


class Closed(Schema):
    rechecked = fields.List(fields.Nested(RecheckedItem), load_default=list)


INSPECTION_RECORDED = EventType("enforcement", "inspection.recorded.v1", InspectionState, Recorded)
INSPECTION_ORDERED = EventType("enforcement", "inspection.ordered.v1", InspectionState, Ordered)
INSPECTION_CLOSED = EventType("enforcement", "inspection.closed.v1", InspectionState, Closed)
EVENTS = [INSPECTION_RECORDED, INSPECTION_ORDERED, INSPECTION_CLOSED]
