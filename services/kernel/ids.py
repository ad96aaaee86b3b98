"""Identifiers and chance, made nowhere else."""

import random
import secrets
import string
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

import uuid_utils

from services.kernel import clock

BASE62 = string.digits + string.ascii_letters
_seeded: ContextVar[random.Random | None] = ContextVar("seeded", default=None)


def new_id() -> str:
    """A UUIDv7: unique, and sorted by the moment of its making."""
    chance = _seeded.get()
    if chance is None and not clock.is_simulated():
        return str(uuid_utils.uuid7())
    milliseconds = int(clock.now().timestamp() * 1000)
    bits = (chance or secrets.SystemRandom()).getrandbits(74)
    return str(UUID(int=milliseconds << 80 | 7 << 76 | bits >> 62 << 64 | 2 << 62 | bits & (1 << 62) - 1))


def token(length: int = 22) -> str:
    """Random base62 text; 22 characters hold 130 bits and cannot be guessed."""
    drawn = (_seeded.get() or secrets.SystemRandom()).randrange(62**length)
    return "".join(BASE62[drawn // 62**place % 62] for place in range(length))


@contextmanager
def seeded(seed: str) -> Iterator[random.Random]:
    """Make ids and tokens repeatable inside: for demonstration data only."""
    chance = random.Random(seed)
    mark = _seeded.set(chance)
    try:
        yield chance
    finally:
        _seeded.reset(mark)
