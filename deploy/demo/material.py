"""Reads what stands in ``data``: tables of things that are said, found, owned and done."""

import csv
import tomllib
from functools import cache
from importlib import resources
from typing import Any

FOLDER = resources.files("deploy.demo") / "data"


@cache
def table(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))


@cache
def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((FOLDER / f"{name}.csv").read_text("utf-8").splitlines()))


def fitting(entries: list[dict[str, Any]], industry: str) -> list[dict[str, Any]]:
    """Those that are written for an industry or for any; the more exactly written ones come first."""
    found = [entry for entry in entries if industry.startswith(tuple(entry.get("industries", [""])))]
    return sorted(found, key=lambda entry: -max(map(len, entry.get("industries", [""]))))
