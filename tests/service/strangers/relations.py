"""The relations in which somebody can stand to a thing of ``stage.here``, and which of its things each may not come to know."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa

from gateway.identity.domain.scope import of_enterprise
from gateway.identity.tables import role
from services.kernel import ids
from services.kernel.caller import EVERYTHING, Caller, Kind, Scope, system
from services.kernel.service import named
from tests.service.strangers.oracle import visible
from tests.service.strangers.test_second_wall import everything
from tests.stage.world import BUILT, Stage

KINDS = {"enterprise": Kind.ENTERPRISE, "government": Kind.REGULATOR, "platform": Kind.REGULATOR, "applicant": Kind.APPLICANT}
# An authority's relations by where it sits and what it sees.
PLACES = {
    "own": ("520102", Scope(("520102",), ("*",), ("*",))),
    "ancestor": ("520100", Scope(("5201",), ("*",), ("*",))),
    "descendant": ("520102001", Scope(("520102001",), ("*",), ("*",))),
    "sibling region": ("520103", Scope(("520103",), ("*",), ("*",))),
    "other industry": ("520102", Scope(("520102",), ("JZ",), ("*",))),
    "another province": ("530102", Scope(("530102",), ("*",), ("*",))),
}
OF_AUTHORITIES = (*PLACES, "colleague", "sibling enterprise", "other deployment", "nobody")
OF_ENTERPRISES = ("own", "colleague", "sibling enterprise", "other deployment", "nobody")
# In these one sees what is to be seen; in all others nothing of an enterprise, and of an authority what ``oracle`` says.
AT_HOME = ("own", "colleague", "ancestor")


@dataclass(frozen=True)
class Role:
    """A standard role, one that holds everything its kind can hold, or another system that holds all there is."""

    code: str
    kind: Kind
    permissions: frozenset[str]

    @property
    def relations(self) -> tuple[str, ...]:
        return OF_ENTERPRISES if self.kind in (Kind.ENTERPRISE, Kind.APPLICANT) else OF_AUTHORITIES


@cache
def roles(stage: Stage) -> list[Role]:
    with stage.identity.work(system("watcher"), "watch", read_only=True) as work:
        rows = work.session.execute(sa.select(role.c.code, role.c.kind, role.c.permissions).order_by(role.c.code)).all()
    found = [Role(code, KINDS[kind], frozenset(permissions)) for code, kind, permissions in rows]
    return [*found, Role("api_client", Kind.API_CLIENT, frozenset().union(*(r.permissions for r in found)))]


def caller(stage: Stage, of: Role, relation: str) -> Caller:
    """Somebody with this role in this relation to the things of ``stage.here``."""
    if relation == "nobody":
        return Caller("public", "未登录访客", Kind.PUBLIC)
    if relation == "other deployment":  # It vouches for whatever it likes, by a key that is not ours.
        return Caller(ids.new_id(), "他省系统", of.kind, of.permissions, EVERYTHING, region="520102")
    if of.kind == Kind.APPLICANT:
        return Caller(ids.new_id(), "申请人", of.kind, of.permissions)
    if of.kind == Kind.ENTERPRISE:
        return _of_enterprise(stage, of, relation)
    place, scope = PLACES.get(relation) or PLACES["own"]
    if relation == "sibling enterprise":
        scope = Scope(scope.regions, scope.industries, (ids.new_id(),))
    own = relation == "own" and of.kind == Kind.REGULATOR
    department = stage.here.department["id"] if own else ids.new_id()
    return Caller(_somebody(stage, own, "bureau.business"), "人员", of.kind, of.permissions, scope, place, department)


def _of_enterprise(stage: Stage, of: Role, relation: str) -> Caller:
    """``own`` is in the unit that all things belong to, a colleague in another; both in the same enterprise."""
    own, enterprise = relation == "own", stage.here.enterprise_id if relation in AT_HOME else ids.new_id()
    unit = stage.here.resolve("enterprise")("unit_id") if own else ids.new_id()
    who = _somebody(stage, own, "enterprise.business")
    return Caller(who, "员工", of.kind, of.permissions, of_enterprise(enterprise), "520102", None, enterprise, unit)


def _somebody(stage: Stage, known: bool, name: str) -> str:
    return stage.here.accounts[name] if known else ids.new_id()


class Secrets:
    """What of ``stage.here`` somebody must not be told: what ``oracle`` hides from him, and what is other units'."""

    # Tables whose things belong to one unit, and the right by which one sees those of all.
    OF_UNITS = {("hazard", "hazard"): "hazard.whole_enterprise", ("risk", "risk_point"): "risk.whole_enterprise",
                ("risk", "check_task"): "risk.whole_enterprise", ("risk", "check_record"): "risk.whole_enterprise"}  # fmt: skip

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._rows = {service: everything(stage, service) for service in BUILT}
        self._found: dict[tuple[Kind, str], set[str]] = {}

    def from_(self, of: Role, relation: str) -> set[str]:
        if relation in AT_HOME:
            return self._of_other_units(of) if of.kind == Kind.ENTERPRISE and relation == "colleague" else set()
        if (of.kind, relation) not in self._found:
            self._found[of.kind, relation] = self._hidden(caller(self._stage, of, relation))
        return self._found[of.kind, relation]

    def _hidden(self, asker: Caller) -> set[str]:
        """What stands in rows that he is not shown, and in none that he is."""
        marks: dict[bool, set[str]] = {True: set(), False: set()}
        for service, rows in self._rows.items():
            shown = {digest for digests in visible(service, asker, rows).values() for digest in digests}
            for row in (row for found in rows.values() for row in found):
                marks[row.digest in shown].update(_marks(row))
        return (marks[False] - marks[True]) & self._stage.here.marks

    def _of_other_units(self, of: Role) -> set[str]:
        tables = [place for place, right in self.OF_UNITS.items() if right not in of.permissions]
        rows = [row for service, table in tables for row in self._rows[service][table]]
        return {str(row.id) for row in rows} & self._stage.here.marks


def _marks(row: Any) -> list[str]:
    names = ("id", "token", *(() if hasattr(row, "id") else ("code",)))
    return [str(getattr(row, name)) for name in names if getattr(row, name, None) is not None]


def asked_of_services(service: str, operation: str) -> bool:
    """Whether the operation is carried out by a service, and not by the gateway's edge itself."""
    return operation in named(service).operations
