"""``python -m gateway.identity.seed``: standard roles after every upgrade, and the three first administrators once.

A standard role follows the declared permissions until an administrator has edited it.
"""

from typing import Any

import sqlalchemy as sa

from gateway.identity import repository
from gateway.identity.domain.role import Role
from gateway.identity.domain.standard_roles import STANDARD_ROLES, StandardRole
from gateway.identity.service import SERVICE
from gateway.identity.tables import account
from gateway.operations import permissions
from services.kernel.caller import system
from services.kernel.work import Database, Work

SEEDER = system("seed")
OFFICES = [("system", "系统管理员"), ("security", "安全管理员"), ("audit", "审计管理员")]
DEPARTMENT = {"name": "平台管理办公室", "industries": ["*"]}


def seed_roles(database: Database) -> list[str]:
    """Bring the standard roles up to date; the codes of those that changed."""
    held: dict[str, list[str]] = {s.code: [p.code for _, p in permissions() if s.code in p.roles] for s in STANDARD_ROLES}
    changed = []
    with database.work(SEEDER, "seed_roles") as work:
        present = {r.id: r for r in work.session.scalars(sa.select(Role))}
        for standard in STANDARD_ROLES:
            role = present.get(standard.code) or Role(standard.code, standard.name, standard.kind, "", is_standard=True)
            if _follow(work, role, standard, held):
                changed.append(role.id)
    return changed


def _follow(work: Work, role: Role, standard: StandardRole, held: dict[str, list[str]]) -> bool:
    grants = {code for other in STANDARD_ROLES if other.kind in standard.appoints for code in held[other.code]}
    wanted = (sorted(held[role.id]), sorted(grants))
    if role.is_edited or (role.version and (role.permissions, role.grants) == wanted):
        return False
    role.region = role.region or work.deployment
    role.permissions, role.grants = wanted
    repository.keep_role(work, role)
    return True


def first_administrators(database: Database) -> list[dict[str, Any]]:
    """One person for each of the three offices, in the deployment's own place, unless there is any account of government."""
    with database.work(SEEDER, "first_administrators", read_only=True) as work:
        if work.session.execute(sa.select(account.c.id).where(account.c.department_id.is_not(None)).limit(1)).first():
            return []
    place = database.deployment
    office = SERVICE.call(database, "create_department", DEPARTMENT | {"region": place}, SEEDER)
    people = [
        {"username": f"{name}.admin", "name": label, "department_id": office["id"], "roles": [f"{name}_admin"]}
        for name, label in OFFICES
    ]
    return [SERVICE.call(database, "create_account", person, SEEDER) for person in people]


def main() -> None:
    from services.runtime.settings import settings

    database = settings().database("gateway")
    for code in seed_roles(database):
        print(f"role {code} follows the declared permissions")
    for person in first_administrators(database):
        print(f"{person['name']}: {person['username']} {person['first_password']}")


if __name__ == "__main__":
    main()
