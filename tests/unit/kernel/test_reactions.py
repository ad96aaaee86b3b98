"""What a service hears, and with which of its functions."""

from types import ModuleType
from typing import Any

import marshmallow as ma
import pytest

from services.kernel.contract import EventType
from services.kernel.service import Service, passes_on, reacts
from services.runtime.arrival import is_wanted

MADE, CHANGED = (EventType("meter", f"meter.{what}.v1", ma.Schema) for what in ("made", "changed"))


def contract() -> ModuleType:
    found = ModuleType("contract")
    vars(found).update(OPERATIONS=[], EVENTS=[], PERMISSIONS=[])
    return found


def reactions(**functions: Any) -> ModuleType:
    found = ModuleType(__name__)
    vars(found).update(functions)
    return found


def test_one_reaction_may_hear_several_announcements() -> None:
    def on_meter(*_: Any) -> None: ...

    service = Service("copies", contract(), [reactions(on_meter=reacts(MADE, CHANGED)(on_meter))])

    assert service.listens_to == [MADE, CHANGED]
    assert service.reactions == {event_type.type: (event_type, on_meter) for event_type in (MADE, CHANGED)}


def test_two_reactions_to_one_announcement_stop_the_start() -> None:
    def first(*_: Any) -> None: ...

    def second(*_: Any) -> None: ...

    module = reactions(first=reacts(MADE, CHANGED)(first), second=reacts(CHANGED)(second))

    with pytest.raises(RuntimeError, match="two reactions"):
        Service("copies", contract(), [module])


def test_what_a_reaction_has_no_use_for_is_not_to_be_stored() -> None:
    @reacts(MADE, only_if=lambda event_type, data: data["state"]["is_broken"])
    def on_broken(*_: Any) -> None: ...

    @reacts(CHANGED)
    def on_changed(*_: Any) -> None: ...

    service = Service("repairs", contract(), [reactions(on_broken=on_broken, on_changed=on_changed)])

    assert service.listens_to == [MADE, CHANGED]
    assert [is_wanted(service, MADE.type, {"state": {"is_broken": each}}) for each in (True, False)] == [True, False]
    assert is_wanted(service, CHANGED.type, {})


@pytest.mark.parametrize("data", [{}, {"state": None}, {"state": []}, "nonsense", None])
def test_what_cannot_be_judged_is_stored_so_that_its_failure_is_seen(data: Any) -> None:
    @reacts(MADE, only_if=lambda event_type, data: data["state"].get("is_broken"))
    def on_broken(*_: Any) -> None: ...

    assert is_wanted(Service("repairs", contract(), [reactions(on_broken=on_broken)]), MADE.type, data)


def test_what_is_only_passed_on_is_heard_and_not_stored() -> None:
    @passes_on(MADE)
    def tell(*_: Any) -> None: ...

    @reacts(CHANGED)
    def on_changed(*_: Any) -> None: ...

    service = Service("pages", contract(), [reactions(tell=tell, on_changed=on_changed)])

    assert service.listens_to == [CHANGED, MADE]
    assert [is_wanted(service, each, {}) for each in (MADE.type, CHANGED.type, "meter.unknown.v1")] == [False, True, True]
