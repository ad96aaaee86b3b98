"""Rows of a sheet become accounts: departments and roles by name, nobody's name twice, nothing beyond what the caller may give."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from gateway.contract.permissions import ACCOUNTS_GRANT
from gateway.identity.authority import KINDS_OF_ROLES, give_roles
from gateway.identity.domain.account import Account, AccountKind
from gateway.identity.sheet import DEPARTMENT, ROLES, USERNAME, Read
from gateway.identity.tables import department, role
from services.kernel import ids
from services.kernel.errors import Refusal
from services.kernel.work import Work

TAKEN = sa.text("SELECT * FROM app.taken_usernames(CAST(:wanted AS text[]))")


@dataclass(frozen=True)
class Place:
    """A department as an account is put into it."""

    id: str
    region: str
    name: str


@dataclass(frozen=True)
class Made:
    """One account made of its row, not yet kept."""

    account: Account
    department: str
    row: int


def places(work: Work) -> dict[str, list[Place]]:
    """The departments in use that the caller sees, by name and by name with place; the latter is unmistakable."""
    query = sa.select(department).where(work.within(department), department.c.is_active)
    found: dict[str, list[Place]] = defaultdict(list)
    for row in work.session.execute(query.order_by(department.c.region, department.c.position, department.c.id)).mappings():
        place = Place(row["id"], row["region"], row["name"])
        for name in (place.name, f"{place.name}（{place.region}）"):
            found[name].append(place)
    return found


def names_of_places(found: dict[str, list[Place]]) -> list[str]:
    """The shortest unmistakable name of each department."""
    return [
        name for name, of in found.items()
        if len(of) == 1 and (name == of[0].name or len(found[of[0].name]) > 1)
    ]  # fmt: skip


def names_of_roles(work: Work) -> list[tuple[str, str]]:
    """Code and name of the roles in use that people of government hold."""
    kinds = KINDS_OF_ROLES[AccountKind.REGULATOR]
    query = sa.select(role.c.code, role.c.name).where(role.c.kind.in_(kinds), role.c.is_active).order_by(role.c.code)
    return list(work.session.execute(query).tuples())


def accounts_of(work: Work, read: Read) -> list[Made]:
    """An account for each row that is all right; what is wrong is added to the errors."""
    wanted = [row["username"].lower() for _, row in read.rows]
    taken = set(work.session.scalars(TAKEN, {"wanted": wanted}))
    maker = _Maker(work, read)
    made = []
    for number, row in read.rows:
        before = len(read.errors)
        if row["username"].lower() in taken:
            read.wrong(number, USERNAME, f"用户名已被使用：{row['username']}")
        place, roles = maker.place(number, row["department"]), maker.roles(number, row["roles"])
        if place and len(read.errors) == before:
            contact = {name: row[name] for name in ("mobile", "email", "certificate_number")}
            made.append(Made(_account(row["username"].lower(), row["name"], place, roles, contact), place.name, number))
    return made


def _account(username: str, name: str, place: Place, roles: list[str], contact: dict[str, str | None]) -> Account:
    account = Account(ids.new_id(), AccountKind.REGULATOR, username, name, place.region, department_id=place.id, roles=roles)
    account.reach(**contact)
    return account


class _Maker:
    """Looks names up in what was asked for once."""

    def __init__(self, work: Work, read: Read) -> None:
        self._work, self._read, self._places = work, read, places(work)
        self._roles: dict[str, set[str]] = defaultdict(set)
        for code, name in names_of_roles(work):
            self._roles[code].add(code)
            self._roles[name].add(code)
        self._refused: dict[tuple[str, ...], str] = {}  # Why somebody may not have these roles, or "".

    def place(self, number: int, name: str) -> Place | None:
        found = self._places.get(name.replace("(", "（").replace(")", "）"), [])
        if len(found) == 1:
            return found[0]
        text = "有多个同名部门，请写部门名称（行政区划代码）" if found else "没有该部门，或不在您的权限范围内"
        self._read.wrong(number, DEPARTMENT, f"{text}：{name}")
        return None

    def roles(self, number: int, names: Iterable[str]) -> list[str]:
        codes = [self._role(number, name) for name in dict.fromkeys(names)]
        key = tuple(sorted({code for code in codes if code}))
        if key and (why := self._why_not(key)):
            self._read.wrong(number, ROLES, why)
        return list(key)

    def _role(self, number: int, name: str) -> str | None:
        found = self._roles.get(name, set())
        if len(found) == 1:
            return next(iter(found))
        self._read.wrong(number, ROLES, f"{'有多个同名角色，请写代码' if found else '没有该角色'}：{name}")
        return None

    def _why_not(self, codes: tuple[str, ...]) -> str:
        """Asked once for what comes in row after row."""
        if codes not in self._refused:
            self._refused[codes] = _why_not(self._work, list(codes))
        return self._refused[codes]


def _why_not(work: Work, codes: list[str]) -> str:
    """Why the caller may not give these roles to somebody new, or nothing."""
    if not work.caller.may(ACCOUNTS_GRANT.code):
        return "您不能授予角色，请留空，由安全管理员授予"
    try:
        give_roles(work, Account(ids.new_id(), AccountKind.REGULATOR, "", "", ""), codes)
    except Refusal as refusal:
        return refusal.message
    return ""
