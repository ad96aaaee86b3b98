"""The processes of a platform, and the environment each is given: no more than it needs."""

import json
import os
import shlex
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from deploy.local.databases import NAMES, Databases
from deploy.local.keys import audit_key, audit_public_keys, principal_key, sealing_keys
from deploy.local.place import CHECKOUT, Place
from services.vault.columns import holds_sealed

PYTHON = [sys.executable, "-m"]
GUNICORN = [*PYTHON, "gunicorn", "--config", "python:gateway.gunicorn", "--bind", "127.0.0.1:{port}", "--graceful-timeout", "10"]

# What whoever runs the platform may set for every process; each has a default where it is read.
SETTINGS = (
    "TRUSTED_PROXIES", "LIMIT_ACCOUNT", "LIMIT_PUBLIC", "LIMIT_DOOR", "ALWAYS_CAPTCHA", "PASSWORD_PROFILE", "WORKERS",
    "MAIL_URL", "MAIL_FROM", "SMS_URL", "SMS_TOKEN",
)  # fmt: skip


# What makes another play of the demonstration data.
PLAY = ("DEMO_SEED", "DEMO_DAYS", "DEMO_ENTERPRISES")


@dataclass(frozen=True)
class Process:
    """One program under the supervisor; ``name`` is also that of its log, its port and its environment file."""

    name: str
    service: str
    command: tuple[str, ...]
    extras: tuple[str, ...] = ()

    def at(self, port: int) -> list[str]:
        return [part.format(port=port) for part in self.command]


def processes(services: Sequence[str]) -> list[Process]:
    """What runs for these services: RPC and listener, and worker, for each; pages and streams for the gateway."""
    found = []
    for service in services:
        sealing = ("SEALING_KEYS",) if holds_sealed(service) else ()
        for role, extras in (("serve", sealing), ("worker", ("AUDIT_PRIVATE_KEY", *sealing))):
            found.append(Process(f"{service}-{role}", service, (*PYTHON, f"services.runtime.{role}", service), extras))
    if "gateway" in services:
        api = (*GUNICORN, "--worker-class", "gthread", "--workers", "2", "--threads", "16", "gateway.app:app")
        stream = (*GUNICORN, "--worker-class", "gevent", "--workers", "1", "--worker-connections", "5000", "gateway.stream:app")
        vouches = ("PRINCIPAL_PRIVATE_KEY", "PRINCIPAL_KEY_ID", "PROMETHEUS_MULTIPROC_DIR")
        found += [Process("gateway-api", "gateway", api, vouches), Process("gateway-stream", "gateway", stream, vouches)]
    return found


SEED = Process("gateway-seed", "gateway", (*PYTHON, "gateway.identity.seed"))


class Environments:
    """Writes the environment files of a place; shell syntax, so that a process can also be started by hand."""

    def __init__(self, place: Place, databases: Databases, servers: dict[str, str]) -> None:
        self._place = place
        self._databases = databases
        self._folder = place.root / "environment"
        self._folder.mkdir(exist_ok=True, mode=0o700)
        self._key = principal_key(place)
        self._sealing_keys = sealing_keys(place)
        self._audit_keys = {service: audit_key(place, service) for service in NAMES}
        files = place.root / "files"
        files.mkdir(exist_ok=True, mode=0o700)
        self._common = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(CHECKOUT),
            "PYTHONWARNINGS": "ignore::DeprecationWarning",
            "STACK": str(place.root),
            "AMQP_URL": servers["rabbitmq"],
            "REDIS_URL": servers["redis"],
            "DEPLOYMENT_REGION": os.environ.get("DEPLOYMENT_REGION", "520000"),
            "LOG_LEVEL": os.environ.get("LOG_LEVEL", "info"),
            # Where the public reaches the platform: codes on legal documents lead there.
            "PUBLIC_URL": os.environ.get("PUBLIC_URL", ""),
            "PRINCIPAL_PUBLIC_KEYS": self._key.public_keys,
            "AUDIT_PUBLIC_KEYS": audit_public_keys(self._audit_keys),
            "FILES_URL": files.as_uri(),
            "HEALTH_HOST": "127.0.0.1",
        } | {name: os.environ[name] for name in SETTINGS if name in os.environ}

    def write(self, process: Process, ports: dict[str, int]) -> Path:
        """The environment of one process of the platform."""
        extras = {
            "PRINCIPAL_PRIVATE_KEY": self._key.private,
            "PRINCIPAL_KEY_ID": self._key.key_id,
            "AUDIT_PRIVATE_KEY": self._audit_keys[process.service],
            "SEALING_KEYS": self._sealing_keys,
            "PROMETHEUS_MULTIPROC_DIR": str(self._fresh(f"metrics/{process.name}")),
        }
        return self._write(
            process.name,
            {
                "SERVICE": process.service,
                "DATABASE_URL": self._databases.addresses(process.service).url,
                "HEALTH_PORT": str(ports.get(process.name, 0)),
                "STREAM_PORT": str(ports.get("gateway-stream", 0)),
                **{name: extras[name] for name in process.extras},
            },
        )

    def _fresh(self, name: str) -> Path:
        """An empty folder."""
        folder = self._place.root / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder

    def write_for_demo(self, services: Sequence[str], accounts: Path) -> Path:
        """The environment of the one program that fills all databases, before any process of the platform runs."""
        urls = {service: self._databases.addresses(service).url for service in services}
        own = {"DATABASE_URLS": json.dumps(urls), "ACCOUNTS_FILE": str(accounts), "PRINCIPAL_PRIVATE_KEY": self._key.private}
        own |= {name: os.environ[name] for name in PLAY if name in os.environ}
        return self._write("demo", own | {"PRINCIPAL_KEY_ID": self._key.key_id, "SEALING_KEYS": self._sealing_keys})

    def _write(self, name: str, own: dict[str, str]) -> Path:
        lines = [f"{key}={shlex.quote(value)}" for key, value in (self._common | own).items()]
        return Place.write(self._folder / f"{name}.env", "\n".join([*lines, ""]))


def within(environment: Path, command: Sequence[str]) -> list[str]:
    """The command that runs ``command`` in an environment file and nothing else."""
    script = f'set -a; . {shlex.quote(str(environment))}; set +a; exec "$@"'
    return ["/usr/bin/env", "-i", "/bin/sh", "-c", script, "sh", *command]
