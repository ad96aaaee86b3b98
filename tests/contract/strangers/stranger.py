"""Somebody on the broker who is not the gateway: every way of pretending to be it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import jwt
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gateway.rpc import Line, Question
from services.kernel import clock, ids, principal
from services.kernel.caller import EVERYTHING, Caller, Kind

KEY_ID = "bus"
Headers = dict[str, Any]


@dataclass
class Bus:
    """The running services; ``key`` is the gateway's, which strangers do not have."""

    amqp_url: str
    key: Ed25519PrivateKey
    urls: dict[str, str]

    def __post_init__(self) -> None:
        self._line = Line(self.amqp_url)

    def ask(self, service: str, operation: str, args: Any, headers: Headers) -> dict[str, Any]:
        """The reply straight from the service's queue."""
        question = Question(service, operation, args, headers)
        self._line.ask([question], 20)
        assert question.reply is not None
        return question.reply

    def genuine(self, caller: Caller, audience: str, args: Any) -> Headers:
        """What the gateway sends."""
        return headers(principal.sign(caller, audience, args, self.key, KEY_ID))

    def rows(self, service: str) -> dict[str, int]:
        """How many rows there are of what is announced, done, remembered and refused."""
        engine = sa.create_engine(self.urls[service])
        with engine.begin() as connection:
            names = ("region_lo", "region_hi", "enterprises")
            for name, value in zip(names, ("0", "~", "*"), strict=True):
                connection.execute(sa.text("SELECT set_config(:name, :value, true)"), {"name": f"app.{name}", "value": value})
            found = {
                table: connection.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar_one()
                for table in ("outbox", "audit", "idempotency")
            }
        engine.dispose()
        return found


def headers(token: Any, **more: Any) -> Headers:
    made = {"principal": token, "request_id": ids.new_id(), "deadline": (clock.now() + timedelta(seconds=30)).timestamp()}
    return made | more


def almighty(permission: str) -> Caller:
    return Caller("u1", "伪造者", Kind.REGULATOR, frozenset({permission}), EVERYTHING, region="520000")


def forged(bus: Bus, audience: str, permission: str, args: dict[str, Any]) -> dict[str, Headers]:
    """Headers that must not be believed, by what is wrong with them."""
    caller, stranger = almighty(permission), Ed25519PrivateKey.generate()
    sign: Callable[..., str] = principal.sign
    right = sign(caller, audience, args, bus.key, KEY_ID)
    body = jwt.decode(right, options={"verify_signature": False})
    with clock.simulate(clock.now() - timedelta(minutes=2)):
        stale = sign(caller, audience, args, bus.key, KEY_ID)
    head, claims, signature = right.split(".")
    other_claims = jwt.encode(body | {"kind": "system"}, "k" * 32, "HS256").split(".")[1]
    tokens = {
        "by another key": sign(caller, audience, args, stranger, KEY_ID),
        "by an unknown key": sign(caller, audience, args, stranger, "unknown"),
        "unsigned": jwt.encode(body, "", "none", {"kid": KEY_ID}),
        "by a shared secret": jwt.encode(body, "k" * 32, "HS256", {"kid": KEY_ID}),
        "altered": f"{head}.{other_claims}.{signature}",
        "cut": f"{head}.{claims}.",
        "stale": stale,
        "for another operation": sign(caller, f"{audience.partition('.')[0]}.other", args, bus.key, KEY_ID),
        "for another service": sign(caller, f"other.{audience.partition('.')[2]}", args, bus.key, KEY_ID),
        "for other arguments": sign(caller, audience, args | {"other": 1}, bus.key, KEY_ID),
        "no token": "system",
        "empty": "",
        "a number": 7,
    }
    found = {name: headers(token) for name, token in tokens.items()}
    found |= {"no principal": {n: v for n, v in headers("").items() if n != "principal"}, "no headers": {}}
    return found | {"no deadline": headers(right, deadline=None), "a deadline that is none": headers(right, deadline="soon")}
