"""The services on a broker's name space of their own, and what a stranger on that broker can do."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from deploy.local.databases import Databases
from tests.conftest import PREFIX
from tests.contract.strangers.stranger import KEY_ID, Bus
from tests.stage.world import BUILT


@pytest.fixture(scope="module")  # Whoever comes after finds nobody on this name space.
def bus(databases: Databases, redis_url: str, amqp_url: str) -> Iterator[Bus]:
    key, services = Ed25519PrivateKey.generate(), [name for name in BUILT if name != "gateway"]
    urls = {name: databases.copy(name, f"{PREFIX}{os.getpid()}_bus_{name}").url for name in services}
    pem = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    environment = os.environ | {
        "DATABASE_URL": urls[services[0]], "DATABASE_URLS": json.dumps(urls), "AMQP_URL": amqp_url, "REDIS_URL": redis_url,
        "PRINCIPAL_PUBLIC_KEYS": json.dumps({KEY_ID: pem}),
    }  # fmt: skip

    command = [sys.executable, "-m", "tests.contract.strangers.host"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stdout.readline() == "ready\n"
    yield Bus(amqp_url, key, urls)
    process.terminate()
    process.wait(20)
