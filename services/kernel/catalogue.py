"""Reference catalogues as they were in force on a day; each service loads its own (``runtime.catalogues``)."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from services.kernel.errors import NotFound
from services.kernel.tables import catalogue
from services.kernel.work import Work


def _in_force(name: str, on: date) -> sa.ColumnElement[bool]:
    ends = sa.or_(catalogue.c.effective_to.is_(None), catalogue.c.effective_to > on)
    return sa.and_(catalogue.c.name == name, catalogue.c.effective_from <= on, ends)


def rows(work: Work, name: str, on: date | None = None) -> list[dict[str, Any]]:
    """The rows in force on a day (today), in the order of the file."""
    query = sa.select(catalogue.c.data).where(_in_force(name, on or work.today)).order_by(catalogue.c.position)
    return list(work.session.scalars(query))


def row(work: Work, name: str, code: str, on: date | None = None) -> dict[str, Any]:
    """One row in force; NotFound when the code is unknown."""
    query = sa.select(catalogue.c.data).where(_in_force(name, on or work.today), catalogue.c.code == code)
    found = work.session.scalars(query).first()
    if found is None:
        raise NotFound("catalogue.unknown_code", "目录中没有这个代码", catalogue=name, code=code)
    return dict(found)
