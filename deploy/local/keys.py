"""Secrets beyond passwords: the key pair with which the gateway vouches for callers."""

import hashlib
import json
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from deploy.local.place import Place


@dataclass(frozen=True)
class PrincipalKey:
    """The private half is for the gateway alone; every service knows the public one under the key's id."""

    key_id: str
    private: str
    public_keys: str


def principal_key(place: Place) -> PrincipalKey:
    """The pair of this place, made at the first asking."""
    return _pair(place.recorded("secrets").get("principal-key") or place.record("secrets", "principal-key", _make()))


def new_principal_key() -> PrincipalKey:
    """A pair that nobody has yet."""
    return _pair(_make())


def _pair(private: str) -> PrincipalKey:
    public = load_pem_private_key(private.encode(), None).public_key()
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    key_id = hashlib.sha256(pem.encode()).hexdigest()[:8]
    return PrincipalKey(key_id, private, json.dumps({key_id: pem}))


def _make() -> str:
    return Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
