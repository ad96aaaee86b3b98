"""A backup brings back what was there when it was made, and nothing that came after."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from deploy.local import backup, servers
from deploy.local.console import Problem
from deploy.local.databases import Databases
from deploy.local.keys import new_sealing_keys, sealing_keys
from deploy.local.place import CHECKOUT, Place
from services.kernel.caller import system
from services.kernel.work import Database

pytestmark = pytest.mark.skipif(any(map(servers.elsewhere, servers.ALL)), reason="the servers are somebody else's")
DEPLOYMENT = "520000/enterprise"


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Place]:
    place = Place(CHECKOUT / ".stack" / f"trial-{tmp_path.name}")
    (place.root / "files").mkdir()
    yield place
    servers.stop(place)
    place.remove()


def opened(place: Place) -> Database:
    url = servers.start(place, ["postgres"])["postgres"]
    databases = Databases(place, url, "dual_")
    databases.migrate("enterprise")
    return Database(sa.create_engine(databases.addresses("enterprise").url), DEPLOYMENT)


def write(database: Database, series: str) -> None:
    with database.work(system("test"), "test") as work:
        work.next_number(series)


def series(database: Database) -> list[str]:
    with database.work(system("test"), "test", read_only=True) as work:
        return list(work.session.scalars(sa.text("SELECT series FROM number ORDER BY 1")))


def test_what_was_written_before_comes_back_and_what_came_after_is_gone(own: Place, tmp_path: Path) -> None:
    database = opened(own)
    write(database, "before")
    (own.root / "files" / "abc").write_text("照片")
    keys = sealing_keys(own)

    backup.backup(own, tmp_path / "copy")
    write(database, "after")
    (own.root / "files" / "def").write_text("later")
    own.record("secrets", "sealing-keys", new_sealing_keys())
    database.engine.dispose()
    servers.stop(own)
    backup.restore(own, tmp_path / "copy", services=("enterprise",))

    database = opened(own)
    assert series(database) == ["before"]
    assert [file.name for file in (own.root / "files").iterdir()] == ["abc"]
    assert sealing_keys(own) == keys
    database.engine.dispose()


def test_a_source_that_was_restored_begins_a_new_epoch(own: Place, tmp_path: Path) -> None:
    database = opened(own)
    with database.work(system("test"), "test") as work:
        work.session.execute(sa.text("INSERT INTO deployment VALUES (:source, 1, 41)"), {"source": DEPLOYMENT})

    backup.backup(own, tmp_path / "copy")
    database.engine.dispose()
    servers.stop(own)
    backup.restore(own, tmp_path / "copy", services=("enterprise",))

    database = opened(own)
    with database.work(system("test"), "test", read_only=True) as work:
        assert tuple(work.session.execute(sa.text("SELECT epoch, sequence FROM deployment")).one()) == (2, 0)
    database.engine.dispose()


def test_a_damaged_backup_is_refused_and_what_is_there_stays(own: Place, tmp_path: Path) -> None:
    database = opened(own)
    write(database, "present")
    backup.backup(own, tmp_path / "copy")
    database.engine.dispose()
    servers.stop(own)
    (tmp_path / "copy" / "postgres" / "global" / "pg_control").write_bytes(b"damaged")

    with pytest.raises(Problem, match="pg_verifybackup failed"):
        backup.restore(own, tmp_path / "copy", services=("enterprise",))

    database = opened(own)
    assert series(database) == ["present"]
    database.engine.dispose()


def test_nothing_is_restored_under_a_running_platform(own: Place, tmp_path: Path) -> None:
    database = opened(own)
    backup.backup(own, tmp_path / "copy")

    with pytest.raises(Problem, match="make stop first"):
        backup.restore(own, tmp_path / "copy", services=("enterprise",))
    with pytest.raises(Problem, match="exists already"):
        backup.backup(own, tmp_path / "copy")
    database.engine.dispose()


def test_what_is_no_backup_is_told_so(own: Place, tmp_path: Path) -> None:
    with pytest.raises(Problem, match="no complete backup"):
        backup.restore(own, tmp_path)


@pytest.mark.parametrize("act", [backup.backup, backup.restore])
def test_a_postgresql_of_others_is_left_to_its_own_tools(
    own: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, act: Callable[[Place, Path], None]
) -> None:
    (tmp_path / "backup.json").write_text("{}")
    monkeypatch.setenv("DATABASE_URL", "postgresql://somebody@127.0.0.1:1/else")

    with pytest.raises(Problem, match="its own tools"):
        act(own, tmp_path)

    assert (own.root / "files").exists() and not (own.root / "postgres").exists()
