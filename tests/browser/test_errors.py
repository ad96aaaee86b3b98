"""What a page answers when a request fails: it says why, keeps what was typed, and goes on when the cause is gone."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Locator, Page, expect

from services.kernel import ids
from tests.browser.enterprise.asking import an_enterprise
from tests.browser.menu import settle
from tests.stage.people import PASSWORD
from tests.stage.world import Side, Stage

HAZARDS = "/api/v1/hazards"
ASK_FOR_NOTHING = """async path => {
    const csrf = document.cookie.match(/csrf=([^;]+)/)[1];
    return (await fetch(path, {method: 'POST', headers: {'X-CSRF-Token': csrf, 'Idempotency-Key': crypto.randomUUID()}})).status;
}"""


def half_filled(page: Page) -> str:
    """What was typed into the form of a hazard."""
    words = f"护栏松动{ids.token(6)}"
    page.locator("#field-place").fill("二号车间")
    page.locator("#field-description").fill(words)
    return words


def send(page: Page) -> None:
    page.get_by_role("button", name="登记隐患").click()


def refusal(page: Page, words: str) -> Locator:
    """Where the form says that nothing was sent, with what was typed still in it."""
    summary = page.locator("#field-summary")
    expect(summary).to_contain_text(words)
    expect(page.locator("#field-place")).to_have_value("二号车间")
    return summary


def registered(side: Side, name: str, words: str) -> list[dict[str, Any]]:
    return [one for one in side.see(name, "hazard", "list_hazards", q=words)["items"] if one["description"] == words]


def assert_registered_once(page: Page, stage: Stage, words: str) -> None:
    expect(page).to_have_url(re.compile(r"/hazards/[0-9a-f-]{36}"))
    assert len(registered(stage.here, "safety_manager", words)) == 1


@contextmanager
def away(stage: Stage, service: str) -> Iterator[None]:
    """A service that does not answer."""
    gone = stage.edge.services.entrypoints.pop(service)  # type: ignore[attr-defined]
    try:
        yield
    finally:
        stage.edge.services.entrypoints[service] = gone  # type: ignore[attr-defined]


@contextmanager
def limited(stage: Stage, page: Page) -> Iterator[None]:
    """Whoever has signed in has asked for the last time in this hour."""
    usual = stage.edge.limits.account
    object.__setattr__(stage.edge.limits, "account", "1/hour")
    try:
        assert page.evaluate(ASK_FOR_NOTHING, HAZARDS) == 422
        yield
    finally:
        object.__setattr__(stage.edge.limits, "account", usual)


def test_without_a_network_what_was_typed_stays_and_is_sent_later(visit: Callable[..., Page], stage: Stage) -> None:
    page = visit("/hazards/new", "safety_manager")
    words = half_filled(page)
    page.context.set_offline(True)
    send(page)
    refusal(page, "网络已断开，没有送达")
    page.context.set_offline(False)
    send(page)

    assert_registered_once(page, stage, words)


def test_an_answer_that_is_lost_on_its_way_does_not_register_twice(visit: Callable[..., Page], stage: Stage) -> None:
    page = visit("/hazards/new", "safety_manager")
    words = half_filled(page)
    lost: list[int] = []

    def carry_out_and_lose(route: Any) -> None:
        lost.append(route.fetch().status)
        route.abort()

    page.route(f"**{HAZARDS}", carry_out_and_lose, times=1)
    send(page)

    assert_registered_once(page, stage, words)
    assert lost == [201]


def test_a_service_that_is_away_is_asked_again_until_it_is_back(visit: Callable[..., Page], stage: Stage) -> None:
    page = visit("/hazards/new", "safety_manager")
    words = half_filled(page)
    with away(stage, "hazard"):
        send(page)
        expect(page.get_by_role("status").filter(has_text="系统正在自动重试")).to_be_visible()

    assert_registered_once(page, stage, words)


def test_a_list_whose_service_is_away_says_so_and_opens_on_request(visit: Callable[..., Page], stage: Stage) -> None:
    with away(stage, "hazard"):
        page = visit("/hazards", "safety_manager")
        note = page.get_by_role("main").get_by_role("alert")
        expect(note).to_contain_text("列表没有打开")
        expect(note).to_contain_text("请求编号")
    note.get_by_role("button", name="重试").click()

    expect(note).to_have_count(0)
    expect(page.get_by_role("main").get_by_role("row").nth(1)).to_be_visible()


def test_a_session_that_ends_over_a_form_is_begun_anew_over_it(visit: Callable[..., Page], stage: Stage) -> None:
    side = an_enterprise(stage, "interrupted")
    page = visit("/enterprise/edit", "interrupted")
    remark = page.locator("#field-remark")
    remark.fill("写到一半")
    stage.edge.sessions.end_all(side.accounts["enterprise_admin"])
    page.get_by_role("button", name="保存资料").click()
    dialog = page.get_by_role("dialog", name="登录已失效，请重新登录")
    expect(remark).to_have_value("写到一半")
    dialog.get_by_label("密码", exact=True).fill(PASSWORD)
    dialog.get_by_role("button", name="登录").click()

    expect(page).to_have_url(re.compile("/enterprise$"))
    side.sign_in("enterprise_admin", side.accounts["enterprise_admin"])
    kept = side.see("enterprise_admin", "enterprise", "show_enterprise", enterprise_id=side.enterprise_id)
    assert kept["remark"] == "写到一半"


def test_what_one_may_not_see_and_what_is_not_there_are_answered_alike(visit: Callable[..., Page], stage: Stage) -> None:
    foreign = stage.there.see("safety_manager", "hazard", "list_hazards")["items"][0]["id"]
    told = set()
    for path in ("/roles", f"/hazards/{foreign}", f"/hazards/{ids.new_id()}", "/nowhere"):
        page = visit(path, "safety_manager")
        told.add(settle(page).get_by_role("heading", level=1).inner_text())

    assert told == {"没有找到，或者您没有查看权限"}


def test_whoever_asked_too_often_keeps_what_he_typed(visit: Callable[..., Page], stage: Stage) -> None:
    page = visit("/hazards/new", "safety_manager")
    words = half_filled(page)
    settle(page)
    with limited(stage, page):
        send(page)
        refusal(page, "频繁")
    send(page)

    assert_registered_once(page, stage, words)


def test_what_the_server_alone_knows_to_be_wrong_stands_at_its_field(visit: Callable[..., Page], stage: Stage) -> None:
    page = visit("/hazards/new", "safety_manager")
    words = half_filled(page)
    page.locator("#field-deadline_on").fill("2020-01-01")
    page.locator("#field-deadline_on").press("Enter")
    send(page)
    refusal(page, "整改期限")
    expect(page.locator("#field-deadline_on-note")).to_have_text("早于今天")
    page.locator("#field-deadline_on").fill("")
    page.locator("#field-deadline_on").press("Enter")
    send(page)

    assert_registered_once(page, stage, words)
