"""The tour in ``docs/tour.md``: one whole loop through HTTP against running processes, by the very commands a newcomer reads."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.local import packages, servers
from deploy.local.lifecycle import Platform
from deploy.local.place import CHECKOUT

BLOCK = re.compile(r"^```sh\n(.*?)^```", re.DOTALL | re.MULTILINE)


def passwords(platform: Platform) -> dict[str, str]:
    """The first passwords of the administrators, as they were shown to whoever started the platform."""
    lines = [line.split() for line in platform.administrators.read_text("utf-8").splitlines()]
    return {username: password for _, username, password in lines}


@pytest.mark.timeout(600)
def test_the_tour_is_right(platform: Platform, tmp_path: Path) -> None:
    if shutil.which("curl") is None:
        packages.install(["curl"])
    blocks = BLOCK.findall((CHECKOUT / "docs" / "tour.md").read_text("utf-8"))
    script = "\n".join(["set -euo pipefail", *blocks])
    first = passwords(platform)
    env = os.environ | {
        "ADDRESS": platform.address, "SYSTEM_PASSWORD": first["system.admin"], "SECURITY_PASSWORD": first["security.admin"],
        "READ_CAPTCHA": f"{sys.executable} {Path(__file__).with_name('read_captcha.py')}",
        "REDIS_URL": servers.address(platform.place, "redis"),
    }  # fmt: skip

    done = subprocess.run(["bash", "-c", script], env=env, cwd=tmp_path, capture_output=True, text=True, timeout=580)

    assert done.returncode == 0, done.stderr[-3000:]
    assert len(blocks) > 10
