"""The second wall alone: with every filter of every query taken out, all at once and one by one, strangers still get nothing."""

from typing import Any

import pytest

from tests.amounts import many
from tests.service.strangers import reasons
from tests.service.strangers.cases import Case, name_of
from tests.service.strangers.filters import FILTERS, Filter, without
from tests.service.strangers.rows import rows_but_of
from tests.service.strangers.test_matrix import everything, told, with_permission, worded
from tests.stage.world import BUILT, Side, Stage

KINDS = ("bureau", "enterprise")
EACH = many(2, 1000)  # Operations that a filter taken out alone is tried with.


class Asked:
    """What strangers were told, and by which filters they came."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.wrong: dict[str, Any] = {}
        self.ways: dict[Filter, list[tuple[Case, str, Side]]] = {}

    def ask(self, case: Case, kind: str, about: Side, gone: set[Filter]) -> None:
        """Somebody of the other side asks, about this side's things or, where he changes nothing by it, about his own."""
        stage, (service, operation) = self._stage, case
        args = worded(about.sample(service, operation), stage.here.mark)

        def reached(found: Filter) -> None:
            way = (case, kind, about)
            if way not in self.ways.setdefault(found, []):
                self.ways[found].append(way)

        with without(gone, reached):
            answer = stage.ask(everything(stage, kind, operation), operation, args)
        marks = told(answer, stage, args) if name_of(case) not in reasons.TELLING else set()
        if marks or answer.status_code >= 500:
            self.wrong[f"{name_of(case)} by {kind}"] = (sorted(map(str, gone))[:1], answer.status_code, marks)


@pytest.mark.feature("SEC-25")
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("service", BUILT)
def test_without_any_filter_the_databases_keep_strangers_out(stage: Stage, service: str) -> None:
    asked, before = Asked(stage), rows_but_of(stage, service, stage.there)
    cases = [case for case in with_permission("public") if case[0] == service]

    for case in cases:
        for kind in KINDS:
            asked.ask(case, kind, stage.here, set(FILTERS))
            if not case[1].is_command:
                asked.ask(case, kind, stage.there, set(FILTERS))
    for found, ways in list(asked.ways.items()):
        for way in ways[:EACH]:
            asked.ask(*way, {found})

    assert asked.wrong == {}
    assert rows_but_of(stage, service, stage.there) == before
    REACHED.update(asked.ways)


REACHED: set[Filter] = set()


def test_every_filter_was_come_to_or_is_known_not_to_be(stage: Stage) -> None:
    missed = {place for found, place in FILTERS.items() if found not in REACHED}

    assert missed == reasons.OUT_OF_REACH.keys()
