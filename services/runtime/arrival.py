"""What is done with announcements as they come: what has to be acted on is stored, hints are passed on, the rest is forgotten.

Of an announcement that nobody would act on, storing, taking up and marking as done would be all the work (decision 0040).
"""

from collections.abc import Callable, Mapping
from typing import Any

from services.kernel import telemetry
from services.kernel.event import Event
from services.kernel.inbox import store
from services.kernel.service import Service
from services.kernel.work import Database


def is_wanted(service: Service, event_type: str, data: Mapping[str, Any]) -> bool:
    """Whether anything is to be done with an announcement later; what cannot be judged shall fail where failures are seen."""
    if event_type not in service.reactions:
        return event_type not in service.passing_on
    wish = service.reactions[event_type][1].only_if
    try:
        return wish is None or wish(event_type, data)
    except (LookupError, TypeError, ValueError, AttributeError):
        return True


def take_in(database: Database, service: Service, events: list[Event]) -> int:
    """Store what is to be acted on, then pass on what is for others; how many were stored.

    Hints come after: when storing fails everything comes again.  A hint that cannot be passed on is lost.
    """
    wanted = [event for event in events if is_wanted(service, event.type, event.data)]
    stored = store(database, wanted) if wanted else 0
    hints: dict[Callable[[list[Event]], Any], list[Event]] = {}
    for event in events:
        if event.type in service.passing_on:
            hints.setdefault(service.passing_on[event.type][1], []).append(event)
    for pass_on, some in hints.items():
        try:
            pass_on(some)
        except Exception as error:
            telemetry.log.warning("not_passed_on", service=service.name, count=len(some), error=type(error).__name__)
    return stored
