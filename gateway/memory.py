"""The common memory, for what runs without a request: workers have no edge at hand."""

from functools import cache

import redis
from environs import Env


@cache
def memory() -> "redis.Redis[str]":
    return redis.Redis.from_url(Env().str("REDIS_URL"), decode_responses=True, socket_timeout=2, socket_connect_timeout=2)
