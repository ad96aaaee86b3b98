"""Every service as one Nameko process, for calls that no gateway makes.  ``python -m tests.contract.strangers.host``."""

from services.runtime.serve import hosting, verifier  # isort: skip - patches before anything opens a socket.

import json
import os
import sys

import sqlalchemy as sa

from services.kernel.service import named
from services.kernel.work import Database
from services.runtime.bus import prepare
from services.runtime.rpc import nameko_class
from services.runtime.settings import settings


def main() -> None:
    config = settings()
    classes = []
    for name, url in json.loads(os.environ["DATABASE_URLS"]).items():
        service = named(name)
        prepare(config.amqp_url, service)
        database = Database(sa.create_engine(url, pool_size=2, hide_parameters=True), f"520000/{name}")
        classes.append(nameko_class(service, database, verifier(config)))
    runner = hosting(config.amqp_url, 5, *classes)
    runner.start()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    runner.wait()


if __name__ == "__main__":
    main()
