"""The gateway over real PostgreSQL and Redis, called as a browser or another system calls it."""

from collections.abc import Callable
from pathlib import Path

import pytest
import redis
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask import Flask

from gateway.app import create_app
from gateway.edge import Edge, Limits
from gateway.files.store import Directory
from gateway.identity.seed import seed_roles
from gateway.rpc import Services
from gateway.sessions import Sessions
from gateway.signing_in import SigningIn
from services.kernel.work import Database

NOWHERE = "amqp://127.0.0.1:1//"


@pytest.fixture(scope="session")
def identity(database: Callable[[str], Database]) -> Database:
    """Identity's database with the standard roles."""
    found = database("gateway")
    seed_roles(found)
    return found


@pytest.fixture(scope="session")
def memory(redis_url: str) -> "redis.Redis[str]":
    return redis.Redis.from_url(redis_url, decode_responses=True)


@pytest.fixture(scope="session")
def edge(identity: Database, memory: "redis.Redis[str]", redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> Edge:
    """An edge whose broker is away, and which limits nobody."""
    return Edge(
        database=identity,
        memory=memory,
        services=Services(NOWHERE, Ed25519PrivateKey.generate(), "test"),
        sessions=Sessions(memory),
        signing_in=SigningIn(identity, memory),
        files=Directory(Path(tmp_path_factory.mktemp("files"))),
        limits=Limits("100000/minute", "100000/minute", "100000/minute"),
        redis_url=redis_url,
        sends=frozenset({"mobile"}),
    )


@pytest.fixture(scope="session")
def app(edge: Edge) -> Flask:
    return create_app(edge)


@pytest.fixture(autouse=True)
def _forgiven_address(memory: "redis.Redis[str]") -> None:
    """All tests come from one address, and some of them guess."""
    memory.delete("sign_in_from:127.0.0.1")
