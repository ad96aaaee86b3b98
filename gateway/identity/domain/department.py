"""Departments (部门) of government."""

from dataclasses import dataclass, field

from services.kernel import region as regions
from services.kernel.errors import Invalid


@dataclass(eq=False)
class Department:
    """One authority or bureau: a place, the industries it answers for, and where it hangs."""

    id: str
    name: str
    region: str
    industries: list[str] = field(default_factory=list)
    level: str = ""
    parent_id: str | None = None
    position: int = 0
    is_active: bool = True
    version: int = 0

    def describe(self, name: str, region: str, industries: list[str], parent: "Department | None", position: int) -> None:
        """Take over what is entered; the region of a child lies in its parent's."""
        prefix = regions.prefix(region)
        if parent is not None and (parent.id == self.id or not prefix.startswith(regions.prefix(parent.region))):
            raise Invalid(
                "department.outside_parent", "部门的行政区划应在上级部门的行政区划之内", region="应在上级部门的行政区划之内"
            )
        if "*" in industries and len(industries) > 1:
            raise Invalid("department.industries", "监管行业选择全部时不能再选具体行业")
        self.name, self.region, self.industries, self.position = name, region, industries, position
        self.parent_id, self.level = (parent.id if parent else None), regions.level(region)
