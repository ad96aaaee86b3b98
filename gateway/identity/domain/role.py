"""Roles: sets of permission codes; and who may give what to whom.

A role holds ``permissions`` (what its holder may do) and ``grants`` (what its holder may give to others, without
having to be able to do it).  Nobody gives, or composes into a role, what his own roles' ``grants`` do not hold, so the
union of what can be given never grows (SEC-28).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from services.kernel.errors import Forbidden, Invalid

# What makes an office; the reading rights belong to several and part nobody.
OFFICES = {
    "system": frozenset({"gateway.departments.write", "gateway.accounts.write"}),
    "security": frozenset({"gateway.roles.write", "gateway.clients.write"}),
    "audit": frozenset({"data.audit.read"}),
}
ADMINISTRATIVE = frozenset().union(*OFFICES.values()) | {"gateway.accounts.grant", "gateway.staff.write"}
OWN = "gateway."


@dataclass(eq=False)
class Role:
    """``id`` is the code; ``region`` is the place whose administrators keep the role.  Out of use it gives nobody anything."""

    id: str
    name: str
    kind: str
    region: str
    permissions: list[str] = field(default_factory=list)
    grants: list[str] = field(default_factory=list)
    is_standard: bool = False
    is_edited: bool = False
    is_active: bool = True
    remark: str = ""
    version: int = 0

    def content(self) -> frozenset[str]:
        """Everything that passes on with the role."""
        return frozenset(self.permissions) | frozenset(self.grants)


def permissions_of(roles: Iterable[Role]) -> frozenset[str]:
    return frozenset(code for role in roles for code in role.permissions)


def grants_of(roles: Iterable[Role]) -> frozenset[str]:
    return frozenset(code for role in roles for code in role.grants)


def require_grantable(content: frozenset[str], grants: frozenset[str]) -> None:
    """Nobody gives what he may not give."""
    if extra := sorted(content - grants):
        raise Forbidden("role.beyond_yours", "不能授予您无权授予的权限", permissions=" ".join(extra[:20]))


def require_one_office(permissions: frozenset[str], companions: frozenset[str] = frozenset()) -> None:
    """System, security and audit administration are three people, and none of them does business (SEC-29).

    Identity's own rights may stand beside an office, and ``companions``: settings that a service gives to an office.
    """
    offices = [name for name, codes in OFFICES.items() if codes & permissions]
    if len(offices) > 1:
        raise Invalid("role.two_offices", "系统管理、安全管理、审计管理三种职责不能由同一人担任")
    business = sorted(code for code in permissions - companions if not code.startswith(OWN))
    if offices and business:
        raise Invalid("role.office_with_business", "平台管理职责不能与业务权限合并", permissions=" ".join(business[:20]))


def is_administrator(permissions: frozenset[str]) -> bool:
    return bool(permissions & ADMINISTRATIVE)


def require_subordinate(actor_id: str, actor_region: str, target_id: str, target_region: str, target_administers: bool) -> None:
    """Nobody changes himself, his peers or his superiors; regions are given as prefixes."""
    if actor_id == target_id:
        raise Forbidden("account.yourself", "不能修改自己的账号，请由其他管理员操作")
    if target_administers and not (target_region != actor_region and target_region.startswith(actor_region)):
        raise Forbidden("account.peer", "不能修改同级或上级管理员的账号")
