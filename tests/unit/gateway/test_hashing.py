"""What a check of a password costs: enough that guessing is dear, and not so much that signing in is."""

import time

import pytest

from gateway.identity.hashing import hashed, is_right


@pytest.mark.feature("SEC-04")
def test_a_check_takes_50_to_250_ms_of_a_processor() -> None:
    stored, spent = hashed("Xk7#mQ2$vLp9&tRw4"), []

    for _ in range(5):
        started = time.process_time()
        assert is_right(stored, "Xk7#mQ2$vLp9&tRw4")
        spent.append(time.process_time() - started)

    assert 0.05 <= min(spent) <= 0.25
