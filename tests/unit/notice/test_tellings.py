"""The table of what somebody must be told: every row can be carried out, and says what people understand."""

import string
from datetime import date
from typing import Any

import pytest

from services.notice.contract.vocabulary import MESSAGE_KINDS, URGENCIES
from services.notice.reactions.telling import ANNOUNCED
from services.notice.tellings import AUTHORITY, COUNTY, ENTERPRISE, PREFECTURE, PROVINCE, TELLINGS, Telling, render, tellings_of

AUDIENCES = {ENTERPRISE, COUNTY, PREFECTURE, PROVINCE, AUTHORITY}


def fields_of(event: str) -> set[str]:
    announced = ANNOUNCED[event]
    return {*announced.state().fields, *announced.fact().fields, "enterprise"}


@pytest.mark.parametrize("telling", TELLINGS, ids=lambda t: f"{t.event}:{t.title}")
def test_every_row_speaks_of_what_its_announcement_holds(telling: Telling) -> None:
    parsed = string.Formatter().parse(telling.title + telling.text)
    named = {name for _, name, _, _ in parsed if name} | set(telling.when)

    assert named <= fields_of(telling.event)
    assert telling.audience and set(telling.audience) <= AUDIENCES
    assert AUTHORITY not in telling.audience or "authority_region" in fields_of(telling.event)
    assert telling.kind in MESSAGE_KINDS and telling.urgency in URGENCIES


@pytest.mark.parametrize(("told", "title"), [
    ({"hazard_class": "major", "source": "enforcement"}, "重大隐患逾期未整改"),
    ({"hazard_class": "general_limited", "source": "enforcement"}, "责令整改逾期"),
    ({"hazard_class": "general_limited", "source": "self_check"}, "隐患逾期未整改"),
])  # fmt: skip
def test_the_first_row_that_fits_speaks(told: dict[str, Any], title: str) -> None:
    assert next(tellings_of("hazard.overdue.v1", told)).title == title


def test_what_nobody_must_be_told_is_told_to_nobody() -> None:
    assert list(tellings_of("hazard.registered.v1", {"hazard_class": "general_limited", "source": "self_check"})) == []
    assert list(tellings_of("hazard.changed.v1", {})) == []


WORDS = [
    ("{deadline_on}前", {"deadline_on": date(2026, 4, 1)}, "2026年4月1日前"),
    ("意见：{opinion}", {"opinion": None}, "意见：（未填）"),
    ("{level}挂牌", {"level": "county"}, "县级挂牌"),
    ("{unknown}。", {}, "。"),
    ("{name}", {"name": "{0.__class__}"}, "{0.__class__}"),
    ("{name}", {"name": "长" * 2000}, "长" * 1000),
]  # fmt: skip


@pytest.mark.parametrize(("template", "told", "text"), WORDS)
def test_words_are_those_that_people_use(template: str, told: dict[str, Any], text: str) -> None:
    assert render(template, told) == text
