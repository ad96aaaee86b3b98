"""A Nameko process that answers for a made-up service, and what signs calls for it."""

import os
from collections.abc import Callable, Iterator

import pytest

from deploy.local.databases import Addresses
from tests.contract.gateway.builders import Echo, echoing


@pytest.fixture(scope="session")
def echo(
    addresses: Callable[[str], Addresses], redis_url: str, amqp_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Echo]:
    log = tmp_path_factory.mktemp("echo") / "log"
    with echoing(f"echo{os.getpid()}", amqp_url, redis_url, addresses("gateway").url, log) as found:
        yield found
