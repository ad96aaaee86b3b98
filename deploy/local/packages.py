"""Debian packages that the stack stands on: installed when we are root, named to the person when we are not."""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.local.console import Problem, step

OLDEST_POSTGRES = 15
RABBITMQ = Path("/usr/lib/rabbitmq/bin")
POLICY = Path("/usr/sbin/policy-rc.d")


def postgres_folders() -> list[Path]:
    """Folders of PostgreSQL's programs, newest first; only Debian's, since others on the PATH may be of any make."""
    found = [p.parent for p in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return sorted((p for p in found if int(p.parent.name) >= OLDEST_POSTGRES), key=lambda p: -int(p.parent.name))


def rabbitmq_server() -> Path | None:
    """The broker's start script itself: Debian's wrapper would insist on the account ``rabbitmq``."""
    script = RABBITMQ / "rabbitmq-server"
    return script if script.exists() else None


def redis_server() -> Path | None:
    script = Path("/usr/bin/redis-server")
    return script if script.exists() else None


def chinese_fonts() -> list[Path]:
    """The fonts in which legal documents are printed."""
    folders = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts"]
    return [font for folder in folders for font in folder.rglob("NotoSerifCJK*")]


def chromium() -> Path | None:
    """The browser in which the tests look at the pages: Chromium without windows, which takes a fifth less of the processor."""
    script = Path("/usr/bin/chromium-headless-shell")
    return script if script.exists() else None


FONTS = "fonts"
ALONE = ("--no-install-recommends", "-o", "DPkg::Lock::Timeout=300")  # Somebody else may be installing at the moment.
NEEDED: dict[str, tuple[str, Callable[[], object]]] = {
    "postgres": ("postgresql", postgres_folders),
    "rabbitmq": ("rabbitmq-server", rabbitmq_server),
    "redis": ("redis-server", redis_server),
    FONTS: ("fonts-noto-cjk", chinese_fonts),
    "chromium": ("chromium-headless-shell", chromium),
}


def ensure(servers: list[str]) -> None:
    """Have the programs of these servers and the fonts of our documents, or tell which packages to install."""
    missing = [package for name in [*servers, FONTS] for package, find in [NEEDED[name]] if not find()]
    if missing:
        install(missing)
        for name in servers:
            if not NEEDED[name][1]():
                raise Problem(f"{NEEDED[name][0]} is installed but too old (PostgreSQL {OLDEST_POSTGRES} or newer is needed)")


def install(packages: list[str]) -> None:
    """Install Debian packages, without letting them start servers of their own."""
    command = f"apt-get install -y {' '.join(packages)}"
    if os.geteuid() != 0:
        raise Problem(f"as an administrator run once: {command}")
    with step(f"installing {' '.join(packages)}"), _nothing_starts():
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for arguments in (["update"], ["install", "-y", *ALONE, *packages]):
            done = subprocess.run(["apt-get", "-q", *arguments], env=env, capture_output=True, text=True)
            if done.returncode and arguments != ["update"]:
                raise Problem(f"{command} failed: {(done.stderr.strip().splitlines() or ['no message'])[-1]}")


@contextmanager
def _nothing_starts() -> Iterator[None]:
    """Debian starts a server it installs, on the standard port; not for us."""
    if POLICY.exists():
        yield
        return
    POLICY.write_text("#!/bin/sh\nexit 101\n")
    POLICY.chmod(0o755)
    try:
        yield
    finally:
        POLICY.unlink()
