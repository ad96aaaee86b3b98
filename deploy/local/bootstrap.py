"""``python3 -m deploy.local.bootstrap``: the virtual environment, from the lock file; needs bare Python 3.11 only.

Packages come from whatever index this machine's pip is set up for, checked against the hashes of the lock.
"""

import hashlib
import subprocess
import sys
import time
import venv
from pathlib import Path

from deploy.local import packages
from deploy.local.console import Problem, guard, step

ROOT = Path(__file__).resolve().parents[2]
HERE = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"


def main() -> None:
    """Make the environment, or leave it alone when it was made from this very lock."""
    if sys.version_info[:2] != (3, 11):
        raise Problem(f"Python 3.11 is needed, this is {sys.version.split()[0]}: run make PYTHON=/path/to/python3.11")
    stamp = HERE / "lock.sha256"
    digest = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    # An environment that is linked from elsewhere is somebody else's to keep.
    if HERE.is_symlink() or (stamp.exists() and stamp.read_text() == digest):
        return
    if not (HERE / "bin" / "pip").exists():
        create(HERE, ".venv")
    with step("installing Python packages (about a minute)"):
        _install()
    stamp.write_text(digest)


def create(folder: Path, name: str) -> None:
    """A virtual environment; the package that Debian parts from Python is installed where it is missing."""
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        packages.install(["python3-venv"])
    with step(f"creating {name}"):
        try:
            venv.create(folder, with_pip=True, clear=True)
        except subprocess.CalledProcessError:
            raise Problem(f"creating {name} failed: install the package python3-venv and try again") from None


def _install() -> None:
    # The lock is whole and in itself agreed: nothing is left to resolve.  What is imported is compiled when it is.
    quick = ["--no-deps", "--no-compile", "--disable-pip-version-check"]
    command = [str(HERE / "bin" / "pip"), "install", *quick, "--require-hashes", "-r", str(LOCK)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        error, count, shown = "no message", 0, time.monotonic()
        for line in process.stdout or ():
            error = line.strip() if line.startswith("ERROR") else error
            count += line.startswith("Collecting")
            if time.monotonic() - shown > 5:
                print(f"  {count} packages seen, now: {line.strip()[:80]}", file=sys.stderr, flush=True)
                shown = time.monotonic()
    if process.returncode:
        raise Problem(f"pip could not install {LOCK.name}: {error}")


if __name__ == "__main__":
    guard(main)
