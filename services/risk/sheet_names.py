"""The names by which a sheet tells the units, categories and codes of one enterprise."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Self

import sqlalchemy as sa

from services.kernel import catalogue
from services.kernel.work import Work
from services.risk import codes
from services.risk.repository import scope
from services.risk.sheets.template import Choices
from services.risk.sheets.writing import Names
from services.risk.tables import org_unit_ref, risk_category


@dataclass
class Units:
    """The units that the caller may write to, found by name or by path.

    Names are parted by ``/``, which they may hold themselves: in a whole path such a one is written ``\\/``, so that each path is
    written in one way only.
    """

    paths: dict[str, list[str]]  # The names from the root down.
    _spellings: list[dict[str, list[str]]]  # By whole paths, by parts of them as they are, by those of anybody's slashes.

    @classmethod
    def of(cls, work: Work, enterprise_id: str) -> Self:
        of = org_unit_ref.c
        query = sa.select(of.id, of.name, of.path, of.is_active).where(of.enterprise_id == enterprise_id, work.within(org_unit_ref))
        rows = {row.id: row for row in work.session.execute(query)}
        writable = set(work.session.scalars(query.with_only_columns(of.id).where(scope.in_unit(work.caller, of.id), of.is_active)))
        return cls.at({u: [rows[p].name for p in rows[u].path if p in rows] for u in writable})

    @classmethod
    def at(cls, paths: dict[str, list[str]]) -> Self:
        whole, parts, alike = (defaultdict[str, list[str]](list) for _ in range(3))
        for unit_id, path in paths.items():
            whole[_whole(path)].append(unit_id)
            for start in range(len(path)):
                told = "/".join(path[start:])
                parts[told].append(unit_id)
                alike[_alike(told)].append(unit_id)
        return cls(paths, [whole, parts, alike])

    def named(self, told: str) -> list[str]:
        """The units that a cell may mean: those that are written just so, else those that differ in their slashes alone."""
        for spelling, text in zip(self._spellings, (told, told, _alike(told)), strict=True):
            if found := spelling.get(text):
                return found
        return []

    def names(self) -> dict[str, str]:
        """The shortest unmistakable name of each unit."""
        return {u: path[-1] if self.named(path[-1]) == [u] else _whole(path) for u, path in self.paths.items() if path}


def _whole(path: list[str]) -> str:
    return "/".join(name.replace("\\", "\\\\").replace("/", "\\/") for name in path)


def _alike(told: str) -> str:
    return told.replace("／", "/").strip("/")


def categories(work: Work, enterprise_id: str) -> dict[str, str]:
    """The enterprise's categories: the name of each id, the newest first."""
    of = risk_category.c
    query = sa.select(of.id, of.name).where(of.enterprise_id == enterprise_id, work.within(risk_category))
    return dict(work.session.execute(query.order_by(of.id.desc())).tuples().all())


def accidents(work: Work) -> dict[str, dict[str, str]]:
    """The kinds of accidents by code, for each standard."""
    return {standard: codes.names(work, name) for standard, name in codes.ACCIDENTS.items()}


def names(work: Work, enterprise_id: str, units: Units) -> Names:
    """What a sheet writes for ids and codes."""
    return Names(units.names(), categories(work, enterprise_id), accidents(work))


def choices(work: Work, enterprise_id: str) -> Choices:
    """What there is to choose from, of units the root first."""
    units = Units.of(work, enterprise_id)
    named = units.names()
    ordered = sorted(named, key=lambda unit_id: (len(units.paths[unit_id]), units.paths[unit_id]))
    factors = [(row["code"], row["name"]) for row in catalogue.rows(work, "hazard_factors")]
    return Choices([named[unit_id] for unit_id in ordered], sorted(set(categories(work, enterprise_id).values())), factors)
