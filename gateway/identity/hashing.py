"""Argon2id, at a cost of 50 to 250 ms a check; stored hashes made with other parameters are renewed at the next sign-in."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import InvalidHashError, VerificationError

from services.kernel import ids

_hasher = PasswordHasher(time_cost=3, memory_cost=32 * 1024, parallelism=1)
_quick = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
_is_quick: ContextVar[bool] = ContextVar("is_quick", default=False)
_beforehand: ContextVar[Mapping[str, str] | None] = ContextVar("beforehand", default=None)


@contextmanager
def quickly() -> Iterator[None]:
    """Spare the cost inside: for random first passwords, made by the hundred, which nobody can guess."""
    mark = _is_quick.set(True)
    try:
        yield
    finally:
        _is_quick.reset(mark)


@contextmanager
def beforehand(hashes: Mapping[str, str]) -> Iterator[None]:
    """Take these for the hashes of their passwords inside: made at full cost, but beside other work."""
    mark = _beforehand.set(hashes)
    try:
        yield
    finally:
        _beforehand.reset(mark)


def hashed(password: str) -> str:
    if made := (_beforehand.get() or {}).get(password):
        return made
    return (_quick if _is_quick.get() else _hasher).hash(password)


def is_right(stored: str | None, password: str) -> bool:
    """Whether the password is the stored one; without a stored one, or with a cheap one, as much work is done for nothing."""
    if stored is None or _is_cheap(stored):
        _verify(_nobodys(), password)
    return stored is not None and _verify(stored, password)


def _verify(stored: str, password: str) -> bool:
    try:
        return _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


def _is_cheap(stored: str) -> bool:
    """Whether it was made ``quickly``: how long a guess takes is not to tell whose account is new."""
    try:
        return extract_parameters(stored).memory_cost < _hasher.memory_cost
    except InvalidHashError:
        return True


def is_old(stored: str) -> bool:
    return _hasher.check_needs_rehash(stored)


def digest(secret: str) -> str:
    """For secrets that are random themselves (tokens, client secrets): guessing them is hopeless without a slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


@cache
def _nobodys() -> str:
    return _hasher.hash(ids.token())
