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
