"""Identity as a service: the same calls, transactions, audit rows and announcements as everywhere."""

from gateway import contract
from gateway.identity import commands, jobs, queries, reactions
from services import trail
from services.kernel.service import Service

SERVICE = Service(
    "gateway",
    contract,
    [commands, queries, reactions, jobs, trail],
    unique={
        "account_username": ("account.username_taken", "该用户名已被使用，请换一个"),
        "department_name": ("department.name_taken", "该行政区划内已有同名部门"),
        "role_pkey": ("role.code_taken", "已有相同代码的角色"),
        "api_client_name": ("client.name_taken", "该行政区划内已有同名接入系统"),
    },
)
