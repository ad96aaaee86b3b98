"""What this service does when others announce something: it knows which units have lists in force, and so stay in use."""

from typing import Any

from services.enterprise.tables import filed_list
from services.kernel.event import Event
from services.kernel.service import reacts
from services.kernel.work import Work
from services.risk.contract import RISK_LIST_FILED, RISK_LIST_SUPERSEDED, RISK_LIST_WITHDRAWN

OF_LIST = ("id", "enterprise_id", "region", "industry", "unit_id", "name", "version")


@reacts(RISK_LIST_FILED, RISK_LIST_WITHDRAWN, RISK_LIST_SUPERSEDED)
def keep_filed_list(work: Work, event: Event, state: dict[str, Any], fact: dict[str, Any]) -> None:
    work.keep_copy(filed_list, {name: state[name] for name in OF_LIST} | {"is_filed": state["status"] == "filed"})
