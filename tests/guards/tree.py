"""The project's files as the guards read them."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SERVICES = ("enterprise", "risk", "hazard", "enforcement", "stats", "notice")
PACKAGES = {name: f"services/{name}" for name in SERVICES} | {"gateway": "gateway/identity"}
DATA = {".csv", ".json", ".lock", ".png", ".svg", ".pdf", ".xlsx", ".ttf", ".otf", ".geojson"}


@cache
def files() -> list[Path]:
    """Every file that is or would be committed, data files of others left out."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    found = [ROOT / line for line in listed.stdout.splitlines()]
    return [file for file in found if file.is_file() and file.suffix not in DATA]


def python(*folders: str) -> list[Path]:
    """Python files below some folders, or all."""
    found = [file for file in files() if file.suffix == ".py"]
    return [f for f in found if not folders or any(f.is_relative_to(ROOT / folder) for folder in folders)]


@cache
def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"))


def name(file: Path) -> str:
    return str(file.relative_to(ROOT))
