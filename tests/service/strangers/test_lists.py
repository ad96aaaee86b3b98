"""A list honours what it accepts: it refuses orders it does not know, and where it searches it finds no more than is there."""

from typing import Any

import pytest

from tests.service.strangers.cases import Case, insider, name_of
from tests.stage.world import OPERATIONS, Stage

LISTS = [case for case in OPERATIONS if case[1].is_list]
SEARCHED = [case for case in LISTS if "q" in case[1].args().fields]
# Words that stand nowhere, some of which would find everything, or break the query, if they were taken for more than words.
NONSENSE = (
    "绝无此词%_\\", "' OR 1=1 --", "%' OR '1'='1", "x'); SELECT pg_sleep(5); --", "\\' UNION SELECT version() --",
    "$1 :name %(name)s %s",
    "{{7*7}} ${7*7}", "; DROP TABLE audit;", "%%%", "__",
)  # fmt: skip


@pytest.mark.feature("SEC-37")
@pytest.mark.parametrize("case", LISTS, ids=name_of)
def test_an_unknown_order_is_refused(stage: Stage, case: Case) -> None:
    service, operation = case
    token, right = insider(stage, stage.here, operation), stage.here.sample(service, operation)

    answer = stage.ask(token, operation, right | {"sort": "no_such_order"})

    assert (answer.status_code, list(answer.json["details"])) == (422, ["sort"])


@pytest.mark.feature("SEC-37")
@pytest.mark.parametrize("case", SEARCHED, ids=name_of)
def test_words_that_stand_nowhere_find_nothing(stage: Stage, case: Case) -> None:
    service, operation = case
    token, right = insider(stage, stage.here, operation), stage.here.sample(service, operation)

    answers = {words: stage.ask(token, operation, right | {"q": words}) for words in NONSENSE}

    nothing: tuple[int, dict[str, Any]] = (200, {"items": [], "next_cursor": None})
    assert {words: (a.status_code, a.json) for words, a in answers.items()} == dict.fromkeys(NONSENSE, nothing)


# What is no page of a table: put together of figures, or of a catalogue, and short.
UNCOUNTED = {
    "gateway.list_permissions", "hazard.list_hazard_library", "hazard.list_major_criteria", "stats.list_industry_figures",
    "stats.list_monthly_figures", "stats.list_region_figures",
}  # fmt: skip


def test_the_first_page_tells_how_many_there_are_where_it_is_asked(stage: Stage) -> None:
    untold, wrong = set(), {}
    for service, operation in LISTS:
        token, right = insider(stage, stage.here, operation), stage.here.sample(service, operation)
        whole = stage.ask(token, operation, right | {"limit": 200}).json
        first = stage.ask(token, operation, right | {"limit": 1, "is_counted": True}).json
        assert "total" not in whole
        if "total" not in first:
            untold.add(f"{service}.{operation.name}")
        elif first["total"] != len(whole["items"]) and not whole["next_cursor"]:
            wrong[operation.name] = (first["total"], len(whole["items"]))
        if first["next_cursor"]:
            later = stage.ask(token, operation, right | {"limit": 1, "is_counted": True, "cursor": first["next_cursor"]}).json
            assert "total" not in later, operation.name

    assert (untold, wrong) == (UNCOUNTED, {})
