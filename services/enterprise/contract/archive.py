"""The file of an enterprise: lists, detail, what its administrator changes at once and what changes under review."""

from marshmallow import fields, validate

from services.enterprise.contract import permissions
from services.enterprise.contract.basic import BASIC_FIELDS, BUSINESS_STATES, SCALES, KeyInformation, schema
from services.enterprise.contract.events import EnterpriseState
from services.enterprise.contract.kinds import REGION, EnterpriseArgs, EnterpriseChangeArgs, Id, choice, ids, text
from services.enterprise.contract.registration import EnterpriseDetail
from services.enterprise.contract.review import Decide
from services.kernel.contract import Operation, PageArgs, Schema, page_of

STATUSES = ["pending", "active", "rejected", "suspended", "deleted", "closed"]
CHANGE_STATUSES = ["draft", "pending", "applied", "rejected", "cancelled"]


class EnterpriseListArgs(PageArgs):
    region = fields.String(load_default=None, allow_none=True, validate=REGION, metadata={"label": "所在地区"})
    industry = fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 20), metadata={"label": "行业类别"})
    status = choice("状态", STATUSES, load_default=None, allow_none=True)
    business_state = choice("经营状态", BUSINESS_STATES, load_default=None, allow_none=True)
    enterprise_type = fields.String(
        load_default=None, allow_none=True, validate=validate.Length(1, 20), metadata={"label": "企业类型"}
    )
    scale = choice("企业规模", SCALES, load_default=None, allow_none=True)
    sort = choice("排序", ["-id", "id", "name", "-name", "region", "-region"], load_default="-id", allow_none=True)


class EnterpriseItem(EnterpriseState):
    operating_address = fields.String(allow_none=True, metadata={"label": "生产经营地址"})
    principal = fields.String(allow_none=True, metadata={"label": "主要负责人"})


UpdateEnterprise = schema("UpdateEnterprise", [f for f in BASIC_FIELDS if not f.is_key], EnterpriseChangeArgs().fields)


class RequestChange(EnterpriseChangeArgs):
    """A request to change key fields; ``id`` is the client's."""

    id = Id(load_default=None, allow_none=True, metadata={"label": "变更编号"})
    changes = fields.Nested(KeyInformation, required=True, metadata={"label": "变更内容"})
    reason = text("变更原因", 1000, required=True)
    attachments = ids("证明材料", load_default=list)


class ChangeArgs(Schema):
    change_id = Id(required=True, metadata={"label": "变更编号"})
    version = fields.Integer(load_default=None, allow_none=True, metadata={"label": "版本"})


class EditChange(ChangeArgs):
    changes = fields.Nested(KeyInformation, required=True, metadata={"label": "变更内容"})
    reason = text("变更原因", 1000, required=True)
    attachments = ids("证明材料", load_default=list)


class ReviewChange(ChangeArgs, Decide):
    pass


class ChangeListArgs(PageArgs):
    enterprise_id = Id(load_default=None, allow_none=True, metadata={"label": "企业编号"})
    status = choice("状态", CHANGE_STATUSES, load_default=None, allow_none=True)


class ChangedField(Schema):
    field = fields.String(metadata={"label": "字段"})
    label = fields.String(metadata={"label": "名称"})
    old = fields.String(allow_none=True, metadata={"label": "变更前"})
    new = fields.String(allow_none=True, metadata={"label": "变更后"})


class ChangeState(Schema):
    id = Id(metadata={"label": "变更编号"})
    enterprise_id = Id(metadata={"label": "企业编号"})
    enterprise_name = fields.String(metadata={"label": "企业名称"})
    region = fields.String(metadata={"label": "所在地区"})
    industry = fields.String(allow_none=True, metadata={"label": "行业类别"})
    status = fields.String(metadata={"label": "状态"})
    lines = fields.List(fields.Nested(ChangedField), metadata={"label": "变更明细"})
    reason = fields.String(metadata={"label": "变更原因"})
    attachments = fields.List(Id(), metadata={"label": "证明材料"})
    authority_region = fields.String(allow_none=True, metadata={"label": "审核机关所在地区"})
    authority_sector = fields.String(allow_none=True, metadata={"label": "审核机关类别"})
    submitted_at = fields.DateTime(allow_none=True, metadata={"label": "提交时间"})
    decided_at = fields.DateTime(allow_none=True, metadata={"label": "审核时间"})
    decided_by_name = fields.String(allow_none=True, metadata={"label": "审核人"})
    opinion = fields.String(allow_none=True, metadata={"label": "审核意见"})
    version = fields.Integer(metadata={"label": "版本"})


LIST_ENTERPRISES = Operation(
    "list_enterprises", "GET /enterprises", permissions.READ, EnterpriseListArgs, page_of(EnterpriseItem), "企业列表", is_list=True
)
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
    "edit_change", "PATCH /enterprise-changes/{change_id}", permissions.EDIT, EditChange, ChangeState, "修改关键信息变更"
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
    LIST_ENTERPRISES, SHOW_ENTERPRISE, UPDATE_ENTERPRISE, REQUEST_CHANGE, EDIT_CHANGE, SUBMIT_CHANGE, CANCEL_CHANGE, REVIEW_CHANGE,
    LIST_CHANGES,
]  # fmt: skip
