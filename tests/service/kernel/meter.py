"""A made-up service with one aggregate, a meter that is read, and another that keeps a copy of every meter.

What the kernel promises is shown on these two, so that no business rule stands in the way.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any, ClassVar

import sqlalchemy as sa
from marshmallow import fields
from sqlalchemy.dialects.postgresql import UUID, insert
from sqlalchemy.orm import registry

from services.kernel import ids, paging
from services.kernel.contract import EventType, Operation, Permission
from services.kernel.errors import Conflict
from services.kernel.event import Event, Fact
from services.kernel.service import Service, handles, reacts
from services.kernel.work import Work
from services.language.schema import PageArgs, Schema, page_of


class MeterState(Schema):
    id = fields.String()
    enterprise_id = fields.String()
    region = fields.String()
    industry = fields.String()
    value = fields.Integer()
    version = fields.Integer()


class Install(Schema):
    id = fields.String(load_default=None)
    enterprise_id = fields.String(required=True)
    region = fields.String(required=True)


class Read(Schema):
    meter_id = fields.String(required=True)
    value = fields.Integer(required=True, metadata={"label": "读数"})
    version = fields.Integer(load_default=None)


class One(Schema):
    meter_id = fields.String(required=True)


@dataclass(frozen=True)
class MeterRead(Fact):
    type: ClassVar[str] = "meter.read.v1"
    before: int


@dataclass(eq=False)
class Meter:
    """Counts upwards and never back."""

    id: str
    enterprise_id: str
    region: str
    industry: str = "GM01"
    value: int = 0
    version: int = field(default=0)

    def read(self, value: int) -> MeterRead:
        if value < self.value:
            raise Conflict("meter.backwards", "读数不能小于上次读数")
        before, self.value = self.value, value
        return MeterRead(before=before)


COLUMNS = {
    "enterprise_id": UUID(as_uuid=False),
    "region": sa.Text(),
    "industry": sa.Text(),
    "value": sa.Integer(),
    "version": sa.Integer(),
}
CREATE = """
CREATE TABLE {name} (
    id uuid PRIMARY KEY, enterprise_id uuid NOT NULL, region text NOT NULL, industry text NOT NULL, value integer NOT NULL,
    version integer NOT NULL
);
SELECT app.protect('{name}');
"""
metadata = sa.MetaData()


def _table(name: str) -> sa.Table:
    key = sa.Column("id", UUID(as_uuid=False), primary_key=True)
    return sa.Table(name, metadata, key, *(sa.Column(column, kind) for column, kind in COLUMNS.items()))


meter, copy = _table("meter"), _table("meter_copy")
registry(metadata=metadata).map_imperatively(Meter, meter)

INSTALL = Operation("install_meter", "POST /meters", "meter.write", Install, MeterState, "安装", status=201)
READ = Operation("read_meter", "POST /meters/{meter_id}/reading", "meter.write", Read, MeterState, "抄表")
SHOW = Operation("show_meter", "GET /meters/{meter_id}", "meter.read", One, MeterState, "查看")
LIST = Operation("list_meters", "GET /meters", "meter.read", PageArgs, page_of(MeterState), "列表", is_list=True)
METER_READ = EventType("meter", "meter.read.v1", MeterState)


@handles(INSTALL)
def install_meter(work: Work, id: str | None, enterprise_id: str, region: str) -> Meter:
    new = Meter(id or ids.new_id(), enterprise_id, region)
    work.keep(new, MeterState, MeterRead(before=0))
    return new


@handles(READ)
def read_meter(work: Work, meter_id: str, value: int, version: int | None) -> Meter:
    found = work.find(Meter, meter_id, "表")
    work.expect(found, version)
    work.keep(found, MeterState, found.read(value))
    return found


@handles(SHOW)
def show_meter(work: Work, meter_id: str) -> Meter:
    return work.find(Meter, meter_id, "表", lock=False)


@handles(LIST)
def list_meters(work: Work, limit: int, cursor: str | None) -> dict[str, Any]:
    return paging.page(work.session, sa.select(meter).where(work.within(meter)), [meter.c.id], limit, cursor)


BROKEN: dict[str, str] = {}  # Subjects on which the copy fails: by which SQLSTATE, or by itself.
APPLIED: list[tuple[str, int]] = []  # What the copy took up, in order.


@contextmanager
def broken(subject: str, state: str = "") -> Iterator[None]:
    BROKEN[subject] = state
    try:
        yield
    finally:
        del BROKEN[subject]


@reacts(METER_READ)
def on_meter_read(work: Work, event: Event, state: dict[str, Any], fact: dict[str, Any]) -> None:
    """Keep the copy: the newest version wins."""
    if state_of_failure := BROKEN.get(event.subject):
        work.session.execute(sa.text(f"DO $$ BEGIN RAISE EXCEPTION 'as told' USING ERRCODE = '{state_of_failure}'; END $$"))
    if event.subject in BROKEN:
        raise RuntimeError("the copy is broken")
    new = insert(copy).values(state)
    values = {name: new.excluded[name] for name in COLUMNS}
    work.session.execute(new.on_conflict_do_update(index_elements=["id"], set_=values, where=copy.c.version < new.excluded.version))
    APPLIED.append((event.subject, state["version"]))


def _contract(operations: list[Operation], events: list[EventType]) -> ModuleType:
    made = ModuleType("contract")
    permissions = [Permission("meter.write", "抄表"), Permission("meter.read", "查看")]
    made.OPERATIONS, made.EVENTS, made.PERMISSIONS = operations, events, permissions  # type: ignore[attr-defined]
    return made


def _only(*functions: Any) -> ModuleType:
    """A module with these functions of this one."""
    made = ModuleType(__name__)
    for function in functions:
        setattr(made, function.__name__, function)
    return made


METERS = Service(
    "meter", _contract([INSTALL, READ, SHOW, LIST], [METER_READ]), [_only(install_meter, read_meter, show_meter, list_meters)]
)
COPIES = Service("copies", _contract([], []), [_only(on_meter_read)])
assert sys.modules[__name__]
