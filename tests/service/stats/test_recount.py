"""Whatever comes, in whatever order and however often: the figures are what their contributions add up to."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from services.kernel import ids
from services.kernel.caller import Kind, system
from services.kernel.errors import Forbidden
from services.kernel.event import Event
from services.stats.domain.buckets import MEASURES
from services.stats.jobs import check_figures
from tests.callers import regulator
from tests.service.stats.builders import (
    TODAY,
    World,
    at,
    county,
    enterprise,
    hazard,
    licence,
    point,
    province,
    risk_list,
    signed_in,
    task,
)

KINDS = ["enterprise", "point", "list", "task", "hazard", "licence", "unit"]
TABLES = {
    "enterprise_figure": ["grain", "start", "enterprise_id", "unit_id", "region", "industry"],
    "region_figure": ["grain", "start", "region", "industry"],
}
PLACES = ["520102", "520103", "520102001", "520900"]
ADMIN = regulator("520000", "stats.recount")


class Story:
    """Two enterprises, and a number of things that happen to what is theirs; each aggregate keeps its day and its owner."""

    def __init__(self) -> None:
        self.ids = {
            name: [ids.new_id() for _ in range(4)] for name in ("enterprise", "point", "list", "task", "hazard", "licence", "unit")
        }
        self.hours = 0
        self.checked: set[str] = set()

    def tell(self, what: str, index: int, choice: int) -> Event:
        self.hours += 1
        return getattr(self, what)(self.ids[what][index], self.ids["enterprise"][index % 2], index, choice)  # type: ignore[no-any-return]

    def enterprise(self, _: str, owner: str, index: int, choice: int) -> Event:
        when = at(TODAY - timedelta(days=4), 0) + timedelta(hours=3 * self.hours)
        what = ["region_changed", "suspended", "resumed", "changed", "deleted", "restored"][choice % 6]
        return enterprise(owner, what, when, region=PLACES[choice % 4], industry=["GM01", "MK01"][choice % 2])

    def point(self, one: str, owner: str, index: int, choice: int) -> Event:
        levels = ["red", "orange", "yellow", "blue", "red"]
        return point(owner, one, levels[choice % 5], "retired" if choice == 9 else "changed")

    def list(self, one: str, owner: str, index: int, choice: int) -> Event:
        points = [p for n, p in enumerate(self.ids["point"]) if n % 2 == index % 2 and choice >> (n // 2) & 1]
        unit = self.ids["unit"][index % 4]
        return risk_list(owner, one, unit, points, "orange", ["filed", "filed", "withdrawn", "superseded"][choice % 4])

    def task(self, one: str, owner: str, index: int, choice: int) -> Event:
        """What has been checked stays checked, though a miss may be mended."""
        status = "done" if one in self.checked else ["pending", "done", "done_late", "missed", "exempt", "cancelled"][choice % 6]
        day, done_at = TODAY + timedelta(days=index - 2), None
        if status in ("done", "done_late"):
            self.checked.add(one)
            done_at = at(day, 20)
        return task(owner, one, day, status, self.ids["unit"][index % 2], self.ids["point"][index % 2], done_at=done_at)

    def hazard(self, one: str, owner: str, index: int, choice: int) -> Event:
        status, what = [
            ("registered", "registered"), ("rectifying", "confirmed"), ("pending_recheck", "rectification_submitted"),
            ("closed", "closed"), ("rectifying", "recheck_failed"), ("registered", "upgraded"), ("downgraded", "downgraded"),
            ("cancelled", "cancelled"), ("extension_pending", "extension_requested"), ("rectifying", "extension_decided"),
        ][choice]  # fmt: skip
        values: dict[str, Any] = {"hazard_class": "major"} if choice in (5, 6) else {}
        values["finished_at"] = TODAY if choice in (2, 3) else None
        deadline = TODAY + timedelta(days=choice - 4)
        return hazard(owner, one, status, what, found_at=TODAY - timedelta(days=index), deadline_on=deadline, **values)

    def licence(self, one: str, owner: str, index: int, choice: int) -> Event:
        status, what = [("valid", "renewed"), ("revoked", "revoked")][choice % 2]
        return licence(owner, one, TODAY + timedelta(days=choice - 5), status, what)

    def unit(self, _: str, owner: str, index: int, choice: int) -> Event:
        return signed_in(owner, at(TODAY - timedelta(days=choice), 1 + index))


STEPS = st.tuples(
    st.sampled_from(["enterprise", "point", "list", "task", "hazard", "licence", "unit"]), st.integers(0, 3), st.integers(0, 9)
)


def figures(world: World) -> dict[str, list[tuple[Any, ...]]]:
    """Every cell that is not zero."""
    found = {}
    for table, names in TABLES.items():
        found[table] = sorted(
            (*(str(row[name]) for name in names), measure, row[measure])
            for row in world.rows(f"SELECT * FROM {table}")
            for measure in MEASURES
            if row[measure]
        )
    return found


def differing(world: World) -> int:
    return world.ask(ADMIN, "recount_figures")["differing"]  # type: ignore[no-any-return]


@pytest.mark.feature("STA-23")
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate])
@given(steps=st.lists(STEPS, min_size=5, max_size=25), seed=st.integers(0, 10_000))
def test_figures_depend_on_what_happened_and_not_on_how_it_was_heard(
    world: World, cleared: Callable[[], None], steps: list[tuple[str, int, int]], seed: int
) -> None:
    cleared()
    story, chance = Story(), random.Random(seed)
    events = [enterprise(each) for each in story.ids["enterprise"][:2]] + [story.tell(*step) for step in steps]
    for one in events:
        world.tell(one)
    in_order, first = figures(world), differing(world)

    cleared()
    again = [replace(one, id=ids.new_id()) for one in chance.sample(events, k=len(events) // 3)]
    shuffled = chance.sample(events + again, k=len(events) + len(again))
    heard = [replace(one, sequence=100_000 + number) for number, one in enumerate(shuffled)]
    while heard:
        some, heard = heard[: (size := chance.randint(1, 8))], heard[size:]
        world.tell(*some, count=chance.random() < 0.5)
    world.tell()

    assert (first, differing(world)) == (0, 0)
    assert figures(world) == in_order


def test_a_wrong_figure_is_found_and_put_right(world: World, mine: str) -> None:
    world.tell(enterprise(mine), *(task(mine, ids.new_id(), TODAY, "done") for _ in range(3)), hazard(mine, ids.new_id()))
    right = figures(world)
    spoil = [
        "UPDATE enterprise_figure SET due_count = due_count + 1 WHERE grain = 'day'",
        "UPDATE region_figure SET general_count = 7",
        "DELETE FROM mark WHERE grain = 'month' AND unit_id = '00000000-0000-0000-0000-000000000000'",
        "DELETE FROM counted WHERE kind = 'hazard'",
    ]
    for statement in spoil:
        change(world, statement)
        assert differing(world) > 0, statement
        world.ask(ADMIN, "recount_figures", repair=True)
        world.tell()

        assert differing(world) == 0, statement
        assert figures(world) == right, statement


def change(world: World, statement: str) -> None:
    with world.database.work(system("test"), "test") as work:
        work.session.execute(sa.text(statement))


def test_every_night_everything_is_added_up_anew(world: World, mine: str) -> None:
    world.tell(enterprise(mine), task(mine, ids.new_id(), TODAY), hazard(mine, ids.new_id()))

    check_figures(world.database, TODAY)
    [row] = world.rows("SELECT changes FROM audit WHERE operation = 'stats.check_figures' ORDER BY id DESC LIMIT 1")

    assert row["changes"]["figures"]["differing"] == 0 < row["changes"]["figures"]["cells"]
    assert row["changes"]["figures"]["enterprises"] == 1


@pytest.mark.parametrize("caller", [county(), province()])
def test_recounting_is_for_administrators(world: World, caller: Any) -> None:
    assert caller.kind == Kind.REGULATOR
    with pytest.raises(Forbidden):
        world.ask(replace(caller, permissions=frozenset({"stats.read"})), "recount_figures")
