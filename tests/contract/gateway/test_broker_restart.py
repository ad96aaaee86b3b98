"""The broker falls and comes back: callers and services find each other again without being started anew."""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deploy.local import servers
from deploy.local.databases import Addresses
from deploy.local.place import CHECKOUT, Place
from gateway.rpc import Away, Services
from tests.contract.gateway.builders import echoing, somebody, until

pytestmark = [
    pytest.mark.skipif(servers.elsewhere("rabbitmq") is not None, reason="the broker is somebody else's"),
    pytest.mark.timeout(300),
]


@pytest.fixture
def own() -> Iterator[Place]:
    place = Place(CHECKOUT / ".stack" / f"broker-{os.getpid()}", throwaway=True)
    yield place
    servers.stop(place)
    place.remove()


def test_calls_go_through_again_after_the_brokers_fall(
    own: Place, addresses: Callable[[str], Addresses], redis_url: str, tmp_path: Path
) -> None:
    amqp_url = servers.start(own, ["rabbitmq"])["rabbitmq"]
    with echoing("phoenix", amqp_url, redis_url, addresses("gateway").url, tmp_path / "log") as echo:
        services = Services(amqp_url, echo.key, "test", seconds=2)

        def is_answered() -> bool:
            try:
                return bool(services.call(echo.name, "say", {"text": "there"}, somebody())["text"] == "there")
            except Away:
                return False

        assert is_answered()
        servers.KINDS["rabbitmq"](own).daemon.send(signal.SIGKILL)
        until(lambda: not is_answered())
        servers.start(own, ["rabbitmq"])

        until(is_answered)
