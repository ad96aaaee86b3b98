"""PostgreSQL, RabbitMQ and Redis of a place; DATABASE_URL, AMQP_URL and REDIS_URL put others in their stead."""

import os
from collections.abc import Sequence

from deploy.local import packages
from deploy.local.console import Problem, step
from deploy.local.place import Place
from deploy.local.postgres import Postgres
from deploy.local.rabbitmq import RabbitMQ
from deploy.local.redis_server import Redis

KINDS: dict[str, type[Postgres] | type[RabbitMQ] | type[Redis]] = {"postgres": Postgres, "rabbitmq": RabbitMQ, "redis": Redis}
ELSEWHERE = {"postgres": "DATABASE_URL", "rabbitmq": "AMQP_URL", "redis": "REDIS_URL"}
ALL = tuple(KINDS)


def elsewhere(name: str) -> str | None:
    """The address of a server that somebody else runs for us."""
    return os.environ.get(ELSEWHERE[name]) or None


def address(place: Place, name: str) -> str:
    return elsewhere(name) or KINDS[name](place).url


def start(place: Place, names: Sequence[str] = ALL) -> dict[str, str]:
    """Have these servers answer; those that run already are left alone.  Their addresses."""
    ours = [name for name in names if not elsewhere(name)]
    with place.locked():
        packages.ensure(ours)
        for name in ours:
            server = KINDS[name](place)
            if not _runs(server):
                with step(f"starting {name}"):
                    server.start()
    return {name: address(place, name) for name in names}


def _runs(server: Postgres | RabbitMQ | Redis) -> bool:
    """Whether it answers; one that dies under our eyes does not."""
    if server.daemon.pid is None:
        return False
    try:
        server.daemon.wait(server.answers)
    except Problem:
        if server.daemon.pid is None:
            return False
        raise
    return True


def fallen(place: Place) -> bool:
    """Whether one of ours has died since it was started."""
    return any(KINDS[name](place).daemon.pid is None for name in ALL if not elsewhere(name))


def stop(place: Place) -> None:
    """Stop whatever of ours runs."""
    with place.locked():
        for name in reversed(ALL):
            KINDS[name](place).stop()
