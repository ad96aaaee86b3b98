"""The tree of units, on the real database."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from services.kernel import ids
from services.kernel.caller import Caller
from services.kernel.errors import Conflict, Invalid, NotFound, Refusal
from tests.service.enterprise.builders import Desk, Rows, a_reviewer, an_admin, hear_list


class Tree:
    """One enterprise's units, made by its administrator."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.enterprise_id, self.admin = desk.approved()
        self.root: str = self.units()[0]["id"]

    def add(self, tier: str, parent: str, **values: Any) -> str:
        given = {"name": ids.token(6), "tier": tier, "parent_id": parent} | values
        return str(self.desk(self.admin, "create_org_unit", enterprise_id=self.enterprise_id, **given)["id"])

    def units(self, caller: Caller | None = None, **args: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.desk(caller or self.admin, "show_org_tree", enterprise_id=self.enterprise_id, **args)[
            "items"
        ]
        return found

    def path(self, unit_id: str) -> list[str]:
        return next(unit["path"] for unit in self.units() if unit["id"] == unit_id)


def test_a_moved_unit_is_announced_with_all_below_it(desk: Desk, rows: Rows) -> None:
    tree = Tree(desk)
    first, second = tree.add("department", tree.root), tree.add("department", tree.root)
    workshop = tree.add("workshop", first)
    team = tree.add("team", workshop)
    post = tree.add("post", team)

    desk(tree.admin, "move_org_unit", unit_id=workshop, parent_id=second)

    assert tree.path(post) == [tree.root, second, workshop, team, post]
    sql = "SELECT subject::text, data FROM outbox WHERE type = 'org_unit.changed.v1' AND data->'state'->>'enterprise_id' = :id"
    told = rows(sql + " AND (data->'state'->>'version')::int = 2", id=tree.enterprise_id)
    assert {row["subject"]: row["data"]["state"]["path"] for row in told} == {u: tree.path(u) for u in (workshop, team, post)}


@pytest.mark.feature("ENT-33")
def test_the_tier_of_a_child_is_below_its_parents_also_after_a_move(desk: Desk) -> None:
    tree = Tree(desk)
    workshop = tree.add("workshop", tree.root)

    with pytest.raises(Invalid):
        tree.add("department", workshop)
    with pytest.raises(Invalid):
        desk(tree.admin, "move_org_unit", unit_id=tree.add("workshop", tree.root), parent_id=workshop)


@pytest.mark.feature("ENT-33")
def test_a_unit_with_a_list_in_force_stays_in_use_until_the_list_is_withdrawn(desk: Desk) -> None:
    tree = Tree(desk)
    workshop = tree.add("workshop", tree.root)
    list_id = ids.new_id()

    def hear(what: str, version: int) -> None:
        hear_list(desk, what, version, id=list_id, enterprise_id=tree.enterprise_id, unit_id=workshop, name="电炉车间清单")

    hear("withdrawn", 3)
    hear("filed", 2)  # Late, and so no news.
    desk(tree.admin, "disable_org_unit", unit_id=workshop)
    desk(tree.admin, "enable_org_unit", unit_id=workshop)
    hear("filed", 4)

    with pytest.raises(Conflict, match="电炉车间清单"):
        desk(tree.admin, "disable_org_unit", unit_id=workshop)
    hear("superseded", 5)
    assert desk(tree.admin, "disable_org_unit", unit_id=workshop)["is_active"] is False


def test_two_moves_at_once_make_no_ring(desk: Desk) -> None:
    tree = Tree(desk)
    first, second = tree.add("department", tree.root), tree.add("department", tree.root)
    left, right = tree.add("workshop", first), tree.add("workshop", second)

    def move(pair: tuple[str, str]) -> str:
        try:
            return str(desk(tree.admin, "move_org_unit", unit_id=pair[0], parent_id=pair[1])["id"])
        except Refusal as refusal:
            return refusal.code

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(move, [(left, second), (right, first)]))

    for unit in tree.units():
        assert unit["path"][0] == tree.root and unit["path"][-1] == unit["id"] and len(set(unit["path"])) == len(unit["path"])
        if unit["parent_id"]:
            assert unit["path"] == [*tree.path(unit["parent_id"]), unit["id"]]


def test_only_leaves_are_disabled_and_they_come_back(desk: Desk) -> None:
    tree = Tree(desk)
    department = tree.add("department", tree.root)
    team = tree.add("team", department)
    with pytest.raises(Conflict):
        desk(tree.admin, "disable_org_unit", unit_id=department)

    desk(tree.admin, "disable_org_unit", unit_id=team)
    desk(tree.admin, "disable_org_unit", unit_id=department)

    assert {unit["id"] for unit in tree.units(is_active=True)} == {tree.root}
    with pytest.raises(Conflict):
        desk(tree.admin, "enable_org_unit", unit_id=team)
    desk(tree.admin, "enable_org_unit", unit_id=department)
    assert desk(tree.admin, "enable_org_unit", unit_id=team)["is_active"] is True


def test_siblings_have_different_names(desk: Desk) -> None:
    tree = Tree(desk)
    tree.add("department", tree.root, name="安全部")

    with pytest.raises(Conflict) as refusal:
        tree.add("department", tree.root, name="安全部")

    assert refusal.value.code == "org_unit.name_taken"


def test_units_of_another_enterprise_are_not_found(desk: Desk) -> None:
    mine, theirs = Tree(desk), Tree(desk)
    department = mine.add("department", mine.root)

    with pytest.raises(NotFound):
        desk(mine.admin, "create_org_unit", enterprise_id=mine.enterprise_id, name="x", tier="team", parent_id=theirs.root)
    with pytest.raises(NotFound):
        desk(theirs.admin, "edit_org_unit", unit_id=department, name="y")
    with pytest.raises(NotFound):
        desk(an_admin(ids.new_id(), "520102"), "show_org_tree", enterprise_id=mine.enterprise_id)


def test_authorities_see_the_tree_with_masked_telephones(desk: Desk) -> None:
    tree = Tree(desk)
    tree.add("department", tree.root, phone="13985012345", leader="张三")

    assert [unit["phone"] for unit in tree.units(a_reviewer("520102"))] == [None, "139****2345"]
    assert [unit["phone"] for unit in tree.units()] == [None, "13985012345"]


def test_an_edit_changes_what_it_names_and_nothing_else(desk: Desk) -> None:
    tree = Tree(desk)
    department = tree.add("department", tree.root, name="安全部", leader="张三", position=3)

    edited = desk(tree.admin, "edit_org_unit", unit_id=department, leader=None, version=1)

    assert (edited["name"], edited["leader"], edited["position"], edited["version"]) == ("安全部", None, 3, 2)
    with pytest.raises(Conflict):
        desk(tree.admin, "edit_org_unit", unit_id=department, leader="李四", version=1)


@pytest.mark.feature("ENT-33")
def test_a_merged_unit_leaves_its_children_to_the_other_and_each_is_announced(desk: Desk, rows: Rows) -> None:
    tree = Tree(desk)
    former, heir = tree.add("department", tree.root), tree.add("department", tree.root)
    workshop = tree.add("workshop", former)
    team, resting = tree.add("team", workshop), tree.add("team", former)
    desk(tree.admin, "disable_org_unit", unit_id=resting)

    answer = desk(tree.admin, "merge_org_unit", unit_id=former, into_id=heir)

    assert (answer["is_active"], answer["merged_into_id"]) == (False, heir)
    assert tree.path(team) == [tree.root, heir, workshop, team] and tree.path(resting) == [tree.root, heir, resting]
    told = rows("SELECT data->'state' AS state FROM outbox WHERE type = 'org_unit.changed.v1' ORDER BY position")
    last = {row["state"]["id"]: row["state"] for row in told}
    assert {unit: last[unit]["path"] for unit in (workshop, team, resting)} == {u: tree.path(u) for u in (workshop, team, resting)}
    assert (last[former]["merged_into_id"], last[heir]["merged_into_id"]) == (heir, None)
    assert desk(tree.admin, "enable_org_unit", unit_id=resting)["parent_id"] == heir
    for refused, args in (("enable_org_unit", {}), ("merge_org_unit", {"into_id": heir})):
        with pytest.raises(Conflict):
            desk(tree.admin, refused, unit_id=former, **args)


@pytest.mark.feature("ENT-33")
def test_a_unit_with_a_list_in_force_or_with_children_that_fit_nowhere_is_not_merged(desk: Desk) -> None:
    tree = Tree(desk)
    department, team = tree.add("department", tree.root), tree.add("team", tree.root)
    workshop = tree.add("workshop", department, name="一车间")
    tree.add("team", team_parent := tree.add("workshop", tree.root), name="甲班")
    tree.add("team", workshop, name="甲班")
    before = tree.units()

    for former, heir, why in ((department, team, "一车间"), (workshop, team_parent, "甲班"), (workshop, workshop, "下级单元")):
        with pytest.raises(Conflict, match=why):
            desk(tree.admin, "merge_org_unit", unit_id=former, into_id=heir)
    hear_list(desk, "filed", 1, id=ids.new_id(), enterprise_id=tree.enterprise_id, unit_id=department, name="部门清单")
    with pytest.raises(Conflict, match="部门清单"):
        desk(tree.admin, "merge_org_unit", unit_id=department, into_id=tree.root)

    assert tree.units() == before


def test_nobody_merges_into_or_out_of_another_enterprise(desk: Desk) -> None:
    tree, other = Tree(desk), Tree(desk)
    workshop, theirs = tree.add("workshop", tree.root), other.add("workshop", other.root)

    for former, heir in ((workshop, theirs), (theirs, workshop)):
        with pytest.raises(NotFound):
            desk(tree.admin, "merge_org_unit", unit_id=former, into_id=heir)
