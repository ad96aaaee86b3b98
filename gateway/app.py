"""The gateway as a WSGI application: ``gateway.app:app`` for gunicorn, ``create_app`` for tests and for the description."""

import time
from typing import Any

from flask import Flask, Response, g, request
from werkzeug.middleware.proxy_fix import ProxyFix

from gateway import health
from gateway.api import errors, headers, limits, routes, who
from gateway.edge import Edge, make
from gateway.settings import settings
from gateway.web import pages
from services.kernel import telemetry

BODY = 1024 * 1024


def create_app(edge: Edge) -> Flask:
    app = Flask("gateway", static_folder=None)
    app.extensions["edge"] = edge
    app.config.update(MAX_CONTENT_LENGTH=BODY, MAX_FORM_PARTS=20, MAX_FORM_MEMORY_SIZE=BODY)
    app.before_request(_begin)
    app.before_request(who.identify)
    limiter = limits.register(app, edge.redis_url, edge.limits)
    app.extensions["api"] = routes.register(app, limiter, edge.limits.door)
    errors.register(app)
    health.register(app, edge)
    pages.register(app)
    app.after_request(_finish)
    if edge.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, edge.proxies, edge.proxies, edge.proxies)  # type: ignore[method-assign]
    return app


def _begin() -> None:
    g.started = time.perf_counter()


def _finish(response: Response) -> Response:
    """Headers of safety, and one line in the log, which names the route and never what was asked of it."""
    headers.complete(response)
    route = str(request.url_rule) if request.url_rule else "none"
    seconds = time.perf_counter() - getattr(g, "started", time.perf_counter())
    health.REQUESTS.labels(request.method, route, response.status_code).observe(seconds)
    if route not in health.ROUTES:
        telemetry.log.info("request", method=request.method, route=route, status=response.status_code, ms=round(seconds * 1000, 1))
    return response


def __getattr__(name: str) -> Any:
    """``app`` is made when gunicorn asks for it, so that importing this module needs no environment."""
    if name != "app":
        raise AttributeError(name)
    telemetry.configure(settings().runtime.log_level)
    return create_app(make(settings()))
