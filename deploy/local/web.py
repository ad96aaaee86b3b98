"""The pages built from their sources: ``python -m deploy.local.web build|check``.

Node is the machine's where it is new enough, else the one of ``gateway/web/node.lock``, which pip installs apart from
the platform's own packages.  What was built from the same sources is left alone.  Bare Python is enough for all of it, so
that it goes on while the platform's packages are still being installed.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from deploy.local.bootstrap import create
from deploy.local.console import Problem, guard, step
from deploy.local.place import CHECKOUT

WEB = CHECKOUT / "gateway" / "web"
NODE_LOCK = WEB / "node.lock"
OWN_NODE = CHECKOUT / ".stack" / "node"
OLDEST_NODE = (20, 19)
# What the result depends on; everything else below the folder is made from these, or is Python.
SOURCES = ("src", "scripts", "public", "index.html", "vite.config.ts", "tsconfig.json", "package.json", "package-lock.json")
CHECKS = {
    "what the pages know of the API": ["node", "scripts/generate.mjs", "--check"],
    "types of the pages": ["npm", "run", "--silent", "check"],
    "unit tests of the pages": ["npm", "test", "--silent"],
}


def build() -> None:
    """Have ``dist`` as the sources are now."""
    digest = _digest(_files())
    stamp = WEB / "dist" / "sources.sha256"
    if stamp.exists() and stamp.read_text("utf-8") == digest:
        return
    packages()
    with step("building the pages"):
        _run(["npm", "run", "--silent", "build"], "building the pages failed")
    stamp.write_text(digest, "utf-8")


def check() -> None:
    """Types, unit tests, what is generated, and the size of what people load."""
    packages()
    for name, command in CHECKS.items():
        with step(f"checking {name}"):
            _run(command, f"{name}: not right")
    build()
    with step("weighing what people load"):
        _run(["node", "scripts/weigh.mjs"], "the pages have become too heavy")


def packages() -> None:
    """Have ``node_modules`` as the lock says."""
    stamp = WEB / "node_modules" / "lock.sha256"
    digest = _digest([WEB / "package-lock.json"])
    if stamp.exists() and stamp.read_text("utf-8") == digest:
        return
    with step("installing the packages of the pages (about half a minute)"):
        _run(["npm", "ci", "--ignore-scripts"], "npm could not install the packages of the pages")
    stamp.write_text(digest, "utf-8")


def node_folder() -> Path | None:
    """The folder of our own Node, or nothing where the machine has a good one."""
    if (own := OWN_NODE / "bin" / "node").exists():
        return own.parent
    return None if _is_new_enough(shutil.which("node")) and shutil.which("npm") else _install_node()


def _is_new_enough(node: str | None) -> bool:
    if node is None:
        return False
    told = subprocess.run([node, "--version"], capture_output=True, text=True).stdout
    return tuple(map(int, re.findall(r"\d+", told)[:2])) >= OLDEST_NODE


def _install_node() -> Path:
    create(OWN_NODE, "an environment for Node")
    with step("installing Node from the Python packages (about 200 MB, this machine has none that is new enough)"):
        pip = [str(OWN_NODE / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
        done = subprocess.run([*pip, "-r", str(NODE_LOCK)], capture_output=True, text=True)
        if done.returncode:
            shutil.rmtree(OWN_NODE)
            raise Problem(
                f"Node {'.'.join(map(str, OLDEST_NODE))} or newer is needed, and pip could not install it: {_last(done.stderr)}"
            )
    return OWN_NODE / "bin"


def _run(command: list[str], failed: str) -> None:
    """Run a program of Node in the folder of the pages; a sign of life while it lasts, its last words when it fails."""
    folder = node_folder()
    path = f"{folder}{os.pathsep}{os.environ['PATH']}" if folder else os.environ["PATH"]
    env = os.environ | {"PATH": path, "NO_COLOR": "1", "CI": "1"}
    with subprocess.Popen(command, cwd=WEB, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        said: list[str] = []
        shown = time.monotonic()
        for line in process.stdout or ():
            said.append(line.rstrip())
            if time.monotonic() - shown > 5:
                print(f"  {line.strip()[:100]}", file=sys.stderr, flush=True)
                shown = time.monotonic()
    if process.returncode:
        print("\n".join(f"  {line}" for line in said[-40:]), file=sys.stderr)
        raise Problem(f"{failed}; what was said stands above")


def _files() -> list[Path]:
    found = [WEB / name for name in SOURCES]
    return sorted(file for entry in found for file in (entry.rglob("*") if entry.is_dir() else [entry]) if file.is_file())


def _digest(files: Iterable[Path]) -> str:
    parts = [[str(file.relative_to(WEB)), hashlib.sha256(file.read_bytes()).hexdigest()] for file in files]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _last(text: str) -> str:
    return (text.strip().splitlines() or ["no message"])[-1][:300]


COMMANDS = {"build": build, "check": check}


def main() -> None:
    if sys.argv[1:] not in ([name] for name in COMMANDS):
        raise Problem(f"say one of: {', '.join(COMMANDS)}")
    COMMANDS[sys.argv[1]]()


if __name__ == "__main__":
    guard(main)
