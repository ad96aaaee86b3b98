"""Servers that somebody else runs, and packages that somebody else must install."""

import os
from pathlib import Path

import pytest

from deploy.local import packages, servers
from deploy.local.console import Problem
from deploy.local.databases import NAMES, SERVICES
from deploy.local.place import Place


def test_servers_that_somebody_else_runs_are_taken_as_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = {name: f"{name}://elsewhere" for name in servers.ALL}
    for name, variable in servers.ELSEWHERE.items():
        monkeypatch.setenv(variable, given[name])

    place = Place(tmp_path)

    assert {name: servers.address(place, name) for name in servers.ALL} == given
    assert not servers.fallen(place)


def test_an_ordinary_user_is_told_which_packages_to_have_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    with pytest.raises(Problem, match="as an administrator run once: apt-get install -y postgresql redis-server"):
        packages.install(["postgresql", "redis-server"])


def test_every_service_that_is_there_is_started() -> None:
    here = Path(servers.__file__).parents[2]
    there = [name for name in NAMES if name == "gateway" or any((here / "services" / name).glob("service*"))]

    assert list(SERVICES) == there
