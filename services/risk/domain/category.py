"""Categories under which an enterprise sorts its risk points."""

from dataclasses import dataclass

from services.kernel.errors import Conflict, Invalid


@dataclass(eq=False)
class Category:
    """One category of one enterprise; a tree two levels deep is enough for finding and counting."""

    id: str
    enterprise_id: str
    region: str
    industry: str | None
    name: str
    parent_id: str | None = None
    position: int = 0
    version: int = 0

    def write(self, name: str, position: int, parent: "Category | None", has_children: bool = False) -> None:
        """Take over what the author wrote; a parent is another category of the first level."""
        if parent is not None and parent.id == self.id:
            raise Invalid("risk_category.own_parent", "分类不能以自己为上级")
        if parent is not None and (parent.parent_id is not None or has_children):
            raise Invalid("risk_category.too_deep", "分类最多两级")
        self.name, self.position, self.parent_id = name, position, parent.id if parent else None

    def require_unused(self, points: int, children: int) -> None:
        """Refuse to delete what is in use."""
        if points or children:
            raise Conflict("risk_category.in_use", f"该分类下还有{points}个风险点、{children}个下级分类，不能删除")
