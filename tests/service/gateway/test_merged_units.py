"""The people of a merged unit belong to the unit that took it over, whichever is heard or entered first."""

import pytest
import sqlalchemy as sa

from gateway.identity.service import SERVICE
from gateway.identity.tables import account
from services.kernel import clock, ids
from services.kernel.caller import Caller, Kind, Scope
from services.kernel.event import Event
from services.kernel.inbox import react, store
from services.kernel.work import Database
from tests.service.gateway.builders import PLATFORM, a_name, an_enterprise_admin

REGION = "520102"


class Staff:
    """An enterprise whose administrator enters people."""

    def __init__(self, identity: Database) -> None:
        self.identity, self.sequence = identity, 0
        self.enterprise_id = str(an_enterprise_admin(identity, REGION)["enterprise_id"])
        whole = Scope(("*",), ("*",), ("*",))
        self.admin = Caller("system:test", "系统", Kind.SYSTEM, scope=whole, region=REGION, enterprise_id=self.enterprise_id)

    def add(self, unit_id: str | None) -> str:
        args = {"username": a_name(), "name": "员工", "roles": ["checker"], "unit_id": unit_id}
        return str(SERVICE.call(self.identity, "create_staff_account", args, self.admin)["id"])

    def unit_of(self, account_id: str) -> tuple[str | None, int]:
        with self.identity.work(PLATFORM, "test", read_only=True) as work:
            row = work.session.execute(sa.select(account.c.unit_id, account.c.version).where(account.c.id == account_id)).one()
        return row.unit_id, row.version

    def hear(self, unit_id: str, into: str | None, version: int = 2) -> None:
        self.sequence += 1
        state = {"id": unit_id, "enterprise_id": self.enterprise_id, "region": REGION, "industry": "GM01", "version": version}
        state |= {"name": "一车间", "tier": "workshop", "parent_id": None, "path": [unit_id], "is_active": into is None}
        event = Event(
            id=ids.new_id(), source=f"test/{self.enterprise_id}", type="org_unit.changed.v1", subject=unit_id, time=clock.now(),
            region=REGION, data={"state": state | {"merged_into_id": into}, "fact": {}}, actor="test", sequence=self.sequence,
        )  # fmt: skip
        store(self.identity, [event])
        while react(self.identity, SERVICE):
            pass


@pytest.fixture
def staff(identity: Database) -> Staff:
    return Staff(identity)


@pytest.mark.feature("ENT-33")
def test_people_follow_their_unit_once_and_nobody_else_does(staff: Staff) -> None:
    former, heir, other = (ids.new_id() for _ in range(3))
    there, here, elsewhere, nowhere = (staff.add(unit) for unit in (former, heir, other, None))

    for _ in range(2):
        staff.hear(former, heir)

    assert [staff.unit_of(who) for who in (there, here, elsewhere, nowhere)] == [(heir, 2), (heir, 1), (other, 1), (None, 1)]


def test_who_is_entered_for_a_merged_unit_belongs_to_the_other(staff: Staff) -> None:
    former, heir = ids.new_id(), ids.new_id()
    staff.hear(former, heir)

    late, moved = staff.add(former), staff.add(None)
    SERVICE.call(staff.identity, "change_staff_account", {"account_id": moved, "name": "员工", "unit_id": former}, staff.admin)

    assert (staff.unit_of(late)[0], staff.unit_of(moved)[0]) == (heir, heir)


@pytest.mark.parametrize("later_first", [False, True])
def test_through_two_mergings_people_come_to_the_last_unit(staff: Staff, later_first: bool) -> None:
    one, two, three = (ids.new_id() for _ in range(3))
    who = staff.add(one)

    for former, heir in [(two, three), (one, two)] if later_first else [(one, two), (two, three)]:
        staff.hear(former, heir)
    staff.hear(one, None, version=1)  # Late, and so no news.

    assert staff.unit_of(who)[0] == three
    assert staff.unit_of(staff.add(one))[0] == three


def test_the_audit_trail_tells_who_was_moved(staff: Staff) -> None:
    former, heir = ids.new_id(), ids.new_id()
    who = staff.add(former)
    staff.hear(former, heir)

    with staff.identity.work(PLATFORM, "test", read_only=True) as work:
        mine = sa.text("SELECT changes FROM audit WHERE jsonb_exists(changes, :subject)")
        [changes] = work.session.scalars(mine, {"subject": f"org_unit:{former}"}).all()
    assert changes[f"org_unit:{former}"] == {"merged_into_id": heir, "accounts": [who]}
