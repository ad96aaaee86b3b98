"""What identity does when an enterprise changes: accounts and files lie where it lies, its applicant becomes its administrator.

People of a unit that is merged belong to the unit that takes it over.
"""

from typing import Any

import sqlalchemy as sa

from gateway.identity import repository
from gateway.identity.domain.account import Account, AccountKind
from gateway.identity.tables import account, enterprise_ref, file, merged_unit
from services.enterprise.contract import events
from services.enterprise.contract.reference import keep_reference
from services.kernel.event import Event
from services.kernel.service import reacts
from services.kernel.work import Work

# Whoever belongs to the enterprise, and what it has uploaded, lies where the enterprise lies.
BELONGINGS = [account, file, merged_unit]


@reacts(*(event for event in events.ENTERPRISE_EVENTS if event is not events.ENTERPRISE_APPROVED))
def on_enterprise(work: Work, event: Event, state: dict[str, Any], fact: dict[str, Any]) -> None:
    """People of a deleted or closed enterprise cannot sign in: who may is read from the copy at every request."""
    keep_reference(work, enterprise_ref, state, BELONGINGS)


@reacts(events.ENTERPRISE_APPROVED)
def on_enterprise_approved(work: Work, event: Event, state: dict[str, Any], fact: dict[str, Any]) -> None:
    keep_reference(work, enterprise_ref, state, BELONGINGS)
    mine = (account.c.enterprise_id == str(state["id"])) & (account.c.kind == AccountKind.APPLICANT)
    for applicant in work.session.scalars(sa.select(Account).where(mine)):
        applicant.admit()
        repository.keep_account(work, applicant)


def is_merged(event_type: str, data: Any) -> bool:
    return data["state"].get("merged_into_id") is not None


@reacts(events.ORG_UNIT_CHANGED, only_if=is_merged)
def on_unit_merged(work: Work, event: Event, state: dict[str, Any], fact: dict[str, Any]) -> None:
    """Its people, and whoever is still entered for it, belong to the other unit, or to the one into which that was merged."""
    if not is_merged(event.type, event.data):  # Stored since nobody could tell.
        return
    former = str(state["id"])
    repository.lock_unit(work, former, is_shared=False)
    row = {name: state[name] for name in ("id", "enterprise_id", "region", "version")} | {"into_id": state["merged_into_id"]}
    work.keep_copy(merged_unit, row)
    of, heir = account.c, repository.present_unit(work, former)
    mine = sa.and_(of.enterprise_id == str(state["enterprise_id"]), of.unit_id == former)
    moved = sa.update(account).where(mine).values(unit_id=heir, version=of.version + 1).returning(of.id)
    if people := sorted(work.session.scalars(moved)):
        work.note(f"org_unit:{former}", {"merged_into_id": heir, "accounts": people})
