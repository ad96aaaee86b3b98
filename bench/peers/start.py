"""Starts peers as the gateway is started: gunicorn, two processes of sixteen threads; Django in an environment of its own."""

import hashlib
import subprocess
import sys
import venv
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bench.stand import Stand
from deploy.local.console import Problem, step
from deploy.local.place import CHECKOUT

LOCK = CHECKOUT / "bench" / "requirements.lock"
ENVIRONMENT = CHECKOUT / ".stack" / "bench-venv"
GUNICORN = ["--worker-class", "gthread", "--workers", "2", "--threads", "16", "--keep-alive", "5", "--no-control-socket"]
Command = Callable[[], tuple[str, str]]


def flask() -> tuple[str, str]:
    """The interpreter and the application of the bare Flask peer."""
    return sys.executable, "bench.peers.bare:app"


def django() -> tuple[str, str]:
    """The same of the Django peer; its environment is made when it is not there or not of this lock."""
    stamp, digest = ENVIRONMENT / "lock.sha256", hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if not stamp.exists() or stamp.read_text() != digest:
        with step("installing the peers' packages"):
            venv.create(ENVIRONMENT, with_pip=True, clear=True)
            pip = [str(ENVIRONMENT / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
            if subprocess.run([*pip, "-r", str(LOCK)]).returncode:
                raise Problem(f"pip could not install {LOCK}")
            stamp.write_text(digest)
    return str(ENVIRONMENT / "bin" / "python"), "django.core.wsgi:get_wsgi_application()"


@contextmanager
def serving(stand: Stand, name: str, command: Command, url: str) -> Iterator[tuple[int, int]]:
    """The port and the process of a peer that answers."""
    python, app = command()
    port = stand.place.port(f"peer-{name}", keep=False)
    line = [python, "-m", "gunicorn", *GUNICORN, "--bind", f"127.0.0.1:{port}", app]
    with stand.beside(
        f"peer-{name}", line, {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "bench.peers.rest_settings"}
    ) as process:
        stand.until_it_listens(port, process, f"peer-{name}")
        yield port, process.pid
