"""B2: one hop over the broker as the gateway makes it, beside request and reply by py-amqp alone."""

import threading
import time
from collections.abc import Callable

from amqp import Connection
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from bench import measure
from bench.echo import NAME, PERMISSION
from bench.peers.bare_amqp import Asking, address
from bench.report import Row, ratio
from bench.sizes import Size
from bench.stand import PYTHON, Stand
from deploy.local.keys import principal_key
from gateway.rpc import Services
from services.kernel.caller import EVERYTHING, Caller, Kind

CALLER = Caller("bench", "基准", Kind.REGULATOR, frozenset({PERMISSION.code}), EVERYTHING, region="520000")
ARGUMENTS = {"text": "x" * 200}
THREADS = 8
Ask = Callable[[], object]


def run(stand: Stand, size: Size) -> tuple[list[Row], list[str]]:
    key = principal_key(stand.place)
    private = load_pem_private_key(key.private.encode(), None)
    assert isinstance(private, Ed25519PrivateKey)
    services = Services(stand.addresses["rabbitmq"], private, key.key_id)
    bare_ask = threading.local()

    def ask_barely() -> None:
        if not hasattr(bare_ask, "line"):
            bare_ask.line = Asking(Connection(**address(stand.addresses["rabbitmq"])))
        bare_ask.line.ask(ARGUMENTS)

    found: dict[str, tuple[list[float], float, dict[str, float]]] = {}
    for name, ask in (
        ("hop", lambda: services.call(NAME, "say", ARGUMENTS, CALLER)),
        ("whole", lambda: services.call(NAME, "say_in_transaction", ARGUMENTS, CALLER)),
    ):
        with stand.beside("echo", stand.service_command("bench-echo", *PYTHON, "bench.echo_process"), {}) as process:
            assert process.stdout and process.stdout.readline() == "ready\n"
            found[name] = _measured(ask, size, process.pid)
    with stand.beside("bare-amqp", [*PYTHON, "bench.peers.bare_amqp", stand.addresses["rabbitmq"]], {}) as process:
        assert process.stdout and process.stdout.readline() == "ready\n"
        found["bare"] = _measured(ask_barely, size, process.pid)
    return _rows(found), _notes(found, size)


def _measured(ask: Ask, size: Size, pid: int) -> tuple[list[float], float, dict[str, float]]:
    """Seconds of each of many calls one after the other; calls a second from several threads; processor time of a call."""
    measure.timed(ask, 20)
    started, used = time.process_time(), measure.cpu_seconds([pid])
    alone = measure.timed(ask, size.calls)
    cpu = {
        "caller": (time.process_time() - started) * 1000 / size.calls,
        "service": (measure.cpu_seconds([pid]) - used) * 1000 / size.calls,
    }
    each = max(size.calls // THREADS, 1)
    begun = time.perf_counter()
    threads = [threading.Thread(target=measure.timed, args=(ask, each)) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return alone, each * THREADS / (time.perf_counter() - begun), cpu


def _rows(found: dict[str, tuple[list[float], float, dict[str, float]]]) -> list[Row]:
    rows = []
    bare, bare_rate, _ = found["bare"]
    least = measure.percentile(bare, 0.5) * 1000
    for name, what in (("hop", "hop: signed, checked, answered"), ("whole", "the same with an empty transaction of the database")):
        alone, rate, _ = found[name]
        median, asked = measure.percentile(alone, 0.5) * 1000, name == "hop"
        rows.append(
            Row(
                f"{what}: time",
                f"{median:.2f} ms",
                f"{least:.2f} ms: {ratio(median, least)}",
                "≤ 2.5 ×" if asked else "",
                median <= 2.5 * least if asked else None,
            )
        )
        rows.append(
            Row(
                f"{what}: calls a second",
                f"{rate:.0f}",
                f"{bare_rate:.0f}: {ratio(rate, bare_rate)}",
                "≥ 0.4 ×" if asked else "",
                rate >= 0.4 * bare_rate if asked else None,
            )
        )
    return rows


def _notes(found: dict[str, tuple[list[float], float, dict[str, float]]], size: Size) -> list[str]:
    cpu = "; ".join(f"{name}: " + ", ".join(f"{part} {ms:.2f}" for part, ms in each[2].items()) for name, each in found.items())
    return [
        f"CPU of one call: {cpu}.",
        f"{size.calls} calls one after the other (median), and as many from {THREADS} threads of one process.",
        "The bare peer sends the same body over one queue and answers it as it came: no name, permission, signature, deadline,"
        " check of arguments, or guard against repeats (one question to Redis a call).",
    ]
