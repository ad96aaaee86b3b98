"""The signed form in which the gateway sends a caller to one service: Ed25519, one audience, at most 60 s, one use."""

import base64
import hashlib
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import jwt
import orjson
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from services.kernel import clock, ids
from services.kernel.caller import Caller, Kind, Scope
from services.kernel.errors import Forbidden

LIFETIME = timedelta(seconds=60)


def digest(args: Mapping[str, Any]) -> str:
    """Ties a principal to what it asks for, so that it cannot be re-aimed."""
    return hashlib.sha256(orjson.dumps(args, option=orjson.OPT_SORT_KEYS)).hexdigest()


def sign(caller: Caller, audience: str, args: Mapping[str, Any], key: Ed25519PrivateKey, key_id: str) -> str:
    """A token for one call of ``audience`` (``hazard.confirm_hazard``) with exactly these arguments."""
    service = audience.partition(".")[0]
    wanted = (f"{service}.", "data.")
    body = vars(caller) | {
        "scope": vars(caller.scope),
        "permissions": sorted(p for p in caller.permissions if p.startswith(wanted) or p.endswith(".whole_enterprise")),
        "aud": audience,
        "exp": clock.now() + LIFETIME,
        "jti": ids.token(),
        "args": digest(args),
    }
    return jwt.encode(body, key, "EdDSA", {"kid": key_id})


def verify(
    token: str,
    audience: str,
    args: Mapping[str, Any],
    keys: Mapping[str, Ed25519PublicKey],
    is_first_use: Callable[[str, int], bool],
) -> Caller:
    """The caller of a genuine, fresh token for this call; anything else is refused without saying why."""
    try:
        # The key's name alone: the library would take the whole token apart here, and again below.
        key = keys[orjson.loads(base64.urlsafe_b64decode(f"{token.partition('.')[0]}=="))["kid"]]
        required: Any = {"require": ["exp", "aud", "jti", "args"], "verify_exp": False}
        body = jwt.decode(token, key, ["EdDSA"], audience=audience, options=required)
        left = body["exp"] - clock.now().timestamp()
        genuine = 0 < left <= LIFETIME.total_seconds() and body["args"] == digest(args)
        if not (genuine and is_first_use(body["jti"], int(LIFETIME.total_seconds()))):
            raise ValueError("stale, re-aimed or repeated")
        return _caller(body)
    except (jwt.PyJWTError, KeyError, TypeError, ValueError) as reason:
        raise Forbidden("caller.unproven", "身份凭证无效，请重新登录") from reason


def _caller(body: dict[str, Any]) -> Caller:
    fields = {name: body[name] for name in Caller.__dataclass_fields__}
    scope = Scope(*(tuple(body["scope"][name]) for name in ("regions", "industries", "enterprises")))
    return Caller(**fields | {"kind": Kind(body["kind"]), "permissions": frozenset(body["permissions"]), "scope": scope})
