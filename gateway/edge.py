"""What every request needs at hand, made once a process."""

from dataclasses import dataclass

import redis
from flask import current_app

from gateway import sending
from gateway.files.store import FileStore, store_at
from gateway.recovering import Recovering
from gateway.rpc import Services
from gateway.sessions import Sessions
from gateway.settings import Settings
from gateway.signing_in import SigningIn
from services.kernel.work import Database


@dataclass(frozen=True)
class Limits:
    """How often: an account, an address without one, and an address at the doors (sign-in, captcha, recovery, tokens)."""

    account: str = "600/minute"
    public: str = "120/minute"
    door: str = "30/minute"


@dataclass(frozen=True)
class Edge:
    """Databases, connections and stores of one process."""

    database: Database
    memory: "redis.Redis[str]"
    services: Services
    sessions: Sessions
    signing_in: SigningIn
    files: FileStore
    limits: Limits
    redis_url: str
    proxies: int = 0
    stream_port: int = 0
    sends: frozenset[str] = frozenset()

    @property
    def recovering(self) -> Recovering:
        return Recovering(self.database, self.memory, self.sends)


def make(config: Settings) -> Edge:
    """The edge of one process as its environment describes it."""
    database = config.runtime.database("gateway")
    memory: redis.Redis[str] = redis.Redis.from_url(
        config.runtime.redis_url, decode_responses=True, socket_timeout=2, socket_connect_timeout=2
    )
    return Edge(
        database=database,
        memory=memory,
        services=Services(config.runtime.amqp_url, config.private_key, config.key_id),
        sessions=Sessions(memory),
        signing_in=SigningIn(database, memory, config.always_captcha),
        files=store_at(config.files_url),
        limits=Limits(config.account_limit, config.public_limit, config.door_limit),
        redis_url=config.runtime.redis_url,
        proxies=config.proxies,
        stream_port=config.stream_port,
        sends=frozenset(sending.couriers()),
    )


def edge() -> Edge:
    found: Edge = current_app.extensions["edge"]
    return found
