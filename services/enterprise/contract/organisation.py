"""The tree of organisation units of an enterprise, five tiers deep."""

from marshmallow import fields

from services.enterprise.contract import permissions
from services.enterprise.contract.events import OrgUnitState
from services.enterprise.contract.kinds import PHONE, EnterpriseArgs
from services.kernel.contract import Operation
from services.language.fields import OPTIONAL, flag, identifier, number_of, one_of, optional_identifier, shown, text, version, whole
from services.language.schema import Schema

TIERS = ["enterprise", "department", "workshop", "team", "post"]


class CreateOrgUnit(EnterpriseArgs):
    """A unit below ``parent_id``; ``id`` is the client's."""

    id = optional_identifier("单元编号")
    parent_id = identifier("上级单元", required=True)
    name = text("名称", 100, required=True)
    tier = one_of(TIERS, "层级", required=True)
    leader = text("负责人", 50, **OPTIONAL)
    phone = fields.String(load_default=None, allow_none=True, validate=PHONE, metadata={"label": "联系电话"})
    position = whole("排序", 0, 9999, load_default=0)


class OrgUnitArgs(Schema):
    unit_id = identifier("单元编号", required=True)
    version = version()


class EditOrgUnit(OrgUnitArgs):
    name = text("名称", 100)
    leader = text("负责人", 50, allow_none=True)
    phone = fields.String(allow_none=True, validate=PHONE, metadata={"label": "联系电话"})
    position = whole("排序", 0, 9999)


class MoveOrgUnit(OrgUnitArgs):
    parent_id = identifier("新的上级单元", required=True)


class MergeOrgUnit(OrgUnitArgs):
    into_id = identifier("合并到", required=True)


class OrgUnitItem(OrgUnitState):
    leader = shown("负责人", allow_none=True)
    phone = shown("联系电话", allow_none=True)
    position = number_of("排序")


class OrgTree(Schema):
    """Every unit, parents before their children."""

    items = fields.List(fields.Nested(OrgUnitItem), metadata={"label": "单元"})


class OrgTreeArgs(EnterpriseArgs):
    is_active = flag("是否启用", **OPTIONAL)


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
MERGE_ORG_UNIT = _command("merge_org_unit", "merging", MergeOrgUnit, "合并组织单元")
DISABLE_ORG_UNIT = _command("disable_org_unit", "disabling", OrgUnitArgs, "停用组织单元")
ENABLE_ORG_UNIT = _command("enable_org_unit", "enabling", OrgUnitArgs, "启用组织单元")
SHOW_ORG_TREE = Operation(
    "show_org_tree", "GET /enterprises/{enterprise_id}/org-units", permissions.READ, OrgTreeArgs, OrgTree, "组织结构"
)
OPERATIONS = [CREATE_ORG_UNIT, EDIT_ORG_UNIT, MOVE_ORG_UNIT, MERGE_ORG_UNIT, DISABLE_ORG_UNIT, ENABLE_ORG_UNIT, SHOW_ORG_TREE]
