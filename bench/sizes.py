"""How much each benchmark does: ``full`` for the record, ``small`` for a look, ``tiny`` to see that it runs at all."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """Numbers of rows and repetitions, and seconds of each load."""

    name: str
    seconds: float
    minute: float  # Of the load that is to be borne for a minute.
    people: int  # Of each kind that are signed in.
    enterprises: int  # With hazards.
    hazards: tuple[int, int]
    pages: int  # Repetitions of one page, one after the other.
    calls: int  # Over the broker.
    events: int  # For the relay.
    seen_seconds: float  # Of announcements at an open dashboard.
    streams: int  # Open beside it.
    registered: int  # While they are.
    counted: tuple[int, int]  # Enterprises with figures.
    points: int  # To import.


SIZES = {
    size.name: size
    for size in (
        Size("full", 20, 60, 400, 30_000, (1_000, 1_000_000), 120, 3_000, 20_000, 30, 1_000, 60, (3_000, 60_000), 50_000),
        Size("small", 6, 10, 100, 3_000, (1_000, 50_000), 100, 800, 4_000, 8, 1_000, 20, (300, 6_000), 4_000),
        Size("tiny", 1, 1, 12, 100, (300, 600), 5, 20, 400, 2, 50, 3, (20, 40), 20),
    )
}
