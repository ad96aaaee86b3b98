"""A caller's HTTP: one connection a thread, and an answer that is either known or not."""

import http.client
import json
import threading
import time
from dataclasses import dataclass
from typing import Any

PATIENCE = 30.0
# Answers that leave open whether the command was carried out, or ask for patience.
UNSETTLED_STATUS = {429, 502, 503, 504}
UNSETTLED_CODE = {"call.too_late", "record.busy", "caller.unproven"}  # A process with a wrong clock trusts nobody for a while.


@dataclass(frozen=True)
class Answer:
    """``status`` 0 means that none came."""

    status: int
    body: Any
    seconds: float

    @property
    def is_done(self) -> bool:
        return 200 <= self.status < 300

    @property
    def code(self) -> str:
        return str(self.body.get("code", "")) if isinstance(self.body, dict) else ""

    @property
    def is_known(self) -> bool:
        """Whether the command is now known to be carried out or refused."""
        return self.status > 0 and self.status not in UNSETTLED_STATUS and self.code not in UNSETTLED_CODE and self.status != 500


class Web:
    """The platform's address as many threads use it."""

    def __init__(self, port: int, patience: float = PATIENCE) -> None:
        self.port = port
        self.patience = patience
        self._local = threading.local()
        self._doors: dict[str, dict[str, str]] = {}
        self._renewed: dict[str, str] = {}

    def remember(self, token: str, username: str, password: str) -> None:
        """How whoever got this token signs in again, as a page has him do when his session is over."""
        self._doors[token] = {"username": username, "password": password}

    def ask(self, token: str, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        answer = self._send(self._renewed.get(token, token), method, path, body, headers)
        if answer.status != 401 or token not in self._doors:
            return answer
        entered = self._send("", "POST", "/auth/login", self._doors[token], {})
        if not entered.is_done:
            return answer
        self._renewed[token] = str(entered.body["token"])
        return self._send(self._renewed[token], method, path, body, headers)

    def _send(self, token: str, method: str, path: str, body: Any, headers: dict[str, str]) -> Answer:
        started = time.monotonic()
        sent = {"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})} | headers
        connection = self._connection()
        try:
            connection.request(method, f"/api/v1{path}", None if body is None else json.dumps(body), sent)
            answer = connection.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.hang_up()
            return Answer(0, {"code": type(error).__name__}, time.monotonic() - started)
        try:
            found = json.loads(text) if text else None
        except ValueError:  # A server that was cut off in the middle of its words.
            found = None
        return Answer(answer.status, found, time.monotonic() - started)

    def _connection(self) -> http.client.HTTPConnection:
        if getattr(self._local, "connection", None) is None:
            self._local.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.patience)
        return self._local.connection  # type: ignore[no-any-return]

    def hang_up(self) -> None:
        if getattr(self._local, "connection", None) is not None:
            self._local.connection.close()
        self._local.connection = None
