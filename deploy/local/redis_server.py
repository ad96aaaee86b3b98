"""A private Redis: sessions and what can be rebuilt; kept on disk so that a second start finds people signed in."""

import redis

from deploy.local import packages
from deploy.local.console import Problem
from deploy.local.daemon import Daemon
from deploy.local.place import Place, account


class Redis:
    """The server of one place."""

    name = "redis"

    def __init__(self, place: Place) -> None:
        self.place = place
        self.daemon = Daemon(place, self.name, account("redis"))

    @property
    def url(self) -> str:
        port, password = self.place.recorded("ports").get(self.name), self.place.secret(self.name)
        return f"redis://:{password}@127.0.0.1:{port}/0"

    def start(self) -> None:
        program = packages.redis_server()
        if program is None:
            raise Problem("Redis is gone: install the package redis-server")
        data = self.place.data(self.name, self.daemon.owner)
        lines = ["bind 127.0.0.1", f"port {self.place.port(self.name)}", f"requirepass {self.place.secret(self.name)}"]
        lines += [
            f"dir {data}",
            f"appendonly {'no' if self.place.throwaway else 'yes'}",
            "daemonize no",
            "maxmemory-policy noeviction",
        ]
        settings = Place.write(data / "redis.conf", "\n".join([*lines, ""]), self.daemon.owner)
        self.daemon.start([str(program), str(settings)], data, {})
        self.daemon.wait(self.answers, 20)

    def answers(self) -> bool:
        try:
            with redis.Redis.from_url(self.url, socket_timeout=2, socket_connect_timeout=2) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False

    def stop(self) -> None:
        self.daemon.stop()
