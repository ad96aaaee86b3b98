"""The tree of organisation units."""

import pytest

from services.enterprise.domain.org_unit import TIERS
from services.kernel.errors import Conflict, Invalid
from tests.unit.enterprise.builders import a_unit


@pytest.mark.parametrize("above", TIERS)
@pytest.mark.parametrize("below", TIERS)
def test_the_tier_of_a_child_is_below_its_parents(above: str, below: str) -> None:
    root = a_unit("enterprise")
    parent = root if above == "enterprise" else a_unit(above, root)

    if TIERS.index(below) > TIERS.index(above):
        assert a_unit(below, parent).parent_id == parent.id
    else:
        with pytest.raises(Invalid):
            a_unit(below, parent)


def test_the_path_leads_from_the_root_to_the_unit_itself() -> None:
    root = a_unit("enterprise")
    workshop = a_unit("workshop", root)

    team = a_unit("team", workshop)

    assert team.path == [root.id, workshop.id, team.id]


def test_a_moved_unit_takes_along_what_lies_below() -> None:
    root = a_unit("enterprise")
    first, second = a_unit("department", root), a_unit("department", root)
    workshop = a_unit("workshop", first)
    team = a_unit("team", workshop)

    workshop.move(second)
    team.rehang(workshop)

    assert workshop.path == [root.id, second.id, workshop.id]
    assert team.path == [root.id, second.id, workshop.id, team.id]


def test_a_unit_does_not_move_below_itself() -> None:
    department = a_unit("department", a_unit("enterprise"))
    team = a_unit("team", department)

    with pytest.raises(Conflict):
        department.move(team)


def test_a_move_keeps_the_order_of_tiers() -> None:
    root = a_unit("enterprise")
    workshop = a_unit("workshop", root)
    other = a_unit("workshop", root)

    with pytest.raises(Invalid):
        workshop.move(other)


def test_the_root_stays() -> None:
    root = a_unit("enterprise")

    with pytest.raises(Conflict):
        root.move(a_unit("department", root))
    with pytest.raises(Conflict):
        root.disable(has_active_children=False)


def test_a_unit_with_active_units_below_is_not_disabled() -> None:
    department = a_unit("department", a_unit("enterprise"))

    with pytest.raises(Conflict):
        department.disable(has_active_children=True)
    department.disable(has_active_children=False)

    assert not department.is_active


def test_nothing_comes_under_a_disabled_unit() -> None:
    department = a_unit("department", a_unit("enterprise"))
    workshop = a_unit("workshop", department)
    workshop.disable(has_active_children=False)
    department.disable(has_active_children=False)

    with pytest.raises(Conflict):
        a_unit("team", department)
    with pytest.raises(Conflict):
        workshop.enable(department)


def test_a_merged_unit_is_out_of_use_for_good_and_remembers_where_its_things_are() -> None:
    root = a_unit("enterprise")
    former, heir = a_unit("workshop", root), a_unit("department", root)
    team = a_unit("team", former)

    former.merge(heir, [team], set(), [])
    team.place_under(heir)

    assert (former.is_active, former.merged_into_id) == (False, heir.id)
    assert (team.parent_id, team.path) == (heir.id, [root.id, heir.id, team.id])
    with pytest.raises(Conflict, match=r"org_unit\.merged"):
        former.enable(root)


def test_what_cannot_be_merged_is_refused_and_stays_as_it_was() -> None:
    root = a_unit("enterprise")
    department, other, resting = (a_unit("department", root) for _ in range(3))
    workshop, team = a_unit("workshop", department), a_unit("team", other)
    post = a_unit("post", team)
    resting.disable(has_active_children=False)

    refused = {
        "org_unit.root": (root, department, [department, other]),
        "org_unit.illegal_move": (resting, other, []),
        "org_unit.cycle": (department, workshop, [workshop]),
        "org_unit.target_disabled": (other, resting, []),
        "org_unit.children_too_high": (department, team, [workshop]),
        "org_unit.children_twice": (team, workshop, [post]),
        "org_unit.has_filed_lists": (workshop, other, []),
    }
    for code, (former, heir, children) in refused.items():
        filed = ["电炉车间清单"] if code.endswith("lists") else []
        with pytest.raises(Conflict, match=code.replace(".", r"\.")):
            former.merge(heir, children, {post.name}, filed)
        assert former.merged_into_id is None and former.is_active == (former is not resting)
    with pytest.raises(Conflict, match=r"org_unit\.cycle"):
        department.merge(department, [workshop], set(), [])


def test_a_refused_merging_names_the_children_that_do_not_fit() -> None:
    root = a_unit("enterprise")
    former, heir = a_unit("department", root), a_unit("team", root)
    workshop = a_unit("workshop", former)

    with pytest.raises(Conflict, match=workshop.name):
        former.merge(heir, [workshop], set(), [])
