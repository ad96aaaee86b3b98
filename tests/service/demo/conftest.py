"""``played(...)``: a small play on databases of its own."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib.util import find_spec
from itertools import count
from os import getpid

import pytest
import sqlalchemy as sa

from deploy.demo.play import Play
from deploy.demo.stage import Stage
from deploy.local.databases import SERVICES, Databases
from gateway.files.store import Directory
from gateway.identity.seed import first_administrators, seed_roles
from services.kernel.service import package_of
from services.kernel.work import Database
from tests.conftest import PREFIX

_number = count()
UNTIL = datetime(2026, 11, 20, 7, tzinfo=UTC)


@pytest.fixture(scope="session")
def played(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Play]]:
    """``played(keys, days)``: these enterprises' life, performed."""
    plays = []

    def perform(keys: tuple[str, ...], days: int, seed: str = "test") -> Play:
        names = [s for s in SERVICES if find_spec(f"{package_of(s)}.service")]
        prefix = f"{PREFIX}{getpid()}_demo{next(_number)}"
        urls = {name: databases.copy(name, f"{prefix}_{name}").url for name in names}
        identity = Database(sa.create_engine(urls["gateway"]), "520000/gateway")
        seed_roles(identity)
        first_administrators(identity)
        identity.engine.dispose()
        play = Play(Stage(urls, "520000", seed), Directory(tmp_path_factory.mktemp("files")), UNTIL, days, keys)
        plays.append(play)
        play.perform()
        return play

    yield perform
    for play in plays:
        play.stage.close()
