"""What a process without a web server answers about itself."""

from collections.abc import Iterator
from http.client import HTTPConnection

import pytest

from services.runtime import health


def broken() -> bool:
    raise ConnectionError("password=secret")


@pytest.fixture
def checks() -> dict[str, bool]:
    return {"database": True}


@pytest.fixture
def port(checks: dict[str, bool]) -> Iterator[int]:
    server = health.serve(0, {"database": lambda: checks["database"] or broken(), "relay": lambda: True}, "127.0.0.1")
    yield server.server_address[1]
    server.shutdown()


def ask(port: int, path: str) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def test_a_process_is_ready_when_every_check_holds(port: int) -> None:
    assert ask(port, "/readyz") == (200, "ready\n")


def test_a_process_that_lacks_something_lives_and_names_what_it_lacks(port: int, checks: dict[str, bool]) -> None:
    checks["database"] = False

    assert ask(port, "/readyz") == (503, "database\n")
    assert ask(port, "/livez") == (200, "alive\n")


def test_numbers_are_told_in_the_form_of_prometheus(port: int) -> None:
    status, text = ask(port, "/metrics")

    assert status == 200 and "# TYPE call_seconds histogram" in text


def test_nothing_else_is_answered(port: int) -> None:
    assert ask(port, "/")[0] == 404
