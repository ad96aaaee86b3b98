"""What a check of a password costs: enough that guessing is dear, and not so much that signing in is."""

import time

import pytest

from gateway.identity.hashing import hashed, is_right, quickly


@pytest.mark.feature("SEC-04")
def test_a_check_takes_50_to_250_ms_of_a_processor() -> None:
    stored, spent = hashed("Xk7#mQ2$vLp9&tRw4"), []

    for _ in range(5):
        started = time.process_time()
        assert is_right(stored, "Xk7#mQ2$vLp9&tRw4")
        spent.append(time.process_time() - started)

    assert 0.05 <= min(spent) <= 0.25


def cost(stored: str | None) -> float:
    """Processor seconds of a wrong guess, the least of three."""
    spent = []
    for _ in range(3):
        started = time.process_time()
        assert not is_right(stored, "a wrong guess")
        spent.append(time.process_time() - started)
    return min(spent)


def test_a_guess_costs_no_less_where_the_password_was_hashed_quickly_or_there_is_none() -> None:
    with quickly():
        quick = hashed("Xk7#mQ2$vLp9&tRw4")

    assert is_right(quick, "Xk7#mQ2$vLp9&tRw4")
    assert min(cost(quick), cost(None)) > cost(hashed("Xk7#mQ2$vLp9&tRw4")) / 2
