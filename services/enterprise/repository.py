"""Finds and keeps enterprises and what belongs to them; the caller's scope is part of every query."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm.attributes import flag_modified, get_history

from services.enterprise.contract.events import EnterpriseState, LicenceState, OrgUnitState
from services.enterprise.contract.reference import follow
from services.enterprise.domain.enterprise import Enterprise, Status
from services.enterprise.domain.licence import Edition, EditionStatus, Licence
from services.enterprise.domain.org_unit import OrgUnit
from services.enterprise.domain.worker import Worker
from services.enterprise.tables import BELONGINGS, ID_NUMBER, enterprise, enterprise_history, licence_edition, org_unit, worker
from services.kernel import ids
from services.kernel.caller import Caller, Kind
from services.kernel.errors import Conflict, Forbidden
from services.kernel.event import Fact
from services.kernel.work import Work, absent, plain
from services.vault import sealing

Aggregate = TypeVar("Aggregate")


def find(work: Work, enterprise_id: str, lock: bool = True) -> Enterprise:
    """The enterprise in scope; another's draft is as if it did not exist."""
    found = work.find(Enterprise, enterprise_id, "企业", lock)
    is_draft = found.status == Status.DRAFT or (found.status == Status.DELETED and found.status_before == Status.DRAFT)
    if is_draft and not acts_for(work.caller, enterprise_id):
        raise absent(Enterprise, "企业")
    return found


def find_own(work: Work, enterprise_id: str, lock: bool = True) -> Enterprise:
    """The caller's own enterprise; those he only sees (subordinates) are refused."""
    found = find(work, enterprise_id, lock)
    if not acts_for(work.caller, enterprise_id):
        raise Forbidden("enterprise.not_yours", "只能办理本企业的事项")
    return found


def require_own(work: Work, enterprise_id: str) -> None:
    if not acts_for(work.caller, enterprise_id):
        raise Forbidden("enterprise.not_yours", "只能办理本企业的事项")


def acts_for(caller: Caller, enterprise_id: str) -> bool:
    """Whether the caller speaks for this enterprise: its people, a system named for it, the platform itself."""
    if caller.kind == Kind.API_CLIENT:
        return enterprise_id in caller.scope.enterprises
    return caller.kind == Kind.SYSTEM or caller.enterprise_id == enterprise_id


def shown(caller: Caller) -> sa.ColumnElement[bool]:
    """The condition that hides the drafts of others, also those that have expired."""
    columns = enterprise.c
    is_draft = sa.case((columns.status == Status.DELETED, columns.status_before), else_=columns.status) == Status.DRAFT
    if caller.enterprise_id is not None:
        return sa.or_(sa.not_(is_draft), columns.id == caller.enterprise_id)
    return sa.not_(is_draft)


def refuse_taken(work: Work, name: str | None, credit_code: str | None, except_id: str) -> None:
    """Refuse a name or credit code that another registration holds; the unique indexes have the last word."""
    query = sa.text("SELECT by_name, by_code FROM app.is_enterprise_taken(:name, :code, :except_id)")
    taken = work.session.execute(query, {"name": name, "code": credit_code, "except_id": except_id}).one()
    if taken.by_name:
        raise Conflict(*NAME_TAKEN, name="已存在")
    if taken.by_code:
        raise Conflict(*CODE_TAKEN, unified_credit_code="已存在")


NAME_TAKEN = ("enterprise.name_taken", "该企业名称已存在，如为本企业请使用原账号登录")
CODE_TAKEN = ("enterprise.credit_code_taken", "该统一社会信用代码已注册，如为本企业请使用原账号登录")
ID_NUMBER_TAKEN = ("worker.id_number_taken", "该身份证号已登记")


def keep(
    work: Work,
    kept: Enterprise,
    *facts: Fact,
    event: str | None = None,
    reason: str | None = None,
    attachments: Sequence[str] = (),
    detail: Any = None,
) -> None:
    """Save the enterprise and, when it is one, write the step into its history."""
    before = get_history(kept, "status").deleted
    work.keep(kept, EnterpriseState, *facts)
    if event is None:
        return
    row = {
        name: getattr(kept, name)
        for name in ("enterprise_id", "region", "industry", "round", "authority_region", "authority_sector")
    }
    row |= {
        "id": ids.new_id(),
        "at": work.now,
        "event": event,
        "from_status": (before or [kept.status])[0],
        "to_status": kept.status,
    }
    row |= {"by_id": work.caller.id, "by_name": work.caller.name, "reason": reason}
    row |= {"attachments": list(attachments), "detail": plain(detail)}
    work.session.execute(sa.insert(enterprise_history), row)


def relocate(work: Work, moved: Enterprise) -> None:
    """Give everything that belongs to the enterprise its new region and industry."""
    follow(work, BELONGINGS, moved.id, moved.region, moved.industry)


def keep_licence(work: Work, kept: Licence, facts: Iterable[Fact], new: Edition | None = None) -> None:
    """Save the licence; once a new edition is in force, those before it are replaced."""
    work.keep(kept, LicenceState, *facts)
    if new is not None:
        work.session.add(new)
        work.session.flush()
    former = sa.and_(licence_edition.c.licence_id == kept.id, licence_edition.c.status == EditionStatus.IN_FORCE)
    earlier = sa.and_(former, licence_edition.c.edition < kept.edition)
    work.session.execute(sa.update(licence_edition).where(earlier).values(status=EditionStatus.REPLACED))


def pending_edition(work: Work, licence_id: str) -> Edition:
    """The renewal that waits for the authority."""
    columns = licence_edition.c
    query = sa.select(Edition).where(columns.licence_id == licence_id, columns.status == EditionStatus.PENDING)
    found = work.session.scalars(query.with_for_update()).one_or_none()
    if found is None:
        raise Conflict("licence.no_renewal", "没有待确认的换发证照")
    return found


def keep_unit(work: Work, unit: OrgUnit, fact: Fact) -> None:
    work.keep(unit, OrgUnitState, fact)


def lock_tree(work: Work, enterprise_id: Any) -> None:
    """Let one change of an enterprise's tree wait for the other, so that two moves cannot make a ring."""
    root = sa.and_(org_unit.c.enterprise_id == enterprise_id, org_unit.c.parent_id.is_(None))
    work.session.execute(sa.select(org_unit.c.id).where(root).with_for_update())


def find_request(work: Work, kind: type[Aggregate], request_id: str, name: str, lock: bool = True) -> tuple[Aggregate, Enterprise]:
    """A request with its enterprise, locked in the order in which every command locks them.

    What was never handed in is its enterprise's alone, also when it was dropped.
    """
    columns: Any = kind
    owner = work.session.scalar(sa.select(columns.enterprise_id).where(columns.id == request_id, work.within(kind)))
    if owner is None:
        raise absent(kind, name)
    of = find(work, owner, lock)
    request = work.find(kind, request_id, name, lock)
    if getattr(request, "submitted_at", True) is None and not acts_for(work.caller, owner):  # type: ignore[attr-defined]
        raise absent(kind, name)
    return request, of


def keep_request(work: Work, request: Any) -> None:
    """Save what announces nothing itself: requests for changes and suspensions."""
    work.keep(request)


def has_number(id_number: str) -> sa.ColumnElement[bool]:
    """The condition that a worker has this identity number, by whichever key its digest was made."""
    return worker.c.id_number_digest.in_(sealing.digests(id_number.upper(), ID_NUMBER))


def find_worker(work: Work, worker_id: str) -> Worker:
    """A present worker of an enterprise in scope, to be looked at."""
    found, _ = find_request(work, Worker, worker_id, "人员", lock=False)
    if found.is_removed:
        raise absent(Worker, "人员")
    return found


def keep_worker(work: Work, kept: Worker) -> None:
    """Save a worker under his number, which stands once among an enterprise's present people; its index has the last word."""
    whole, of = kept.id_number.whole, worker.c
    others = sa.and_(of.enterprise_id == kept.enterprise_id, sa.not_(of.is_removed), of.id != kept.id)
    if work.session.scalar(sa.select(of.id).where(others, has_number(whole)).limit(1)):
        raise Conflict(*ID_NUMBER_TAKEN, id_number="已登记")
    kept.id_number_digest = sealing.digests(whole, ID_NUMBER)[0]
    work.keep(kept)


def seal_anew(work: Work, most: int) -> int:
    """Seal under the first key what an older one has sealed, of so many workers at most; how many they were."""
    of_first = (sa.type_coerce(column, sa.Text).startswith(sealing.mark()) for column in (worker.c.id_number, worker.c.phone))
    query = sa.select(Worker).where(sa.not_(sa.and_(*of_first))).order_by(worker.c.id).limit(most).with_for_update()
    found = work.session.scalars(query).all()
    for each in found:
        flag_modified(each, "id_number")
        flag_modified(each, "phone")
        each.id_number_digest = sealing.digests(each.id_number.whole, ID_NUMBER)[0]
    if found:
        work.note("worker", {"sealed_anew": len(found)})
    return len(found)
