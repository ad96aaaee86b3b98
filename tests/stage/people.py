"""People of every standard role on each side, and some who hold every permission there is, or none."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from gateway.identity import standing
from gateway.identity.authority import of_authorities
from gateway.identity.domain.role import OFFICES
from gateway.identity.domain.standard_roles import STANDARD_ROLES
from gateway.identity.service import SERVICE
from gateway.identity.tables import credential
from gateway.operations import permissions
from services.kernel import ids
from services.kernel.caller import Caller, Kind, Scope, system
from services.kernel.work import Database

PLATFORM = system("stage")
PASSWORD = "Xk7#mQ2$vLp9&tRw4"


def group_of(permission: str) -> str:
    """Which of the four may do it: the three offices are never one person's."""
    return next((office for office, codes in OFFICES.items() if permission in codes), "business")


def roles_of(kind: str) -> list[str]:
    return [role.code for role in STANDARD_ROLES if role.kind == kind]


def add_roles_of_everything(identity: Database) -> None:
    """``every_government_business``, ``every_enterprise_business`` and one for each office."""
    offices = frozenset().union(*OFFICES.values())
    business = sorted({p.code for _, p in permissions()} - offices)
    held = [("government", "business", business), ("enterprise", "business", sorted(set(business) - of_authorities()))]
    held += [("platform", name, sorted(codes)) for name, codes in OFFICES.items()]
    for kind, group, codes in held:
        args = {"code": f"every_{kind}_{group}", "name": f"全部权限{group}", "kind": kind, "permissions": codes}
        SERVICE.call(identity, "create_role", args, PLATFORM)


def roles_of_everything(kind: str) -> dict[str, list[str]]:
    """The people who together hold all that people of this kind can hold, and one who holds nothing."""
    if kind == "enterprise":
        return {"enterprise.business": ["every_enterprise_business"], "enterprise.none": []}
    found = {f"bureau.{name}": [f"every_platform_{name}"] for name in OFFICES}
    return found | {"bureau.business": ["every_government_business"], "bureau.none": []}


def official(identity: Database, department: dict[str, Any], username: str, roles: Iterable[str], mark: str) -> str:
    args = {"username": username, "name": f"{mark}人员", "department_id": department["id"], "roles": list(roles)}
    return str(SERVICE.call(identity, "create_account", args, PLATFORM)["id"])


def applicant(identity: Database, name: str = "申请人") -> dict[str, Any]:
    """Who registers an enterprise, as he is once his mobile is known to be his."""
    contact = {"mobile": "13800138000", "email": "applicant@example.com"}
    args = {"username": f"applicant.{ids.token(6)}", "password": PASSWORD, "name": name} | contact
    return SERVICE.call(identity, "create_applicant", args, PLATFORM)  # type: ignore[no-any-return]


def staff(identity: Database, enterprise_id: str, region: str, unit_id: str, username: str, roles: Iterable[str], mark: str) -> str:
    whole = Scope(("*",), ("*",), ("*",))
    speaks_for = Caller("system:stage", "系统", Kind.SYSTEM, scope=whole, region=region, enterprise_id=enterprise_id)
    args = {"username": username, "name": f"{mark}员工", "roles": list(roles), "unit_id": unit_id}
    return str(SERVICE.call(identity, "create_staff_account", args, speaks_for)["id"])


def settle(identity: Database) -> None:
    """Everybody has changed his first password."""
    with identity.work(PLATFORM, "settle") as work:
        work.session.execute(sa.update(credential).values(first_until=None))


def caller_of(identity: Database, account_id: str) -> Caller:
    found = standing.by_id(identity, account_id)
    assert found is not None
    return found.caller
