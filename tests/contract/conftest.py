"""A broker name space that no other session shares, with Redis and databases beside it."""

import os
from collections.abc import Iterator

import pytest

from deploy.local import servers
from deploy.local.place import Place
from deploy.local.rabbitmq import RabbitMQ


@pytest.fixture(scope="session")
def amqp_url(place: Place) -> Iterator[str]:
    """An empty vhost of our broker; a broker that AMQP_URL names is taken as it is."""
    given = servers.start(place, ["rabbitmq"])["rabbitmq"]
    if servers.elsewhere("rabbitmq"):
        yield given
        return
    broker, name = RabbitMQ(place), f"test_{os.getpid()}"
    yield broker.add_vhost(name)
    broker.delete_vhost(name)
