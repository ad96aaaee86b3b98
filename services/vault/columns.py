"""A column that is sealed on its way into the database and opened on its way out."""

from importlib import import_module
from typing import Any

import sqlalchemy as sa

from services.kernel.service import package_of
from services.vault.sealing import keys, seal, unseal


class Sealed(sa.TypeDecorator[Any]):
    """``place`` is the ``table.column`` it is sealed for; the domain's ``kind`` is made of the text, and holds it as ``whole``."""

    impl = sa.Text
    cache_ok = True

    def __init__(self, place: str, kind: type[Any]) -> None:
        super().__init__()
        self.place = place
        self.kind = kind

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> str | None:
        return None if value is None else seal(value.whole, self.place)

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> Any:
        return None if value is None else self.kind(unseal(value, self.place))


def holds_sealed(service: str) -> bool:
    """Whether a service keeps anything sealed."""
    tables: dict[str, sa.Table] = import_module(f"{package_of(service)}.tables").metadata.tables
    return any(isinstance(column.type, Sealed) for table in tables.values() for column in table.c)


def require_keys(service: str) -> None:
    """Stop a process of a service that keeps something sealed, when it was told no keys to it."""
    if holds_sealed(service):
        keys()
