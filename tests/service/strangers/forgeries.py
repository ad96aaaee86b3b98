"""Ways of pretending to be the gateway, each made anew with every call of it: what no service may believe."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from services.kernel import clock, ids, principal
from services.kernel.caller import EVERYTHING, Caller, Kind, Scope
from tests.stage.inprocess import KEY_ID

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."
STRANGER = Ed25519PrivateKey.generate()
Forge = Callable[["Aim"], Any]


@dataclass
class Aim:
    """One call and the gateway's key; ``used`` is a token for exactly this call that has been believed already."""

    audience: str
    other_audience: str
    permission: str
    args: dict[str, Any]
    key: Ed25519PrivateKey
    chance: random.Random
    used: str = ""

    def caller(self) -> Caller:
        scope = self.chance.choice([EVERYTHING, Scope(("5201",), ("*",), ("*",)), Scope()])
        kind = self.chance.choice(list(Kind))
        return Caller(ids.new_id(), "伪造者", kind, frozenset({self.permission}), scope, region="520000")

    def right(self, **changed: Any) -> str:
        told = {"audience": self.audience, "args": self.args, "key": self.key, "key_id": KEY_ID} | changed
        return principal.sign(self.caller(), **told)

    def body(self) -> dict[str, Any]:
        found: dict[str, Any] = jwt.decode(self.right(), options={"verify_signature": False})
        return found

    def signed(self, body: dict[str, Any], **head: Any) -> str:
        """Even whoever could sign as the gateway says nothing by halves."""
        return jwt.encode(body, self.key, "EdDSA", {"kid": KEY_ID} | head)


def _flipped(aim: Aim) -> str:
    """One to three letters other than they were."""
    letters = list(aim.used)
    for place in aim.chance.sample(range(len(letters)), aim.chance.randint(1, 3)):
        letters[place] = aim.chance.choice(ALPHABET.replace(letters[place], ""))
    return "".join(letters)


def _mixed(aim: Aim) -> str:
    """Head, claims and signature of different tokens, or in another order."""
    one, other = aim.right().split("."), aim.right(args=aim.args | {"other": 1}).split(".")
    return ".".join(aim.chance.choice([[one[0], one[1], other[2]], [one[0], other[1], one[2]], [one[1], one[0], one[2]], one[:2]]))


def _widened(aim: Aim) -> str:
    """The claims of a genuine token made larger, under its old signature."""
    head, _, signature = aim.right().split(".")
    more = aim.chance.choice(
        [{"kind": "system"}, {"scope": {n: ["*"] for n in ("regions", "industries", "enterprises")}}, {"jti": ids.token()}]
    )
    claims = jwt.encode(aim.body() | more | {"id": ids.new_id()}, "k" * 32, "HS256").split(".")[1]
    return f"{head}.{claims}.{signature}"


def _by_public_key(aim: Aim) -> str:
    """The old trick: the public key taken for a shared secret."""
    raw = aim.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return jwt.encode(aim.body(), raw, "HS256", {"kid": KEY_ID})


def _stale(aim: Aim) -> str:
    with clock.simulate(clock.now() - timedelta(seconds=aim.chance.uniform(60.5, 864_000))):
        return aim.right()


def _too_early(aim: Aim) -> str:
    with clock.simulate(clock.now() + timedelta(seconds=aim.chance.uniform(5, 864_000))):
        return aim.right()


def _incomplete(aim: Aim) -> str:
    without = aim.chance.choice(["exp", "aud", "jti", "args", "scope", "kind", "permissions", "id"])
    return aim.signed({name: value for name, value in aim.body().items() if name != without})


def _nonsense(aim: Aim) -> str:
    """Claims of another kind than they should be."""
    now = clock.now().timestamp()
    ends: list[Any] = [None, "soon", True, [], {}, -1, 0, 1e308, now + 61, now - 1, float("nan"), float("inf")]
    wrong = [{"exp": end} for end in ends] + [{"aud": 7}, {"aud": []}, {"args": None}, {"args": ""}, {"kind": "god"}]
    wrong += [{"scope": "*"}, {"scope": {}}, {"permissions": None}, {"jti": None}]
    return aim.signed(aim.body() | aim.chance.choice(wrong))


def _nobody_known(aim: Aim) -> str:
    return aim.chance.choice([aim.right(key=STRANGER), aim.right(key_id=ids.token()), aim.right(key=STRANGER, key_id=ids.token())])


def _rubbish(aim: Aim) -> Any:
    text = "".join(aim.chance.choices(ALPHABET, k=aim.chance.randint(0, 400)))
    return aim.chance.choice([text, "", 7, None, {}, [], True, "system", "...", f"{text}.{text}.{text}", "\u0000\ud7ff险"])


FORGERIES: dict[str, Forge] = {
    "repeated": lambda aim: aim.used,
    "altered": _flipped,
    "cut": lambda aim: aim.used[: aim.chance.randrange(len(aim.used))],
    "mixed": _mixed,
    "widened": _widened,
    "unsigned": lambda aim: jwt.encode(aim.body(), "", "none", {"kid": KEY_ID}),
    "by a shared secret": lambda aim: jwt.encode(aim.body(), ids.token(32), "HS256", {"kid": KEY_ID}),
    "by the public key": _by_public_key,
    "by a key nobody knows": _nobody_known,
    "stale": _stale,
    "too early": _too_early,
    "for another call": lambda aim: aim.right(audience=aim.other_audience),
    "for other arguments": lambda aim: aim.right(args=aim.args | {ids.token(4): aim.chance.random()}),
    "incomplete": _incomplete,
    "nonsense": _nonsense,
    "rubbish": _rubbish,
}


def forged(aim: Aim, count: int) -> Iterator[tuple[str, Any]]:
    """So many forgeries of one call, all ways in turn."""
    ways = list(FORGERIES)
    start = aim.chance.randrange(len(ways))
    for number in range(count):
        name = ways[(start + number) % len(ways)]
        yield name, FORGERIES[name](aim)
