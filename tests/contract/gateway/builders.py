"""The made-up service, and who calls it."""

from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.kernel.caller import Caller
from tests.callers import regulator


@dataclass
class Echo:
    """The running service: its name on the bus, and what it takes to call it."""

    name: str
    amqp_url: str
    key: Ed25519PrivateKey


def somebody() -> Caller:
    return regulator("520102", "data.echo")
