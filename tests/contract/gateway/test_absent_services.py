"""A service that hangs or is not there empties its own answers only; everything else goes on."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

import pytest
import redis
from amqp import Connection
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask import Flask
from kombu.utils.url import parse_url

from deploy.local.databases import Addresses
from gateway.app import create_app
from gateway.edge import Edge, Limits
from gateway.files.store import Directory
from gateway.identity.seed import seed_roles
from gateway.patience import TRIES
from gateway.rpc import Services
from gateway.sessions import Sessions
from gateway.signing_in import SigningIn
from services.kernel.work import Database
from services.runtime.settings import Settings
from tests.service.gateway.builders import Person, a_person, an_official

AWAY = {"/enterprises": "enterprise", "/hazards": "hazard"}


@pytest.fixture(scope="module")
def database(addresses: Callable[[str], Addresses], redis_url: str) -> Database:
    config = Settings(addresses("gateway").url, "", redis_url, "520000", {}, 0, 10, "info")
    found = config.database("gateway")
    seed_roles(found)
    return found


@pytest.fixture(scope="module")
def app(database: Database, amqp_url: str, redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The gateway on a broker where ``enterprise`` has a queue that nobody reads, and ``hazard`` nothing at all."""
    memory: redis.Redis[str] = redis.Redis.from_url(redis_url, decode_responses=True)
    _leave_a_queue(amqp_url, "enterprise")
    edge = Edge(
        database=database,
        memory=memory,
        services=Services(amqp_url, Ed25519PrivateKey.generate(), "test", seconds=4),
        sessions=Sessions(memory),
        signing_in=SigningIn(database, memory),
        files=Directory(Path(tmp_path_factory.mktemp("files"))),
        limits=Limits("100000/minute", "100000/minute", "100000/minute"),
        redis_url=redis_url,
    )
    return create_app(edge)


def _leave_a_queue(amqp_url: str, service: str) -> None:
    """What a hung process leaves: its queue takes calls, and no answer ever comes."""
    parts = parse_url(amqp_url)
    host = f"{parts['hostname']}:{parts['port']}"
    with Connection(host, parts["userid"], parts["password"], virtual_host=parts["virtual_host"] or "/") as connection:
        channel = connection.channel()
        channel.exchange_declare("nameko-rpc", "topic", durable=True, auto_delete=False)
        channel.queue_declare(f"rpc-{service}", durable=True, auto_delete=False)
        channel.queue_bind(f"rpc-{service}", "nameko-rpc", f"{service}.*")


@pytest.fixture
def person(app: Flask, database: Database) -> Person:
    return a_person(app, an_official(database, "regulator"))


@pytest.mark.parametrize("path", AWAY)
def test_an_absent_service_is_told_with_when_to_come_back(person: Person, path: str) -> None:
    answer = person("GET", path)

    assert (answer.status_code, answer.json["code"]) == (503, "service.away")
    assert int(answer.headers["Retry-After"]) > 0


def test_an_audit_trail_without_them_is_not_shown_and_says_who_is_missing(app: Flask, database: Database) -> None:
    """Nobody but the gateway answers here: ``enterprise`` hangs, the others are not there."""
    auditor = a_person(app, an_official(database, "audit_admin"))

    whole, one, own = (auditor("GET", f"/audit{query}") for query in ("", "?service=hazard", "?service=gateway"))

    assert [(answer.status_code, answer.json["code"]) for answer in (whole, one)] == [(503, "service.away")] * 2
    assert "「企业档案」、「风险分级管控」、「隐患排查治理」" in whole.json["message"]
    assert int(whole.headers["Retry-After"]) > 0
    assert own.status_code == 200 and {row["service"] for row in own.json["items"]} == {"gateway"}


def test_a_service_that_did_not_answer_holds_few_and_the_rest_are_told_at_once(app: Flask, person: Person) -> None:
    person("GET", "/enterprises")  # Waits, and is not answered.

    with ThreadPoolExecutor(6) as pool:
        asked = [pool.submit(lambda: Person(app.test_client(), person.token)("GET", "/enterprises")) for _ in range(6)]
        ended = as_completed(asked)
        told = [next(ended).result() for _ in range(6 - TRIES)]
        waiting = [one for one in asked if not one.done()]

    assert len(waiting) == TRIES
    assert [(answer.status_code, int(answer.headers["Retry-After"]) > 0) for answer in told] == [(503, True)] * 4


def test_others_go_on_while_a_service_hangs(app: Flask, person: Person) -> None:
    """As many wait for the hung service as the process has threads left over; who asks for something else is answered."""
    with ThreadPoolExecutor(9) as pool:
        hanging = [
            pool.submit(lambda: Person(app.test_client(), person.token)("GET", "/enterprises").status_code) for _ in range(8)
        ]
        others = [person("GET", "/me").status_code for _ in range(3)]
        was_waiting = not all(one.done() for one in hanging)

    assert others == [200] * 3 and was_waiting
    assert [one.result() for one in hanging] == [503] * 8
