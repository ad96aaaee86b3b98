"""The project's files as the guards read them."""

import ast
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SERVICES = ("enterprise", "risk", "hazard", "enforcement", "stats", "notice")
PACKAGES = {name: f"services/{name}" for name in SERVICES} | {"gateway": "gateway/identity"}
DATA = {".csv", ".json", ".lock", ".png", ".svg", ".pdf", ".xlsx", ".ttf", ".otf", ".geojson"}


@cache
def files() -> list[Path]:
    """Every file that is or would be committed, data files of others left out; asks no git, which may not be there."""
    ignored = [".git", *(line.strip("/") for line in (ROOT / ".gitignore").read_text("utf-8").splitlines())]
    return [file for file in _below(ROOT, ignored) if file.suffix not in DATA]


def _below(folder: Path, ignored: list[str]) -> Iterator[Path]:
    for entry in sorted(folder.iterdir()):
        if any(fnmatch(entry.name, pattern) for pattern in ignored):
            continue
        if entry.is_dir():
            yield from _below(entry, ignored)
        elif entry.is_file():
            yield entry


def python(*folders: str) -> list[Path]:
    """Python files below some folders, or all."""
    found = [file for file in files() if file.suffix == ".py"]
    return [f for f in found if not folders or any(f.is_relative_to(ROOT / folder) for folder in folders)]


@cache
def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"))


def name(file: Path) -> str:
    return str(file.relative_to(ROOT))
