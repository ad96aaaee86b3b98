"""``GET /api/v1/events/stream``: Server-Sent Events, in a process of its own made for many open connections.

Every hint is weighed against the caller as he stood at the last look, and he is looked at anew every few seconds: whoever
lost his session, his right or his scope hears nothing more.
"""

import queue
import re
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import orjson
import redis
from flask import Flask, Response, g, request

from gateway import health
from gateway.api import errors, headers, who
from gateway.edge import Edge, make
from gateway.errors import Unauthenticated
from gateway.live import Hint, Hub, rights
from gateway.settings import settings
from services.kernel import telemetry
from services.kernel.caller import Caller, Kind

PATH = "/api/v1/events/stream"
LOOK_SECONDS = 15.0
Look = Callable[[], Caller | None]


def create_app(edge: Edge, look_seconds: float = LOOK_SECONDS, needed: dict[str, str] | None = None) -> Flask:
    """``needed`` tells which permission each subject of hints asks for."""
    app = Flask("gateway.stream", static_folder=None)
    app.extensions["edge"] = edge
    hub, asked = Hub(_patient(edge)), needed if needed is not None else rights()
    app.before_request(who.identify)
    app.after_request(headers.complete)
    errors.register(app)
    health.register(app, edge)

    @app.get(PATH)
    def stream() -> Response:
        if g.caller.kind == Kind.PUBLIC:
            raise Unauthenticated("auth.required", "请先登录")
        page = Page(asked, g.caller, who.again(edge), look_seconds, _last_seen())
        response = Response(page.events(hub), content_type="text/event-stream; charset=utf-8")
        response.headers.update({"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
        return _for_own_pages(response)

    return app


def _patient(edge: Edge) -> "redis.Redis[str]":
    """Waiting for hints takes longer than anything else asked of Redis."""
    return redis.Redis.from_url(edge.redis_url, decode_responses=True, socket_timeout=10, socket_connect_timeout=2)


class Page:
    """One open connection: what it may hear, and how far it has heard."""

    def __init__(self, needed: dict[str, str], caller: Caller, look: Look, look_seconds: float, last_id: str | None) -> None:
        self._needed, self._caller, self._look, self._seconds = needed, caller, look, look_seconds
        self._looked, self._last_id = time.monotonic(), last_id

    def events(self, hub: Hub) -> Iterator[str]:
        """The stream's text, until the caller loses his standing or falls too far behind."""
        with hub.page() as hints:
            yield "retry: 3000\n\n"
            for missed in hub.since(self._last_id) if self._last_id else []:
                yield from self._told(missed)
            while self._still_stands():
                try:
                    one = hints.get(timeout=self._seconds)
                except queue.Empty:
                    yield ": still here\n\n"
                    continue
                if one is None or not self._still_stands():
                    break
                yield from self._told(one)
            yield "event: end\ndata: {}\n\n"

    def _told(self, one: Hint) -> Iterator[str]:
        if _order(one.id) > _order(self._last_id):
            self._last_id = one.id
            if one.is_for(self._caller, self._needed):
                yield _event(one)

    def _still_stands(self) -> bool:
        """Look again when the last look is old."""
        if time.monotonic() - self._looked < self._seconds:
            return True
        current = self._look()
        self._caller, self._looked = current or self._caller, time.monotonic()
        return current is not None


def _event(one: Hint) -> str:
    body: dict[str, Any] = {"type": one.type}
    if not one.type.startswith("figures."):
        body |= {"subject": one.subject, "enterprise_id": one.enterprise_id, "region": one.region}
    return f"id: {one.id}\nevent: {one.type}\ndata: {orjson.dumps(body).decode()}\n\n"


def _last_seen() -> str | None:
    given = request.headers.get("Last-Event-ID", "")
    return given if re.fullmatch(r"\d{1,15}-\d{1,10}", given) else None


def _order(entry_id: str | None) -> tuple[int, ...]:
    return tuple(int(part) for part in entry_id.split("-")) if entry_id else (0, 0)


def _for_own_pages(response: Response) -> Response:
    """Pages of the same host may listen from another port; those of other hosts may not."""
    origin = request.headers.get("Origin")
    if origin and urlsplit(origin).hostname == urlsplit(f"//{request.host}").hostname:
        response.headers.update(
            {"Access-Control-Allow-Origin": origin, "Access-Control-Allow-Credentials": "true", "Vary": "Origin"}
        )
    return response


def __getattr__(name: str) -> Any:
    """``app`` for gunicorn's gevent workers, which have patched everything by the time they ask for it."""
    if name != "app":
        raise AttributeError(name)
    from gateway.green import let_the_driver_yield

    let_the_driver_yield()
    telemetry.configure(settings().runtime.log_level)
    return create_app(make(settings()))
