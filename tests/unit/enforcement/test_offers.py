"""What is offered to a person at an inspection: no more than he can do."""

from typing import Any

import pytest

from services.enforcement.domain.steps import Move, State
from tests.unit.enforcement.builders import LEADER, OFFICER, a_finding, an_inspection
from tests.unit.enforcement.test_inspection import ACTS, TEAM

FOUND = [(state, (a_finding(),)) for state in State]
NOTHING_FOUND = [(state, ()) for state in State if state not in (State.ORDERED, State.RECHECK)]


@pytest.mark.parametrize(("state", "findings"), [*FOUND, *NOTHING_FOUND])
def test_what_is_offered_can_be_done(state: State, findings: tuple[Any, ...]) -> None:
    for move in an_inspection(state, TEAM, findings=findings).allowed(OFFICER.by):
        ACTS[move](an_inspection(state, TEAM, findings=findings))


def test_who_submitted_is_not_offered_the_approval() -> None:
    inspection = an_inspection(State.SCHEME_DRAFT, TEAM)
    inspection.submit(TEAM, OFFICER)

    assert Move.APPROVE_SCHEME not in inspection.allowed(OFFICER.by)
    assert Move.APPROVE_SCHEME in inspection.allowed(LEADER.by)
