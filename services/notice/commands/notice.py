"""Authorities write notices, decide on them, publish and withdraw them.  Handing out follows by itself (``jobs``)."""

from typing import Any

from services.kernel import ids
from services.kernel.caller import ALL, Kind
from services.kernel.errors import Forbidden
from services.kernel.service import handles
from services.kernel.work import Work
from services.notice import answers, receivers, repository
from services.notice.contract import notices as contract
from services.notice.domain.notice import Notice


@handles(contract.DRAFT_NOTICE)
def draft_notice(work: Work, title: str, kind: str, id: str | None = None, **content: Any) -> dict[str, Any]:
    """Begin a notice; what it lacks is refused when it is submitted or published."""
    caller = work.caller
    if caller.kind not in (Kind.REGULATOR, Kind.API_CLIENT) or caller.region is None or caller.scope.enterprises != ALL:
        raise Forbidden("notice.no_authority", "只有政府部门可以起草通知")
    name = repository.department_name(work)
    notice = Notice(
        id=id or ids.new_id(), region=caller.region, department_id=caller.department_id, department_name=name,
        author_id=caller.id, author_name=caller.name, drafted_at=work.now, title=title, kind=kind,
    )  # fmt: skip
    notice.edit({"title": title, "kind": kind, **content})
    repository.keep(work, notice)
    return answers.for_publisher(work, notice)


@handles(contract.EDIT_NOTICE)
def edit_notice(work: Work, notice_id: str, version: int | None = None, **content: Any) -> dict[str, Any]:
    notice = _own(work, notice_id, version)
    notice.edit(content)
    repository.keep(work, notice)
    return answers.for_publisher(work, notice)


@handles(contract.SUBMIT_NOTICE)
def submit_notice(work: Work, notice_id: str, version: int | None = None) -> dict[str, Any]:
    notice = _own(work, notice_id, version)
    notice.submit(work.caller.id, work.caller.scope, work.now, work.today)
    receivers.require_known(work, notice.receivers)
    repository.keep(work, notice)
    return answers.for_publisher(work, notice)


@handles(contract.REVIEW_NOTICE)
def review_notice(
    work: Work, notice_id: str, decision: str, opinion: str | None = None, version: int | None = None
) -> dict[str, Any]:
    """Publish, or send back with a reason."""
    notice = repository.find(work, notice_id)
    work.expect(notice, version)
    by, by_name = work.caller.id, work.caller.name
    notice.require_decider(by, work.caller.department_id, work.caller.region)
    if decision == "return":
        notice.send_back(by, by_name, opinion, work.now)
        repository.keep(work, notice)
    else:
        repository.keep(work, notice, notice.approve(by, by_name, opinion, work.now, work.today))
        repository.begin_distribution(work, notice)
    return answers.for_publisher(work, notice)


@handles(contract.PUBLISH_NOTICE)
def publish_notice(work: Work, notice_id: str, version: int | None = None) -> dict[str, Any]:
    """Publish one's own draft without approval, by the direct right."""
    notice = _own(work, notice_id, version)
    fact = notice.publish_directly(work.caller.id, work.caller.scope, work.now, work.today)
    receivers.require_known(work, notice.receivers)
    repository.keep(work, notice, fact)
    repository.begin_distribution(work, notice)
    return answers.for_publisher(work, notice)


@handles(contract.WITHDRAW_NOTICE)
def withdraw_notice(work: Work, notice_id: str, reason: str, version: int | None = None) -> dict[str, Any]:
    """Take it back: receivers see neither notice nor receipt any more, the publisher keeps both."""
    notice = _own(work, notice_id, version)
    repository.keep(work, notice, notice.withdraw(reason, work.now))
    return answers.for_publisher(work, notice)


def _own(work: Work, notice_id: str, version: int | None) -> Notice:
    notice = repository.find_own(work, notice_id)
    work.expect(notice, version)
    return notice
