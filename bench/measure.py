"""Numbers: percentiles, the processor time and the memory of processes with their children."""

import os
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def percentile(ordered: Sequence[float], part: float) -> float:
    """The value below which ``part`` (0 to 1) of the ascending values lie."""
    return ordered[min(int(len(ordered) * part), len(ordered) - 1)] if ordered else float("nan")


def timed(action: Callable[[], object], times: int) -> list[float]:
    """How long each of so many repetitions took, ascending."""
    found = []
    for _ in range(times):
        started = time.perf_counter()
        action()
        found.append(time.perf_counter() - started)
    return sorted(found)


def tree(roots: Iterable[int]) -> list[int]:
    """These processes and all below them."""
    below: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue  # It has ended meanwhile.
        below.setdefault(parent, []).append(int(folder.name))
    found, waiting = [], list(roots)
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        waiting += below.get(pid, [])
    return found


def cpu_seconds(roots: Iterable[int]) -> float:
    """Processor time of these processes and all below them, with those that have ended and were waited for."""
    ticks = 0
    for pid in tree(roots):
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks += sum(map(int, fields[11:15]))  # Own and waited-for, in user and in system mode.
    return ticks / TICKS


def memory(roots: Iterable[int]) -> float:
    """Their proportional share of memory (PSS) in megabytes: what they use together counts once."""
    total = 0
    for pid in tree(roots):
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
    return total / 1024
