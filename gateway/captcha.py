"""Captchas (验证码): a picture of four characters, or its reading for whoever cannot see it; two minutes, one use."""

import base64
import io

import redis
from captcha.audio import AudioCaptcha
from captcha.image import ImageCaptcha

from services.kernel import ids
from services.kernel.errors import Invalid, NotFound

SECONDS = 120
LENGTH = 4
_LETTERS = frozenset("ACDEFHJKLMNPRTUVWXY3479")  # Nothing that people mistake for something else.
_painter = ImageCaptcha(width=140, height=52)
_speaker = AudioCaptcha()


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


def require(memory: "redis.Redis[str]", captcha_id: str | None, text: str | None) -> None:
    """Refuse whoever has not proved to be a person."""
    if not is_right(memory, captcha_id, text):
        raise Invalid("captcha.wrong", "验证码不正确或已过期", captcha_text="验证码不正确或已过期")


def spoken(memory: "redis.Redis[str]", captcha_id: str) -> str:
    """The same characters read aloud, in English and over noise, as a data URI; listening does not use them up."""
    text = memory.get(f"captcha:{captcha_id}")
    if text is None:
        raise NotFound("captcha.gone", "验证码已过期，请换一张")
    return "data:audio/wav;base64," + base64.b64encode(bytes(_speaker.generate(str(text)))).decode()


def _text() -> str:
    letters: list[str] = []
    while len(letters) < LENGTH:
        letters += [c for c in ids.token(40).upper() if c in _LETTERS]
    return "".join(letters[:LENGTH])
