"""What a service hears, and with which of its functions."""

from types import ModuleType
from typing import Any

import marshmallow as ma
import pytest

from services.kernel.contract import EventType
from services.kernel.service import Service, reacts

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
