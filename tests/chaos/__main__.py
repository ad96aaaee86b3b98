"""``make chaos``: every fault in its short form; ``make chaos LONG=1``: the long R-01; ``ONLY=R-04,R-05`` some of them."""

import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from deploy.local.place import CHECKOUT
from tests.chaos.faults import ALONE, FAULTS, LONG, Fault
from tests.chaos.rig import rig
from tests.chaos.trial import Result, Trial

RESULTS = CHECKOUT / "tests" / "chaos" / "RESULTS.md"
ENTERPRISES = 3


def main() -> None:
    only, is_long = [name for name in os.environ.get("ONLY", "").split(",") if name], bool(os.environ.get("LONG"))
    chosen = LONG if is_long else {name: fault for name, fault in FAULTS.items() if not only or name in only}
    results = list(_together(chosen, is_long)) if chosen else []
    results += [shown(fault()) for name, fault in ALONE.items() if (not only or name in only) and not is_long]
    sys.exit(1 if any(result.wrong for result in results) else 0)


def _together(chosen: dict[str, Fault], is_long: bool) -> Iterator[Result]:
    """One platform for all of these, one after the other; what the first leaves behind the last still has to find right."""
    with rig() as made:
        trial = Trial(made, made.found(ENTERPRISES), made.place.root / "ledger.sqlite")
        for fault in chosen.values():
            yield (result := shown(fault(trial)))
            if is_long:
                report(result, RESULTS)


def shown(result: Result) -> Result:
    print(result.line(), flush=True)
    for wrong in result.wrong[:20]:
        print(f"    {wrong}", flush=True)
    return result


def report(result: Result, file: Path) -> None:
    """Write down what a long run found, with all that one needs to judge it."""
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=CHECKOUT, capture_output=True, text=True).stdout.strip()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    lines = [
        f"## {result.fault}, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "",
        f"Commit {commit or 'unknown'}; {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} {platform.release()}; "
        f"load before the end {os.getloadavg()[1]:.1f}.",
        "",
        f"- hits: {result.hits}",
        *(f"- {name}: {value}" for name, value in result.figures.items()),
        f"- verdict: {result.verdict}",
        *(f"  - {wrong}" for wrong in result.wrong[:50]),
        "",
    ]
    before = file.read_text("utf-8") if file.exists() else "# What long runs of the rig found, newest last\n\n"
    file.write_text(before + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
