"""``python -m services.runtime.serve <service>``: the Nameko process of one service."""

import os

# Names are looked up by the system, whose rules are the machine's; eventlet's own resolver takes 14 MB of each process.
os.environ.setdefault("EVENTLET_NO_GREENDNS", "yes")

import eventlet

eventlet.monkey_patch()  # Before everything that opens a socket: hence the late imports.

import signal  # noqa: E402
import sys  # noqa: E402
import warnings  # noqa: E402
from typing import Any  # noqa: E402

import orjson  # noqa: E402
import redis  # noqa: E402
import sqlalchemy as sa  # noqa: E402
from kombu.serialization import registry  # noqa: E402

from services.kernel import principal, telemetry  # noqa: E402
from services.kernel.caller import Caller  # noqa: E402
from services.kernel.service import named  # noqa: E402
from services.kernel.work import Database  # noqa: E402
from services.runtime import health  # noqa: E402
from services.runtime.bus import prepare  # noqa: E402
from services.runtime.rpc import nameko_class  # noqa: E402
from services.runtime.settings import Settings, settings  # noqa: E402
from services.vault.columns import require_keys  # noqa: E402


def refuse_blocking_driver(database: Database) -> None:
    """Another greenlet must get its turn while a statement runs; a driver that stops the hub would stop every caller.

    It is turns that are counted and not time, which on a busy machine says nothing.
    """
    turns: list[None] = []
    with database.engine.connect() as connection:
        connection.execute(sa.text("SELECT 1"))
        other = eventlet.spawn(turns.append, None)
        connection.execute(sa.text("SELECT pg_sleep(0.05)"))
    other.cancel()
    if not turns:
        raise SystemExit("the database driver blocks the other greenlets: install psycopg2 and patch before importing it")


def verifier(config: Settings) -> Any:
    """Checks principals; a token is good once, except for a message that the broker itself delivers again."""
    memory = redis.Redis.from_url(config.redis_url, socket_timeout=2, socket_connect_timeout=2)

    def verify(token: str, audience: str, args: dict[str, Any], redelivered: bool) -> Caller:
        def is_first_use(token_id: str, seconds: int) -> bool:
            return bool(memory.set(f"principal:{token_id}", 1, nx=True, ex=seconds)) or redelivered

        return principal.verify(token, audience, args, config.public_keys, is_first_use)

    return verify


def hosting(amqp_url: str, workers: int, *classes: type) -> Any:
    """Nameko's runner of these service classes, not started yet; ``workers`` is how many calls each works on side by side."""
    warnings.filterwarnings("ignore", category=DeprecationWarning)
    from nameko.runners import ServiceRunner

    # Plain JSON and nothing else: kombu's own way calls Python for each object, to see whether it stands for some type.
    registry.register("json", orjson.dumps, orjson.loads, "application/json", "utf-8")

    runner = ServiceRunner({"AMQP_URI": amqp_url, "max_workers": workers, "ACCEPT": ["json"], "serializer": "json"})
    for each in classes:
        runner.add_service(each)
    return runner


def main(name: str) -> None:
    config = settings()
    telemetry.configure(config.log_level)
    require_keys(name)
    service, database = named(name), config.database(name)
    refuse_blocking_driver(database)
    prepare(config.amqp_url, service)
    runner = hosting(config.amqp_url, config.workers, nameko_class(service, database, verifier(config)))
    signal.signal(signal.SIGTERM, lambda *_: eventlet.spawn(runner.stop))
    signal.signal(signal.SIGINT, lambda *_: eventlet.spawn(runner.stop))
    runner.start()
    health.serve(config.health_port, {"database": lambda: _answers(database)}, config.health_host)
    telemetry.log.info("ready", service=name)
    runner.wait()


def _answers(database: Database) -> bool:
    with database.engine.connect() as connection:
        return bool(connection.execute(sa.text("SELECT 1")).scalar_one())


if __name__ == "__main__":
    main(sys.argv[1])
