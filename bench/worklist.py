"""B3: the list of hazards, beside its own SQL and beside Django REST framework over the same table.

Every reader asks for the same things: his first page and his hundredth (or his last), unfiltered and filtered.  Pages are
asked for one after the other, through the gateway, within the service, from the peer, and as SQL alone.
"""

import base64
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from urllib.parse import urlencode

import orjson
import psycopg2

from bench import measure
from bench.driver import encode
from bench.generate import hazards, people
from bench.generate.copying import execute
from bench.generate.enterprises import Enterprise
from bench.peers import start
from bench.report import Row, ratio
from bench.sizes import Size
from bench.stand import Stand
from deploy.local.console import Problem
from services.hazard.answers import ITEM_FIELDS
from services.hazard.contract import permissions
from services.hazard.service import SERVICE
from services.kernel import region
from services.kernel.caller import ALL, Caller, Kind, Scope

LIMIT, DEEP = 10, 100
FILTERS = {"hazard_class": "general_limited", "status": "closed"}
NAME = "list_hazards"


@dataclass(frozen=True)
class Reader:
    """Somebody with a scope: what it is called, who may see how much, and the peer's parameters for the same rows."""

    name: str
    scope: Scope
    people: list[people.Person]
    same: dict[str, str]

    @property
    def caller(self) -> Caller:
        return Caller("bench-reader", "基准", Kind.REGULATOR, frozenset({permissions.READ}), self.scope, region="520000")


@dataclass(frozen=True)
class Page:
    """One page of one reader: filtered or not, and the id after which it begins."""

    reader: Reader
    filters: dict[str, str]
    after: str | None = None

    @property
    def name(self) -> str:
        return f"{self.reader.name}, {'page 100' if self.after else 'page 1'}{', filtered' if self.filters else ''}"

    @property
    def arguments(self) -> dict[str, Any]:
        """As the platform is asked."""
        cursor = {"cursor": base64.urlsafe_b64encode(orjson.dumps([self.after])).decode()} if self.after else {}
        return {"limit": LIMIT, **self.filters, **cursor}

    @property
    def arguments_of_peer(self) -> dict[str, Any]:
        """As Django REST framework is asked for the same rows."""
        cursor = {"cursor": base64.b64encode(urlencode({"p": self.after}).encode()).decode()} if self.after else {}
        return {"limit": LIMIT, **self.filters, **self.reader.same, **cursor}

    def sql(self, columns: str, ending: str) -> tuple[str, dict[str, Any]]:
        """The rows of this reader as plain SQL, newest first, with its values."""
        exact = {**self.filters, **{k: v for k, v in self.reader.same.items() if k == "enterprise_id"}}
        conditions = [f"{name} = %({name})s" for name in exact] + (["id < %(after)s"] if self.after else [])
        values: dict[str, Any] = {**exact, "after": self.after}
        for name in self.reader.same.keys() & {"region", "industry"}:
            conditions.append(f"{name} >= %({name}_low)s AND {name} < %({name}_high)s")
            values[f"{name}_low"], values[f"{name}_high"] = region.span(self.reader.same[name])
        where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
        return f"SELECT {columns} FROM hazard {where} ORDER BY id DESC {ending}", values


Times = dict[str, list[float]]


def run(stand: Stand, size: Size) -> tuple[list[Row], list[str]]:
    readers = _readers(stand, size)
    found = []
    for total in size.hazards:
        execute(stand.admin("hazard"), "TRUNCATE hazard CASCADE")
        hazards.load(stand.admin("hazard"), 0, total, total, size.enterprises)
        execute(stand.admin("hazard"), "VACUUM ANALYZE hazard", "CHECKPOINT")
        found.append(_measured(stand, size, readers))
    return _rows(found), _notes(size)


def _readers(stand: Stand, size: Size) -> list[Reader]:
    """The whole province, one county, one trade and one enterprise, of which both sets have hazards."""
    count, at, memory = max(size.people // 8, 10), stand.admin("gateway"), stand.memory
    number = 200 * hazards.STRIDE % size.enterprises
    one = Enterprise(number)
    county, trade = one.region[:6], one.industry[:2]
    return [
        Reader("province", Scope(("52",), ALL, ALL), people.regulators(at, memory, 1_000_000, "520000", ["*"], count), {}),
        Reader(
            "county", Scope((county,), ALL, ALL), people.regulators(at, memory, 1_100_000, county, ["*"], count), {"region": county}
        ),
        Reader(
            "one trade", Scope(("52",), (trade,), ALL), people.regulators(at, memory, 1_200_000, "520000", [trade], count),
            {"industry": trade},
        ),
        Reader(
            "enterprise", Scope(ALL, ALL, (one.id,)), people.safety_managers(at, memory, 1_300_000, [number] * count),
            {"enterprise_id": one.id},
        ),
    ]  # fmt: skip


def _measured(stand: Stand, size: Size, readers: list[Reader]) -> dict[str, Times]:
    """Seconds of each page in each way, ascending, by the page's name."""
    database, found = stand.database("hazard"), dict[str, Times]()
    with (
        start.serving(stand, "django", start.django, stand.admin("hazard")) as (port, _),
        psycopg2.connect(stand.admin("hazard")) as connection,
        connection.cursor() as cursor,
    ):
        for reader in readers:
            for filters in ({}, FILTERS):
                for page in _pages(cursor, Page(reader, filters)):
                    found[page.name] = {
                        "gateway": _asked(stand, size, stand.platform.ports["gateway-api"], _requests(page)),
                        "django": _asked(stand, size, port, [encode("GET", f"/hazards?{urlencode(page.arguments_of_peer)}", {})]),
                        "service": measure.timed(partial(SERVICE.call, database, NAME, page.arguments, reader.caller), size.pages),
                        "sql": measure.timed(partial(_read, cursor, page), size.pages),
                    }
    database.engine.dispose()
    return found


def _pages(cursor: Any, first: Page) -> list[Page]:
    """The first page and the hundredth, or the last where there are fewer."""
    of_all, values = first.sql("id", "")
    cursor.execute(f"SELECT count(*) FROM ({of_all}) AS seen", values)
    before = min((DEEP - 1) * LIMIT, cursor.fetchone()[0] - LIMIT)
    if before <= 0:
        return [first]
    text, values = first.sql("id", f"OFFSET {before - 1} LIMIT 1")
    cursor.execute(text, values)
    return [first, replace(first, after=cursor.fetchone()[0])]


def _requests(page: Page) -> list[str]:
    return [encode("GET", f"/api/v1/hazards?{urlencode(page.arguments)}", one.headers) for one in page.reader.people]


def _asked(stand: Stand, size: Size, port: int, requests: list[str]) -> list[float]:
    outcome = stand.load(port, requests, 1, 60, most=10 + size.pages, first=10)
    if outcome.failed > size.pages // 10:  # A busy machine keeps one or the other waiting too long; most it must not.
        raise Problem(f"the list was not answered: {outcome.statuses}")
    return outcome.latencies


def _read(cursor: Any, page: Page) -> None:
    """The page with the names of its enterprises, in one statement."""
    text, values = page.sql(", ".join(ITEM_FIELDS), f"LIMIT {LIMIT + 1}")
    cursor.execute(
        f"SELECT page.*, name FROM ({text}) AS page LEFT JOIN enterprise_ref USING (enterprise_id) ORDER BY id DESC", values
    )
    cursor.fetchall()


def _rows(found: list[dict[str, Times]]) -> list[Row]:
    small, large = ({name: {way: _median(each) for way, each in times.items()} for name, times in some.items()} for some in found)
    rows = [_row(name, ms, small.get(name)) for name, ms in large.items()]
    slow = {name: measure.percentile(times["gateway"], 0.95) * 1000 for name, times in found[1].items() if "filtered" not in name}
    told = ", ".join(f"{name} {each:.1f}" for name, each in slow.items())
    widest, narrowest = max(slow.values()), min(slow.values())
    spread = f"largest by smallest: {ratio(widest, narrowest)}"
    return [*rows, Row("p95 through the gateway (ms)", told, spread, "does not depend on the reader", widest <= 1.3 * narrowest)]


def _median(times: list[float]) -> float:
    return measure.percentile(times, 0.5) * 1000


def _row(name: str, now: dict[str, float], before: dict[str, float] | None) -> Row:
    grown = now["gateway"] / before["gateway"] if before else None
    found = f"{now['gateway']:.1f} ms, in the service {now['service']:.1f} ms"
    beside = f"SQL {now['sql']:.2f} ms: {ratio(now['gateway'], now['sql'])}, the service {ratio(now['service'], now['sql'])}"
    beside += f"; Django {now['django']:.1f} ms: {ratio(now['gateway'], now['django'])}"
    if grown:
        beside += f"; from small to large {grown:.2f} ×"
    is_reached = now["gateway"] <= 3 * now["sql"] and (grown is None or grown <= 1.3)
    return Row(name, found, beside, "≤ 3 × SQL; ≤ 1.3 × from small to large", is_reached)


def _notes(size: Size) -> list[str]:
    return [
        f"{size.hazards[0]:,} and {size.hazards[1]:,} hazards of {size.enterprises:,} enterprises; pages of {LIMIT}; medians of"
        f" {size.pages} repetitions, one after the other; the times shown are those of the large set.",
        "The SQL runs as the superuser on an open connection: no scope, no wall, and its rows stay rows.",
        f"Filtered means {FILTERS}.",
    ]
