"""A principal is believed once, for one call, from one signer, within its minute."""

from datetime import timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.kernel import clock, principal
from services.kernel.caller import Caller, Kind, Scope
from services.kernel.errors import Forbidden

KEY = Ed25519PrivateKey.generate()
KEYS = {"k1": KEY.public_key()}
CALLER = Caller(
    "u1", "甲", Kind.REGULATOR, frozenset({"hazard.confirm", "risk.see"}), Scope(("5201",), ("*",), ("*",)), region="520100"
)
ARGS = {"hazard_id": "h1"}


def check(token: str, audience: str = "hazard.confirm_hazard", args: Any = ARGS, first: bool = True) -> Caller:
    return principal.verify(token, audience, args, KEYS, lambda *_: first)


def a_token(**changed: Any) -> str:
    return principal.sign(
        CALLER, changed.get("audience", "hazard.confirm_hazard"), ARGS, changed.get("key", KEY), changed.get("kid", "k1")
    )


def test_a_genuine_principal_carries_the_caller_with_the_permissions_of_that_service() -> None:
    caller = check(a_token())

    assert caller.permissions == {"hazard.confirm"}
    assert (caller.id, caller.scope, caller.region, caller.kind) == (CALLER.id, CALLER.scope, "520100", Kind.REGULATOR)


def test_how_far_somebody_sees_inside_his_enterprise_is_known_to_every_service() -> None:
    """Messages tell of hazards, and maps of points, to those who may see them in the service that owns them."""
    leader = Caller("u2", "乙", Kind.ENTERPRISE, frozenset({"hazard.whole_enterprise", "hazard.confirm", "notice.messages.read"}))
    token = principal.sign(leader, "notice.list_messages", ARGS, KEY, "k1")

    assert check(token, "notice.list_messages").permissions == {"hazard.whole_enterprise", "notice.messages.read"}


@pytest.mark.parametrize(
    "forge",
    [
        lambda: check(a_token(key=Ed25519PrivateKey.generate())),
        lambda: check(a_token(kid="k2")),
        lambda: check(a_token(), audience="hazard.close_hazard"),
        lambda: check(a_token(), args={"hazard_id": "h2"}),
        lambda: check(a_token(), first=False),
        lambda: check(a_token()[:-4] + "AAAA"),
        lambda: check("no token"),
        lambda: check(""),
        lambda: check(jwt.encode({"aud": "hazard.confirm_hazard"}, "", "none")),
        lambda: check(jwt.encode(jwt.decode(a_token(), options={"verify_signature": False}), "k" * 32, "HS256", {"kid": "k1"})),
    ],
    ids=[
        "other key",
        "unknown key",
        "re-aimed",
        "other arguments",
        "repeated",
        "altered",
        "text",
        "empty",
        "unsigned",
        "other algorithm",
    ],
)
def test_anything_else_is_refused_alike(forge: Any) -> None:
    with pytest.raises(Forbidden) as refusal:
        forge()

    assert refusal.value.code == "caller.unproven"


def test_a_principal_ends_after_its_minute() -> None:
    with clock.simulate(clock.now() - timedelta(seconds=61)):
        token = a_token()

    with pytest.raises(Forbidden):
        check(token)


def test_a_principal_from_the_future_is_refused() -> None:
    with clock.simulate(clock.now() + timedelta(seconds=30)):
        token = a_token()

    with pytest.raises(Forbidden):
        check(token)
