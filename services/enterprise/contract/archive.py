"""The file of an enterprise: lists, detail, what its administrator changes at once and what changes under review."""

from marshmallow import fields

from services.enterprise.contract import permissions, vocabulary
from services.enterprise.contract.basic import BASIC_FIELDS, KeyInformation, schema
from services.enterprise.contract.events import EnterpriseState
from services.enterprise.contract.kinds import EnterpriseArgs, EnterpriseChangeArgs
from services.enterprise.contract.on_map import MapArgs, map_of
from services.enterprise.contract.registration import EnterpriseDetail
from services.enterprise.contract.review import Decide
from services.kernel.contract import Operation
from services.language.fields import (
    OPTIONAL,
    Identifier,
    day,
    files,
    flag,
    identifier,
    moment,
    number_of,
    one_of,
    optional_identifier,
    optional_one_of,
    region,
    shown,
    text,
    version,
    word,
)
from services.language.schema import Schema, SearchArgs, page_of


class EnterpriseListArgs(SearchArgs):
    region = region("所在地区", **OPTIONAL)
    industry = text("行业类别", 20, **OPTIONAL)
    status = optional_one_of(vocabulary.LISTED_STATUSES, "状态")
    business_state = optional_one_of(vocabulary.BUSINESS_STATES, "经营状态")
    enterprise_type = text("企业类型", 20, **OPTIONAL)
    scale = optional_one_of(vocabulary.SCALES, "企业规模")
    sort = one_of(["-id", "id", "name", "-name", "region", "-region"], "排序", load_default="-id", allow_none=True)


class EnterpriseItem(EnterpriseState):
    operating_address = shown("生产经营地址", allow_none=True)
    principal = shown("主要负责人", allow_none=True)


UpdateEnterprise = schema("UpdateEnterprise", [f for f in BASIC_FIELDS if not f.is_key], EnterpriseChangeArgs().fields)


class RequestChange(EnterpriseChangeArgs):
    """A request to change key fields; ``id`` is the client's."""

    id = optional_identifier("变更编号")
    changes = fields.Nested(KeyInformation, required=True, metadata={"label": "变更内容"})
    reason = text("变更原因", 1000, required=True)
    attachments = files("证明材料", 30, load_default=list)


class ChangeArgs(Schema):
    change_id = identifier("变更编号", required=True)
    version = version()


class EditChange(ChangeArgs):
    changes = fields.Nested(KeyInformation, required=True, metadata={"label": "变更内容"})
    reason = text("变更原因", 1000, required=True)
    attachments = files("证明材料", 30, load_default=list)


class ReviewChange(ChangeArgs, Decide):
    pass


class ChangeListArgs(SearchArgs):
    enterprise_id = optional_identifier("企业编号")
    status = optional_one_of(vocabulary.CHANGE_STATUSES, "状态")


class ChangedField(Schema):
    field = shown("字段")
    label = shown("名称")
    old = shown("变更前", allow_none=True)
    new = shown("变更后", allow_none=True)


class ChangeState(Schema):
    id = identifier("变更编号")
    enterprise_id = identifier("企业编号")
    enterprise_name = shown("企业名称")
    region = shown("所在地区")
    industry = shown("行业类别", allow_none=True)
    status = word(vocabulary.CHANGE_STATUSES, "状态")
    lines = fields.List(fields.Nested(ChangedField), metadata={"label": "变更明细"})
    reason = shown("变更原因")
    attachments = fields.List(Identifier(), metadata={"label": "证明材料"})
    authority_region = shown("审核机关所在地区", allow_none=True)
    authority_sector = word(vocabulary.SECTORS, "审核机关类别", allow_none=True)
    submitted_at = moment("提交时间", allow_none=True)
    decided_at = moment("审核时间", allow_none=True)
    decided_by_name = shown("审核人", allow_none=True)
    opinion = shown("审核意见", allow_none=True)
    may_decide = flag("可否审核")
    review_due_on = day("审核期限", allow_none=True)
    version = number_of("版本号")


class EnterpriseMapArgs(MapArgs):
    status = optional_one_of(vocabulary.ON_MAP, "状态")


LIST_ENTERPRISES = Operation(
    "list_enterprises", "GET /enterprises", permissions.READ, EnterpriseListArgs, page_of(EnterpriseItem), "企业列表", is_list=True
)
SHOW_ENTERPRISE_MAP = Operation(
    "show_enterprise_map", "GET /enterprise-map", permissions.READ, EnterpriseMapArgs,
    map_of("EnterpriseMap", tuple(vocabulary.ON_MAP.items()), "状态"), "企业分布图",
)  # fmt: skip
SHOW_ENTERPRISE = Operation(
    "show_enterprise", "GET /enterprises/{enterprise_id}", permissions.READ, EnterpriseArgs, EnterpriseDetail, "企业详情"
)
UPDATE_ENTERPRISE = Operation(
    "update_enterprise",
    "PATCH /enterprises/{enterprise_id}",
    permissions.EDIT,
    UpdateEnterprise,
    EnterpriseDetail,
    "修改企业非关键信息",
)
REQUEST_CHANGE = Operation(
    "request_change", "POST /enterprises/{enterprise_id}/changes", permissions.EDIT, RequestChange, ChangeState,
    "填写关键信息变更", status=201,
)  # fmt: skip
EDIT_CHANGE = Operation(
    "edit_change", "PUT /enterprise-changes/{change_id}", permissions.EDIT, EditChange, ChangeState, "修改关键信息变更"
)
SUBMIT_CHANGE = Operation(
    "submit_change",
    "POST /enterprise-changes/{change_id}/submission",
    permissions.EDIT,
    ChangeArgs,
    ChangeState,
    "提交关键信息变更",
)
CANCEL_CHANGE = Operation(
    "cancel_change",
    "POST /enterprise-changes/{change_id}/cancellation",
    permissions.EDIT,
    ChangeArgs,
    ChangeState,
    "取消关键信息变更",
)
REVIEW_CHANGE = Operation(
    "review_change",
    "POST /enterprise-changes/{change_id}/review",
    permissions.REVIEW,
    ReviewChange,
    ChangeState,
    "审核关键信息变更",
)
LIST_CHANGES = Operation(
    "list_changes",
    "GET /enterprise-changes",
    permissions.READ,
    ChangeListArgs,
    page_of(ChangeState),
    "关键信息变更列表",
    is_list=True,
)
OPERATIONS = [
    LIST_ENTERPRISES, SHOW_ENTERPRISE_MAP, SHOW_ENTERPRISE, UPDATE_ENTERPRISE, REQUEST_CHANGE, EDIT_CHANGE, SUBMIT_CHANGE,
    CANCEL_CHANGE, REVIEW_CHANGE, LIST_CHANGES,
]  # fmt: skip
