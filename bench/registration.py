"""B1: a safety manager registers a hazard; beside it the same row written by programs that do nothing else."""

import subprocess
import time

from bench.driver import encode
from bench.generate import people
from bench.generate.copying import execute
from bench.peers import start
from bench.registration_row import ENTERPRISE, GIVEN
from bench.report import Row, ratio
from bench.sizes import Size
from bench.stand import PYTHON, Outcome, Stand
from deploy.local.console import Problem
from services.runtime import migrate

PATH = "/api/v1/hazards"
CONNECTIONS = 8
PACE, LOAD = 60, 150  # Requests a second: at which the slowest are looked at, and that are to be borne for a minute.
PEERS = "dual_peers"


def run(stand: Stand, size: Size) -> tuple[list[Row], list[str]]:
    managers = people.safety_managers(stand.admin("gateway"), stand.memory, 1, range(size.people))
    requests = [encode("POST", PATH, one.headers, GIVEN) for one in managers]
    port = stand.platform.ports["gateway-api"]
    stand.load(port, requests, CONNECTIONS, size.seconds / 4)  # What is slow only the first time is over.
    full = stand.load(port, requests, CONNECTIONS, size.seconds)
    paced = stand.load(port, requests, CONNECTIONS * 4, size.seconds, PACE)
    borne = stand.load(port, requests, CONNECTIONS * 4, size.minute, LOAD)
    behind = _settled(stand)
    peers = _peers(stand, size)
    return _rows(full, paced, borne, peers), _notes(stand, full, borne, behind, peers)


def _settled(stand: Stand) -> float:
    """Seconds until everything announced has been published and reacted to."""
    started = time.monotonic()
    while any(_waiting(stand, service) for service in ("hazard", "stats", "notice", "enforcement", "gateway")):
        time.sleep(0.2)
    return time.monotonic() - started


def _waiting(stand: Stand, service: str) -> bool:
    sql = (
        "SELECT EXISTS (SELECT FROM outbox WHERE sent_at IS NULL)"
        " OR EXISTS (SELECT FROM inbox WHERE done_at IS NULL AND parked_at IS NULL)"
    )
    return bool(execute(stand.admin(service), sql)[0][0])


def _peers(stand: Stand, size: Size) -> dict[str, Outcome]:
    """The same row by bare Flask, by Django REST framework and by nothing but SQL, into a database of their own."""
    databases = stand.platform.databases
    of = databases.prepare("hazard", PEERS)
    migrate.migrate("hazard", of.owner_url, of.url)
    url = stand.admin("peers")
    requests = [encode("POST", "/hazards", {}, GIVEN | ENTERPRISE)]
    found = {}
    for name, command in (("flask", start.flask), ("django", start.django)):
        with start.serving(stand, name, command, url) as (port, pid):
            stand.load(port, requests, CONNECTIONS, size.seconds / 4)
            found[name] = stand.load(port, requests, CONNECTIONS, size.seconds, also=[pid])
            if found[name].failed:
                raise Problem(f"the peer {name} refused: {found[name].statuses}")
    raw = [*PYTHON, "bench.peers.raw", url, str(CONNECTIONS), str(size.seconds)]
    count = int(subprocess.run(raw, stdout=subprocess.PIPE, text=True, check=True).stdout)
    found["sql"] = Outcome(size.seconds, [], {"201": count}, {})
    return found


def _rows(full: Outcome, paced: Outcome, borne: Outcome, peers: dict[str, Outcome]) -> list[Row]:
    flask, django, sql = (peers[name].rate for name in ("flask", "django", "sql"))
    rate = f"{full.rate:.0f}/s"
    return [
        Row("beside bare Flask", rate, f"{flask:.0f}/s: {ratio(full.rate, flask)}", "≥ 0.5 ×", full.rate >= 0.5 * flask),
        Row("beside Django REST", rate, f"{django:.0f}/s: {ratio(full.rate, django)}", "≥ 1 ×", full.rate >= django),
        Row("beside raw SQL", rate, f"{sql:.0f}/s: {ratio(full.rate, sql)}"),
        Row(f"at {PACE}/s", f"p50 {paced.at(0.5):.0f} ms, p99 {paced.at(0.99):.0f} ms", "", "p99 ≤ 50 ms", paced.at(0.99) <= 50),
        Row(
            f"at {LOAD}/s for a minute", f"{borne.rate:.0f}/s good, {borne.failed} not, p99 {borne.at(0.99):.0f} ms", "",
            f"≥ {LOAD}/s", borne.rate >= LOAD * 0.99 and not borne.failed,
        ),
    ]  # fmt: skip


def _notes(stand: Stand, full: Outcome, borne: Outcome, behind: float, peers: dict[str, Outcome]) -> list[str]:
    sql = "SELECT (SELECT count(*) FROM hazard), (SELECT count(*) FROM outbox), (SELECT count(*) FROM audit)"
    hazards, outbox, audit = execute(stand.admin("hazard"), sql)[0]
    return [
        f"CPU: {full.cpu_of_one()}. Bare Flask: {peers['flask'].cpu_of_one()}. Django: {peers['django'].cpu_of_one()}.",
        f"The driver took {full.cpu['driver'] / full.seconds:.0%} of a core at full speed,"
        f" {borne.cpu['driver'] / borne.seconds:.0%} at {LOAD}/s.",
        f"Kept when all was done: {hazards} hazards, {outbox} announcements, {audit} audit rows.",
        f"All services had reacted {behind:.1f} s after the last answer: while hazards are registered the same cores publish and"
        " count those before.",
        f"Everybody with {CONNECTIONS} connections; peers with the gateway's two processes of sixteen threads. They write the row"
        " of the hazard alone: no sign-in, scope, number, history, announcement, audit or second wall.",
    ]  # fmt: skip
