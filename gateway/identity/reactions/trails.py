"""The gateway is the place elsewhere where the other services' signed checkpoints of their audit chains are kept."""

from typing import Any

from gateway.operations import SERVICES
from services.kernel.event import Event
from services.kernel.service import reacts
from services.kernel.work import Work
from services.trail.contract.checkpoints import keep, sealed


@reacts(*(sealed(name) for name in SERVICES))
def keep_checkpoint(work: Work, event: Event, state: dict[str, Any], fact: dict[str, Any]) -> None:
    keep(work, event, state["token"])
