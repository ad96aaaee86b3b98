"""What belonged to a unit that was merged follows it, batch by batch: lists are taken back, open tasks and points go over.

Checks, ended lists and tasks that were done or missed stay where they were.  Each batch takes what still names the former unit,
so that one that was cut off goes on, and one too many does nothing.
"""

from collections.abc import Sequence

import sqlalchemy as sa

from services.enterprise.contract import units
from services.kernel.work import Work
from services.risk.commands.lists import take_back
from services.risk.domain.risk_list import Person, RiskList
from services.risk.domain.risk_list import Status as ListStatus
from services.risk.domain.risk_point import RiskPoint, Status
from services.risk.repository import points, tasks
from services.risk.tables import check_task, filed_line, org_unit_ref, risk_list, risk_point

BATCH = 200
LONGEST = 100  # Letters of a point's name.
ENDED = (ListStatus.SUPERSEDED, ListStatus.WITHDRAWN)
_CHECKED_BY = "jsonb_build_array(jsonb_build_object('checker_unit_id', CAST(:former AS text)))"
_NAME_CHECKERS = sa.text(
    "UPDATE risk_list SET version = version + 1, lines = (SELECT jsonb_agg(CASE WHEN line->>'checker_unit_id' = :former"
    " THEN line || jsonb_build_object('checker_unit_id', CAST(:heir AS text)) || CASE WHEN line->>'checker_id' IS NULL"
    " THEN jsonb_build_object('checker_name', CAST(:name AS text)) ELSE '{}' END ELSE line END ORDER BY n)"
    " FROM jsonb_array_elements(lines) WITH ORDINALITY AS t (line, n))"
    " WHERE enterprise_id = :owner AND status NOT IN ('superseded', 'withdrawn')"
    f" AND lines @> {_CHECKED_BY}"
)


def follow(work: Work, former: str) -> bool:
    """One batch; whether there may be more."""
    owner = work.session.execute(sa.select(org_unit_ref.c.enterprise_id).where(org_unit_ref.c.id == former)).scalar_one()
    heir = units.heir(work, org_unit_ref, former)
    names = units.names_of(work, org_unit_ref, [former, heir])
    name = names.get(heir, names[former])
    _take_back_lists(work, former, f"单元「{names[former]}」已合并到「{name}」")
    _name_checkers(work, owner, former, heir, name)
    moved = _tasks(work, owner, former, heir, name) + _points(work, former, heir, names[former])
    if not moved:
        units.note_followed(work, org_unit_ref, former)
    return moved > 0


def _take_back_lists(work: Work, former: str, reason: str) -> None:
    """A unit out of use has no list; one that was filed while the merging was on its way here is withdrawn like any other."""
    query = sa.select(RiskList).where(risk_list.c.unit_id == former, risk_list.c.status.not_in(ENDED))
    for each in work.session.scalars(query.order_by(risk_list.c.id).with_for_update()).all():
        if each.status == ListStatus.PENDING_AUDIT:
            each.audit(Person(work.caller.id, work.caller.name), work.now, False, reason)
        take_back(work, each, reason)


def _name_checkers(work: Work, owner: str, former: str, heir: str, name: str) -> None:
    """Other units' lists may ask the people of the former unit."""
    asked = work.session.execute(_NAME_CHECKERS, {"owner": owner, "former": former, "heir": heir, "name": name})
    changed = asked.rowcount  # type: ignore[attr-defined]
    of = filed_line.c
    lines = sa.update(filed_line).where(of.enterprise_id == owner, of.checker_unit_id == former)
    named = sa.case((of.checker_id.is_(None), name), else_=of.checker_name)
    work.session.execute(lines.values(checker_unit_id=heir, checker_name=named))
    if changed:
        work.note(f"org_unit:{former}", {"lists": changed, "checker_unit_id": [former, heir]})


def _tasks(work: Work, owner: str, former: str, heir: str, name: str) -> int:
    of = check_task.c
    mine = sa.or_(of.unit_id == former, of.checker_unit_id == former)
    found = tasks.pending(work, of.enterprise_id == owner, mine, limit=BATCH)
    tasks.keep_many(work, [(task, task.follow(former, heir, name)) for task in found], "check_task")
    return len(found)


def _points(work: Work, former: str, heir: str, unit_name: str) -> int:
    of = risk_point.c
    query = sa.select(RiskPoint).where(of.unit_id == former).order_by(of.id).limit(BATCH).with_for_update()
    found = work.session.scalars(query).all()
    names = _free_names(work, found, (former, heir), heir, unit_name)
    points.keep_many(work, [(point, point.follow(heir, names[point.id])) for point in found], "risk_point")
    return len(found)


def _free_names(work: Work, found: Sequence[RiskPoint], among: Sequence[str], heir: str, unit_name: str) -> dict[str, str]:
    """The name of each point where it goes: its own, with its former unit's where another is called so there."""
    in_use = [risk_point.c.status != Status.RETIRED]
    there = set(work.session.scalars(sa.select(risk_point.c.name).where(risk_point.c.unit_id == heir, *in_use)))
    here = set(work.session.scalars(sa.select(risk_point.c.name).where(risk_point.c.unit_id.in_(among), *in_use)))
    names = {}
    for point in found:
        name, number = point.name, 1
        while name in (there if name == point.name else here) and point.status != Status.RETIRED:
            mark = f"（{unit_name}{number if number > 1 else ''}）"
            name, number = point.name[: LONGEST - len(mark)] + mark, number + 1
        names[point.id] = name
        here.add(name)
    return names
