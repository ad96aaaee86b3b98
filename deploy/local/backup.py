"""Backup and restore of a one-machine platform: every database at one and the same moment, the files, the keys.

All databases lie in one PostgreSQL, so its base backup shows every service at the same instant: no service knows an
event that its source has forgotten.  What was on its way through the broker then is announced again after a restore.
"""

import json
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from deploy.local import servers
from deploy.local.console import Problem, step
from deploy.local.databases import SERVICES, Databases
from deploy.local.place import PASSABLE, Place, account, give
from deploy.local.postgres import Postgres
from deploy.local.rabbitmq import RabbitMQ
from deploy.local.redis_server import Redis
from services.kernel.work import Database
from services.runtime import operate

HOURS = 24.0  # Announced again after a restore: more than any queue holds back.


def backup(place: Place, to: Path) -> None:
    """Write everything into a new folder; the platform goes on working."""
    _refuse_others()
    if Postgres(place).daemon.pid is None:
        raise Problem("the platform is not running: make run in another terminal, then make backup again")
    if to.exists():
        raise Problem(f"{to} exists already: name a new folder")
    to.mkdir(parents=True, mode=0o700)
    with step("copying databases"):
        url = sa.make_url(Postgres(place).url)
        address = ["-h", str(url.host), "-p", str(url.port), "-U", str(url.username)]
        command = ["-D", str(to / "postgres"), "-c", "fast", "-X", "stream", *address]
        _program(
            Postgres(place).programs(place.data("postgres", account("postgres"))) / "pg_basebackup",
            command,
            {"PGPASSWORD": str(url.password)},
        )
    # Files are only ever added, and before their rows: those the databases speak of are here by now.
    shutil.copytree(place.root / "files", to / "files")
    shutil.copy2(place.root / "state.json", to / "state.json")
    (to / "backup.json").write_text(json.dumps({"made_at": datetime.now(UTC).isoformat()}))


def restore(place: Place, source: Path, prefix: str = "dual_", services: tuple[str, ...] = SERVICES) -> None:
    """Put a backup in the place of what is there; that is kept beside it until somebody deletes it."""
    _refuse_others()
    if not (source / "backup.json").exists():
        raise Problem(f"{source} is no complete backup")
    if any(kind(place).daemon.pid is not None for kind in servers.KINDS.values()):
        raise Problem("the platform is running: make stop first")
    with step("checking the backup"):
        _program(Postgres(place).programs(source / "postgres") / "pg_verifybackup", [str(source / "postgres")])
    _replace(place, source)
    servers.start(place, ["postgres"])
    try:
        for service in services:
            url = Databases(place, servers.address(place, "postgres"), prefix).addresses(service).url
            _announce_again(url, service)
    finally:
        servers.stop(place)


def _replace(place: Place, source: Path) -> None:
    mark = f"before-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    owner = account("postgres")
    data = place.data("postgres", owner)
    data.rename(data.with_name(f"postgres.{mark}"))
    shutil.copytree(source / "postgres", data)
    for path in (data, *data.rglob("*")):
        give(path, owner)
    data.chmod(0o700)
    if (place.root / "files").exists():
        (place.root / "files").rename(place.root / f"files.{mark}")
    shutil.copytree(source / "files", place.root / "files")
    secrets = json.loads((source / "state.json").read_text())["secrets"]
    for name, value in secrets.items():
        place.record("secrets", name, value)
    for kind in (RabbitMQ, Redis):  # What they hold is younger than the backup, and would be ahead of it.
        shutil.rmtree(place.data(kind.name, kind(place).daemon.owner), ignore_errors=True)
    place.root.chmod(PASSABLE)


def _announce_again(url: str, service: str) -> None:
    engine = sa.create_engine(url)
    try:
        with engine.connect() as connection:
            source = connection.execute(sa.text("SELECT source FROM deployment")).scalar_one_or_none()
        if source is not None:
            operate.restored(Database(engine, source), HOURS)
    finally:
        engine.dispose()


def _refuse_others() -> None:
    if servers.elsewhere("postgres"):
        raise Problem("DATABASE_URL names a PostgreSQL of others: back it up and restore it with its own tools")


def _program(program: Path, arguments: list[str], env: dict[str, str] | None = None) -> None:
    done = subprocess.run([str(program), *arguments], capture_output=True, text=True, env={"LANG": "C.UTF-8"} | (env or {}))
    if done.returncode:
        raise Problem(f"{program.name} failed: {(done.stderr.strip().splitlines() or ['no message'])[-1]}")
