"""Short messages and mail: put down in Redis by whoever asks, sent a moment later by the worker.

So the answer to a request tells, by neither its text nor its time, whether there was anybody to send to.  What a site can
send follows from its settings: ``MAIL_URL`` names its mail server (``smtps://name:password@host``, ``smtp://…`` with
STARTTLS), ``SMS_URL`` an address of its own that takes ``{"id", "to", "text"}`` and passes it on to its provider.
"""

import smtplib
import ssl
import urllib.request
from collections.abc import Callable
from email.message import EmailMessage
from functools import cache
from urllib.parse import unquote, urlsplit

import orjson
import redis
from environs import Env

from services.kernel import ids, telemetry

LETTERS, LASTS = "letters", 600  # Seconds: a code that comes later opens nothing.
TRIES, MOST, PATIENCE = 3, 50, 5
MOBILE, EMAIL = "mobile", "email"
Courier = Callable[[str, str, str], None]  # id, receiver, text
SUBJECT = "贵州省安全生产双重预防平台"


def put_down(memory: "redis.Redis[str]", kind: str, to: str, text: str) -> None:
    memory.rpush(LETTERS, orjson.dumps({"id": ids.token(), "kind": kind, "to": to, "text": text, "tries": 0}).decode())
    memory.expire(LETTERS, LASTS)


def send_all(memory: "redis.Redis[str]", couriers: dict[str, Courier]) -> int:
    """Send what lies there; what fails is tried again by later turns, three times in all, under the same id."""
    for done in range(MOST):
        body = memory.lpop(LETTERS)
        if body is None:
            return done
        letter = orjson.loads(str(body))
        try:
            couriers[letter["kind"]](letter["id"], letter["to"], letter["text"])
        except Exception as error:
            telemetry.log.warning("letter_not_sent", kind=letter["kind"], tries=letter["tries"] + 1, error=type(error).__name__)
            if letter["tries"] + 1 < TRIES:
                memory.rpush(LETTERS, orjson.dumps(letter | {"tries": letter["tries"] + 1}).decode())
                memory.expire(LETTERS, LASTS)
            return done
    return MOST


@cache
def couriers() -> dict[str, Courier]:
    """Those of this site; none where nothing is set."""
    env = Env()
    found: dict[str, Courier] = {}
    if mail := env.str("MAIL_URL", ""):
        sender = env.str("MAIL_FROM")
        found[EMAIL] = lambda _, to, text: by_mail(mail, sender, to, text)
    if address := env.str("SMS_URL", ""):
        token = env.str("SMS_TOKEN", "")
        found[MOBILE] = lambda letter_id, to, text: by_post(address, token, letter_id, to, text)
    return found


def by_mail(url: str, sender: str, to: str, text: str) -> None:
    """One letter over SMTP, never in the clear."""
    where, context = urlsplit(url), ssl.create_default_context()
    host, is_safe = where.hostname or "", where.scheme == "smtps"
    letter = EmailMessage()
    letter["Subject"], letter["From"], letter["To"] = SUBJECT, sender, to
    letter.set_content(text)
    port = where.port or (465 if is_safe else 587)
    server = (
        smtplib.SMTP_SSL(host, port, timeout=PATIENCE, context=context) if is_safe else smtplib.SMTP(host, port, timeout=PATIENCE)
    )
    with server:
        if not is_safe:
            server.starttls(context=context)
        if where.username:
            server.login(unquote(where.username), unquote(where.password or ""))
        server.send_message(letter)


def by_post(url: str, token: str, letter_id: str, to: str, text: str) -> None:
    """One short message handed to the site's own sender, which knows the id and sends it once."""
    if urlsplit(url).scheme not in ("http", "https"):
        raise ValueError("SMS_URL is no address of the web")
    body = orjson.dumps({"id": letter_id, "to": to, "text": text})
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    asked = urllib.request.Request(url, body, headers)  # noqa: S310 - the operator's own setting, a web address.
    with urllib.request.urlopen(asked, timeout=PATIENCE):  # noqa: S310
        pass
