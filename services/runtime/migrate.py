"""``python -m services.runtime.migrate <service>``: bring one service's database up to date, as its owner.

The kernel's own revisions come first, then the audit trail's and the service's, then rights of the application's role,
partitions and catalogues.  Needs DATABASE_OWNER_URL and DATABASE_URL.  Running it again changes nothing.  With AMQP_URL it
also makes the service's queue, so that nothing is announced before everybody who listens can hear it.
"""

import sys
from importlib import resources
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from environs import Env

from services.kernel.service import named, package_of
from services.kernel.work import Database
from services.runtime.bus import prepare
from services.runtime.catalogues import load_all

KERNEL = Path(str(resources.files("services.kernel")))
TRAIL = Path(str(resources.files("services.trail")))


def folder_of(service: str) -> Path:
    return Path(str(resources.files(package_of(service))))


def migrate(service: str, owner_url: str, url: str) -> dict[str, int]:
    """Returns the catalogue rows that were loaded."""
    engine = sa.create_engine(owner_url)
    with engine.begin() as connection:
        connection.execute(sa.text("SET lock_timeout = '1s'"))
        _upgrade(connection, KERNEL / "migrations" / "versions", "kernel_version")
        _upgrade(connection, TRAIL / "migrations", "trail_version")
        _upgrade(connection, folder_of(service) / "migrations", "service_version")
        role = sa.make_url(url).username
        connection.execute(sa.text("SELECT app.grant_rights(:role), app.ensure_partitions()"), {"role": role})
    engine.dispose()
    application = sa.create_engine(url)
    try:
        source = f"{Env().str('DEPLOYMENT_REGION', '520000')}/{service}"
        return load_all(Database(application, source), folder_of(service) / "catalogues")
    finally:
        application.dispose()


def _upgrade(connection: sa.Connection, versions: Path, table: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(KERNEL / "migrations"))
    config.set_main_option("version_locations", str(versions))
    config.set_main_option("path_separator", "newline")
    config.attributes.update(connection=connection, version_table=table)
    command.upgrade(config, "heads")


if __name__ == "__main__":
    if broker := Env().str("AMQP_URL", ""):
        prepare(broker, named(sys.argv[1]))
    for name, count in migrate(sys.argv[1], Env().str("DATABASE_OWNER_URL"), Env().str("DATABASE_URL")).items():
        print(f"{sys.argv[1]}: catalogue {name}, {count} rows")
