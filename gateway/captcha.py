"""Captchas (验证码): a picture of four characters, two minutes, one use."""

import base64
import io

import redis
from captcha.image import ImageCaptcha

from services.kernel import ids

SECONDS = 120
LENGTH = 4
_LETTERS = frozenset("ACDEFHJKLMNPRTUVWXY3479")  # Nothing that people mistake for something else.
_painter = ImageCaptcha(width=140, height=52)


def new(memory: "redis.Redis[str]") -> tuple[str, str]:
    """The captcha's id, and its picture as a data URI."""
    captcha_id, text = ids.token(), _text()
    memory.set(f"captcha:{captcha_id}", text, ex=SECONDS)
    picture = io.BytesIO()
    _painter.write(text, picture)
    return captcha_id, "data:image/png;base64," + base64.b64encode(picture.getvalue()).decode()


def is_right(memory: "redis.Redis[str]", captcha_id: str | None, text: str | None) -> bool:
    """Whether the text is what the picture shows; right or wrong, the captcha is used up."""
    if not captcha_id or not text:
        return False
    wanted = memory.getdel(f"captcha:{captcha_id}")
    return wanted is not None and str(wanted) == text.strip().upper()


def _text() -> str:
    letters: list[str] = []
    while len(letters) < LENGTH:
        letters += [c for c in ids.token(40).upper() if c in _LETTERS]
    return "".join(letters[:LENGTH])
