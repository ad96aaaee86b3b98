"""The unit of work: one transaction with its caller, its moment, its facts and its audit row.

The caller's scope stands twice between him and a row: in ``Work.find`` and ``Work.within``, and in the
row-level security of the database, whose settings live as long as the transaction.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, TypeVar

import marshmallow as ma
import orjson
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, attributes

from services.kernel import clock, ids, region
from services.kernel.caller import ALL, Caller, Scope
from services.kernel.contract import SchemaClass, made
from services.kernel.errors import Conflict, NotFound
from services.kernel.event import Fact
from services.kernel.tables import audit, outbox

Aggregate = TypeVar("Aggregate")
Owner = tuple[Any, Any, Any]  # Whose a row is: region, industry and enterprise, as far as it has them.
_NOBODY: Owner = (None, None, None)
_SETTINGS = ("region_lo", "region_hi", "regions", "industries", "enterprises", "account", "department", "home")
# In the driver's own form: this is said at the beginning of each transaction, and needs nothing of what the library knows.
_BEGIN = (
    "SELECT ROW(set_config('transaction_read_only', %(read_only)s, true), "
    + ", ".join(f"set_config('app.{name}', %({name})s, true)" for name in _SETTINGS)
    + ")"
)
# Text, since the library puts an upsert of PostgreSQL's together anew each time.
_NEXT = sa.text("INSERT INTO number AS n VALUES (:series, 1) ON CONFLICT (series) DO UPDATE SET last = n.last + 1 RETURNING last")
_OUTBOX = sa.insert(outbox)
_COLUMNS = [column.name for column in audit.c]
_AUDIT = sa.text(
    f"WITH audited AS (INSERT INTO audit ({', '.join(_COLUMNS)}) VALUES ({', '.join(f':{name}' for name in _COLUMNS)}))"
    " INSERT INTO audit_pending VALUES (:id)"
).bindparams(*(sa.bindparam(column.name, type_=column.type) for column in audit.c))


def within(caller: Caller, table: Any, by_place: bool = False) -> sa.ColumnElement[bool]:
    """The caller's scope as a condition on a table's ``region``, ``industry`` and ``enterprise_id``.

    A table that no industry divides is seen by all industries; one that belongs to no enterprise, by nobody bound to enterprises.
    ``by_place`` takes the rows for authorities' own, which neither industry nor enterprise divides.
    """
    return _lies_in(caller.scope, table, by_place)


@lru_cache(1000)
def _lies_in(scope: Scope, table: Any, by_place: bool) -> sa.ColumnElement[bool]:
    columns = table.c if isinstance(table, sa.Table) else table
    if scope.is_empty():
        return sa.false()
    parts: list[sa.ColumnElement[bool]] = [sa.true()]
    if "*" not in scope.regions:
        parts.append(sa.or_(*(sa.and_(columns.region >= lo, columns.region < hi) for lo, hi in map(region.span, scope.regions))))
    if scope.industries != ALL and hasattr(columns, "industry") and not by_place:
        parts.append(sa.or_(*(columns.industry.startswith(i, autoescape=True) for i in scope.industries)))
    if scope.enterprises != ALL:
        has_owner = hasattr(columns, "enterprise_id") and not by_place
        parts.append(columns.enterprise_id.in_(scope.enterprises) if has_owner else sa.false())
    return sa.and_(*parts)


def absent(kind: type[Any], name: str) -> NotFound:
    """What is answered alike for a thing that does not exist and for one that the caller may not see."""
    return NotFound(f"{sa.inspect(kind).local_table.name}.not_found", f"没有找到该{name}")


class Work:
    """What a command or query works with; it commits once, on leaving, and nobody else commits."""

    def __init__(self, session: Session, caller: Caller, operation: str, moment: datetime | None = None) -> None:
        self.session = session
        self.caller = caller
        self.operation = operation
        self.deployment: str = session.info["deployment"]  # The code of the place whose platform this is.
        self.now: datetime = moment or clock.now()
        self._facts: list[dict[str, Any]] = []
        self._changes: defaultdict[Owner, dict[str, Any]] = defaultdict(dict)

    @property
    def today(self) -> date:
        return clock.day_of(self.now)

    def within(self, table: Any) -> sa.ColumnElement[bool]:
        return within(self.caller, table)

    def find(
        self, kind: type[Aggregate], aggregate_id: str, name: str, lock: bool = True, *seen: sa.ColumnElement[bool]
    ) -> Aggregate:
        """The aggregate in the caller's scope (which ``seen`` narrows), locked for this transaction; ``absent`` otherwise."""
        query = _by_id(kind, within(self.caller, kind), lock)  # type: ignore[arg-type]
        found = self.session.scalars(query.where(*seen) if seen else query, {"id": aggregate_id}).one_or_none()
        if found is None:
            raise absent(kind, name)
        return found

    def expect(self, aggregate: Any, version: int | None) -> None:
        """Refuse a change that was decided on an older version than the present one."""
        if version is not None and version != aggregate.version:
            raise Conflict("version.stale", "该记录已被他人修改，请刷新后重试", version=str(aggregate.version))

    def keep(self, aggregate: Any, state: SchemaClass = ma.Schema, *facts: Fact) -> None:
        """Save the aggregate's next version, announce each fact with its whole state, and account for the change."""
        aggregate.version += 1
        if aggregate not in self.session:
            self.session.add(aggregate)
        self._changes[owner_of(aggregate)][f"{type(aggregate).__name__}:{aggregate.id}"] = changes(aggregate)
        self.session.flush()
        for fact in facts:
            self.announce(fact.type, aggregate.id, aggregate.region, {"state": made(state).dump(aggregate), "fact": asdict(fact)})

    def keep_copy(self, table: sa.Table, row: Mapping[str, Any]) -> bool:
        """Take over what another service announced of its own, unless the copy is as new; whether it was news."""
        return bool(self.session.execute(_newer(table, tuple(row)), dict(row)).rowcount)  # type: ignore[attr-defined]

    def note(self, subject: str, change: dict[str, Any]) -> None:
        """Account for a change that is no aggregate's: a catalogue loaded, a setting, a batch."""
        self._changes[_NOBODY][subject] = change

    def next_number(self, series: str) -> int:
        """The next number of a series without gaps; callers of one series wait for each other."""
        return int(self.session.execute(_NEXT, {"series": series}).scalar_one())

    def announce(self, event_type: str, subject: str, region_code: str, data: dict[str, Any]) -> None:
        """Stage one event; ``keep`` does this for aggregates."""
        row = {"id": ids.new_id(), "type": event_type, "subject": str(subject), "region": region_code, "time": self.now}
        row |= {"actor": self.caller.id, "request_id": self.caller.request_id, "data": plain(data)}
        self._facts.append(row)

    def finish(self) -> None:
        """Write what was announced and, last of all, an audit row for each owner of what was kept; notes go with an only one."""
        if self._facts:
            self.session.execute(_OUTBOX, self._facts)
        if len(self._changes) == 2 and (notes := self._changes.pop(_NOBODY, None)):
            next(iter(self._changes.values())).update(notes)
        for owner, changed in self._changes.items():
            write_audit(self.session, self.caller, self.operation, "done", changed, owner)


@lru_cache(1000)
def _by_id(kind: Any, condition: sa.ColumnElement[bool], lock: bool) -> sa.Select[Any]:
    query = sa.select(kind).where(kind.id == sa.bindparam("id"), condition)
    return query.with_for_update() if lock else query


@cache
def _newer(table: sa.Table, names: tuple[str, ...]) -> sa.Insert:
    """The row, or the newer version of one that is there."""
    new, keys = insert(table), [column.name for column in table.primary_key]
    values = {name: new.excluded[name] for name in names if name not in keys}
    return new.on_conflict_do_update(index_elements=keys, set_=values, where=table.c.version < new.excluded.version)


def write_audit(session: Session, caller: Caller, operation: str, result: str, changed: Any, whose: Owner = _NOBODY) -> None:
    """One audit row, of the deployment's own place where nothing else has one; it waits for its seal in ``audit_pending``."""
    row = {"id": ids.new_id(), "at": clock.now(), "operation": operation, "result": result, "changes": plain(changed)}
    row |= {"actor": caller.id, "actor_name": caller.name, "actor_kind": caller.kind.value}
    row |= {"address": caller.address, "request_id": caller.request_id}
    region_code, row["industry"], enterprise_id = whose
    row["region"] = region_code or caller.region or session.info["deployment"]
    row["enterprise_id"] = enterprise_id or caller.enterprise_id
    session.execute(_AUDIT, row)


def owner_of(aggregate: Any) -> Owner:
    return getattr(aggregate, "region", None), getattr(aggregate, "industry", None), getattr(aggregate, "enterprise_id", None)


def changes(aggregate: Any) -> dict[str, list[Any]]:
    """Before and after of every column that differs from the database."""
    found = {}
    for name in list(sa.inspect(aggregate).committed_state):  # What was set since; of most aggregates that is little of much.
        history = attributes.get_history(aggregate, name)
        if history.has_changes():
            found[name] = [history.deleted[0] if history.deleted else None, history.added[0] if history.added else None]
    return found


def plain(value: Any) -> Any:
    """The value as JSON holds it: moments, days, decimals and enumerations become text."""
    return orjson.loads(orjson.dumps(value, default=_text, option=orjson.OPT_NON_STR_KEYS))


def _text(value: Any) -> Any:
    return sorted(value) if isinstance(value, set | frozenset) else list(value) if isinstance(value, tuple) else str(value)


class Database:
    """One service's database, reached with the lesser role that row-level security binds."""

    def __init__(self, engine: sa.Engine, source: str) -> None:
        self.engine = engine
        self.source = source
        self.deployment, _, self.service = source.partition("/")

    @contextmanager
    def work(self, caller: Caller, operation: str, read_only: bool = False) -> Iterator[Work]:
        """One transaction; an exception undoes all of it."""
        info = {"deployment": self.deployment}
        with Session(self.engine, expire_on_commit=False, autoflush=False, info=info) as session, session.begin():
            session.connection().exec_driver_sql(_BEGIN, caller.settings() | {"read_only": "on" if read_only else "off"})
            work = Work(session, caller, operation)
            yield work
            if not read_only:
                session.flush()
                work.finish()
