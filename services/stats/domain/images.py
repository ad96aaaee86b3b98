"""The image of a contribution: its newest state, put beside what other records say of its enterprise.

A fact belongs to the region in which the enterprise stood on the fact's day; how things stand now belongs to where it
stands now (R14).  Events may come in any order, so both are decided anew whenever one of the records changes.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from services.stats.domain.buckets import ALWAYS, Kind


class Place(NamedTuple):
    region: str
    industry: str


@dataclass(frozen=True)
class Contribution:
    """The newest state of one aggregate: ``place`` is what its own event said, ``facts`` what its kind of figure needs."""

    kind: str
    id: str
    enterprise_id: str
    place: Place
    facts: Mapping[str, Any]
    day: date | None = None
    unit_id: str | None = None
    point_id: str | None = None


@dataclass
class Known:
    """What is known of one enterprise: its places day by day, its state, its lists, and when it was last here."""

    places: list[tuple[date, Place]] = field(default_factory=list)  # Ascending days.
    here: Place | None = None
    status: str | None = None
    has_filed_list: bool = False
    seen_on: date | None = None

    def place_on(self, day: date, otherwise: Place) -> Place:
        """Where the enterprise stood at the end of a day; before anything is known of it, where it stood first."""
        if not self.places:
            return self.here or otherwise
        found = bisect_right(self.places, day, key=lambda each: each[0])
        return self.places[max(found - 1, 0)][1]


class Line(NamedTuple):
    """That a filed list holds a point, with the level that it had when the list was filed."""

    unit_id: str
    level: str


def image(one: Contribution, known: Known, lines: list[Line]) -> dict[str, Any]:
    """All that the contribution's figures depend on, in the form in which it is kept."""
    of = one.facts
    found: dict[str, Any] = {
        "here": list(known.here or one.place),
        "then": list(known.place_on(one.day or ALWAYS, one.place)) if one.day else None,
        "day": one.day.isoformat() if one.day else None,
        "units": [one.unit_id] if one.unit_id else [],
        "enterprise": known.status,
        **of,
    }
    if one.kind == Kind.ENTERPRISE:
        seen = known.seen_on.isoformat() if known.seen_on else None
        found |= {"status": known.status, "filed": known.has_filed_list, "seen_on": seen}
    elif one.kind == Kind.POINT:
        level = of.get("level") or (min(lines).level if lines else None)
        found |= {"units": sorted({line.unit_id for line in lines}), "level": level, "status": of.get("status")}
    elif one.kind == Kind.TASK:
        # What may change later of the enterprise's state does not concern a task: its image stays small and still.
        found = {"then": found["then"], "day": found["day"], "units": found["units"], "point": one.point_id, "status": of["status"]}
    elif one.kind == Kind.HAZARD:
        if of["approved"]:
            found["at_deadline"] = list(known.place_on(date.fromisoformat(of["approved"]), one.place))
        if of.get("found_unit"):
            found["units_then"] = [of["found_unit"]]
    return found
