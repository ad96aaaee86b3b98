"""``python -m bench [--only B1,B3] [--size small] [--report file]``: what ``make bench`` does."""

import argparse
import traceback
from collections.abc import Callable
from pathlib import Path

from bench import dashboard, footprint, hop, importing, overview, registration, relaying, worklist
from bench.generate import enterprises
from bench.report import RESULTS, TITLES, Report, Row
from bench.sizes import SIZES, Size
from bench.stand import Stand
from deploy.local.console import Problem, guard, step

Benchmark = Callable[[Stand, Size], tuple[list[Row], list[str]]]
# In the order in which they are run: rest is measured before there was any work.
BENCHMARKS: dict[str, Benchmark] = {
    "B8": footprint.run, "B1": registration.run, "B2": hop.run, "B4": dashboard.run, "B5": overview.run, "B6": relaying.run,
    "B7": importing.run, "B3": worklist.run,
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--only", default="", help="which, parted by commas; all without it")
    parser.add_argument("--size", default="full", choices=sorted(SIZES))
    parser.add_argument("--report", type=Path, default=RESULTS)
    asked = parser.parse_args()
    wanted = [name for name in asked.only.upper().split(",") if name] or list(BENCHMARKS)
    if unknown := set(wanted) - BENCHMARKS.keys():
        raise Problem(f"there is no {', '.join(sorted(unknown))}: say some of {', '.join(BENCHMARKS)}")
    report = measured(SIZES[asked.size], wanted, asked.report)
    if report.failed:
        raise Problem(f"{', '.join(report.failed)} did not run to the end; {asked.report} says why")


def measured(size: Size, wanted: list[str], file: Path) -> Report:
    """Start a platform, run these benchmarks on it, writing down each as it ends, and leave nothing behind."""
    stand, report = Stand(), Report(size.name)
    try:
        stand.platform.start()
        for service in ("risk", "hazard", "enforcement", "stats", "notice", "gateway"):
            enterprises.load(stand.admin(service), 0, size.enterprises)
        for name in wanted:
            with step(f"{name} {TITLES[name]}"):
                _run(name, stand, size, report)
            report.write(file)
            print(report.part(name), flush=True)
    finally:
        stand.end()
    return report


def _run(name: str, stand: Stand, size: Size, report: Report) -> None:
    """One benchmark; when it fails the others still run."""
    try:
        report.add(name, *BENCHMARKS[name](stand, size))
    except Exception as error:
        traceback.print_exc()
        report.add(name, [Row("did not run to its end", type(error).__name__, str(error)[:200], "", False)], [])
        report.failed.append(name)


if __name__ == "__main__":
    guard(main)
