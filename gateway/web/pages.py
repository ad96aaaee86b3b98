"""The pages and what they are made of; everything they show comes over the API."""

from collections.abc import Callable
from pathlib import Path

from flask import Flask, Response, abort, redirect, send_from_directory, url_for

from gateway.edge import edge

FOLDER = Path(__file__).parent / "static"
PAGES = {"/": "index.html", "/login": "login.html", "/api/docs": "docs.html"}


def register(app: Flask) -> None:
    """One route a page, and one for scripts, styles and pictures."""
    for rule, name in PAGES.items():
        app.add_url_rule(rule, endpoint=f"page_{name.removesuffix('.html')}", view_func=_page(name))
    app.add_url_rule("/assets/<path:name>", endpoint="asset", view_func=_asset)
    app.add_url_rule("/web-settings", endpoint="web_settings", view_func=lambda: {"stream_port": edge().stream_port})
    app.add_url_rule("/favicon.ico", endpoint="favicon", view_func=lambda: redirect(url_for("asset", name="icon.svg")))


def _page(name: str) -> Callable[[], Response]:
    def page() -> Response:
        response = send_from_directory(FOLDER, name)
        response.headers["Cache-Control"] = "no-cache"
        return response

    return page


def _asset(name: str) -> Response:
    if name.endswith(".html"):
        abort(404)
    return send_from_directory(FOLDER, name, max_age=3600)
