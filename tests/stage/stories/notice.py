"""A notice for the county's enterprises, answered by one, and another still being written."""

from datetime import timedelta

from services.kernel import clock
from tests.stage.world import Side


def tell(side: Side) -> None:
    due = (clock.now() + timedelta(days=3)).isoformat()
    form = {"kind": "supervision", "body": f"{side.mark}请自查", "receivers": {"regions": [side.region]}, "feedback_due_at": due}
    notice = side.act("regulator_leader", "notice", "draft_notice", title=f"{side.mark}督办", **form)
    side.act("regulator_leader", "notice", "publish_notice", notice_id=notice["id"])
    side.stage.tick()
    receipt = side.act("enterprise_admin", "notice", "list_received_notices")["items"][0]["id"]
    side.act("enterprise_admin", "notice", "read_notice", receipt_id=receipt)
    side.act("enterprise_admin", "notice", "reply_receipt", receipt_id=receipt, reply=f"{side.mark}已自查")
    side.act("publisher", "notice", "draft_notice", title=f"{side.mark}草稿", kind="notice", body=side.mark)
