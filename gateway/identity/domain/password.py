"""Passwords (口令): what is refused, and how long one lasts."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from services.kernel.errors import Invalid

SHORTEST, SHORTEST_OF_ADMINISTRATORS, LONGEST = 12, 15, 128
FIRST_PASSWORD_LASTS = timedelta(hours=72)
LASTS = {"mlps3": timedelta(days=90), "asvs": None}  # 等保三级 demands ageing, ASVS forbids it.
COMMON = (
    "password", "passw0rd", "123456", "654321", "888888", "666666", "111111", "000000", "112233", "qwerty", "asdfgh",
    "1q2w3e", "qazwsx", "abc123", "admin", "iloveyou", "woaini", "5201314", "guizhou", "guiyang", "anquan", "yingji",
    "shuangkong", "letmein", "welcome",
)  # fmt: skip
SEQUENCES = ("01234567890", "09876543210", "abcdefghijklmnopqrstuvwxyz", "zyxwvutsrqponmlkjihgfedcba")
RUN = 5


def check(password: str, context: Iterable[str], is_administrator: bool, profile: str) -> None:
    """Refuse a weak password with the reason; ``context`` are words about the person that it must not hold."""
    shortest = SHORTEST_OF_ADMINISTRATORS if is_administrator else SHORTEST
    if len(password) < shortest:
        raise Invalid("password.too_short", f"密码至少{shortest}个字符")
    if len(password) > LONGEST:
        raise Invalid("password.too_long", f"密码最多{LONGEST}个字符")
    if _without_common(password.lower(), context) < shortest - RUN:
        raise Invalid("password.too_common", "密码含有常见词、连续字符或与本人有关的内容，请更换")
    if profile == "mlps3" and _classes(password) < 3:
        raise Invalid("password.too_simple", "密码应包含大写字母、小写字母、数字、符号中的至少三类")


def _without_common(lower: str, context: Iterable[str]) -> int:
    """How many characters are left when common words, the person's own and runs are taken out."""
    rest = lower
    for word in [*COMMON, *(w.lower() for w in context if len(w) >= 2)]:
        rest = rest.replace(word, "\0" if word in rest else word)
    for sequence in SEQUENCES:
        for start in range(len(sequence) - RUN + 1):
            rest = rest.replace(sequence[start : start + RUN], "\0")
    kept = [c for place, c in enumerate(rest) if c != "\0" and rest[place : place + 3] != c * 3]
    return len(kept) if len(set(kept)) >= RUN else 0


def _classes(password: str) -> int:
    tests = (str.isupper, str.islower, str.isdigit, lambda c: not c.isalnum())
    return sum(any(test(c) for c in password) for test in tests)


def is_outdated(set_at: datetime, now: datetime, profile: str) -> bool:
    """Whether the password has reached the age at which the profile demands a new one."""
    lasts = LASTS[profile]
    return lasts is not None and now - set_at >= lasts
