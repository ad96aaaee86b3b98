"""How gunicorn runs the gateway's processes: ``gunicorn --config python:gateway.gunicorn gateway.app:app``.

Live updates take the same file with ``--worker-class gevent`` and ``gateway.stream:app``.
"""

import gc
import logging
import os
import tempfile
from importlib import import_module
from typing import Any

os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", tempfile.mkdtemp(prefix="metrics-"))  # Before anything counts.

from environs import Env
from prometheus_client import multiprocess

from services.kernel import telemetry

env = Env()
bind = env.str("BIND", "0.0.0.0:8080")
workers = env.int("WEB_WORKERS", 2)
threads = env.int("WEB_THREADS", 16)
worker_class = "gthread"
worker_connections = 5000
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 - The heartbeat's file, where no disk can hold it up.
timeout = 60
graceful_timeout = 30
keepalive = 5
# A master that was killed leaves workers who finish first; its successor does not wait ten seconds and more for their port.
reuse_port = True
max_requests, max_requests_jitter = 20_000, 2_000
limit_request_line, limit_request_fields, limit_request_field_size = 8190, 60, 8190
forwarded_allow_ips = "*" if env.int("TRUSTED_PROXIES", 0) else ""
control_socket_disable = True
accesslog = None  # The application writes one line a request itself, without what was asked.


def on_starting(server: Any) -> None:
    telemetry.configure(env.str("LOG_LEVEL", "info"))
    if server.cfg.worker_class_str == "gthread":  # gevent has to patch before it imports.
        import_module("gateway.app")  # The modules alone: workers share them, and each makes its own application.
        gc.freeze()
    for name in ("gunicorn.error", "gunicorn.access"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True


def child_exit(server: Any, worker: Any) -> None:
    multiprocess.mark_process_dead(worker.pid)
