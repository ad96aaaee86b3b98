"""The short form of the rig's R-01, in every whole test run: processes and servers die, nothing is lost or done twice."""

from collections.abc import Iterator

import pytest

from tests.chaos.__main__ import ENTERPRISES
from tests.chaos.faults import short_kills
from tests.chaos.rig import rig
from tests.chaos.trial import Trial


@pytest.fixture
def trial() -> Iterator[Trial]:
    with rig() as made:
        yield Trial(made, made.found(ENTERPRISES), made.place.root / "ledger.sqlite")


@pytest.mark.timeout(1200)
def test_what_was_acknowledged_is_there_once_whoever_was_killed_meanwhile(trial: Trial) -> None:
    result = short_kills(trial)

    assert not result.wrong, "\n".join([result.line(), *result.wrong])
