"""Enforcement and hazard together: what an inspection finds becomes hazards, and what becomes of these comes back."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from services.enforcement.jobs import call_rechecks
from services.enforcement.service import SERVICE
from services.hazard.contract.permissions import PERMISSIONS
from services.hazard.service import SERVICE as HAZARD
from services.kernel import clock, ids
from services.kernel.work import Database
from services.runtime.inline import InlineBus
from tests.callers import enterprise_user
from tests.service.enforcement.builders import MORNING, TODAY, Bureau, Desk, a_finding


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with clock.simulate(MORNING):
        yield


@pytest.fixture
def hazards(desk: Desk, database: Callable[[str], Database]) -> Callable[[Bureau], list[dict[str, Any]]]:
    """The enterprise's hazards as it sees them, once everything announced has arrived."""
    bus = InlineBus({"enforcement": (SERVICE, desk.database), "hazard": (HAZARD, database("hazard"))})

    def of(bureau: Bureau) -> list[dict[str, Any]]:
        bus.pump()
        caller = enterprise_user(bureau.enterprise_id, bureau.region, *(p.code for p in PERMISSIONS if "principal" in p.roles))
        return list(HAZARD.call(database("hazard"), "list_hazards", {}, caller)["items"])

    return of


@pytest.mark.feature("ENF-05")
def test_findings_appear_at_the_enterprise_as_hazards_to_put_right(desk: Desk, hazards: Any) -> None:
    bureau, finding_id = desk.bureau(), ids.new_id()

    inspection_id = bureau.recorded(a_finding(id=finding_id))

    (hazard,) = hazards(bureau)
    wanted = {"source": "enforcement", "status": "rectifying", "finding_id": finding_id, "inspection_id": inspection_id}
    assert {name: hazard[name] for name in wanted} == wanted
    assert (hazard["description"], hazard["deadline_on"]) == ("冲床防护罩缺失", "2026-03-25")
    (finding,) = desk(bureau.officer, "show_inspection", inspection_id=inspection_id)["findings"]
    assert finding["progress"]["number"] == hazard["number"]


def test_the_order_sets_the_deadline_and_the_recheck_closes_the_hazard(desk: Desk, hazards: Any) -> None:
    bureau, finding_id = desk.bureau(), ids.new_id()
    inspection_id = bureau.recorded(a_finding(id=finding_id))
    hazards(bureau)
    order = {"items": [{"finding_id": finding_id, "deadline_on": "2026-03-20"}]}
    desk(bureau.officer, "order_rectification", inspection_id=inspection_id, **order, **bureau.signed())
    (ordered,) = hazards(bureau)
    with clock.simulate(MORNING + timedelta(days=11)):
        call_rechecks(desk.database, TODAY + timedelta(days=11))
        items = [{"finding_id": finding_id, "is_passed": True, "opinion": "已安装"}]
        desk(bureau.officer, "recheck_inspection", inspection_id=inspection_id, items=items, opinion="合格", **bureau.signed())

        (closed,) = hazards(bureau)

    assert (ordered["status"], ordered["deadline_on"], closed["status"]) == ("rectifying", "2026-03-20", "closed")
    (finding,) = desk(bureau.officer, "show_inspection", inspection_id=inspection_id)["findings"]
    assert (finding["is_passed"], finding["progress"]["status"]) == (True, "closed")
