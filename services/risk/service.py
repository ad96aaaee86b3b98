"""The risk service: its contract, its handlers, its reactions, its jobs, and what its unique indexes say to people."""

from services import trail
from services.kernel.service import Service
from services.risk import commands, contract, jobs, queries, reactions

SERVICE = Service(
    "risk",
    contract,
    [commands, queries, reactions, jobs, trail],
    unique={
        "risk_point_name_taken": ("risk_point.name_taken", "该单元下已有同名风险点"),
        "risk_point_pkey": ("risk_point.exists", "该风险点已存在，请勿重复提交"),
        "risk_category_name_taken": ("risk_category.name_taken", "已有同名分类"),
        "risk_list_one_filed": ("risk_list.other_filed", "该单元已报备另一份清单，请重新编制后再报备"),
        "risk_list_pkey": ("risk_list.exists", "该清单已存在，请勿重复提交"),
    },
)
