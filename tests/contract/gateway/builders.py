"""The made-up service, and who calls it."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from services.kernel.caller import Caller
from tests.callers import regulator


@dataclass
class Echo:
    """The running service: its name on the bus, what it takes to call it, and where its log is."""

    name: str
    amqp_url: str
    key: Ed25519PrivateKey
    log: Path

    def logged(self, event: str) -> list[dict[str, Any]]:
        """The lines of its log that tell of an event."""
        lines = [json.loads(line) for line in self.log.read_text("utf-8").splitlines() if line.startswith("{")]
        return [line for line in lines if line["event"] == event]


@contextmanager
def echoing(name: str, amqp_url: str, redis_url: str, database_url: str, log: Path) -> Iterator[Echo]:
    """A process that answers as ``name`` until we are done with it."""
    key = Ed25519PrivateKey.generate()
    pem = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    environment = os.environ | {
        "DATABASE_URL": database_url, "AMQP_URL": amqp_url, "REDIS_URL": redis_url,
        "PRINCIPAL_PUBLIC_KEYS": json.dumps({"test": pem}),
    }  # fmt: skip
    command = [sys.executable, "-m", "tests.contract.gateway.echo", name]
    with log.open("w") as errors:
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=errors, text=True)
    try:
        assert process.stdout is not None and process.stdout.readline() == "ready\n", log.read_text("utf-8")
        yield Echo(name, amqp_url, key, log)
    finally:
        process.terminate()
        process.wait(10)


def until(holds: Callable[[], bool], seconds: float = 90) -> None:
    """Look again and again until it holds."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came to hold"
        time.sleep(0.1)


def somebody() -> Caller:
    return regulator("520102", "data.echo")
