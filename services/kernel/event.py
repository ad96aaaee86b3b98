"""Facts that a service announces, and the envelope in which they travel (names of CloudEvents)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

import orjson


@dataclass(frozen=True)
class Fact:
    """Something that has happened to an aggregate; its fields are what the aggregate's state does not tell."""

    type: ClassVar[str]


@dataclass(frozen=True)
class Event:
    """One announced fact: ``data`` is ``{"state": whole public state with its version, "fact": what happened}``."""

    id: str
    source: str
    type: str
    subject: str
    time: datetime
    region: str
    data: dict[str, Any]
    actor: str
    request_id: str | None = None
    epoch: int = 0
    sequence: int = 0

    def to_json(self) -> bytes:
        return orjson.dumps(self)

    @classmethod
    def from_mapping(cls, body: dict[str, Any]) -> "Event":
        """Raises KeyError, TypeError or ValueError when this is no envelope."""
        fields = {name: body[name] for name in cls.__dataclass_fields__}
        moment = fields["time"]
        moment = moment if isinstance(moment, datetime) else datetime.fromisoformat(moment)
        return cls(**fields | {"id": str(fields["id"]), "time": moment})
