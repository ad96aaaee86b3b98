"""A measure that fails is a hazard (措施失效即隐患): every failed check item makes one, once."""

from typing import Any

from services.hazard.domain.hazard import Hazard
from services.hazard.domain.record import SUSPICIOUS_LEVELS
from services.hazard.repository import hazards, references
from services.hazard.tables import hazard
from services.kernel import ids
from services.kernel.event import Event
from services.kernel.service import reacts
from services.kernel.work import Work
from services.risk.contract import CHECK_ITEM_FAILED

REMOVED = "检查时已现场消除"


@reacts(CHECK_ITEM_FAILED)
def on_check_item_failed(work: Work, event: Event, state: dict[str, Any], fact: dict[str, Any]) -> None:
    mine = (hazard.c.check_id == state["check_id"], hazard.c.item_no == fact["item_no"])
    if hazards.find_first(work, *mine) is not None:
        return
    found = Hazard(
        id=ids.new_id(), **references.place_of(work, state), source="self_check", found_at=state["checked_at"],
        found_by=state["checked_by"], found_by_name=state["checked_by_name"], place=state["place"] or state["point_name"],
        description=fact["description"] or fact["item"], unit_id=references.heir(work, state["unit_id"]),
        point_id=state["point_id"], point_name=state["point_name"],
        task_id=state["task_id"], check_id=state["check_id"], item_no=fact["item_no"],
        photos=fact["photos"],
    )  # fmt: skip
    removed_by = fact["measure"] or (REMOVED if fact["photos"] else None) if fact["removed_on_site"] else None
    facts = found.register_from_check(state["point_level"] in SUSPICIOUS_LEVELS, removed_by, work.now, work.today)
    if not fact["removed_on_site"]:
        found.measure = fact["measure"]
    hazards.keep(work, found, facts, "register", fact["item"], found.photos, {"answer": fact["answer"], "item": fact["item"]})
