"""The organisation of an enterprise: a tree of units of five tiers, each deeper than its parent's."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from services.enterprise.domain import events
from services.kernel.errors import Conflict, Invalid
from services.kernel.event import Fact

TIERS = ("enterprise", "department", "workshop", "team", "post")  # 公司、部门、车间、班组、岗位
TIER_LABELS = dict(zip(TIERS, ("公司级", "部门级", "车间级", "班组级", "岗位级"), strict=True))
MOST_UNITS = 5000  # Keeps the tree of one enterprise within one answer.


@dataclass(eq=False)
class OrgUnit:
    """One unit; ``path`` leads from the root down to it, itself included."""

    id: str
    enterprise_id: str
    region: str
    industry: str | None
    name: str
    tier: str
    parent_id: str | None = None
    path: list[str] = field(default_factory=list)
    leader: str | None = None
    phone: str | None = None
    position: int = 0
    is_active: bool = True
    merged_into_id: str | None = None  # The unit that took over what belonged to this one.
    version: int = 0

    def take_root(self) -> Fact:
        """Become the one unit of the tree that has no parent."""
        self.path = [self.id]
        return events.OrgUnitChanged()

    def place_under(self, parent: "OrgUnit") -> Fact:
        """Take a place below ``parent``, whose tier is higher and which is in use."""
        if not parent.is_active:
            raise Conflict("org_unit.parent_disabled", f"上级单元「{parent.name}」已停用")
        if TIERS.index(self.tier) <= TIERS.index(parent.tier):
            sentence = f"下级单元的层级应低于上级单元（{TIER_LABELS[parent.tier]}）"
            raise Invalid("org_unit.wrong_tier", sentence, tier=f"应低于{TIER_LABELS[parent.tier]}")
        self.parent_id, self.path = parent.id, [*parent.path, self.id]
        return events.OrgUnitChanged()

    def move(self, parent: "OrgUnit") -> Fact:
        """Hang the unit under another parent; what lies below it follows by ``rehang``."""
        if self.parent_id is None:
            raise Conflict("org_unit.root", "公司级根单元不能移动")
        if self.id in parent.path:
            raise Conflict("org_unit.cycle", "不能移动到本单元或其下级单元之下")
        if parent.id == self.parent_id:
            raise Conflict("org_unit.same_parent", "该单元已在此上级单元之下")
        return self.place_under(parent)

    def rehang(self, moved: "OrgUnit") -> Fact:
        """Follow a unit above this one to its new place."""
        self.path = [*moved.path, *self.path[self.path.index(moved.id) + 1 :]]
        return events.OrgUnitChanged()

    def edit(self, **values: object) -> Fact:
        for name, value in values.items():
            setattr(self, name, value)
        return events.OrgUnitChanged()

    def disable(self, has_active_children: bool, filed_lists: Sequence[str] = ()) -> Fact:
        """Take the unit out of use; only one without active units below it, and without lists in force."""
        if self.parent_id is None:
            raise Conflict("org_unit.root", "公司级根单元不能停用")
        if has_active_children:
            raise Conflict("org_unit.has_children", "该单元下还有启用的下级单元，请先移动或停用下级单元")
        if not self.is_active:
            raise Conflict("org_unit.illegal_move", "该单元已停用")
        self._refuse_filed(filed_lists)
        self.is_active = False
        return events.OrgUnitChanged()

    def merge(self, into: "OrgUnit", children: Sequence["OrgUnit"], names_there: Collection[str], filed: Sequence[str]) -> Fact:
        """Give all that is this unit's to another one; the children, which come under it by ``place_under``, must fit there."""
        if self.parent_id is None:
            raise Conflict("org_unit.root", "公司级根单元不能合并到其他单元")
        if not self.is_active:
            raise Conflict("org_unit.illegal_move", "该单元已停用，不能合并")
        if self.id in into.path:
            raise Conflict("org_unit.cycle", "不能合并到本单元或其下级单元")
        if not into.is_active:
            raise Conflict("org_unit.target_disabled", f"目标单元「{into.name}」已停用")
        self._refuse_filed(filed)
        if high := [each.name for each in children if TIERS.index(each.tier) <= TIERS.index(into.tier)]:
            sentence = f"下级单元的层级应低于目标单元（{TIER_LABELS[into.tier]}）：{_told(high)}，请先移动或停用它们"
            raise Conflict("org_unit.children_too_high", sentence)
        if twice := [each.name for each in children if each.is_active and each.name in names_there]:
            raise Conflict("org_unit.children_twice", f"目标单元下已有同名的下级单元：{_told(twice)}，请先改名")
        self.is_active, self.merged_into_id = False, into.id
        return events.OrgUnitChanged()

    def _refuse_filed(self, names: Sequence[str]) -> None:
        if names:
            raise Conflict("org_unit.has_filed_lists", f"该单元有 {len(names)} 份已报备清单（{_told(names)}），请先修订或撤销清单")

    def enable(self, parent: "OrgUnit") -> Fact:
        if self.is_active:
            raise Conflict("org_unit.illegal_move", "该单元已启用")
        if self.merged_into_id is not None:
            raise Conflict("org_unit.merged", "该单元已合并到其他单元，不能再启用")
        if not parent.is_active:
            raise Conflict("org_unit.parent_disabled", f"上级单元「{parent.name}」已停用，请先启用上级单元")
        self.is_active = True
        return events.OrgUnitChanged()


def _told(names: Sequence[str]) -> str:
    return "、".join(names[:3]) + ("等" if len(names) > 3 else "")
