"""A Nameko process that answers for a made-up service, and what signs calls for it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from deploy.local import servers
from deploy.local.databases import Addresses
from deploy.local.place import Place
from tests.contract.gateway.builders import Echo


@pytest.fixture(scope="session")
def amqp_url(place: Place) -> str:
    return servers.start(place, ["rabbitmq"])["rabbitmq"]


@pytest.fixture(scope="session")
def echo(addresses: Callable[[str], Addresses], redis_url: str, amqp_url: str) -> Iterator[Echo]:
    key, name = Ed25519PrivateKey.generate(), f"echo{os.getpid()}"
    pem = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    environment = os.environ | {
        "DATABASE_URL": addresses("gateway").url, "AMQP_URL": amqp_url, "REDIS_URL": redis_url,
        "PRINCIPAL_PUBLIC_KEYS": json.dumps({"test": pem}),
    }  # fmt: skip

    command = [sys.executable, "-m", "tests.contract.gateway.echo", name]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stdout.readline() == "ready\n"
    yield Echo(name, amqp_url, key)
    process.terminate()
    process.wait(10)
