"""Enterprises that a test has for itself, and a decision handed in."""

import re
from datetime import date, timedelta
from typing import Any

from playwright.sync_api import Page

from services.kernel import clock, ids
from tests.stage.people import applicant
from tests.stage.requests import PDF
from tests.stage.stories.enterprise import a_form
from tests.stage.world import Side, Stage

A_SCAN = {"name": "扫描件.pdf", "mimeType": "application/pdf", "buffer": PDF}


def hand_in(page: Page, words: str, answered: str) -> None:
    """Leave a page of reviews, which sends what was decided last; ``answered`` is a part of the address that is asked."""
    page.get_by_role("button", name=re.compile(words)).click()
    with page.expect_response(lambda answer: answer.request.method == "POST" and answered in answer.url):
        page.get_by_role("link", name="贵州双重预防平台").click()


def in_days(days: int) -> date:
    return clock.day_of(clock.now()) + timedelta(days=days)


def an_application(stage: Stage, name: str, is_submitted: bool = True, **values: Any) -> Side:
    """An enterprise beside the others of this county, registered by whom ``visit`` knows by this name."""
    side = Side(stage, stage.here.region, f"丙方{ids.token(4)}")
    account = applicant(stage.identity, f"{side.mark}申请人")
    side.enterprise_id = account["enterprise_id"]
    side.sign_in("applicant", account["id"])
    side.tokens["reviewer"] = stage.here.tokens["reviewer"]
    registrant = {"registrant_name": "陈办事", "registrant_mobile": "13800138000"}
    side.act("applicant", "enterprise", "register_enterprise", **a_form(side) | registrant | values)
    if is_submitted:
        side.act("applicant", "enterprise", "submit_registration")
    stage.here.accounts[name] = account["id"]
    return side


def an_enterprise(stage: Stage, name: str, **values: Any) -> Side:
    """One that was approved; the applicant is its administrator now."""
    side = an_application(stage, name, **values)
    side.act("reviewer", "enterprise", "review_enterprise", decision="approve")
    side.sign_in("enterprise_admin", side.accounts["applicant"])
    return side
