"""The pages and what they are made of; everything they show comes over the API.

The application is built by Vite into ``dist``; three plain pages need no build and keep ``/assets``: the description of
the API, the verification of a document, and the one that says that nothing has been built yet.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, redirect, request, send_from_directory, url_for
from werkzeug.exceptions import NotFound

from gateway import live
from gateway.edge import edge

FOLDER = Path(__file__).parent / "static"
BUILT = Path(__file__).parent / "dist"
# The code on a legal document leads to ``/verify``: its page asks with the last part of its own address.
PAGES = {"/api/docs": "docs.html", "/verify/<token>": "verify.html"}
# Below these nothing is a page: what is not found there is told in the form of the API.
NO_PAGES = ("api", "assets", "app")
YEAR = 365 * 24 * 3600


def register(app: Flask) -> None:
    """One route a plain page, one for their parts, one for the built parts, and the application for every other address."""
    for rule, name in PAGES.items():
        app.add_url_rule(rule, endpoint=f"page_{name.removesuffix('.html')}", view_func=_page(name))
    app.add_url_rule("/assets/<path:name>", endpoint="asset", view_func=_asset)
    app.add_url_rule("/app/<path:name>", endpoint="built", view_func=_built)
    app.add_url_rule("/web-settings", endpoint="web_settings", view_func=_settings)
    app.add_url_rule("/favicon.ico", endpoint="favicon", view_func=lambda: redirect(url_for("asset", name="icon.svg")))
    app.add_url_rule("/", endpoint="application", view_func=_application)
    app.add_url_rule("/<path:way>", endpoint="application_within", view_func=_application)


def _settings() -> dict[str, Any]:
    """Where and under which names a page hears of changes, of which release the pages are now, and how codes reach people."""
    return {"stream_port": edge().stream_port, "live_types": live.types(), "release": _release(), "sends": sorted(edge().sends)}


def _release() -> str | None:
    """The entrance names its parts by their content, so that its own digest tells one build from another."""
    entrance = BUILT / "index.html"
    return hashlib.sha256(entrance.read_bytes()).hexdigest()[:12] if entrance.exists() else None


def _page(name: str) -> Callable[[], Response]:
    def page(**_: str) -> Response:
        return _fresh(FOLDER, name)

    return page


def _application(way: str = "") -> Response:
    """The application itself: it finds the page by the address, so that every address can be opened and sent on."""
    if way.partition("/")[0] in NO_PAGES or not request.accept_mimetypes.accept_html:
        raise NotFound
    if not (BUILT / "index.html").exists():
        answer = _fresh(FOLDER, "unbuilt.html")
        answer.status_code = 503
        return answer
    return _fresh(BUILT, "index.html")


def _fresh(folder: Path, name: str) -> Response:
    """The file, asked for anew each time and sent only when it has changed: scripts and pages belong to one release."""
    response = send_from_directory(folder, name)
    response.headers["Cache-Control"] = "no-cache"
    return response


def _asset(name: str) -> Response:
    if name.endswith(".html"):
        abort(404)
    return _fresh(FOLDER, name)


def _built(name: str) -> Response:
    """A part whose name changes with its content: whoever has it never asks again."""
    response = send_from_directory(BUILT / "app", name)
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response
