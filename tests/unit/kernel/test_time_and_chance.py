"""Days are China's, ids sort by their moment, and demonstration data repeat."""

from datetime import UTC, date, datetime
from uuid import UUID

from services.kernel import clock, ids


def test_a_day_begins_at_midnight_in_china() -> None:
    assert clock.day_of(datetime(2026, 1, 31, 16, 0, tzinfo=UTC)) == date(2026, 2, 1)
    assert clock.start_of(date(2026, 2, 1)) == datetime(2026, 1, 31, 16, 0, tzinfo=UTC)


def test_the_due_day_itself_is_in_time() -> None:
    deadline = date(2026, 2, 10)

    assert clock.start_of(deadline) < datetime(2026, 2, 10, 15, 59, tzinfo=UTC) < clock.end_of(deadline)
    assert clock.end_of(deadline) == datetime(2026, 2, 10, 16, 0, tzinfo=UTC)


def test_ids_are_uuid7_and_sort_by_their_moment() -> None:
    made = []
    for hour in (1, 2, 3):
        with clock.simulate(datetime(2026, 1, 1, hour, tzinfo=UTC)):
            made.append(ids.new_id())

    assert made == sorted(made)
    assert {UUID(i).version for i in [*made, ids.new_id()]} == {7}
    assert made[0] < ids.new_id()


def test_the_same_seed_gives_the_same_ids_and_tokens() -> None:
    def draw() -> list[str]:
        with clock.simulate(datetime(2026, 1, 1, tzinfo=UTC)), ids.seeded("county"):
            return [ids.new_id(), ids.new_id(), ids.token()]

    assert draw() == draw()
    assert len(set(draw())) == 3
