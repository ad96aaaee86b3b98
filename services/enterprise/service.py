"""The enterprise service: its contract, its handlers, its reactions and jobs, and what its unique indexes say to people."""

from services import trail
from services.enterprise import commands, contract, jobs, queries, reactions, repository
from services.kernel.service import Service

SERVICE = Service(
    "enterprise",
    contract,
    [commands, queries, reactions, jobs, trail],
    unique={
        "enterprise_pkey": ("enterprise.already_registered", "本账号已填写企业信息，请在原申报上修改"),
        "enterprise_name_taken": repository.NAME_TAKEN,
        "enterprise_credit_code_taken": repository.CODE_TAKEN,
        "enterprise_change_pending": ("change.pending_exists", "已有待审核的变更，请等待审核结果或先取消"),
        "suspension_request_pending": ("suspension.pending_exists", "已有待审核的停复工申请，请等待审核结果或先撤回"),
        "licence_number_taken": ("licence.number_taken", "该类型证照的证书编号已登记"),
        "qualification_number_taken": ("qualification.number_taken", "该证书编号已登记"),
        "worker_id_number_taken": repository.ID_NUMBER_TAKEN,
        "org_unit_name_taken": ("org_unit.name_taken", "同一上级单元下已有同名单元"),
    },
)
