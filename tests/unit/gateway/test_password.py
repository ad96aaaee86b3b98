"""What is refused as a password, and when it has to be changed, under both profiles."""

from datetime import UTC, datetime, timedelta

import pytest

from gateway.identity.domain.password import LONGEST, check, is_outdated
from services.kernel.errors import Invalid

GOOD = "Xk7#mQ2$vLp9&tRw4"
NOW = datetime(2026, 3, 1, tzinfo=UTC)


def refusal(password: str, profile: str = "mlps3", is_administrator: bool = False, context: tuple[str, ...] = ()) -> str | None:
    try:
        check(password, context, is_administrator, profile)
    except Invalid as refused:
        return refused.code
    return None


@pytest.mark.feature("SEC-02", "SEC-03")
@pytest.mark.parametrize("profile", ["mlps3", "asvs"])
@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("888888", "password.too_short"),
        ("Aa888888888888", "password.too_common"),
        ("Abc!888888666666", "password.too_common"),
        ("Password123456!", "password.too_common"),
        ("Admin@123456789", "password.too_common"),
        ("Guiyang#654321qwerty", "password.too_common"),
        ("Aaaaaaaaaaaaaaa1!", "password.too_common"),
        ("Xk7#mQ2$vLp", "password.too_short"),
        (GOOD * 8, "password.too_long"),
        (GOOD, None),
        (" Xk7#mQ2 vLp9&tR险 ", None),
    ],
)
def test_short_common_and_fixed_passwords_are_refused(profile: str, password: str, code: str | None) -> None:
    assert refusal(password, profile) == code


@pytest.mark.feature("SEC-03")
@pytest.mark.parametrize(
    ("length", "is_administrator", "is_refused"), [(11, False, True), (12, False, False), (14, True, True), (15, True, False)]
)
def test_administrators_need_longer_ones(length: int, is_administrator: bool, is_refused: bool) -> None:
    assert (refusal(GOOD[:length], is_administrator=is_administrator) is not None) is is_refused


@pytest.mark.feature("SEC-03")
def test_sixty_four_characters_and_more_are_taken() -> None:
    assert LONGEST >= 64
    assert refusal("".join(chr(0x4E00 + 7 * n) for n in range(40)) + GOOD + "Zw3!fHy6*kB") is None


@pytest.mark.feature("SEC-03")
def test_what_is_known_of_the_person_does_not_count() -> None:
    assert refusal("zhangsan1990Zs!!", context=("zhangsan", "1990")) == "password.too_common"


@pytest.mark.feature("SEC-03")
@pytest.mark.parametrize(("profile", "code"), [("mlps3", "password.too_simple"), ("asvs", None)])
def test_only_one_profile_asks_for_kinds_of_characters(profile: str, code: str | None) -> None:
    assert refusal("correcthorsebatterystaple", profile) == code


@pytest.mark.feature("SEC-03")
@pytest.mark.parametrize(("profile", "is_old"), [("mlps3", True), ("asvs", False)])
def test_only_one_profile_lets_passwords_age(profile: str, is_old: bool) -> None:
    assert is_outdated(NOW - timedelta(days=90), NOW, profile) is is_old
    assert not is_outdated(NOW - timedelta(days=89), NOW, profile)
