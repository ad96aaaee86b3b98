"""B5: the overview of the province for few and for many enterprises, and all statistics rebuilt from what was announced."""

import time
from typing import Any

from bench import measure
from bench.driver import encode
from bench.generate import enterprises, figures, people
from bench.generate.copying import execute
from bench.report import Row, ratio
from bench.sizes import Size
from bench.stand import Stand
from services.kernel.caller import ALL, Caller, Kind, Scope
from services.kernel.work import Database
from services.stats.contract import permissions
from services.stats.jobs import FOLDER, fold_all
from services.stats.recounting import recount
from services.stats.service import SERVICE

READER = Caller("bench", "基准", Kind.REGULATOR, frozenset({permissions.READ}), Scope(("52",), ALL, ALL), region="520000")
PERIOD = {"period": "month"}
LEAST_READS, MOST_GROWTH = 1000, 1.3
GROUPED = (
    "SELECT left(region, 4), kind, count(*), count(*) FILTER (WHERE facts ->> 'status' LIKE 'closed%%'),"
    " count(*) FILTER (WHERE day >= date_trunc('month', now() AT TIME ZONE 'Asia/Shanghai')::date) FROM contribution GROUP BY 1, 2"
)
FIGURES = "SELECT md5(string_agg(f::text, ' ' ORDER BY f::text)) FROM {} AS f"
Found = dict[str, Any]


def run(stand: Stand, size: Size) -> tuple[list[Row], list[str]]:
    database, readers = (
        stand.database("stats"),
        people.regulators(stand.admin("gateway"), stand.memory, 3_000_000, "520000", ["*"], max(size.people // 2, 10)),
    )
    requests = [encode("GET", "/api/v1/stats/overview?period=month", one.headers) for one in readers]
    execute(stand.admin("stats"), "TRUNCATE contribution")
    found, done = [], 0
    for count in size.counted:
        with stand.without("stats-worker"):
            if count > size.enterprises:
                enterprises.load(stand.admin("stats"), max(done, size.enterprises), count)
            figures.load(stand.admin("stats"), done, count)
            found.append(_rebuilt(stand, database, repeated=not done) | _read(stand, size, database))
        found[-1] |= _through_the_gateway(stand, size, requests)
        done = count
    database.engine.dispose()
    return _rows(found), _notes(found, size)


def _rebuilt(stand: Stand, database: Database, repeated: bool) -> Found:
    """Count everything from nothing, and again when wished; whether both give the same, and nothing differs from its parts."""
    url, told = stand.admin("stats"), set()
    for _ in range(2 if repeated else 1):
        figures.have_all_counted(url)
        begun, used = time.perf_counter(), stand.cpu_of("postgres") + time.process_time()
        contributions = fold_all(database)
        seconds, cpu = time.perf_counter() - begun, stand.cpu_of("postgres") + time.process_time() - used
        told.add(tuple(execute(url, FIGURES.format(table))[0][0] for table in ("region_figure", "enterprise_figure")))
    with database.work(FOLDER, "bench.recount") as work:
        some = [row[0] for row in execute(url, "SELECT DISTINCT enterprise_id::text FROM counted ORDER BY 1 LIMIT 300")]
        differing = recount(work, some).differing
    return {"contributions": contributions, "fold": contributions / seconds, "fold_cpu": cpu * 1000 / contributions,
            "same": len(told) == 1, "differing": differing}  # fmt: skip


def _read(stand: Stand, size: Size, database: Database) -> Found:
    """Reads one after the other in one process: reads a second of processor time, its own and PostgreSQL's together."""
    execute(stand.admin("stats"), "VACUUM ANALYZE")
    measure.timed(lambda: SERVICE.call(database, "show_overview", PERIOD, READER), 10)
    used, count, end, times = stand.cpu_of("postgres") + time.process_time(), 0, time.perf_counter() + size.seconds, list[float]()
    while time.perf_counter() < end:
        times += measure.timed(lambda: SERVICE.call(database, "show_overview", PERIOD, READER), 1)
        count += 1
    cpu = stand.cpu_of("postgres") + time.process_time() - used
    answer = SERVICE.call(database, "show_overview", PERIOD, READER)
    grouped = execute(stand.admin("stats"), GROUPED)
    right = sum(row[4] for row in grouped if row[1] == "hazard")
    by_facts = measure.percentile(measure.timed(lambda: execute(stand.admin("stats"), GROUPED), 5), 0.5)
    return {"overview": measure.percentile(sorted(times), 0.5), "reads": count / max(cpu, 0.01), "facts": by_facts,
            "is_right": answer["hazard_count"] == right}  # fmt: skip


def _through_the_gateway(stand: Stand, size: Size, requests: list[str]) -> Found:
    outcome = stand.load(stand.platform.ports["gateway-api"], requests, 4, size.seconds)
    return {"http": outcome.rate, "http_ms": outcome.at(0.5), "http_cpu": outcome.cpu_of_one(), "http_failed": outcome.failed}


def _rows(found: list[Found]) -> list[Row]:
    small, large = found
    ms = {name: (small[name] * 1000, large[name] * 1000) for name in ("overview", "facts")}
    grown = ms["overview"][1] / ms["overview"][0]
    rows = [
        Row("from few to many enterprises", f"{ms['overview'][0]:.2f} → {ms['overview'][1]:.2f} ms: {grown:.2f} ×",
            f"GROUP BY over the facts {ms['facts'][0]:.2f} → {ms['facts'][1]:.1f} ms", f"≤ {MOST_GROWTH} ×", grown <= MOST_GROWTH),
        Row("reads a second of processor time", f"{large['reads']:.0f}", "", f"≥ {LEAST_READS}", large["reads"] >= LEAST_READS),
        Row("reads a second at the gateway", f"{large['http']:.0f}, p50 {large['http_ms']:.1f} ms", f"few: {small['http']:.0f}"),
    ]  # fmt: skip
    is_same = small["same"] and not small["differing"] and not large["differing"] and small["is_right"] and large["is_right"]
    told = "the same figures twice, none differs from its parts" if is_same else "figures differ"
    rate = f"{large['fold']:.0f} contributions a second"
    return [
        *rows,
        Row(
            "rebuilding",
            f"{rate}; {told}",
            ratio(large["fold"], small["fold"]) + " of the small set's rate",
            "rebuild = counters",
            is_same,
        ),
    ]


def _notes(found: list[Found], size: Size) -> list[str]:
    large = found[1]
    return [
        f"{size.counted[0]:,} and {size.counted[1]:,} enterprises, {found[0]['contributions']:,} and"
        f" {large['contributions']:,} contributions.",
        f"CPU of one read through the gateway: {large['http_cpu']}; {large['http_failed']} answers were none.",
        f"CPU of one contribution rebuilt: {large['fold_cpu']:.2f} ms with PostgreSQL's part.",
        "Right means: the month's hazards in the overview are as many as in the facts; figures of 300 enterprises recounted.",
    ]
