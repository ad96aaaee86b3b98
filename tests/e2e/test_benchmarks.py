"""The benchmarks still run: each at its smallest, on a platform of their own; what they measure is not judged here."""

import subprocess
import sys
from pathlib import Path

import pytest

from bench.__main__ import BENCHMARKS
from bench.report import TITLES
from deploy.local.place import CHECKOUT


@pytest.mark.timeout(1500)
def test_every_benchmark_runs_to_its_end_and_the_report_is_written(tmp_path: Path) -> None:
    report = tmp_path / "RESULTS.md"
    command = [sys.executable, "-m", "bench", "--size", "tiny", "--report", str(report)]

    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr[-3000:]
    parts = {part[:2]: part for part in report.read_text("utf-8").split("\n## ")[1:]}
    assert parts.keys() == BENCHMARKS.keys() == TITLES.keys()
    assert all(part.count("\n| ") > 1 and "nan" not in part for part in parts.values())
