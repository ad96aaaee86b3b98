"""The stage, put up once a session."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from deploy.local.databases import Databases
from services.kernel import telemetry
from tests.stage.stage import standing
from tests.stage.world import Stage

LAST = ("test_canaries.py", "test_fuzzing.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whichever test comes first puts the stage up, which takes a busy machine a while; what uses the stage up comes last."""
    items.sort(key=lambda item: LAST.index(item.path.name) if item.path.name in LAST else -1)
    for item in items:
        if "stage" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.timeout(400))


@pytest.fixture(scope="session")
def stage(databases: Databases, redis_url: str, log: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with standing(databases, redis_url, tmp_path_factory.mktemp("stage")) as found:
        yield found


@pytest.fixture(scope="session")
def log(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The file to which everything that happens on the stage is logged, in the form it has in operation."""
    path = tmp_path_factory.mktemp("log") / "stage.jsonl"
    telemetry.configure()
    (handler,) = logging.getLogger().handlers
    with path.open("w") as file:
        handler.setStream(file)  # type: ignore[attr-defined]
        yield path
        logging.getLogger().removeHandler(handler)
        structlog.reset_defaults()
