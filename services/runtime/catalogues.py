"""Loads reference catalogues: CSV or JSON files beside the service that owns them, with version and effective date.

``catalogues/catalogues.toml`` names each: ``[[catalogue]] name, file, key, version, effective_from, source``
(``key`` may join columns by ``+``; ``list`` names the rows inside a JSON file).  Loading a version again changes nothing.
"""

import csv
import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from services.kernel.caller import system
from services.kernel.tables import catalogue
from services.kernel.work import Database, Work, plain


def load_all(database: Database, folder: Path) -> dict[str, int]:
    """Load every catalogue of a service whose version is not there yet; the rows loaded for each."""
    index = folder / "catalogues.toml"
    entries = tomllib.loads(index.read_text("utf-8"))["catalogue"] if index.exists() else []
    loaded = {}
    for entry in entries:
        with database.work(system("catalogues"), "load_catalogue") as work:
            mine = (catalogue.c.name == entry["name"]) & (catalogue.c.version == entry["version"])
            if work.session.execute(sa.select(catalogue.c.code).where(mine).limit(1)).first() is None:
                loaded[entry["name"]] = _load(work, entry, folder)
    return loaded


def _load(work: Work, entry: dict[str, Any], folder: Path) -> int:
    found = _read(folder / entry["file"], entry.get("list"))
    keys = entry["key"].split("+")
    start = date.fromisoformat(str(entry["effective_from"]))
    common = {"name": entry["name"], "version": entry["version"], "effective_from": start}
    rows = [
        common | {"code": "/".join(str(row[k]) for k in keys), "position": place, "data": plain(row)}
        for place, row in enumerate(found)
    ]
    older = (catalogue.c.name == entry["name"]) & catalogue.c.effective_to.is_(None)
    work.session.execute(sa.update(catalogue).where(older).values(effective_to=start))
    work.session.execute(insert(catalogue), rows)
    work.note(f"catalogue:{entry['name']}", {"version": entry["version"], "rows": len(rows), "source": entry.get("source", "")})
    return len(rows)


def _read(path: Path, list_name: str | None) -> list[dict[str, Any]]:
    text = path.read_text("utf-8-sig")
    if path.suffix == ".json":
        body = json.loads(text)
        return list(body[list_name] if list_name else body)
    return list(csv.DictReader(text.splitlines()))
