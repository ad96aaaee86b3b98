"""``GET /api/v1/events/stream``: Server-Sent Events, in a process of its own made for many open connections.

Every hint is weighed against the caller as he stood at the last look (``gateway.watch``).
"""

import queue
import re
import threading
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import redis
from flask import Flask, Response, g, request

from gateway import health
from gateway.api import errors, headers, who
from gateway.edge import Edge, make
from gateway.errors import Unauthenticated
from gateway.live import Hint, Hub, order, rights
from gateway.settings import settings
from gateway.watch import Listener, Watch
from services.kernel import telemetry
from services.kernel.caller import Kind

PATH = "/api/v1/events/stream"
LOOK_SECONDS = 15.0
AT_ONCE = 10  # Fewer than there are connections to PostgreSQL and Redis.


def create_app(edge: Edge, look_seconds: float = LOOK_SECONDS, needed: dict[str, str] | None = None) -> Flask:
    """``needed`` tells which permission each subject of hints asks for."""
    app = Flask("gateway.stream", static_folder=None)
    app.extensions["edge"] = edge
    hub, watch, asked = Hub(_patient(edge)), Watch(edge, look_seconds), needed if needed is not None else rights()
    app.before_request(_one_after_the_other(who.identify))
    app.after_request(headers.complete)
    errors.register(app)
    health.register(app, edge)

    @app.get(PATH)
    def stream() -> Response:
        if g.caller.kind == Kind.PUBLIC:
            raise Unauthenticated("auth.required", "请先登录")
        page = Page(asked, Listener(who.Asker.of_this_request(), g.caller), look_seconds, _last_seen())
        response = Response(page.events(hub, watch), content_type="text/event-stream; charset=utf-8")
        response.headers.update({"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
        return _for_own_pages(response)

    return app


def _one_after_the_other(action: Callable[[], None]) -> Callable[[], None]:
    """A thousand pages that come back together wait for their turn, rather than be refused for want of a connection."""
    turns = threading.BoundedSemaphore(AT_ONCE)

    def in_turn() -> None:
        with turns:
            action()

    return in_turn


def _patient(edge: Edge) -> "redis.Redis[str]":
    """Waiting for hints takes longer than anything else asked of Redis."""
    return redis.Redis.from_url(edge.redis_url, decode_responses=True, socket_timeout=10, socket_connect_timeout=2)


class Page:
    """One open connection: what it may hear, and how far it has heard."""

    def __init__(self, needed: dict[str, str], listener: Listener, seconds: float, last_id: str | None) -> None:
        self._needed, self._listener, self._seconds, self._last_id = needed, listener, seconds, last_id

    def events(self, hub: Hub, watch: Watch) -> Iterator[bytes]:
        """The stream's text, until the caller loses his standing or falls too far behind."""
        with hub.page(self._may_hear) as hints, watch.over(self._listener):
            yield b"retry: 3000\n\n"
            for missed in hub.since(self._last_id) if self._last_id else []:
                yield from self._told(missed)
            while watch.stands(self._listener):
                try:
                    one = hints.get(timeout=self._seconds)
                except queue.Empty:
                    yield b": still here\n\n"
                    continue
                if one is None or not watch.stands(self._listener):
                    break
                yield from self._told(one)
            yield b"event: end\ndata: {}\n\n"

    def _may_hear(self, one: Hint) -> bool:
        caller = self._listener.caller
        return caller is not None and one.is_for(caller, self._needed)

    def _told(self, one: Hint) -> Iterator[bytes]:
        """A hint that came while what was missed was told is there twice."""
        if self._last_id is None or one.order > order(self._last_id):
            self._last_id = one.id
            if self._may_hear(one):
                yield one.text


def _last_seen() -> str | None:
    given = request.headers.get("Last-Event-ID", "")
    return given if re.fullmatch(r"\d{1,15}-\d{1,10}", given) else None


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
