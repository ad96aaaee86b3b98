"""Calls over the broker: answers, refusals, faults, deadlines, absences."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gateway.rpc import Away, Fault, Services
from services.kernel import ids
from services.kernel.errors import REFUSALS, Forbidden
from tests.contract.gateway.builders import Echo, somebody

Say = Callable[..., Any]


@pytest.fixture
def services(echo: Echo) -> Services:
    return Services(echo.amqp_url, echo.key, "test")


@pytest.fixture
def say(echo: Echo, services: Services) -> Say:
    def call(**args: Any) -> Any:
        return services.call(echo.name, "say", args, somebody())

    return call


def test_an_answer_comes_back_with_the_caller_and_the_request_known(say: Say) -> None:
    answer = say(text="安全生产")

    assert (answer["text"], answer["caller"]) == ("安全生产", "监管人员")
    assert answer["request_id"]


@pytest.mark.parametrize("kind", sorted(REFUSALS))
def test_a_refusal_keeps_its_kind_its_code_and_its_words(say: Say, kind: str) -> None:
    with pytest.raises(REFUSALS[kind]) as caught:
        say(refuse=kind)

    assert (caught.value.code, caught.value.message, caught.value.details) == ("echo.refused", "按要求拒绝", {"why": "测试"})


def test_a_fault_brings_nothing_of_its_reason(say: Say) -> None:
    with pytest.raises(Fault) as caught:
        say(fail=True)

    assert "secret" not in str(caught.value)


def test_a_late_answer_meets_no_later_call(echo: Echo) -> None:
    services = Services(echo.amqp_url, echo.key, "test", seconds=0.5)

    with pytest.raises(Away):
        services.call(echo.name, "say", {"text": "late", "seconds": 0.8}, somebody())
    answers = [services.call(echo.name, "say", {"text": str(n)}, somebody())["text"] for n in range(5)]

    assert answers == [str(n) for n in range(5)]


def test_no_call_waits_beyond_its_deadline(echo: Echo) -> None:
    services = Services(echo.amqp_url, echo.key, "test", seconds=0.3)
    started = time.perf_counter()

    with pytest.raises(Away):
        services.call(echo.name, "say", {"seconds": 2}, somebody())

    assert time.perf_counter() - started < 1


def test_a_service_that_nobody_runs_is_away_at_once(services: Services) -> None:
    started = time.perf_counter()

    with pytest.raises(Away):
        services.call(f"nobody-{ids.token(6)}", "say", {}, somebody())

    assert time.perf_counter() - started < 1


def test_a_broker_that_is_away_answers_at_once() -> None:
    services = Services("amqp://127.0.0.1:1//", Ed25519PrivateKey.generate(), "test")
    started = time.perf_counter()

    with pytest.raises(Away):
        services.call("echo", "say", {}, somebody())

    assert time.perf_counter() - started < 1


def test_a_closed_connection_is_replaced_before_it_is_used(echo: Echo, services: Services, say: Say) -> None:
    say(text="first")
    services._local.line._connection.sock.shutdown(2)

    assert say(text="second")["text"] == "second"


def test_threads_do_not_hear_each_others_answers(echo: Echo, services: Services) -> None:
    def one(number: int) -> bool:
        answer = services.call(echo.name, "say", {"text": str(number)}, somebody())
        return bool(answer["text"] == str(number))

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(one, range(200)))
    assert threading.active_count() < 50


def test_a_forged_principal_is_refused_by_the_service(echo: Echo) -> None:
    forger = Services(echo.amqp_url, Ed25519PrivateKey.generate(), "test")

    with pytest.raises(Forbidden, match="unproven"):
        forger.call(echo.name, "say", {}, somebody())
