"""The pages and what they are made of; everything they show comes over the API."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, redirect, send_from_directory, url_for

from gateway import live
from gateway.edge import edge

FOLDER = Path(__file__).parent / "static"
# The code on a legal document leads to ``/verify``: its page asks with the last part of its own address.
PAGES = {"/": "index.html", "/login": "login.html", "/api/docs": "docs.html", "/verify/<token>": "verify.html"}


def register(app: Flask) -> None:
    """One route a page, and one for scripts, styles and pictures."""
    for rule, name in PAGES.items():
        app.add_url_rule(rule, endpoint=f"page_{name.removesuffix('.html')}", view_func=_page(name))
    app.add_url_rule("/assets/<path:name>", endpoint="asset", view_func=_asset)
    app.add_url_rule("/web-settings", endpoint="web_settings", view_func=_settings)
    app.add_url_rule("/favicon.ico", endpoint="favicon", view_func=lambda: redirect(url_for("asset", name="icon.svg")))


def _settings() -> dict[str, Any]:
    """Where and under which names a page hears of changes."""
    return {"stream_port": edge().stream_port, "live_types": live.types()}


def _page(name: str) -> Callable[[], Response]:
    def page(**_: str) -> Response:
        return _fresh(name)

    return page


def _fresh(name: str) -> Response:
    """The file, asked for anew each time and sent only when it has changed: scripts and pages belong to one release."""
    response = send_from_directory(FOLDER, name)
    response.headers["Cache-Control"] = "no-cache"
    return response


def _asset(name: str) -> Response:
    if name.endswith(".html"):
        abort(404)
    return _fresh(name)
