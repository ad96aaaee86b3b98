"""Listing of major hazards for supervision (挂牌督办): proposal, decision, log, extension, lifting."""

from marshmallow import fields

from services.hazard.contract import permissions
from services.hazard.contract.events import ListingState
from services.hazard.contract.parts import (
    OPTIONAL,
    Identifier,
    ListArgs,
    OneHazard,
    day,
    files,
    filter_by,
    flag,
    identifier,
    moment,
    needed,
    one_of,
    optional_day,
    optional_text,
    said,
    version,
)  # fmt: skip
from services.hazard.contract.vocabulary import LEVELS, LISTING_STATUSES
from services.kernel.contract import Operation, Schema, page_of


class OneListing(Schema):
    listing_id = identifier("督办", required=True)


class ChangeListing(OneListing):
    version = version()


class ProposeListing(OneHazard):
    """The authority of the level named, in whose place the enterprise lies, decides."""

    id = identifier("编号", **OPTIONAL)
    level = one_of(LEVELS, "督办层级", load_default="county")
    reason = needed("挂牌理由", 1000)
    requirement = optional_text("督办要求", 1000)


class DecideListing(ChangeListing):
    """To list needs the duty unit and person, the requirement and the deadline; to refuse needs the opinion."""

    is_listed = flag("是否挂牌", required=True)
    opinion = optional_text("意见", 1000)
    title = optional_text("标题", 200)
    duty_unit = optional_text("责任单位", 120)
    duty_person = optional_text("责任人", 40)
    requirement = optional_text("督办要求", 1000)
    deadline_on = optional_day("督办期限")


class LogSupervision(ChangeListing):
    text = needed("督办情况", 1000)
    attachments = files("附件")


class ExtendListing(ChangeListing):
    to_on = day("申请延期至", required=True)
    reason = needed("延期原因", 500)


class DecideListingExtension(ChangeListing):
    is_approved = flag("是否批准", required=True)
    opinion = optional_text("审批意见", 500)


class ApplyLifting(ChangeListing):
    statement = needed("治理完成情况", 2000)
    attachments = files("附件")


class DecideLifting(ChangeListing):
    """Lifting rests on an acceptance on site."""

    is_lifted = flag("是否摘牌", required=True)
    opinion = needed("验收意见", 1000)
    accepted_on = optional_day("现场验收日期")
    attachments = files("验收资料")


class ListListings(ListArgs):
    hazard_id = identifier("隐患", **OPTIONAL)
    enterprise_id = identifier("企业", **OPTIONAL)
    status = filter_by(LISTING_STATUSES, "状态")
    level = filter_by(LEVELS, "督办层级")
    region = optional_text("地区代码", 12)
    is_log_due = fields.Boolean(metadata={"label": "督办记录已超15天"}, **OPTIONAL)


class Listing(ListingState):
    enterprise_name = said("企业名称")
    reason = fields.String(metadata={"label": "挂牌理由"})
    opinion = said("意见")
    proposed_by_name = fields.String(metadata={"label": "提请人"})
    proposed_at = moment("提请时间")
    extension_to_on = day("申请延期至", allow_none=True)
    extension_reason = said("延期原因")
    statement = said("摘牌申请说明")
    accepted_on = day("现场验收日期", allow_none=True)
    attachments = fields.List(Identifier(), metadata={"label": "附件"})
    log_due_on = day("督办记录应记日期", allow_none=True)
    is_log_due = flag("督办记录已超15天")
    is_overdue = flag("是否超期")


def _change(name: str, way: str, permission: str, args: type[Schema], summary: str) -> Operation:
    return Operation(name, f"POST /supervision-listings/{{listing_id}}/{way}", permission, args, Listing, summary)


PROPOSE_LISTING = Operation(
    "propose_listing", "POST /hazards/{hazard_id}/supervision", permissions.PROPOSE_LISTING, ProposeListing, Listing,
    "提请挂牌督办", status=201,
)  # fmt: skip
LIST_LISTINGS = Operation(
    "list_supervision_listings", "GET /supervision-listings", permissions.READ, ListListings, page_of(Listing), "挂牌督办列表",
    is_list=True,
)  # fmt: skip
SHOW_LISTING = Operation(
    "show_supervision_listing", "GET /supervision-listings/{listing_id}", permissions.READ, OneListing, Listing, "挂牌督办详情"
)
DECIDE_LISTING = _change("decide_listing", "decision", permissions.DECIDE_LISTING, DecideListing, "决定是否挂牌督办")
LOG_SUPERVISION = _change("log_supervision", "log", permissions.PROPOSE_LISTING, LogSupervision, "记录督办情况")
EXTEND_LISTING = _change("request_listing_extension", "extension", permissions.LEAD, ExtendListing, "申请延长督办期限")
DECIDE_EXTENSION = _change(
    "decide_listing_extension", "extension/decision", permissions.DECIDE_LISTING, DecideListingExtension, "审批延长督办期限"
)
APPLY_LIFTING = _change("apply_lifting", "lifting", permissions.LEAD, ApplyLifting, "申请摘牌")
DECIDE_LIFTING = _change("decide_lifting", "lifting/decision", permissions.DECIDE_LISTING, DecideLifting, "决定摘牌")
OPERATIONS = [
    PROPOSE_LISTING, LIST_LISTINGS, SHOW_LISTING, DECIDE_LISTING, LOG_SUPERVISION, EXTEND_LISTING, DECIDE_EXTENSION, APPLY_LIFTING,
    DECIDE_LIFTING,
]  # fmt: skip
