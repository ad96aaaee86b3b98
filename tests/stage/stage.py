"""Puts the stage up: databases of its own, and the stories told on both sides."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from importlib import import_module
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher

from deploy.local.databases import Databases
from gateway.identity import hashing
from gateway.memory import memory
from gateway.operations import permissions
from services.kernel import clock
from services.kernel.work import Database
from tests.conftest import PREFIX
from tests.stage.stories import enterprise
from tests.stage.world import BUILT, Side, Stage

NOTHING: dict[str, list[str]] = {"regions": [], "industries": [], "enterprises": []}
COUNTY_OF = {"regions": [], "industries": ["*"], "enterprises": ["*"]}
NUMBERS = count(1)  # Two suites put a stage up each, and one may still stand when the other does.
STORIES = ("gateway", "enterprise", "risk", "hazard", "enforcement", "notice", "stats")


@contextmanager
def standing(databases: Databases, redis_url: str, folder: Path) -> Iterator[Stage]:
    """The stage with both sides' stories told; its databases go with the session."""
    made, number = dict[str, Database](), next(NUMBERS)
    for service in BUILT:
        addresses = databases.copy(service, f"{PREFIX}{os.getpid()}_stage{number}_{service}")
        made[service] = Database(
            sa.create_engine(addresses.url, hide_parameters=True, pool_size=5, max_overflow=10), f"520000/{service}"
        )
    with pytest.MonkeyPatch.context() as environment:  # Read once; left there it would hide the servers' own Redis from others.
        environment.setenv("REDIS_URL", redis_url)
        memory()
    stage = Stage(made, redis_url, folder)
    hashing._hasher, dear = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1), hashing._hasher
    try:
        _tell(stage)
    finally:
        hashing._hasher = dear
    yield stage
    for database in made.values():
        database.engine.dispose()


def _tell(stage: Stage) -> None:
    """Nobody's password is the subject here: hashing them is made cheap while some seventy accounts are opened."""
    stage.prepare()
    for side in (stage.here, stage.there):
        enterprise.register(side)
    for name in STORIES:
        if name in BUILT and find_spec(f"tests.stage.stories.{name}"):
            for side in (stage.here, stage.there):
                import_module(f"tests.stage.stories.{name}").tell(side)
    stage.tick()
    with clock.simulate(clock.now() + timedelta(days=1)):  # A list in force has its tasks from the next day on.
        stage.tick()
    for side in (stage.here, stage.there):
        _add_clients(side)
        side.freeze()


def _add_clients(side: Side) -> None:
    """Systems that may do everything and see nothing, do everything in their county, see it and do nothing."""
    codes = [p.code for _, p in permissions()]
    side.tokens["client.blind"] = side.stage.add_client(side, codes, NOTHING)
    side.tokens["client.county"] = side.stage.add_client(side, codes, COUNTY_OF | {"regions": [side.region]})
    side.tokens["client.none"] = side.stage.add_client(side, [], COUNTY_OF | {"regions": [side.region]})
