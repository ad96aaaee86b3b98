"""B8: what the platform takes at rest, and how soon it is there again."""

import time

from bench import measure
from bench.report import Row
from bench.sizes import Size
from bench.stand import Stand
from deploy.local import servers

MOST_MEGABYTES, MOST_SECONDS = 1200, 20


def run(stand: Stand, size: Size) -> tuple[list[Row], list[str]]:
    stand.platform.stop()
    begun = time.monotonic()
    stand.platform.start()
    seconds = time.monotonic() - begun
    time.sleep(min(size.seconds, 10))  # Until what is done once after a start is done.
    parts = {name: measure.memory(pids) for name, pids in stand.roots().items()}
    whole = sum(parts.values())
    ours = {name: each for name, each in parts.items() if name not in servers.ALL}
    theirs = ", ".join(f"{name} {parts[name]:.0f}" for name in servers.ALL)
    before = stand.cpu()
    time.sleep(size.seconds)
    idle = {name: (used - before.get(name, 0.0)) / size.seconds for name, used in stand.cpu().items()}
    return [
        Row("memory of all processes (PSS)", f"{whole:.0f} MB", "", f"≤ {MOST_MEGABYTES} MB", whole <= MOST_MEGABYTES),
        Row("second start", f"{seconds:.1f} s", "", f"≤ {MOST_SECONDS} s", seconds <= MOST_SECONDS),
    ], [
        f"Our {len(ours)} processes {sum(ours.values()):.0f} MB; servers: {theirs} MB.",
        f"The largest of ours: {', '.join(f'{name} {each:.0f}' for name, each in _largest(ours))}.",
        f"At rest everything together takes {sum(idle.values()):.0%} of one core:"
        f" {', '.join(f'{name} {each:.1%}' for name, each in _largest(idle))} and so on.",
        "From nothing running to every process ready, without the two seconds of `make` itself.",
    ]


def _largest(parts: dict[str, float]) -> list[tuple[str, float]]:
    return sorted(parts.items(), key=lambda pair: -pair[1])[:6]
