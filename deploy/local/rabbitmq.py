"""A private RabbitMQ: own node name, cookie, port mapper and ports, so that other brokers on the machine do not matter."""

import json
import socket
import subprocess

import amqp

from deploy.local import packages
from deploy.local.console import Problem
from deploy.local.daemon import Daemon
from deploy.local.place import Place, account

USER = "stack"
NODE = "stack@localhost"


class RabbitMQ:
    """The broker of one place, and the port mapper (epmd) it needs."""

    name = "rabbitmq"

    def __init__(self, place: Place) -> None:
        self.place = place
        self.owner = account("rabbitmq")
        self.daemon = Daemon(place, self.name, self.owner)
        self.mapper = Daemon(place, "epmd", self.owner)

    @property
    def url(self) -> str:
        port, password = self.place.recorded("ports").get(self.name), self.place.secret(self.name)
        return f"amqp://{USER}:{password}@127.0.0.1:{port}/"

    def start(self) -> None:
        script = packages.rabbitmq_server()
        if script is None:
            raise Problem("RabbitMQ is gone: install the package rabbitmq-server")
        env = self._environment()
        data = self.place.data(self.name, self.owner)
        if self.mapper.pid is None:
            self.mapper.start(["epmd", "-address", "127.0.0.1", "-port", env["ERL_EPMD_PORT"]], data, {})
            self.mapper.wait(lambda: _listens(int(env["ERL_EPMD_PORT"])), 10)
        self.daemon.start([str(script)], data, env)
        self.daemon.wait(self.answers, 120)

    def _environment(self) -> dict[str, str]:
        data = self.place.data(self.name, self.owner)
        port, distribution = self.place.port(self.name), self.place.port("rabbitmq-distribution")
        mapper = self.place.recorded("ports")["epmd"] if self.mapper.pid else self.place.port("epmd")
        lines = [f"listeners.tcp.1 = 127.0.0.1:{port}", f"default_user = {USER}", f"default_pass = {self.place.secret(self.name)}"]
        lines += ["log.console = true", "log.console.level = warning", "log.file = false", "disk_free_limit.absolute = 50MB"]
        Place.write(data / "rabbitmq.conf", "\n".join([*lines, ""]), self.owner)
        Place.write(data / "enabled_plugins", "[].\n", self.owner)
        Place.write(data / ".erlang.cookie", self.place.secret("erlang-cookie"), self.owner).chmod(0o400)
        paths = {
            "MNESIA_BASE": data / "mnesia",
            "LOG_BASE": data / "log",
            "GENERATED_CONFIG_DIR": data / "config",
            "SCHEMA_DIR": data / "schema",
            "PID_FILE": data / "rabbitmq.pid",
            "CONFIG_FILE": data / "rabbitmq.conf",
            "ADVANCED_CONFIG_FILE": data / "advanced.config",
            "ENABLED_PLUGINS_FILE": data / "enabled_plugins",
            "CONF_ENV_FILE": "/dev/null",  # The machine's own settings are for its own broker.
        }
        return {f"RABBITMQ_{name}": str(path) for name, path in paths.items()} | {
            "RABBITMQ_NODENAME": NODE,
            "RABBITMQ_NODE_PORT": str(port),
            "RABBITMQ_DIST_PORT": str(distribution),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1} -start_epmd false",
            "ERL_EPMD_PORT": str(mapper),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            # The start script then becomes the broker instead of waiting beside it.
            "RUNNING_UNDER_SYSTEMD": "true",
        }

    def add_vhost(self, name: str) -> str:
        """A name space of its own on this broker; its address."""
        grant = (
            f'rabbit_auth_backend_internal:set_permissions(<<"{USER}">>, <<"{name}">>, <<".*">>, <<".*">>, <<".*">>, <<"stack">>)'
        )
        self.evaluate(f'rabbit_vhost:add(<<"{name}">>, <<"stack">>), {grant}.')
        return f"{self.url}{name}"

    def delete_vhost(self, name: str) -> None:
        self.evaluate(f'rabbit_vhost:delete(<<"{name}">>, <<"stack">>).')

    def add_user(self, name: str, vhost: str, configure: str, write: str, read: str) -> str:
        """Another user with these rights in a name space; its address."""
        password, rights = self.place.secret(f"broker-{name}"), ", ".join(f"<<{json.dumps(r)}>>" for r in (configure, write, read))
        self.evaluate(
            f'catch rabbit_auth_backend_internal:add_user(<<"{name}">>, <<"{password}">>, <<"stack">>),'
            f' rabbit_auth_backend_internal:set_permissions(<<"{name}">>, <<"{vhost}">>, {rights}, <<"stack">>).'
        )
        return self.url.replace(f"{USER}:{self.place.secret(self.name)}", f"{name}:{password}") + vhost

    def evaluate(self, expression: str) -> str:
        """What the broker itself makes of an expression: one start of its control program costs about a second."""
        data = self.place.data(self.name, self.owner)
        ports = self.place.recorded("ports")
        env = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "HOME": str(data), "ERL_EPMD_PORT": str(ports["epmd"])}
        env |= {"RABBITMQ_CONF_ENV_FILE": "/dev/null", "RABBITMQ_NODENAME": NODE}
        command = [str(packages.RABBITMQ / "rabbitmqctl"), "-q", "eval", expression]
        done = subprocess.run(command, env=env, user=self.owner, cwd=data, capture_output=True, text=True)
        if done.returncode:
            raise Problem(f"the broker refused: {(done.stderr.strip().splitlines() or ['no message'])[-1]}")
        return done.stdout

    def answers(self) -> bool:
        port = self.place.recorded("ports")[self.name]
        try:
            with amqp.Connection(f"127.0.0.1:{port}", USER, self.place.secret(self.name), connect_timeout=2, read_timeout=2):
                return True
        except (OSError, amqp.AMQPError):
            return False

    def stop(self) -> None:
        self.daemon.stop()
        self.mapper.stop()


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True
