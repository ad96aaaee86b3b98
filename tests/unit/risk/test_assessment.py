"""The numbers of rules 2: every table, its borders, decimals, and rules of direct judgement."""

from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from services.kernel.errors import Invalid
from services.risk.contract.vocabulary import DIRECT_RULES as RULE_NAMES
from services.risk.domain.assessment import DIRECT_RULES, assess, compute
from services.risk.domain.method_words import RESULTS, WORDS
from services.risk.domain.methods import METHODS
from tests.unit.risk.builders import ASSESSOR

LS_TABLE = {  # Rows by S from 5 down, columns by L from 1 up, as in rules 2.2.
    5: ("5 blue", "10 yellow", "15 orange", "20 red", "25 red"),
    4: ("4 blue", "8 blue", "12 yellow", "16 orange", "20 red"),
    3: ("3 blue", "6 blue", "9 yellow", "12 yellow", "15 orange"),
    2: ("2 blue", "4 blue", "6 blue", "8 blue", "10 yellow"),
    1: ("1 blue", "2 blue", "3 blue", "4 blue", "5 blue"),
}


@pytest.mark.feature("RSK-12")
@pytest.mark.parametrize(
    ("parameters", "value", "level", "grade"),
    [
        ((3, 6, 100), "1800", "red", "极其危险"),
        ((3, 6, 40), "720", "red", "极其危险"),
        ((3, 10, 15), "450", "red", "极其危险"),
        ((1, 6, 40), "240", "orange", "高度危险"),
        ((1, 10, 7), "70", "yellow", "显著危险"),
        ((10, 1, 7), "70", "yellow", "显著危险"),
        ((3, 3, 7), "63", "blue", "一般危险"),
        ((10, 2, 1), "20", "blue", "一般危险"),
        ((1, 6, 3), "18", "blue", "稍有危险"),
        (("0.1", 6, 7), "4.2", "blue", "稍有危险"),
        ((0.1, 6.0, 7), "4.2", "blue", "稍有危险"),
        (("0.5", "0.5", 1), "0.25", "blue", "稍有危险"),
    ],
)
def test_lec_multiplies_in_decimals_and_its_lower_bounds_are_inclusive(parameters: Any, value: Any, level: Any, grade: Any) -> None:
    result = compute("LEC", dict(zip("LEC", parameters, strict=True)))

    assert (str(result.value), result.level) == (value, level)
    assert result.grade.startswith(grade)


def test_every_triple_of_lec_lies_in_the_band_of_the_law() -> None:
    for triple in product(*METHODS["LEC"].parameters.values()):
        value = triple[0] * triple[1] * triple[2]
        expected = "red" if value >= 320 else "orange" if value >= 160 else "yellow" if value >= 70 else "blue"

        assert compute("LEC", dict(zip("LEC", triple, strict=True))).level == expected


@pytest.mark.feature("RSK-12")
@pytest.mark.parametrize(("s", "column"), list(product(LS_TABLE, range(5))))
def test_ls_gives_the_table_of_the_rules(s: int, column: int) -> None:
    result = compute("LS", {"L": column + 1, "S": s})

    assert f"{result.value} {result.level}" == LS_TABLE[s][column]


@pytest.mark.parametrize(
    ("loss", "severity"), [("50.01", 5), ("50", 4), ("25.01", 4), ("25", 3), ("10.5", 3), ("10", 2), ("0.5", 2), ("0", 1)]
)
def test_bounds_of_the_ls_loss_belong_to_the_lower_row(loss: str, severity: int) -> None:
    assert compute("LS", {"L": 1, "loss": loss}).value == severity


def test_ls_severity_is_the_highest_of_its_columns() -> None:
    told = {"law": 2, "people": 4, "loss": 12, "stoppage": 1, "image": 3}

    assert compute("LS", {"L": 3, **told}).value == 12
    with pytest.raises(Invalid, match="最高分"):
        compute("LS", {"L": 3, "S": 3, **told})


@pytest.mark.feature("RSK-12")
@pytest.mark.parametrize(
    ("m", "e", "s", "value", "level", "grade"),
    [
        (5, 10, 10, "500", "red", "一级"),
        (3, 6, 10, "180", "red", "一级"),
        (3, 3, 10, "90", "orange", "二级"),
        (5, 1, 10, "50", "yellow", "三级"),
        (3, 2, 8, "48", "blue", "四级"),
        (5, 1, 4, "20", "blue", "四级"),
        (1, "0.5", 1, "0.5", "blue", "五级"),
        (3, 6, 1, "18", "blue", "五级"),
    ],
)
def test_mes_gives_the_grades_of_the_rules(m: Any, e: Any, s: Any, value: Any, level: Any, grade: Any) -> None:
    result = compute("MES", {"M": m, "E": e, "S": s})

    assert (str(result.value), result.level, result.grade) == (value, level, grade)


@pytest.mark.parametrize(
    ("loss", "score"), [("1000", 10), ("999.99", 8), ("100", 8), ("99", 4), ("10", 4), ("9.9", 2), ("1", 2), ("0.99", 1)]
)
def test_bounds_of_the_mes_property_loss_belong_to_the_higher_row(loss: str, score: int) -> None:
    assert compute("MES", {"M": 1, "E": 1, "property": loss}).value == score


def test_parameters_compare_as_decimals() -> None:
    assert compute("LEC", {"L": "3.0", "E": 6.00, "C": Decimal("40.000")}) == compute("LEC", {"L": 3, "E": 6, "C": 40})


@pytest.mark.parametrize(
    ("method", "parameters", "code"),
    [
        ("LEC", {"L": 4, "E": 6, "C": 40}, "assessment.bad_parameter"),
        ("LEC", {"L": 3, "E": 6}, "assessment.missing_parameter"),
        ("LEC", {"L": 3, "E": 6, "C": 40, "S": 1}, "assessment.unknown_parameter"),
        ("LS", {"L": 6, "S": 1}, "assessment.bad_parameter"),
        ("LS", {"L": 1, "people": 6}, "assessment.bad_parameter"),
        ("LS", {"L": 1, "loss": -1}, "assessment.bad_parameter"),
        ("MES", {"M": 2, "E": 1, "S": 1}, "assessment.bad_parameter"),
        ("MES", {"M": 1, "E": 1, "disease": 10}, "assessment.bad_parameter"),
        ("HAZOP", {"L": 1}, "assessment.unknown_method"),
    ],
)
def test_only_the_values_of_the_tables_are_accepted(method: str, parameters: dict, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        compute(method, parameters)

    assert refused.value.code == code


@pytest.mark.parametrize("claim", [{"value": "719"}, {"level": "orange"}, {"value": 720, "level": "blue"}])
def test_a_client_that_computed_something_else_is_refused(claim: dict) -> None:
    with pytest.raises(Invalid) as refused:
        assess(1, "LEC", {"L": 3, "E": 6, "C": 40}, ASSESSOR, **claim)

    assert refused.value.code == "assessment.differs"
    assert refused.value.details == {"value": "720", "level": "red"}


def test_a_client_that_computed_the_same_is_accepted() -> None:
    found = assess(1, "LEC", {"L": "0.1", "E": 6, "C": 7}, ASSESSOR, value=Decimal("4.20"), level="blue")

    assert (found.value, found.level, found.parameters["L"]) == ("4.2", "blue", "0.1")


@pytest.mark.parametrize("rule", sorted(DIRECT_RULES))
def test_a_rule_of_direct_judgement_makes_the_level_red_whatever_the_value(rule: str) -> None:
    found = assess(1, "LEC", {"L": 1, "E": 1, "C": 1}, ASSESSOR, direct_rule=rule)

    assert (found.value, found.level, found.control_tier, found.direct_rule) == ("1", "red", "enterprise", rule)


def test_there_are_twelve_named_rules_of_direct_judgement_and_no_other() -> None:
    assert {*RULE_NAMES} == DIRECT_RULES and len(DIRECT_RULES) == 12
    with pytest.raises(Invalid):
        assess(1, "LEC", {"L": 1, "E": 1, "C": 1}, ASSESSOR, direct_rule="DM-13")


def test_direct_judgement_needs_complete_parameters_too() -> None:
    with pytest.raises(Invalid):
        assess(1, "LEC", {"L": 1, "E": 1}, ASSESSOR, direct_rule="DM-01")


def test_every_value_that_a_method_takes_has_its_meaning_and_none_has_one_more() -> None:
    told = {code: {name: {Decimal(value) for value in of.meanings} for name, of in words.items()} for code, words in WORDS.items()}

    assert told == {code: {name: set(values) for name, values in method.parameters.items()} for code, method in METHODS.items()}
    assert set(RESULTS) == set(METHODS)
