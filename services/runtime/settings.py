"""What a process is told by its environment; a missing setting stops it at once, by name."""

import json
from dataclasses import dataclass
from functools import cache

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from environs import Env

from services.kernel.work import Database


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
        """Connections are checked before use, so that a restarted PostgreSQL costs no request."""
        size = self.workers + 2
        pool = {"pool_size": size, "max_overflow": 4, "pool_pre_ping": True, "pool_recycle": 1800}
        # Values stay out of error texts, and so out of logs.
        engine = sa.create_engine(self.database_url, hide_parameters=True, **pool)
        return Database(engine, f"{self.deployment}/{service}")


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
