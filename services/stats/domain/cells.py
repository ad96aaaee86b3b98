"""Which figures one contribution adds to, in which buckets.

An ``Image`` is all that this depends on: the newest state of one aggregate, where its enterprise stood on the day of the
fact and stands now, and what the enterprise's other records say of it.  It is kept once counted, so that the next change
takes away exactly what this one gave (a bucket is never corrected, only left).  What depends on the present moment is not
counted here: deadlines, ends of licences and last visits are buckets of their own, compared with today when they are read.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date

from services.stats.domain.buckets import ALWAYS, LEVELS, TOTAL, Cells, Grain, Image, Key, Kind, Mark, Marks, Spread
from services.stats.domain.periods import Period, start_of

# States of hazards, of both machines, by who has to act.
TO_CONFIRM = frozenset({"registered", "returned", "reported", "planning", "plan_review"})
TO_RECTIFY = frozenset({"rectifying", "extension_pending"})
TO_RECHECK = frozenset({"pending_recheck", "assessing", "acceptance"})
CLOSED = frozenset({"closed", "closed_on_site"})
STEPS = {"to_confirm": TO_CONFIRM, "to_rectify": TO_RECTIFY, "to_recheck": TO_RECHECK}
NOT_DUE = frozenset({"exempt", "cancelled"})
TASK_MEASURES = {"done": "checked_count", "done_late": "late_count", "missed": "missed_count"}
GONE = frozenset({"deleted", "closed", "rejected"})


def cells(kind: str, image: Image) -> Cells:
    """What this contribution adds, bucket by bucket."""
    found: Cells = {}
    for grain, start, place, measures in _RULES[Kind(kind)](image):
        region, industry = place
        for unit in dict.fromkeys((TOTAL, *_units(image, grain))):
            added = {m: n for m, n in measures.items() if unit == TOTAL or m not in _OF_THE_WHOLE}
            if added:
                found.setdefault(Key(grain, start, region, industry, unit), Counter()).update(added)
    return found


def _units(image: Image, grain: str) -> Sequence[str]:
    """What happened is counted where it happened, also when that unit was merged since; what is open, where it is now."""
    units: Sequence[str] = image.get("units", ())
    return image.get("units_then", units) if grain in (Period.DAY, Period.MONTH) else units


def marks(kind: str, image: Image) -> Marks:
    """The points this contribution makes due (first number) and covered (second), period by period."""
    if kind != Kind.TASK or image["status"] in NOT_DUE:
        return {}
    day, (region, industry), covered = _day(image["day"]), image["then"], int(image["status"] in ("done", "done_late"))
    return {
        Mark(period, start_of(period, day), region, industry, unit, image["point"]): (1, covered)
        for period in Period
        for unit in (TOTAL, *image["units"])
    }


# Not shown by unit, and so not counted by unit.
_OF_THE_WHOLE = frozenset({"red_active", "listed_count"})


def _flow(day: date, place: list[str], measures: dict[str, int]) -> Spread:
    return [(period, start_of(period, day), place, measures) for period in (Period.DAY, Period.MONTH)]


def _enterprise(image: Image) -> Spread:
    if image["status"] == "suspended":
        return [(Grain.NOW, ALWAYS, image["here"], {"suspended_enterprises": 1})]
    if image["status"] != "active":
        return []
    found: Spread = [(Grain.NOW, ALWAYS, image["here"], {"active_enterprises": 1, "filed_enterprises": int(image["filed"])})]
    if image["filed"] and image["seen_on"]:
        found.append((Grain.SEEN, _day(image["seen_on"]), image["here"], {"seen_enterprises": 1}))
    return found


def _point(image: Image) -> Spread:
    if not image["units"] or image["status"] == "retired" or image["enterprise"] in GONE or image["level"] not in LEVELS:
        return []
    red = {"red_active": int(image["level"] == "red" and image["enterprise"] == "active")}
    return [(Grain.NOW, ALWAYS, image["here"], {f"{image['level']}_points": 1, **red})]


def _list(image: Image) -> Spread:
    if image["status"] != "filed" or image["enterprise"] in GONE:
        return []
    return [(Grain.NOW, ALWAYS, image["here"], {"filed_lists": 1})]


def _task(image: Image) -> Spread:
    if image["status"] in NOT_DUE:
        return []
    outcome = TASK_MEASURES.get(image["status"])
    return _flow(_day(image["day"]), image["then"], {"due_count": 1} | ({outcome: 1} if outcome else {}))


def _hazard(image: Image) -> Spread:
    status = image["status"]
    step = next((name for name, states in STEPS.items() if status in states), None)
    if step is None and status not in CLOSED:
        return []  # Drafts, cancelled ones, and downgraded ones, for which a general one stands.
    measures = {
        "major_count" if image["major"] else "general_count": 1,
        "confirmed_count": int(step != "to_confirm"),
        "rectified_count": int(status in CLOSED),
        "submitted_count": int(status in CLOSED | TO_RECHECK),
    }
    return [*_flow(_day(image["day"]), image["then"], measures), *_term(image), *_open(image, step)]


def _term(image: Image) -> Spread:
    """On time is who has finished by the last approved deadline and is closed; a recheck's new deadline is none (R13)."""
    if not image["approved"]:
        return []
    in_time = image["status"] in CLOSED and bool(image["finished"]) and image["finished"] <= image["approved"]
    return _flow(_day(image["approved"]), image["at_deadline"], {"deadline_count": 1, "on_time_count": int(in_time)})


def _open(image: Image, step: str | None) -> Spread:
    if step is None or image["enterprise"] in GONE:
        return []
    stands = {"open_major" if image["major"] else "open_general": 1, step: 1}
    found: Spread = [(Grain.NOW, ALWAYS, image["here"], stands)]
    if image["deadline"] and step != "to_recheck":
        found.append((Grain.OWED, _day(image["deadline"]), image["here"], {"owed_count": 1}))
    return found


def _licence(image: Image) -> Spread:
    if image["status"] == "revoked" or image["enterprise"] in GONE:
        return []
    found: Spread = [(Grain.NOW, ALWAYS, image["here"], {"licence_count": 1})]
    if image["valid_to"]:
        found.append((Grain.ENDING, _day(image["valid_to"]), image["here"], {"licences_ending": 1}))
    return found


def _supervision(image: Image) -> Spread:
    if image["status"] not in ("listed", "extension_pending", "lift_applied") or image["enterprise"] in GONE:
        return []
    return [(Grain.NOW, ALWAYS, image["here"], {"listed_count": 1})]


def _inspection(image: Image) -> Spread:
    return _flow(_day(image["day"]), image["then"], {"inspection_count": 1}) if image["day"] else []


def _notice(image: Image) -> Spread:
    if not image["day"] or image["status"] in ("draft", "pending", "withdrawn"):
        return []
    return _flow(_day(image["day"]), image["then"], {"notice_count": 1})


def _receipt(image: Image) -> Spread:
    if not image["day"]:
        return []
    replied = int(image["replied"])
    return _flow(_day(image["day"]), image["then"], {"reply_due_count": 1, "replied_count": replied})


def _nothing(image: Image) -> Spread:
    """A sign-in only moves the day on which the enterprise was last seen."""
    return []


def _day(text: str) -> date:
    return date.fromisoformat(text)


_RULES: dict[Kind, Callable[[Image], Spread]] = {
    Kind.ENTERPRISE: _enterprise,
    Kind.POINT: _point,
    Kind.LIST: _list,
    Kind.TASK: _task,
    Kind.HAZARD: _hazard,
    Kind.LICENCE: _licence,
    Kind.SUPERVISION: _supervision,
    Kind.INSPECTION: _inspection,
    Kind.NOTICE: _notice,
    Kind.RECEIPT: _receipt,
    Kind.SIGN_IN: _nothing,
}
