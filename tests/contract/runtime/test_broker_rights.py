"""The rights at the broker that the manifests give each service: enough for its work, and for nobody else's."""

from collections.abc import Callable

import pytest
from amqp.exceptions import AccessRefused
from kombu import Connection, Consumer, Exchange, Queue

from deploy.local import servers
from deploy.local.databases import NAMES
from deploy.local.place import Place
from deploy.local.rabbitmq import RabbitMQ
from services.kernel.service import named
from services.runtime.bus import declare, exchange, queue_of
from tests.guards.manifests import plain

RIGHTS = {m["metadata"]["name"]: m["spec"]["permissions"] for _, m in plain() if m["kind"] == "Permission"}


@pytest.fixture(scope="module")
def broker_of(place: Place, amqp_url: str) -> Callable[[str], str]:
    """The address under which a service reaches the broker with its own rights alone."""
    if servers.elsewhere("rabbitmq"):
        pytest.skip("AMQP_URL names a broker whose users are not ours to make")
    broker, vhost = RabbitMQ(place), amqp_url.rpartition("/")[2]

    def of(service: str) -> str:
        return broker.add_user(f"rights-{service}", vhost, **RIGHTS[service])

    return of


@pytest.mark.parametrize("service", NAMES)
def test_a_service_does_its_work_and_nobody_elses(broker_of: Callable[[str], str], amqp_url: str, service: str) -> None:
    other = next(name for name in NAMES if name != service and named(name).listens_to)
    with Connection(amqp_url) as connection:
        declare(connection.channel(), named(other))
    mine = f"{service}.events"

    with Connection(broker_of(service)) as connection:
        declare(connection.channel(), named(service))
        calls = Queue(f"rpc-{service}", Exchange("nameko-rpc", type="topic", durable=True), f"{service}.*", durable=True)
        calls(connection.channel()).declare()
        connection.Producer().publish({}, exchange=mine, routing_key="test")
        for queue in [calls, *([queue_of(named(service))] if named(service).listens_to else [])]:
            with Consumer(connection.channel(), [queue], auto_declare=False):
                pass
        refused = [is_refused(connection, attempt, other) for attempt in (announces, reads, changes)]

    assert refused == [True, True, True]


def is_refused(connection: Connection, attempt: Callable[[Connection, str], None], other: str) -> bool:
    try:
        attempt(connection, other)
    except AccessRefused:
        return True
    return False


def announces(connection: Connection, other: str) -> None:
    with connection.channel() as channel:
        connection.Producer(channel).publish({}, exchange=exchange(other).name, routing_key="test")
        channel.queue_declare("unrouted", passive=True)  # A refusal of publishing is told with the next answer.


def reads(connection: Connection, other: str) -> None:
    with connection.channel() as channel, Consumer(channel, [Queue(f"inbox.{other}")], auto_declare=False):
        pass


def changes(connection: Connection, other: str) -> None:
    with connection.channel() as channel:
        channel.queue_delete(f"inbox.{other}")
