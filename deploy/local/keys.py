"""Secrets beyond passwords: the key pair with which the gateway vouches for callers, those by which audit chains are signed, and
the keys by which personal data are sealed.
"""

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping
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


def audit_key(place: Place, service: str) -> str:
    """The private key with which a service of this place signs checkpoints of its audit chain, made at the first asking."""
    name = f"audit-key-{service}"
    return str(place.recorded("secrets").get(name) or place.record("secrets", name, new_audit_key()))


def new_audit_key() -> str:
    return _make()


def audit_public_keys(private: Mapping[str, str]) -> str:
    """What every process is told: by which keys each service signs."""
    return json.dumps({service: [_public(key)] for service, key in private.items()})


def sealing_keys(place: Place) -> str:
    """The keys by which personal data of this place are sealed: one at first, made at the first asking."""
    return str(place.recorded("secrets").get("sealing-keys") or place.record("secrets", "sealing-keys", new_sealing_keys()))


def new_sealing_keys() -> str:
    return json.dumps({"first": base64.b64encode(secrets.token_bytes(32)).decode()})


def _public(private: str) -> str:
    public = load_pem_private_key(private.encode(), None).public_key()
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def _pair(private: str) -> PrincipalKey:
    pem = _public(private)
    key_id = hashlib.sha256(pem.encode()).hexdigest()[:8]
    return PrincipalKey(key_id, private, json.dumps({key_id: pem}))


def _make() -> str:
    return Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
