"""Calls over the broker: answers, refusals, faults, deadlines, absences."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gateway.rpc import Away, Fault, Services
from services.kernel import ids
from services.kernel.errors import REFUSALS, Forbidden, Invalid
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


@pytest.mark.feature("SEC-43")
def test_a_fault_brings_nothing_of_its_reason(say: Say) -> None:
    with pytest.raises(Fault) as caught:
        say(fail=True)

    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("state", ["53100", "57P03", "08006"])
def test_a_database_that_is_full_or_away_is_told_like_an_absent_service(say: Say, state: str) -> None:
    with pytest.raises(Away):
        say(state=state)


def test_what_the_database_refuses_for_another_reason_is_a_fault(say: Say) -> None:
    with pytest.raises(Fault):
        say(state="22012")


def test_a_late_answer_meets_no_later_call(echo: Echo) -> None:
    services = Services(echo.amqp_url, echo.key, "test", seconds=0.5)

    with pytest.raises(Away):
        services.call(echo.name, "say", {"text": "late", "seconds": 0.8}, somebody())
    answers = [services.call(echo.name, "say", {"text": str(n)}, somebody())["text"] for n in range(5)]

    assert answers == [str(n) for n in range(5)]


def test_no_call_waits_beyond_its_deadline(echo: Echo) -> None:
    """The service would take longer than this test may."""
    services = Services(echo.amqp_url, echo.key, "test", seconds=0.3)

    with pytest.raises(Away):
        services.call(echo.name, "say", {"seconds": 600}, somebody())


def test_a_service_that_nobody_runs_is_away_without_waiting(echo: Echo) -> None:
    """The deadline lies beyond what this test may take."""
    services = Services(echo.amqp_url, echo.key, "test", seconds=600)

    with pytest.raises(Away):
        services.call(f"nobody-{ids.token(6)}", "say", {}, somebody())


def test_several_are_asked_at_once_and_answer_in_the_order_asked(echo: Echo) -> None:
    """One after the other they would take longer than the deadline, which is one for all."""
    services = Services(echo.amqp_url, echo.key, "test", seconds=4)

    answers = services.call_each([echo.name] * 5, "say", {"text": "all", "seconds": 1}, somebody())

    assert [answer["text"] for answer in answers] == ["all"] * 5
    assert len({answer["made"] for answer in answers}) == 5


def test_of_several_those_that_are_away_are_named(echo: Echo, services: Services) -> None:
    nobody = f"nobody-{ids.token(6)}"

    with pytest.raises(Away) as caught:
        services.call_each([echo.name, nobody], "say", {}, somebody())

    assert caught.value.services == (nobody,)
    assert services.call_each([], "say", {}, somebody()) == []


def test_of_several_one_that_hangs_is_named_and_its_late_answer_meets_no_later_call(echo: Echo) -> None:
    services = Services(echo.amqp_url, echo.key, "test", seconds=0.5)
    nobody = f"nobody-{ids.token(6)}"

    with pytest.raises(Away) as caught:
        services.call_each([nobody, echo.name], "say", {"text": "late", "seconds": 0.8}, somebody())

    assert caught.value.services == (nobody, echo.name)
    assert services.call(echo.name, "say", {"text": "next"}, somebody())["text"] == "next"


def test_a_broker_that_is_away_is_told_without_waiting() -> None:
    services = Services("amqp://127.0.0.1:1//", Ed25519PrivateKey.generate(), "test", seconds=600)

    with pytest.raises(Away):
        services.call("echo", "say", {}, somebody())


def test_a_thread_keeps_its_connection_from_call_to_call(services: Services, say: Say) -> None:
    say(text="first")
    line = services._local.line
    with pytest.raises(REFUSALS["Conflict"]):
        say(refuse="Conflict")
    say(text="third")

    assert services._local.line is line


def test_a_closed_connection_is_replaced_before_it_is_used(echo: Echo, services: Services, say: Say) -> None:
    say(text="first")
    services._local.line._connection.sock.shutdown(2)

    assert say(text="second")["text"] == "second"


def test_a_repeat_under_its_key_reaches_nothing_twice(echo: Echo, services: Services) -> None:
    caller, key = somebody(), ids.token()

    def say(text: str, key: str | None) -> Any:
        return services.call(echo.name, "say", {"text": text}, caller, key)

    assert say("once", key) == say("once", key)
    assert say("once", None) != say("once", None)
    with pytest.raises(Invalid, match="other_request"):
        say("another", key)


def test_one_request_id_goes_from_the_call_into_the_services_log(echo: Echo, services: Services) -> None:
    caller = somebody()

    with pytest.raises(Fault):
        services.call(echo.name, "say", {"fail": True}, caller)

    assert [line["operation"] for line in echo.logged("fault") if line["request_id"] == caller.request_id] == [f"{echo.name}.say"]


def test_threads_do_not_hear_each_others_answers(echo: Echo, services: Services) -> None:
    def one(number: int) -> bool:
        answer = services.call(echo.name, "say", {"text": str(number)}, somebody())
        return bool(answer["text"] == str(number))

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(one, range(200)))
    assert threading.active_count() < 50


@pytest.mark.feature("SEC-20")
def test_a_forged_principal_is_refused_by_the_service(echo: Echo) -> None:
    forger = Services(echo.amqp_url, Ed25519PrivateKey.generate(), "test")

    with pytest.raises(Forbidden, match="unproven"):
        forger.call(echo.name, "say", {}, somebody())
