"""What a process is told by its environment; a missing setting stops it at once, by name."""

import json
import time
from dataclasses import dataclass
from functools import cache
from typing import Any

import orjson
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key
from environs import Env

from services.kernel.work import Database

RESTED = 1.0  # Seconds.


@dataclass(frozen=True)
class Settings:
    """The environment of one process; ``database_url`` names the lesser role of the service's own database."""

    database_url: str
    amqp_url: str
    redis_url: str
    deployment: str
    public_keys: dict[str, Ed25519PublicKey]
    health_port: int
    workers: int
    log_level: str
    health_host: str = ""  # Every address, for probes that come from outside a container.

    def database(self, service: str) -> Database:
        size = self.workers + 2
        pool = {"pool_size": size, "max_overflow": 4, "pool_use_lifo": True, "pool_recycle": 1800}
        # Values stay out of error texts, and so out of logs.
        engine = sa.create_engine(self.database_url, hide_parameters=True, json_serializer=_json, **pool)
        _check_the_rested(engine)
        return Database(engine, f"{self.deployment}/{service}")


def _json(value: Any) -> str:
    """Every announcement, audit row and answer is written down as JSON; the library's own way takes eight times as long."""
    return orjson.dumps(value).decode()


def _check_the_rested(engine: sa.Engine) -> None:
    """Ask a connection that has lain for a second whether it still lives, so that a restarted PostgreSQL costs no request.

    Asking each time, as the library's own check does, would be one round in five.
    """

    @sa.event.listens_for(engine, "checkin")
    def rest(connection: Any, record: Any) -> None:
        record.info["rests_since"] = time.monotonic()

    @sa.event.listens_for(engine, "checkout")
    def check(connection: Any, record: Any, fairy: Any) -> None:
        if time.monotonic() - record.info.get("rests_since", time.monotonic()) < RESTED:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise sa.exc.DisconnectionError from error


@cache
def settings() -> Settings:
    env = Env()
    keys: dict[str, Ed25519PublicKey] = {}
    for key_id, pem in json.loads(env.str("PRINCIPAL_PUBLIC_KEYS", "{}")).items():
        key = load_pem_public_key(pem.encode())
        if not isinstance(key, Ed25519PublicKey):
            raise ValueError(f"PRINCIPAL_PUBLIC_KEYS: {key_id} is no Ed25519 key")
        keys[key_id] = key
    return Settings(
        database_url=env.str("DATABASE_URL"),
        amqp_url=env.str("AMQP_URL"),
        redis_url=env.str("REDIS_URL"),
        deployment=env.str("DEPLOYMENT_REGION", "520000"),
        public_keys=keys,
        health_port=env.int("HEALTH_PORT", 0),
        workers=env.int("WORKERS", 10),
        log_level=env.str("LOG_LEVEL", "info"),
        health_host=env.str("HEALTH_HOST", ""),
    )


def audit_key() -> Ed25519PrivateKey:
    """The key with which a worker signs checkpoints of its service's audit chain; nobody else needs it."""
    key = load_pem_private_key(Env().str("AUDIT_PRIVATE_KEY").encode(), None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError("AUDIT_PRIVATE_KEY is no Ed25519 key")
    return key
