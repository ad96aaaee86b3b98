"""Announcements of new hazards: the whole state that such an event carries, of hazards found today."""

from typing import Any

from bench.generate.enterprises import Enterprise
from bench.generate.moments import id_at
from services.hazard.contract.answers import HazardState
from services.hazard.domain.hazard import Hazard
from services.kernel import clock
from services.kernel.contract import made
from services.kernel.work import plain

TYPE = "hazard.registered.v1"


def announcement(number: int, enterprises: int, kind: int) -> dict[str, Any]:
    """Subject, region and data of one announcement; ``kind`` keeps the numbers of two benchmarks apart."""
    owner, now = Enterprise(number % enterprises), clock.now()
    one = Hazard(
        id=id_at(float(number), kind, number), enterprise_id=owner.id, region=owner.region, industry=owner.industry,
        source="self_check", found_at=now, found_by="bench", found_by_name="基准", place="一车间东侧", status="registered",
        description="冲压机安全联锁失效，防护罩打开后仍能动作", number=f"YH{number:014d}", registered_at=now,
        deadline_on=clock.day_of(now), version=1,
    )  # fmt: skip
    data = plain({"state": made(HazardState).dump(one), "fact": {}})
    return {"subject": one.id, "region": one.region, "data": data}
