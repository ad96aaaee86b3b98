"""The tree of organisation units of an enterprise, five tiers deep."""

from marshmallow import fields, validate

from services.enterprise.contract import permissions
from services.enterprise.contract.events import OrgUnitState
from services.enterprise.contract.kinds import PHONE, EnterpriseArgs, Id, choice, text
from services.kernel.contract import Operation, Schema

TIERS = ["enterprise", "department", "workshop", "team", "post"]


class CreateOrgUnit(EnterpriseArgs):
    """A unit below ``parent_id``; ``id`` is the client's."""

    id = Id(load_default=None, allow_none=True, metadata={"label": "单元编号"})
    parent_id = Id(required=True, metadata={"label": "上级单元"})
    name = text("名称", 100, required=True)
    tier = choice("层级", TIERS, required=True)
    leader = text("负责人", 50, load_default=None, allow_none=True)
    phone = fields.String(load_default=None, allow_none=True, validate=PHONE, metadata={"label": "联系电话"})
    position = fields.Integer(load_default=0, validate=validate.Range(0, 9999), metadata={"label": "排序"})


class OrgUnitArgs(Schema):
    unit_id = Id(required=True, metadata={"label": "单元编号"})
    version = fields.Integer(load_default=None, allow_none=True, metadata={"label": "版本"})


class EditOrgUnit(OrgUnitArgs):
    name = text("名称", 100)
    leader = text("负责人", 50, allow_none=True)
    phone = fields.String(allow_none=True, validate=PHONE, metadata={"label": "联系电话"})
    position = fields.Integer(validate=validate.Range(0, 9999), metadata={"label": "排序"})


class MoveOrgUnit(OrgUnitArgs):
    parent_id = Id(required=True, metadata={"label": "新的上级单元"})


class OrgUnitItem(OrgUnitState):
    leader = fields.String(allow_none=True, metadata={"label": "负责人"})
    phone = fields.String(allow_none=True, metadata={"label": "联系电话"})
    position = fields.Integer(metadata={"label": "排序"})


class OrgTree(Schema):
    """Every unit, parents before their children."""

    items = fields.List(fields.Nested(OrgUnitItem), metadata={"label": "单元"})


class OrgTreeArgs(EnterpriseArgs):
    is_active = fields.Boolean(load_default=None, allow_none=True, metadata={"label": "是否启用"})


def _command(name: str, route: str, args: type[Schema], summary: str) -> Operation:
    return Operation(name, f"POST /org-units/{{unit_id}}/{route}", permissions.KEEP_ORGANISATION, args, OrgUnitItem, summary)


CREATE_ORG_UNIT = Operation(
    "create_org_unit", "POST /enterprises/{enterprise_id}/org-units", permissions.KEEP_ORGANISATION, CreateOrgUnit, OrgUnitItem,
    "新增组织单元", status=201,
)  # fmt: skip
EDIT_ORG_UNIT = Operation(
    "edit_org_unit", "PATCH /org-units/{unit_id}", permissions.KEEP_ORGANISATION, EditOrgUnit, OrgUnitItem, "修改组织单元"
)
MOVE_ORG_UNIT = _command("move_org_unit", "move", MoveOrgUnit, "移动组织单元")
DISABLE_ORG_UNIT = _command("disable_org_unit", "disabling", OrgUnitArgs, "停用组织单元")
ENABLE_ORG_UNIT = _command("enable_org_unit", "enabling", OrgUnitArgs, "启用组织单元")
SHOW_ORG_TREE = Operation(
    "show_org_tree", "GET /enterprises/{enterprise_id}/org-units", permissions.READ, OrgTreeArgs, OrgTree, "组织结构"
)
OPERATIONS = [CREATE_ORG_UNIT, EDIT_ORG_UNIT, MOVE_ORG_UNIT, DISABLE_ORG_UNIT, ENABLE_ORG_UNIT, SHOW_ORG_TREE]
