"""Accounts with open sessions: enterprise people, one an enterprise, and regulators of a place and of trades."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import redis

from bench.generate.copying import copy
from bench.generate.enterprises import Enterprise
from bench.generate.moments import id_at
from gateway.sessions import PEOPLE, Sessions

ACCOUNT = [
    "id", "kind", "username", "name", "region", "enterprise_id", "department_id", "unit_id", "roles", "supervision", "status",
    "epoch", "version",
]  # fmt: skip
DEPARTMENT = ["id", "name", "region", "industries", "level", "version"]
LEVELS = {2: "province", 4: "prefecture", 6: "county"}


@dataclass(frozen=True)
class Person:
    """Somebody signed in: his account and the token that he sends."""

    account_id: str
    token: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


def safety_managers(url: str, memory: "redis.Redis[str]", start: int, enterprises: Iterable[int]) -> list[Person]:
    """A safety manager in each of these enterprises, in one as often as it is named; accounts are numbered from ``start``."""
    rows = [
        (_account(number), "enterprise", f"bench-manager-{number}", "安全员", one.region, one.id, None, None, ["safety_manager"],
         None, "active", 1, 1)
        for number, one in enumerate(map(Enterprise, enterprises), start)
    ]  # fmt: skip
    return _signed_in(url, memory, rows)


def regulators(
    url: str, memory: "redis.Redis[str]", start: int, region: str, industries: Sequence[str], count: int
) -> list[Person]:
    """Regulators of one department, that of ``region`` (a code of six digits) and of these trades (``*``: all)."""
    department = id_at(start, 4, start)
    level = LEVELS[2 if region.endswith("0000") else 4 if region.endswith("00") else 6]
    copy(url, "department", DEPARTMENT, [(department, f"基准监管{start}", region, list(industries), level, 1)])
    rows = [
        (_account(number), "regulator", f"bench-regulator-{number}", "监管员", region, None, department, None,
         ["regulator", "regulator_leader"], None, "active", 1, 1)
        for number in range(start, start + count)
    ]  # fmt: skip
    return _signed_in(url, memory, rows)


def _account(number: int) -> str:
    return id_at(-30 * 24 * 3600.0, 3, number)


def _signed_in(url: str, memory: "redis.Redis[str]", rows: list[tuple[Any, ...]]) -> list[Person]:
    """Keep the accounts, with a password that fits nothing, and open a session for each."""
    copy(url, "account", ACCOUNT, rows)
    copy(url, "credential", ["account_id", "hash", "set_at"], [(row[0], "none", "now") for row in rows])
    sessions = Sessions(memory)
    return [Person(row[0], sessions.open(row[0], 1, PEOPLE, False, "127.0.0.1", "bench")[0]) for row in rows]
