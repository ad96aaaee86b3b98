"""``python -m deploy.demo``: fill fresh databases with a county's life, and write the accounts to try it with.

Needs DATABASE_URLS (JSON, one address a service), ACCOUNTS_FILE and FILES_URL; DEMO_SEED, DEMO_DAYS and DEMO_ENTERPRISES
(keys of data/enterprises.csv) make another play of it.
"""

import gc
import json
import os
import sys
import time
from datetime import datetime
from pathlib import Path

from environs import Env

from deploy.demo.play import Play
from deploy.demo.stage import Stage
from gateway.files.store import store_at
from services.kernel import clock, telemetry
from services.kernel.caller import system

SEED = "黔西"


def last_moment() -> datetime:
    """The full hour that has passed last: the demonstration is never ahead of the clock on the wall."""
    return clock.now().replace(minute=0, second=0, microsecond=0)


def main() -> None:
    env = Env()
    gc.set_threshold(100_000)  # A short life, in which looking for cycles costs more than they do.
    telemetry.configure("warning")
    started = time.monotonic()
    stage = Stage(json.loads(env.str("DATABASE_URLS")), env.str("DEPLOYMENT_REGION", "520000"), env.str("DEMO_SEED", SEED))
    if stage.call(system("demo"), "list_enterprises", limit=1)["items"]:
        raise SystemExit("there are enterprises already: demonstration data go into fresh databases only (make clean)")
    keys: tuple[str, ...] | None = tuple(env.list("DEMO_ENTERPRISES", [])) or None
    play = Play(stage, store_at(env.str("FILES_URL")), last_moment(), env.int("DEMO_DAYS", 60), keys)
    play.perform()
    stage.close()
    accounts = Path(env.str("ACCOUNTS_FILE"))
    accounts.write_text(play.accounts.text(), "utf-8")
    accounts.chmod(0o600)
    print(f"demonstration data: {stage.calls} calls in {time.monotonic() - started:.0f} s; accounts in {accounts}", file=sys.stderr)


if __name__ == "__main__":
    if os.environ.get("PYTHONHASHSEED") is None:  # The order of sets of words would differ from process to process.
        os.execve(sys.executable, [sys.executable, "-m", "deploy.demo"], os.environ | {"PYTHONHASHSEED": "0"})  # noqa: S606 (our own program)
    main()
