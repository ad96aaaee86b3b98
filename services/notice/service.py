"""The notice service: its contract, its handlers, its reactions, its jobs."""

from services import trail
from services.kernel.service import Service
from services.notice import commands, contract, jobs, queries, reactions

SERVICE = Service(
    "notice",
    contract,
    [commands, queries, reactions, jobs, trail],
    unique={"notice_pkey": ("notice.exists", "该通知已保存，请勿重复提交")},
)
