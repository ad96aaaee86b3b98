"""Who still may ask a service for which others wait."""

from contextlib import ExitStack

import pytest

from gateway.patience import LONG, MOST, TRIES, Patience


class Watch:
    """Time as the test wants it."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


def test_many_may_wait_for_a_service_that_answers_soon(watch: Watch) -> None:
    patience = Patience(watch)
    with ExitStack() as stack:
        for _ in range(MOST * 2):
            stack.enter_context(patience.waiting(["risk"]))

        assert patience.worn(["risk"]) == []


def test_no_more_wait_once_the_first_of_many_has_waited_long(watch: Watch) -> None:
    patience = Patience(watch)
    with ExitStack() as stack:
        for _ in range(MOST):
            stack.enter_context(patience.waiting(["risk"]))
        watch.now += LONG + 0.1

        assert patience.worn(["risk", "hazard"]) == ["risk"]

    assert patience.worn(["risk"]) == []


def test_a_service_that_did_not_answer_is_tried_by_a_few_until_it_does(watch: Watch) -> None:
    patience = Patience(watch)
    patience.heard("risk", False)
    with ExitStack() as stack:
        stack.enter_context(patience.waiting(["risk"]))
        assert patience.worn(["risk"]) == []
        for _ in range(TRIES - 1):
            stack.enter_context(patience.waiting(["risk"]))
        assert patience.worn(["risk"]) == ["risk"]

        patience.heard("risk", True)
        assert patience.worn(["risk"]) == []
