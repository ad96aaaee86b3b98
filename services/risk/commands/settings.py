"""What authorities set: mandatory check items and the working calendar."""

from datetime import date
from typing import Any

from services.kernel import ids, region
from services.kernel.caller import Kind
from services.kernel.errors import Forbidden, Invalid
from services.kernel.service import handles
from services.kernel.work import Work
from services.risk.contract import settings as contract
from services.risk.domain.calendar import strays
from services.risk.domain.mandatory_item import MandatoryItem
from services.risk.repository import settings


@handles(contract.CREATE_MANDATORY_ITEM)
def create_mandatory_item(work: Work, id: str | None = None, **values: Any) -> MandatoryItem:
    """Demand an item of an industry's enterprises in the caller's own region, from a day on that has not passed."""
    if work.caller.kind != Kind.REGULATOR or work.caller.region is None:
        raise Forbidden("mandatory_item.no_authority", "只有监管部门可以设定强制性检查内容")
    if not work.caller.scope.covers(work.caller.region, values["industry"], None) or work.caller.scope.is_empty():
        raise Forbidden("mandatory_item.other_industry", "该行业不在您的监管范围内")
    if values["effective_on"] < work.today:
        raise Invalid("mandatory_item.in_the_past", "生效日期不能早于今天", effective_on="早于今天")
    item = MandatoryItem(id or ids.new_id(), work.caller.region, **values)
    work.keep(item)
    return item


@handles(contract.END_MANDATORY_ITEM)
def end_mandatory_item(work: Work, mandatory_item_id: str, ended_on: date, version: int | None) -> MandatoryItem:
    item = work.find(MandatoryItem, mandatory_item_id, "检查内容")
    work.expect(item, version)
    item.end(ended_on)
    work.keep(item)
    return item


@handles(contract.SET_WORK_CALENDAR)
def set_work_calendar(work: Work, year: int, holidays: list[date], workdays: list[date], version: int | None) -> dict[str, Any]:
    """Publish, or put right, the days of a year that differ from Monday to Friday."""
    _require_everywhere(work)
    if wrong := strays(year, set(holidays), set(workdays)):
        days = "、".join(day.isoformat() for day in wrong[:5])
        raise Invalid("work_calendar.stray_day", f"以下日期不属于该年、或放假日是周末、或上班日是周一至周五：{days}", days=days)
    present = settings.calendar_version(work, year)
    settings.set_calendar(work, year, holidays, workdays, present if version is None else version)
    return settings.shown_calendar(work, year)


def _require_everywhere(work: Work) -> None:
    """What concerns everybody is set by whoever sees the whole deployment."""
    place = region.prefix(work.deployment)
    if not region.contains(work.caller.scope.regions, place):
        raise Forbidden("setting.not_yours", "该设置适用于整个平台，由本平台最高一级机关设定")
