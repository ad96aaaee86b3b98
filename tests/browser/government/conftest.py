"""Who looks at the figures of authorities."""

import pytest

from services.stats.jobs import fold_all
from tests.stage.world import Stage


@pytest.fixture
def leader(stage: Stage, province_leader: str) -> str:
    """Somebody above both sides, when everything that happened so far has been counted."""
    fold_all(stage.parts["stats"][1])
    return province_leader
