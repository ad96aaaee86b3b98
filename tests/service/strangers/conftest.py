"""The stage, put up once a session."""

from collections.abc import Iterator

import pytest

from deploy.local.databases import Databases
from tests.stage.stage import standing
from tests.stage.world import Stage


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whichever test comes first puts the stage up, which takes a busy machine a while."""
    for item in items:
        if "stage" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.timeout(400))


@pytest.fixture(scope="session")
def stage(databases: Databases, redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with standing(databases, redis_url, tmp_path_factory.mktemp("stage")) as found:
        yield found
