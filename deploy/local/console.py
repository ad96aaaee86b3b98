"""What the person at the terminal reads: steps as they go, and one line that says what to do when one fails."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Problem(Exception):
    """Something the person must put right; its text is one line that says how."""


@contextmanager
def step(text: str) -> Iterator[None]:
    """Announce a step, and how long it took once it is done."""
    started = time.monotonic()
    print(f"· {text} ...", file=sys.stderr, flush=True)
    yield
    if (seconds := time.monotonic() - started) >= 1:
        print(f"  {seconds:.1f} s", file=sys.stderr, flush=True)


def guard(main: Callable[[], None]) -> None:
    """Run a program; a Problem becomes its one line and exit code 1, an interruption exit code 130."""
    try:
        main()
    except Problem as problem:
        print(f"✗ {problem}", file=sys.stderr)
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None
