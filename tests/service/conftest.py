"""``database("hazard")``: a service's database as the application reaches it, bound by row-level security."""

from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa

from deploy.local.databases import Addresses
from services.kernel.work import Database


@pytest.fixture(scope="session")
def database(addresses: Callable[[str], Addresses]) -> Iterator[Callable[[str], Database]]:
    made: dict[str, Database] = {}

    def of(service: str) -> Database:
        if service not in made:
            engine = sa.create_engine(addresses(service).url, pool_size=10, max_overflow=10)
            made[service] = Database(engine, f"520000/{service}")
        return made[service]

    yield of
    for found in made.values():
        found.engine.dispose()
