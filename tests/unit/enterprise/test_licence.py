"""Licences, their windows and reminders (SM-LIC, rules 8.5)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from services.enterprise.domain import events
from services.enterprise.domain.licence import MOVES, EditionStatus, Licence, Move, Status, window
from services.kernel.errors import Conflict, Forbidden, Invalid
from tests.unit.enterprise.builders import a_licence, an_edition
from tests.unit.state_machine import check

START, END = date(2024, 1, 1), date(2026, 12, 31)
TODAY = date(2026, 6, 1)
LATER = date(2029, 12, 31)
# Days on which a licence that ends on END is in a state by its dates.
DAY_OF = {Status.VALID: TODAY, Status.EXPIRING: END - timedelta(days=40), Status.EXPIRED: END + timedelta(days=1)}
ACTS: dict[Move, Callable[[Licence, date], Any]] = {
    Move.RENEW: lambda licence, day: licence.renew(an_edition(END, LATER, edition=2), day),
    Move.SUSPEND: lambda licence, day: licence.suspend("停产整顿", [], day),
    Move.RESTORE: lambda licence, day: licence.restore("整改合格", day),
    Move.REVOKE: lambda licence, day: licence.revoke("违法", [], "revoked", day),
    Move.ENTER_WINDOW: lambda licence, day: licence.settle(END - timedelta(days=40)),
    Move.EXPIRE: lambda licence, day: licence.settle(END + timedelta(days=1)),
}


def test_the_table_of_moves_is_that_of_the_machine() -> None:
    check("SM-LIC", MOVES, Status)


@pytest.mark.parametrize("state", list(Status))
@pytest.mark.parametrize("move", [Move.RENEW, Move.SUSPEND, Move.RESTORE, Move.REVOKE])
def test_only_moves_of_the_table_are_made(state: Status, move: Move) -> None:
    day = DAY_OF.get(state, TODAY)
    licence = a_licence(START, END, on=day)
    licence.status = state
    wanted = MOVES.get((state, move))

    if wanted is None:
        with pytest.raises(Conflict):
            ACTS[move](licence, day)
        assert licence.status == state
    else:
        ACTS[move](licence, day)
        assert licence.status == wanted


@pytest.mark.parametrize("state", list(Status))
@pytest.mark.parametrize("move", [Move.ENTER_WINDOW, Move.EXPIRE])
def test_the_dates_move_only_what_the_table_lets_them(state: Status, move: Move) -> None:
    licence = a_licence(START, END, on=TODAY, status=state)

    ACTS[move](licence, TODAY)

    assert licence.status == MOVES.get((state, move), state)


WINDOWS = [
    (date(2023, 1, 1), date(2025, 12, 31), 90),  # Three years to the day.
    (date(2023, 1, 1), date(2026, 1, 1), 90),
    (date(2023, 1, 1), date(2025, 12, 30), 60),  # One day short of three years.
    (date(2023, 1, 1), date(2024, 12, 31), 60),  # Two years to the day.
    (date(2023, 1, 1), date(2024, 12, 30), 30),
    (date(2025, 1, 1), date(2025, 12, 31), 30),
    (date(2024, 2, 29), date(2027, 2, 28), 90),  # From a leap day.
    (date(2021, 5, 1), date(2026, 4, 30), 90),  # Five years.
]


@pytest.mark.parametrize(("valid_from", "valid_to", "days"), WINDOWS)
def test_the_window_follows_from_the_term_of_the_dates(valid_from: date, valid_to: date, days: int) -> None:
    assert window(valid_from, valid_to) == days


BORDERS = [(91, Status.VALID), (90, Status.EXPIRING), (0, Status.EXPIRING), (-1, Status.EXPIRED)]


@pytest.mark.parametrize(("days_left", "status"), BORDERS)
def test_the_state_turns_at_the_borders_of_the_window(days_left: int, status: Status) -> None:
    licence = a_licence(START, END, on=TODAY)

    assert licence.status_on(END - timedelta(days=days_left)) == status


def test_a_licence_without_an_end_never_expires() -> None:
    licence = a_licence(START, None, on=TODAY)

    assert licence.status_on(date(2090, 1, 1)) == Status.VALID
    assert licence.settle(date(2090, 1, 1)) == []


def days_reminded(valid_from: date, valid_to: date) -> list[int]:
    """Days left at which something is announced, from a year before the end to the end itself."""
    licence = a_licence(valid_from, valid_to, on=valid_to - timedelta(days=365))
    found = [licence.settle(valid_to - timedelta(days=left)) for left in range(364, -1, -1)]
    return [fact.days_left for facts in found for fact in facts if isinstance(fact, events.LicenceExpiring)]


REMINDERS = [
    (date(2023, 1, 1), date(2025, 12, 31), [90, 60, 30, 15, 7, 1]),
    (date(2024, 1, 1), date(2025, 12, 31), [60, 30, 15, 7, 1]),
    (date(2025, 1, 1), date(2025, 12, 31), [30, 15, 7, 1]),
]


@pytest.mark.parametrize(("valid_from", "valid_to", "days"), REMINDERS)
def test_reminders_come_on_the_named_days_inside_the_window(valid_from: date, valid_to: date, days: list[int]) -> None:
    assert days_reminded(valid_from, valid_to) == days


def test_a_day_reminds_once() -> None:
    licence = a_licence(START, END, on=TODAY)
    day = END - timedelta(days=30)
    licence.settle(day)

    assert licence.settle(day) == []


def test_expiry_is_announced_once() -> None:
    licence = a_licence(START, END, on=TODAY)

    assert licence.settle(END + timedelta(days=1)) == [events.LicenceExpired()]
    assert licence.settle(END + timedelta(days=2)) == []


def test_a_licence_that_is_over_when_registered_is_expired() -> None:
    licence = a_licence(START, END, on=END + timedelta(days=5))

    assert licence.status == Status.EXPIRED


@pytest.mark.parametrize("valid_to", [END, END - timedelta(days=1)])
def test_a_renewal_ends_later_than_what_it_renews(valid_to: date) -> None:
    licence = a_licence(START, END, on=TODAY)

    with pytest.raises(Invalid):
        licence.renew(an_edition(START, valid_to, edition=2), END)


def test_an_end_before_the_beginning_is_refused() -> None:
    with pytest.raises(Invalid):
        a_licence(END, START, on=TODAY)


def test_a_proposed_renewal_leaves_the_present_certificate_in_force() -> None:
    licence = a_licence(START, END, on=END)

    licence.propose(an_edition(END, LATER, edition=2), END)

    assert (licence.valid_to, licence.is_renewal_pending, licence.status) == (END, True, Status.EXPIRING)
    with pytest.raises(Conflict):
        licence.propose(an_edition(END, LATER, edition=3), END)


def test_a_confirmed_renewal_is_in_force() -> None:
    licence = a_licence(START, END, on=END)
    renewal = an_edition(END, LATER, edition=2, number="黔A002")
    licence.propose(renewal, END)

    licence.confirm(renewal, "reviewer", END)

    assert (licence.status, licence.number, licence.valid_to, renewal.status) == (
        Status.VALID,
        "黔A002",
        LATER,
        EditionStatus.IN_FORCE,
    )


def test_a_refused_renewal_changes_nothing_but_may_come_again() -> None:
    licence = a_licence(START, END, on=END)
    renewal = an_edition(END, LATER, edition=2)
    licence.propose(renewal, END)

    licence.refuse(renewal, "reviewer", "扫描件不清")
    licence.propose(an_edition(END, LATER, edition=3), END)

    assert renewal.status == EditionStatus.REFUSED and licence.valid_to == END


def test_who_put_a_renewal_in_does_not_confirm_it() -> None:
    licence = a_licence(START, END, on=END)
    renewal = an_edition(END, LATER, edition=2)
    licence.propose(renewal, END)

    with pytest.raises(Forbidden):
        licence.confirm(renewal, "keeper", END)


def test_a_suspended_licence_expires_by_its_date() -> None:
    licence = a_licence(START, END, on=TODAY)
    licence.suspend("停产整顿", [], TODAY)

    assert licence.status_on(END) == Status.SUSPENDED
    assert licence.status_on(END + timedelta(days=1)) == Status.EXPIRED


def test_what_is_restored_inside_the_window_is_expiring() -> None:
    licence = a_licence(START, END, on=TODAY)
    licence.suspend("停产整顿", [], TODAY)

    licence.restore("整改合格", END - timedelta(days=20))

    assert licence.status == Status.EXPIRING
