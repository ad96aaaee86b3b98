"""The published language: checks of single fields, masking, permissions."""

from datetime import date
from typing import Any

import pytest
from marshmallow import ValidationError
from stdnum.cn import ric

from services.enterprise import contract
from services.enterprise.answers import masked
from services.enterprise.contract.basic import BASIC_FIELDS, BasicInformation
from services.enterprise.contract.kinds import IdentityNumber
from services.enterprise.contract.review import CloseEnterprise
from services.kernel.contract import load
from services.kernel.errors import Invalid

GOOD_CODES = ["91110000802100433B", "911101085923662400"]
BAD_CODES = ["91110000802100433C", "91110000802100433b", "91110000802100433B ", "9111000080210043", "", "９1110000802100433B"]


@pytest.mark.parametrize("code", GOOD_CODES)
def test_a_credit_code_with_its_check_digit_is_taken(code: str) -> None:
    assert load(BasicInformation(), {"unified_credit_code": code}) == {"unified_credit_code": code}


@pytest.mark.parametrize("code", BAD_CODES)
def test_any_other_credit_code_is_refused(code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        load(BasicInformation(), {"unified_credit_code": code})

    assert "统一社会信用代码" in refusal.value.message


@pytest.mark.parametrize("number", ["11010519491231002X", "520102199003073450", "52210119650228123X"])
def test_an_identity_number_with_its_check_digit_is_taken(number: str) -> None:
    assert IdentityNumber().deserialize(number) == number


def test_a_small_x_is_the_large_one() -> None:
    assert IdentityNumber().deserialize(" 11010519491231002x") == "11010519491231002X"


@pytest.mark.feature("ENT-08")
@pytest.mark.parametrize(
    "number",
    [
        "110105194912310021",
        "110105194912310X2X",
        "1101051949123100",
        "",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105491231002",
        None,
        7,
    ],
)
def test_any_other_identity_number_is_refused(number: Any) -> None:
    with pytest.raises(ValidationError):
        IdentityNumber().deserialize(number)


def test_nobody_is_born_on_a_day_that_never_was() -> None:
    body = "11010519490230002"
    number = body + ric.calc_check_digit(body + "0")

    with pytest.raises(ValidationError, match="出生日期"):
        IdentityNumber().deserialize(number)


WRONG: list[tuple[str, Any]] = [
    ("name", ""), ("name", "长" * 121), ("region", "52010"), ("employees", -1), ("employees", "12"), ("employees", 1.5),
    ("founded_on", "2026-02-30"), ("principal_phone", "12345"), ("scale", "huge"), ("longitude", 10.0), ("fixed_assets", "NaN"),
    ("photos", ["nonsense"]), ("gbt4754_code", "C26"), ("principal", None), ("status", "active"), ("approved_at", "2026-01-01"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value"), WRONG)
def test_a_wrong_or_unknown_field_is_named(field: str, value: Any) -> None:
    with pytest.raises(Invalid) as refusal:
        load(BasicInformation(), {field: value})

    assert next(iter(refusal.value.details)).startswith(field)


def test_days_and_money_stay_what_they_are_through_storage() -> None:
    values = load(BasicInformation(), {"founded_on": "2020-02-29", "fixed_assets": "1250.50"})

    assert BasicInformation().dump(values) == {"founded_on": "2020-02-29", "fixed_assets": "1250.50"}
    assert date.fromisoformat(values["founded_on"]) == date(2020, 2, 29)


@pytest.mark.parametrize(
    ("phone", "shown"),
    [("13985012345", "139****2345"), ("0851-85551234", "085******1234"), ("8555123", "*******"), (None, None), ("", "")],
)
def test_three_and_four_digits_of_a_telephone_are_kept(phone: str | None, shown: str | None) -> None:
    assert masked(phone) == shown


def test_every_telephone_is_personal() -> None:
    assert all(field.is_personal for field in BASIC_FIELDS if field.kind == "phone")


def test_closing_needs_evidence_and_the_word_that_nothing_is_open() -> None:
    given = {"enterprise_id": "0198e7a0-0000-7000-8000-000000000001", "reason": "注销", "has_no_open_matters": False}

    with pytest.raises(Invalid) as refusal:
        load(CloseEnterprise(), given)

    assert set(refusal.value.details) == {"attachments", "has_no_open_matters"}


def test_every_permission_guards_something() -> None:
    used = {operation.permission for operation in contract.OPERATIONS} | {"enterprise.unmask"}

    assert {permission.code for permission in contract.PERMISSIONS} <= used
    assert all(permission.code.startswith("enterprise.") and permission.roles for permission in contract.PERMISSIONS)
