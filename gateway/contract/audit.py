"""The audit trail of the whole deployment (审计日志): every service's rows, each with the service it was kept in."""

from gateway.contract.permissions import AUDIT_READ
from gateway.contract.vocabulary import CALLER_KINDS, SERVICES
from services.kernel.contract import Operation
from services.language.fields import one_of, optional_one_of, shown
from services.language.schema import page_of
from services.trail.contract import ListTrail, TrailEntry


class AuditEntry(TrailEntry):
    """``service`` is the one whose database keeps the row; what the gateway refused stands in its own trail."""

    class Meta:
        fields = (
            "id", "at", "service", "operation", "operation_name", "result", "actor", "actor_name", "actor_kind", "address",
            "request_id", "region", "enterprise_id", "changes",
        )  # fmt: skip

    service = one_of(SERVICES, "所在服务")
    operation_name = shown("操作")
    actor_kind = one_of(CALLER_KINDS, "操作人类别")


class ListAudit(ListTrail):
    service = optional_one_of(SERVICES, "所在服务")


LIST_AUDIT = Operation("list_audit", "GET /audit", AUDIT_READ.code, ListAudit, page_of(AuditEntry), "审计日志", is_list=True)
EDGE_OPERATIONS = [LIST_AUDIT]
