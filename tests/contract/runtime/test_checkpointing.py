"""A worker, as it starts, announces a signed checkpoint of its service's audit chain."""

import os
import subprocess
import sys
import time

import sqlalchemy as sa

from deploy.local.databases import Databases
from deploy.local.keys import audit_public_keys, new_audit_key
from services.kernel.service import named
from services.runtime.bus import prepare
from services.trail.contract.checkpoints import sealed
from tests.conftest import PREFIX

SENT = sa.text("SELECT count(*) FROM outbox WHERE type = :type AND sent_at IS NOT NULL")


def test_a_worker_announces_a_checkpoint_when_it_starts(databases: Databases, amqp_url: str, redis_url: str) -> None:
    name = f"{PREFIX}{os.getpid()}_worker"
    databases.drop(name)
    url, key = databases.copy("enterprise", name).url, new_audit_key()
    prepare(amqp_url, named("enterprise"))
    keys = {"AUDIT_PRIVATE_KEY": key, "AUDIT_PUBLIC_KEYS": audit_public_keys({"enterprise": key})}
    env = os.environ | keys | {"DATABASE_URL": url, "AMQP_URL": amqp_url, "REDIS_URL": redis_url, "HEALTH_HOST": "127.0.0.1"}
    engine, until = sa.create_engine(url), time.monotonic() + 40

    worker = subprocess.Popen([sys.executable, "-m", "services.runtime.worker", "enterprise"], env=env)
    try:
        sent = 0
        while not sent and time.monotonic() < until:
            time.sleep(0.2)
            with engine.connect() as connection:
                sent = connection.execute(SENT, {"type": sealed("enterprise").type}).scalar_one()
    finally:
        worker.terminate()
        worker.wait(20)
        engine.dispose()

    assert sent == 1
