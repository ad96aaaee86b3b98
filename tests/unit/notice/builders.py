"""Notices and receipts for unit tests; each states only what matters."""

from datetime import UTC, date, datetime
from typing import Any

from services.kernel.caller import ALL, Scope
from services.notice.domain.notice import Notice
from services.notice.domain.receipt import Receipt

NOW = datetime(2026, 3, 16, 2, tzinfo=UTC)  # 10:00 in China.
TODAY = date(2026, 3, 16)
COUNTY = Scope(("520102",), ALL, ALL)
ENTERPRISE, DEPARTMENT = "0198e7a0-0000-7000-8000-000000000001", "0198e7a0-0000-7000-8000-000000000002"


def a_notice(**values: Any) -> Notice:
    """A whole draft of a county's department."""
    return Notice(
        **{
            "id": "0198e7a0-0000-7000-8000-00000000000a", "region": "520102", "department_id": DEPARTMENT,
            "department_name": "南明区应急管理局", "author_id": "author", "author_name": "张三", "drafted_at": NOW,
            "title": "汛期检查",
            "kind": "notice", "body": "请各企业自查。", "receivers": {"regions": ["520102"]},
        }
        | values
    )  # fmt: skip


def a_receipt(**values: Any) -> Receipt:
    """What an enterprise has received and is to handle."""
    return Receipt(
        **{
            "id": "0198e7a0-0000-7000-8000-00000000000b", "notice_id": "0198e7a0-0000-7000-8000-00000000000a", "region": "520102",
            "receiver_name": "某厂", "received_at": NOW, "enterprise_id": ENTERPRISE, "needs_handling": True,
        }
        | values
    )  # fmt: skip
