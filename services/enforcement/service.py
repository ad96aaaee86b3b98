"""The enforcement service: its contract, its handlers, its reactions and jobs, and what its unique indexes say to people."""

from services import trail
from services.enforcement import commands, contract, jobs, queries, reactions
from services.kernel.service import Service

SERVICE = Service(
    "enforcement",
    contract,
    [commands, queries, reactions, jobs, trail],
    unique={
        "check_table_name_taken": ("check_table.name_taken", "本机关已有同名的检查表，请换一个名称"),
        "officer_certificate_taken": ("officer.certificate_taken", "该执法证号已登记给在岗的执法人员"),
        "officer_account_taken": ("officer.account_taken", "该登录账号已属于另一名在岗的执法人员"),
        "document_replaced_once": ("document.reissued", "该文书已重新签发，不能重复签发"),
    },
)
