"""What was found: rows as they come, and the page made of them."""

import os
import platform as machine
import subprocess
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from deploy.local.place import CHECKOUT

RESULTS = CHECKOUT / "bench" / "RESULTS.md"
TITLES = {
    "B1": "Registering a hazard through the gateway: committed, outboxed, audited, answered",
    "B2": "One hop: gateway, broker, service and back",
    "B3": "The list of hazards: first and hundredth page, small and large, for wide and narrow readers",
    "B4": "From an event to the changed number on an open dashboard",
    "B5": "The province's overview, and the rebuilding of all statistics",
    "B6": "The relay: announcements published and marked as sent",
    "B7": "Importing risk points from spreadsheets, fully checked",
    "B8": "Memory at rest, and the second start",
}
MARKS = {True: "yes", False: "**no**", None: ""}


@dataclass(frozen=True)
class Row:
    """One finding, what it is measured against, and whether that was reached (None: nothing was asked of it)."""

    what: str
    found: str
    beside: str = ""
    wanted: str = ""
    is_reached: bool | None = None

    def line(self) -> str:
        return f"| {self.what} | {self.found} | {self.beside} | {self.wanted} | {MARKS[self.is_reached]} |"


@dataclass
class Report:
    """All findings of one run."""

    size: str
    rows: dict[str, list[Row]] = field(default_factory=dict)
    notes: dict[str, list[str]] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    commit: str = field(default_factory=lambda: commit())  # Before the report itself is a file that differs.

    def add(self, name: str, rows: list[Row], notes: list[str]) -> None:
        self.rows[name], self.notes[name] = rows, notes

    def text(self) -> str:
        return "".join([f"# Results of `make bench`\n\n{self._where()}\n", *map(self.part, sorted(self.rows))])

    def part(self, name: str) -> str:
        """What was found by one benchmark."""
        table = "\n".join(row.line() for row in self.rows[name])
        head = "| what | found | beside it | to reach | reached |\n|---|---|---|---|---|"
        notes = "".join(f"\n- {note}" for note in self.notes[name])
        return f"\n## {name}  {TITLES[name]}\n\n{head}\n{table}\n{notes}\n"

    def _where(self) -> str:
        cores, memory = os.cpu_count(), os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
        load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
        return (
            f"Written by the run of {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, size `{self.size}`, commit `{self.commit}`, on {cores}"
            f" cores of {_processor()}, {memory:.0f} GB, {machine.release()}; load averages at the end: {load}.\n\n"
            "Driver, gateway, services, broker, Redis and PostgreSQL share these cores. Commits wait for the disk. Ratios are of"
            " one run, one part after the other. “CPU” is processor milliseconds of one request in each part, which other load"
            " on the machine changes little; times and rates it changes much. What limits them stands in [LIMITS.md](LIMITS.md)."
        )

    def write(self, file: Path) -> None:
        file.write_text(self.text(), "utf-8")


def commit() -> str:
    """The commit of the checkout, marked when files differ from it."""
    told = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=CHECKOUT, capture_output=True, text=True)
    return told.stdout.strip() or "unknown"


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), machine.processor())


def ratio(part: float, whole: float) -> str:
    return f"{part / whole:.2f} ×" if whole else "–"
