"""What is published for everybody is read by anybody, and nothing else is."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from services.kernel import clock, ids
from services.kernel.caller import Caller
from services.kernel.errors import Forbidden, Invalid, NotFound
from services.notice.queries.public import PAGE
from services.notice.tables import notice
from tests.callers import nobody
from tests.service.notice.builders import COUNTY, NEXT_COUNTY, Desk, a_draft, an_official

ANYBODY = nobody()


def a_public_one(desk: Desk, publisher: Caller | None = None, **values: Any) -> str:
    publisher = publisher or an_official()
    return desk.published(publisher, {"regions": [publisher.region]}, **{"is_public": True} | values)


def listed(desk: Desk, **asked: Any) -> list[str]:
    return [one["id"] for one in desk(ANYBODY, "list_public_notices", **{"limit": 50} | asked)["items"]]


@pytest.mark.feature("SYS-01")
def test_anybody_reads_what_was_published_for_everybody_newest_first(desk: Desk) -> None:
    first, second = a_public_one(desk, title="汛期公告"), a_public_one(desk, an_official(NEXT_COUNTY), title="高温公告")

    found = desk(ANYBODY, "list_public_notices", limit=2)["items"]
    shown = desk(ANYBODY, "show_public_notice", notice_id=first)

    assert [(one["id"], one["title"], one["kind"]) for one in found] == [
        (second, "高温公告", "notice"),
        (first, "汛期公告", "notice"),
    ]
    assert (shown["title"], shown["body"], "attachments" in shown) == ("汛期公告", "请自查并反馈。", False)


def test_nothing_else_is_shown_to_anybody(desk: Desk) -> None:
    publisher = an_official()
    draft = desk(publisher, "draft_notice", **a_draft(receivers={"regions": [COUNTY]}, is_public=True))["id"]
    withdrawn, inside = a_public_one(desk, publisher), desk.published(publisher, {"regions": [COUNTY]})
    desk(publisher, "withdraw_notice", notice_id=withdrawn, reason="有误")
    until_yesterday = a_public_one(desk, publisher, expires_on=clock.day_of(clock.now()).isoformat())

    with clock.simulate(clock.now() + timedelta(days=1)):
        seen = listed(desk)
        for hidden in (draft, withdrawn, inside, until_yesterday, ids.new_id()):
            with pytest.raises(NotFound, match=r"notice\.not_found"):
                desk(ANYBODY, "show_public_notice", notice_id=hidden)

    assert not {draft, withdrawn, inside, until_yesterday} & set(seen)
    assert until_yesterday in listed(desk)  # Its last day is in time.


@pytest.mark.feature("SYS-01")
def test_who_approves_a_notice_decides_that_it_is_public_too(desk: Desk) -> None:
    publisher = an_official(COUNTY, "publisher")
    approver = an_official(COUNTY, "notice_approver", department=publisher.department_id)
    drafted = desk(publisher, "draft_notice", **a_draft(receivers={"regions": [COUNTY]}, is_public=True))
    desk(publisher, "submit_notice", notice_id=drafted["id"])

    before = listed(desk)
    told = desk(approver, "show_notice", notice_id=drafted["id"])["is_public"]
    desk(approver, "review_notice", notice_id=drafted["id"], decision="approve")

    assert (drafted["id"] in before, told, drafted["id"] in listed(desk)) == (False, True, True)


def test_pages_follow_each_other_also_past_one_that_was_taken_back(desk: Desk) -> None:
    publisher = an_official()
    made = [a_public_one(desk, publisher) for _ in range(5)][::-1]
    first = desk(ANYBODY, "list_public_notices", limit=2)
    desk(publisher, "withdraw_notice", notice_id=made[1], reason="有误")

    second = desk(ANYBODY, "list_public_notices", limit=2, cursor=first["next_cursor"])

    assert ([one["id"] for one in first["items"]], first["next_cursor"]) == (made[:2], made[1])
    assert [one["id"] for one in second["items"]] == made[2:4]
    assert listed(desk, cursor=ids.new_id()) == []
    with pytest.raises(Invalid):
        desk(ANYBODY, "list_public_notices", cursor="第二页")


def test_looking_for_public_ones_leaves_the_askers_scope_as_it_was(desk: Desk) -> None:
    a_public_one(desk)
    asker = an_official(NEXT_COUNTY)

    with desk.database.work(asker, "test", read_only=True) as work:
        seen = sa.select(sa.func.count()).select_from(notice).where(notice.c.region == COUNTY)
        before = work.session.scalar(seen)
        found = work.session.execute(PAGE, {"day": work.today, "after": None, "most": 50}).all()
        after = work.session.scalar(seen)

    assert (before, len(found) > 0, after) == (0, True, 0)


def test_who_stands_before_the_door_does_nothing_with_notices(desk: Desk) -> None:
    for operation in ("list_notices", "draft_notice"):
        with pytest.raises(Forbidden):
            desk(ANYBODY, operation)
