"""Listing of major hazards for supervision (挂牌督办): proposal, decision, log, extension, lifting."""

from marshmallow import fields

from services.hazard.contract import permissions
from services.hazard.contract.answers import Locked
from services.hazard.contract.events import ListingState
from services.hazard.contract.parts import OneHazard
from services.hazard.contract.vocabulary import LEVELS, LISTING_STATUSES
from services.kernel.contract import Operation
from services.language.fields import (
    OPTIONAL,
    Identifier,
    day,
    files,
    flag,
    identifier,
    moment,
    one_of,
    optional_day,
    optional_identifier,
    optional_one_of,
    optional_text,
    shown,
    text,
    version,
)
from services.language.schema import Schema, SearchArgs, page_of


class OneListing(Schema):
    listing_id = identifier("督办", required=True)


class ChangeListing(OneListing):
    version = version()


class ProposeListing(OneHazard):
    """The authority of the level named, in whose place the enterprise lies, decides."""

    id = optional_identifier("编号")
    level = one_of(LEVELS, "督办层级", load_default="county")
    reason = text("挂牌理由", 1000, 2, required=True)
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
    text = text("督办情况", 1000, 2, required=True)
    attachments = files("附件", load_default=list)


class ExtendListing(ChangeListing):
    to_on = day("申请延期至", required=True)
    reason = text("延期原因", 500, 2, required=True)


class DecideListingExtension(ChangeListing):
    is_approved = flag("是否批准", required=True)
    opinion = optional_text("审批意见", 500)


class ApplyLifting(ChangeListing):
    statement = text("治理完成情况", 2000, 2, required=True)
    attachments = files("附件", load_default=list)


class DecideLifting(ChangeListing):
    """Lifting rests on an acceptance on site."""

    is_lifted = flag("是否摘牌", required=True)
    opinion = text("验收意见", 1000, 2, required=True)
    accepted_on = optional_day("现场验收日期")
    attachments = files("验收资料", load_default=list)


class ListListings(SearchArgs):
    hazard_id = optional_identifier("隐患")
    enterprise_id = optional_identifier("企业")
    status = optional_one_of(LISTING_STATUSES, "状态")
    level = optional_one_of(LEVELS, "督办层级")
    region = optional_text("地区代码", 12)
    is_log_due = flag("督办记录已超15天", **OPTIONAL)


class Listing(ListingState):
    enterprise_name = shown("企业名称", allow_none=True)
    reason = shown("挂牌理由")
    opinion = shown("意见", allow_none=True)
    proposed_by_name = shown("提请人")
    proposed_at = moment("提请时间")
    extension_to_on = day("申请延期至", allow_none=True)
    extension_reason = shown("延期原因", allow_none=True)
    statement = shown("摘牌申请说明", allow_none=True)
    accepted_on = day("现场验收日期", allow_none=True)
    attachments = fields.List(Identifier(), metadata={"label": "附件"})
    log_due_on = day("督办记录应记日期", allow_none=True)
    is_log_due = flag("督办记录已超15天")
    is_overdue = flag("是否超期")


class ListingFile(Listing):
    """One listing, with the operations open to the caller now, and why the rest are not."""

    allowed = fields.List(fields.String(), metadata={"label": "现在可以做"})
    locked = fields.List(fields.Nested(Locked), metadata={"label": "暂不能做"})


def _change(name: str, way: str, permission: str, args: type[Schema], summary: str) -> Operation:
    return Operation(name, f"POST /supervision-listings/{{listing_id}}/{way}", permission, args, ListingFile, summary)


PROPOSE_LISTING = Operation(
    "propose_listing", "POST /hazards/{hazard_id}/supervision", permissions.PROPOSE_LISTING, ProposeListing, ListingFile,
    "提请挂牌督办", status=201,
)  # fmt: skip
LIST_LISTINGS = Operation(
    "list_supervision_listings", "GET /supervision-listings", permissions.READ, ListListings, page_of(Listing), "挂牌督办列表",
    is_list=True,
)  # fmt: skip
SHOW_LISTING = Operation(
    "show_supervision_listing", "GET /supervision-listings/{listing_id}", permissions.READ, OneListing, ListingFile, "挂牌督办详情"
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
