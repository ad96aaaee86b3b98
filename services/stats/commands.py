"""Setting the grades by which regions are coloured, and the check that every figure is right."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm.attributes import flag_modified

from services.kernel import ids, region
from services.kernel.service import handles
from services.kernel.work import Work
from services.stats import recounting
from services.stats.contract import layers as contract
from services.stats.domain.region_grade import DEFAULTS, RegionGrade
from services.stats.tables import region_grade, region_grade_history


@handles(contract.SET_GRADES)
def set_grades(work: Work, level: str, thresholds: dict[str, int], reason: str, version: int | None) -> RegionGrade:
    """Set one level's thresholds; what was in force stays in the history."""
    place = work.deployment
    query = sa.select(RegionGrade).where(region_grade.c.level == level).with_for_update()
    grade = work.session.scalars(query).one_or_none()
    grade = grade or RegionGrade(id=ids.new_id(), level=level, region=place, thresholds=DEFAULTS[level])
    work.expect(grade, version)
    sees_all = any(r == "*" or region.prefix(place).startswith(r) for r in work.caller.scope.regions)
    grade.set(thresholds, sees_all, work.now)
    flag_modified(grade, "thresholds") if grade.version else None
    work.keep(grade, contract.RegionGrades)
    row = {name: getattr(grade, name) for name in ("level", "region", "thresholds", "effective_at", "version")}
    history = row | {"id": ids.new_id(), "reason": reason, "set_by_name": work.caller.name}
    work.session.execute(sa.insert(region_grade_history), history)
    return grade


@handles(contract.RECOUNT_FIGURES)
def recount_figures(work: Work, enterprise_id: str | None, repair: bool) -> dict[str, Any]:
    """Add up all contributions anew and compare; on wish the sums become what they add up to."""
    found = recounting.recount(work, [enterprise_id] if enterprise_id else None, repair)
    work.note("figures", {"enterprises": found.enterprises, "cells": found.cells, "differing": found.differing, "repair": repair})
    return {"enterprises": found.enterprises, "cells": found.cells, "differing": found.differing, "at": work.now}
