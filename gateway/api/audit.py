"""The audit trail of the whole deployment, put together of every service's own: all are asked at once, or one.

A trail with holes must not look whole: while one of those asked does not answer, there is no answer.
"""

import re
from datetime import datetime
from functools import cache
from typing import Any

from gateway.api.views import answers, ask
from gateway.contract import audit as contract
from gateway.contract.vocabulary import ANNOUNCED, OWN_WORK, SERVICES
from gateway.edge import edge
from gateway.operations import CONTRACTS, operations
from gateway.rpc import Away
from services.kernel import paging
from services.kernel.caller import Caller
from services.kernel.contract import made
from services.kernel.work import plain
from services.trail.contract import LIST_TRAIL


@answers(contract.LIST_AUDIT)
def list_audit(caller: Caller, args: dict[str, Any]) -> dict[str, Any]:
    """Newest first by id, which begins with the moment: each service gives its page behind the same cursor."""
    names, limit = [args["service"]] if args["service"] else [*CONTRACTS], args["limit"]
    pages = _pages(names, plain(made(LIST_TRAIL.args).dump(args)), caller)
    rows = [_entry(name, row) for name, page in pages.items() for row in page["items"]]
    rows.sort(key=lambda row: row["id"], reverse=True)
    is_more = len(rows) > limit or any(page["next_cursor"] for page in pages.values())
    found = {"items": rows[:limit], "next_cursor": paging.mark([rows[limit - 1]["id"]]) if is_more else None}
    if all("total" in page for page in pages.values()):
        found["total"] = min(sum(page["total"] for page in pages.values()), paging.MOST_COUNTED + 1)
    return found


def _pages(names: list[str], asked: dict[str, Any], caller: Caller) -> dict[str, dict[str, Any]]:
    others = [name for name in names if name != "gateway"]
    try:
        pages = dict(zip(others, edge().services.call_each(others, LIST_TRAIL.name, asked, caller), strict=True))
    except Away as away:
        if len(names) == 1:
            raise
        absent = "、".join(f"「{SERVICES[name]}」" for name in away.services)
        message = f"{absent}暂时没有应答，审计日志不完整，未予显示；可用 service 参数逐个查询其他服务"
        raise Away(*away.services, message=message) from away
    if "gateway" in names:
        pages["gateway"] = ask("gateway", LIST_TRAIL, asked, caller)
    return pages


def _entry(service: str, row: dict[str, Any]) -> dict[str, Any]:
    told = {"service": service, "operation_name": name_of(row["operation"])}
    return row | told | {"at": datetime.fromisoformat(row["at"])}


def name_of(code: str) -> str:
    """What people call an operation; the code itself, where an older version had one that nobody knows any more."""
    return _names().get(code) or _reaction(code) or code


@cache
def _names() -> dict[str, str]:
    trails = {f"{service}.{LIST_TRAIL.name}": LIST_TRAIL.summary for service in CONTRACTS}
    return OWN_WORK | trails | {f"{service}.{operation.name}": operation.summary for service, operation in operations()}


def _reaction(code: str) -> str | None:
    """``hazard.on_check_item_failed`` is what the hazard service did since something of a check item was announced."""
    announced = re.fullmatch(r"\w+\.on_(\w+)", code)
    subjects = [s for s in ANNOUNCED if announced and announced[1].startswith(f"{s}_")]
    return f"随{ANNOUNCED[max(subjects, key=len)]}变动更新" if subjects else None
