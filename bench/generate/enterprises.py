"""Enterprises by number: each has the same id, place and trade in every service's database and in every run."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from bench.generate.copying import copy
from bench.generate.moments import id_at
from deploy.local.place import CHECKOUT
from services.enterprise.contract.reference import COLUMNS

CATALOGUES = CHECKOUT / "services" / "enterprise" / "catalogues"
SCALES = ("large", "medium", "small", "micro")


@dataclass(frozen=True)
class Enterprise:
    """One enterprise; ``number`` decides everything about it."""

    number: int

    @property
    def id(self) -> str:
        return id_at(-400 * 24 * 3600.0 + self.number, 1, self.number)

    @property
    def region(self) -> str:
        """The counties in turn, in each a township in turn."""
        counties = _codes("regions.csv", "level", "county")
        return f"{counties[self.number % len(counties)]}{100 + self.number // len(counties) % 20:03d}"

    @property
    def industry(self) -> str:
        industries = _codes("industries.csv", "tier", "2")
        return industries[self.number * 7 % len(industries)]

    @property
    def name(self) -> str:
        return f"贵州基准第{self.number}有限公司"


@cache
def _codes(file: str, column: str, value: str) -> list[str]:
    with (CATALOGUES / file).open(encoding="utf-8") as lines:
        return [row["code"] for row in csv.DictReader(lines) if row[column] == value]


def references(first: int, last: int) -> Iterator[tuple[Any, ...]]:
    """Rows of ``enterprise_ref``: running enterprises."""
    approved = "2026-01-05 02:00:00+00"
    for number in range(first, last):
        one = Enterprise(number)
        code = f"91520000MA{number:08d}"
        kept = (1, one.name, code, "production", SCALES[number % 4], 10 + number % 900, "running", "active", None, approved, None)
        yield one.id, one.region, one.industry, *kept


def load(url: str, first: int, last: int) -> int:
    """Copy the enterprises numbered from ``first`` up to ``last`` into one service's copies."""
    return copy(url, "enterprise_ref", ["enterprise_id", *COLUMNS], references(first, last))
