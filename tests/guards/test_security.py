"""``docs/security.md`` says of each demand which tests show it, and of what none shows, why: the tests' own marks decide."""

import re
from functools import cache

import pytest

from tests.guards.tree import ROOT, name, python

PAGE = ROOT / "docs" / "security.md"
ROW = re.compile(r"^\| (SEC-\d\d) \| (.*?) \| (.*?) \| (.*?) \|$", re.MULTILINE)
MARK = re.compile(r"@pytest\.mark\.feature\(([^)]*)\)")


@cache
def rows() -> dict[str, tuple[str, str, str]]:
    """Each demand with what it asks, the tests that show it, and what is missing."""
    found = ROW.findall(PAGE.read_text("utf-8"))
    assert len({row[0] for row in found}) == len(found)
    return {item: (asked, shown, missing) for item, asked, shown, missing in found}


@cache
def claims() -> dict[str, set[str]]:
    """Each demand with the files whose tests claim it."""
    found: dict[str, set[str]] = {}
    for file in python("tests"):
        for mark in MARK.findall(file.read_text("utf-8")):
            for item in re.findall(r"SEC-\d\d", mark):
                found.setdefault(item, set()).add(name(file))
    return found


def test_the_page_names_the_tests_that_claim_an_item_and_no_others() -> None:
    told = {item: set(re.findall(r"`(tests/[\w/]+\.py)`", shown)) for item, (_, shown, _) in rows().items()}

    assert told == {item: claims().get(item, set()) for item in told}


def test_every_claim_is_on_the_page() -> None:
    assert claims().keys() <= rows().keys()


@pytest.mark.parametrize("item", sorted(rows()))
def test_what_no_test_shows_is_missing_for_a_reason(item: str) -> None:
    _, shown, missing = rows()[item]

    assert shown != "" and (missing != "—" or shown != "—")
    assert missing == "—" or len(missing.split()) > 4
