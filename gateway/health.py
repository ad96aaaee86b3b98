"""``/livez``, ``/readyz`` and ``/metrics`` of the gateway's processes."""

import os

import sqlalchemy as sa
from flask import Flask, Response
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from gateway.edge import Edge

ROUTES = ("/livez", "/readyz", "/metrics")
REQUESTS = Histogram("http_seconds", "Requests answered", ["method", "route", "status"])


def register(app: Flask, edge: Edge) -> None:
    """Ready when the database and Redis answer; a service that is away makes only its own routes wait."""

    def livez() -> str:
        return "alive\n"

    def readyz() -> Response:
        failing = [name for name, check in {"database": _database, "redis": _redis}.items() if not check(edge)]
        return Response(f"{', '.join(failing) or 'ready'}\n", 503 if failing else 200, content_type="text/plain; charset=utf-8")

    def metrics() -> Response:
        registry = REGISTRY
        if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
            registry = CollectorRegistry()
            MultiProcessCollector(registry)
        return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)

    for view in (livez, readyz, metrics):
        app.add_url_rule(f"/{view.__name__}", view_func=view)


def _database(edge: Edge) -> bool:
    try:
        with edge.database.engine.connect() as connection:
            return connection.execute(sa.text("SELECT 1")).scalar_one() == 1
    except sa.exc.SQLAlchemyError:
        return False


def _redis(edge: Edge) -> bool:
    try:
        return bool(edge.memory.ping())
    except Exception:
        return False
