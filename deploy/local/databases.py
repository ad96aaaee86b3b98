"""One database a service, each with two roles: an owner, who migrates, and the lesser role the application runs as."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg2
import sqlalchemy as sa
from psycopg2 import sql

from deploy.local.console import Problem
from deploy.local.place import Place
from services.kernel.service import package_of
from services.runtime import migrate

NAMES = ("enterprise", "risk", "hazard", "enforcement", "stats", "notice", "gateway")
# A service that so far has a contract only, or nothing, is no process yet; the others do without it.
SERVICES = tuple(name for name in NAMES if find_spec(package_of(name)) and find_spec(f"{package_of(name)}.service"))
# A waiter gives up before its caller does, and a forgotten transaction does not hold its locks for ever.
LIMITS = {"lock_timeout": "2s", "statement_timeout": "15s", "idle_in_transaction_session_timeout": "20s"}
LESSER = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS"


@dataclass(frozen=True)
class Addresses:
    """How a service's database is reached: by the application, and by migrations."""

    url: str
    owner_url: str


class Databases:
    """The databases of one place on one server; ``prefix`` sets them apart from others on the same server."""

    def __init__(self, place: Place, admin_url: str, prefix: str) -> None:
        self._place = place
        self._admin = sa.make_url(admin_url).set(drivername="postgresql")
        self._prefix = prefix

    def prepare(self, service: str, name: str | None = None, template: str = "template0") -> Addresses:
        """Have the roles and the database; those that are there stay as they are, with today's passwords."""
        name = name or f"{self._prefix}{service}"
        owner, app = self._roles(service)
        with self._session() as cursor:
            for role in (owner, app):
                self._role(cursor, role)
            for setting, value in LIMITS.items():
                cursor.execute(sql.SQL("ALTER ROLE {} SET {} = %s").format(sql.Identifier(app), sql.Identifier(setting)), [value])
            cursor.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(owner)))
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if cursor.fetchone() is None:
                create = "CREATE DATABASE {} OWNER {} TEMPLATE {} ENCODING 'UTF8' LOCALE 'C.UTF-8'"
                cursor.execute(sql.SQL(create).format(*map(sql.Identifier, (name, owner, template))))
            for grant in ("REVOKE ALL ON DATABASE {0} FROM PUBLIC", "GRANT CONNECT ON DATABASE {0} TO {1}"):
                cursor.execute(sql.SQL(grant).format(sql.Identifier(name), sql.Identifier(app)))
        return self.addresses(service, name)

    def addresses(self, service: str, name: str | None = None) -> Addresses:
        owner, app = self._roles(service)
        return Addresses(*(self._url(role, name or f"{self._prefix}{service}") for role in (app, owner)))

    def admin_url(self, name: str) -> str:
        """A database as the server's superuser reaches it."""
        return self._admin.set(database=name).render_as_string(hide_password=False)

    def migrate(self, service: str) -> dict[str, int]:
        """Bring a service's database up to date; the catalogue rows loaded."""
        addresses = self.prepare(service)
        return migrate.migrate(service, addresses.owner_url, addresses.url)

    def copy(self, service: str, name: str) -> Addresses:
        """A fresh migrated database under another name: a copy of a template made once for this state of the code."""
        template = f"{self._prefix}template_{service}_{_fingerprint(service)}"
        with self._place.locked("templates"):
            if template not in self.names(template):
                for old in self.names(f"{self._prefix}template_{service}_"):
                    self.drop(old)
                draft = self.prepare(service, f"{self._prefix}draft_{service}")
                migrate.migrate(service, draft.owner_url, draft.url)
                self.rename(f"{self._prefix}draft_{service}", template)
            return self.prepare(service, name, template)

    def names(self, beginning: str) -> list[str]:
        with self._session() as cursor:
            cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [beginning])
            return [row[0] for row in cursor.fetchall()]

    def drop(self, name: str) -> None:
        with self._session() as cursor:
            cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def rename(self, name: str, to: str) -> None:
        with self._session() as cursor:
            cursor.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(name), sql.Identifier(to)))

    def _roles(self, service: str) -> tuple[str, str]:
        return f"{self._prefix}{service}_owner", f"{self._prefix}{service}_app"

    def _role(self, cursor: Any, role: str) -> None:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        verb = "ALTER" if cursor.fetchone() else "CREATE"
        statement = sql.SQL(verb + " ROLE {} " + LESSER + " PASSWORD %s").format(sql.Identifier(role))
        cursor.execute(statement, [self._place.secret(role)])

    def _url(self, role: str, database: str) -> str:
        url = self._admin.set(username=role, password=self._place.secret(role), database=database)
        return url.render_as_string(hide_password=False)

    @contextmanager
    def _session(self) -> Iterator[Any]:
        try:
            connection = psycopg2.connect(self._admin.render_as_string(hide_password=False), connect_timeout=5)
        except psycopg2.OperationalError as error:
            raise Problem(
                f"PostgreSQL at {self._admin.host}:{self._admin.port} refuses us: {str(error).strip().splitlines()[-1]}"
            ) from None
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                yield cursor
        finally:
            connection.close()


def _fingerprint(service: str) -> str:
    """Changes with everything that migrating reads, and with the month, for which there are partitions."""
    digest = hashlib.sha256(f"{datetime.now(UTC):%Y-%m}".encode())
    folders = [whose / "migrations" for whose in (migrate.KERNEL, migrate.TRAIL, migrate.folder_of(service))]
    folders.append(migrate.folder_of(service) / "catalogues")
    for file in sorted(p for folder in folders for p in folder.rglob("*") if p.is_file() and p.suffix != ".pyc"):
        digest.update(file.name.encode() + file.read_bytes())
    digest.update(Path(migrate.__file__).read_bytes())
    return digest.hexdigest()[:12]
