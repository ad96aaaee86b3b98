"""Sealing by AES-256-GCM and digests by HMAC-SHA-256, with keys that ``SEALING_KEYS`` names.

A sealed text tells its suite and its key, so that others can stand beside it: ``A256GCM.<key>.<nonce and ciphertext>``.  The place
it is sealed for (``table.column``) is authenticated with it: moved elsewhere it does not open.
"""

import base64
import hmac
import json
import os
from dataclasses import dataclass
from functools import cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from environs import Env

SUITE = "A256GCM"
SECRET_BYTES, NONCE_BYTES = 32, 12


@dataclass(frozen=True)
class Key:
    """One secret of the setting under its name; sealing and digests never share a key."""

    name: str
    sealing: AESGCM
    digesting: bytes


@cache
def keys() -> tuple[Key, ...]:
    """The keys of this process: the first seals, all of them open, so that a new one can be put before an old one."""
    found = json.loads(Env().str("SEALING_KEYS"))
    if not isinstance(found, dict) or not found:
        raise ValueError("SEALING_KEYS: should be an object of named keys")
    return tuple(_key(name, secret) for name, secret in found.items())


def _key(name: str, text: str) -> Key:
    secret = base64.b64decode(text, validate=True)
    if len(secret) != SECRET_BYTES or not name.isalnum():
        raise ValueError(f"SEALING_KEYS: {name} is no name of letters and digits with {SECRET_BYTES} bytes in Base64")
    return Key(name, AESGCM(_derived(secret, "seal")), _derived(secret, "digest"))


def _derived(secret: bytes, purpose: str) -> bytes:
    return HKDF(SHA256(), SECRET_BYTES, salt=None, info=f"dual-prevention {purpose}".encode()).derive(secret)


def seal(text: str, place: str) -> str:
    """The text as it may be stored at this place; twice the same text is never sealed to the same."""
    first, nonce = keys()[0], os.urandom(NONCE_BYTES)
    body = nonce + first.sealing.encrypt(nonce, text.encode(), _bound(first.name, place))
    return mark() + base64.b64encode(body).decode()


def mark() -> str:
    """How everything begins that the first key has sealed."""
    return f"{SUITE}.{keys()[0].name}."


def unseal(sealed: str, place: str) -> str:
    """The text that was sealed for this place; what was altered, moved here or sealed with an unknown key is a fault."""
    suite, name, body = sealed.split(".")
    key = next((each for each in keys() if each.name == name), None)
    if suite != SUITE or key is None:
        raise ValueError(f"{place} is sealed by {suite} with {name}, which SEALING_KEYS does not hold")
    raw = base64.b64decode(body)
    return key.sealing.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], _bound(name, place)).decode()


def _bound(name: str, place: str) -> bytes:
    return f"{SUITE}.{name}.{place}".encode()


def digests(text: str, place: str) -> list[str]:
    """By what an equal text of this place is found: under the first key, by which it is written, and under all others."""
    return [f"{key.name}.{hmac.digest(key.digesting, f'{place}:{text}'.encode(), 'sha256').hex()}" for key in keys()]
