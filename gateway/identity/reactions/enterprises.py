"""What identity does when an enterprise changes: accounts and files lie where it lies, its applicant becomes its administrator."""

from typing import Any

import sqlalchemy as sa

from gateway.identity import repository
from gateway.identity.domain.account import Account, AccountKind
from gateway.identity.tables import account, enterprise_ref, file
from services.enterprise.contract import events
from services.enterprise.contract.reference import keep_reference
from services.kernel.event import Event
from services.kernel.service import reacts
from services.kernel.work import Work

# Whoever belongs to the enterprise, and what it has uploaded, lies where the enterprise lies.
BELONGINGS = [account, file]


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
