"""The stage, put up once a session."""

from collections.abc import Iterator

import pytest

from deploy.local.databases import Databases
from tests.stage.stage import standing
from tests.stage.world import Stage


@pytest.fixture(scope="session")
def stage(databases: Databases, redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with standing(databases, redis_url, tmp_path_factory.mktemp("stage")) as found:
        yield found
