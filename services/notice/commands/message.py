"""People mark their messages as read, each for himself."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from services.kernel.errors import Invalid
from services.kernel.service import handles
from services.kernel.work import Work
from services.notice import repository
from services.notice.contract import messages as contract
from services.notice.tables import message, message_reading


@handles(contract.READ_MESSAGES)
def read_messages(work: Work, message_ids: list[str], are_all: bool) -> dict[str, int]:
    """Mark those that are named, or all that count as unread; what is not for the caller is passed over."""
    if not message_ids and not are_all:
        raise Invalid("message.none_chosen", "请选择要标为已读的消息", message_ids="必填")
    chosen = sa.true() if are_all else message.c.id.in_(message_ids)
    columns = [sa.literal(work.caller.id).label("account_id"), message.c.id, sa.literal(work.now).label("read_at")]
    unread = sa.select(*columns).where(repository.unread(work), chosen)
    new = insert(message_reading).from_select(["account_id", "message_id", "read_at"], unread).on_conflict_do_nothing()
    count: int = work.session.execute(new).rowcount  # type: ignore[attr-defined]
    if count:
        work.note("messages", {"read": count})
    return {"count": count}
