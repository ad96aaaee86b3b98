"""Every service as one Nameko process, for calls that no gateway makes.  ``python -m tests.contract.strangers.host``."""

from services.runtime.serve import verifier  # isort: skip - patches before anything opens a socket.

import json
import os
import sys
import warnings

import sqlalchemy as sa
from kombu import Connection

from services.kernel.service import named
from services.kernel.work import Database
from services.runtime.bus import declare
from services.runtime.rpc import nameko_class
from services.runtime.settings import settings


def main() -> None:
    warnings.filterwarnings("ignore", category=DeprecationWarning)
    from nameko.runners import ServiceRunner

    config = settings()
    runner = ServiceRunner({"AMQP_URI": config.amqp_url, "max_workers": 5, "ACCEPT": ["json"], "serializer": "json"})
    for name, url in json.loads(os.environ["DATABASE_URLS"]).items():
        service = named(name)
        with Connection(config.amqp_url) as connection:
            declare(connection.channel(), service)
        database = Database(sa.create_engine(url, pool_size=2, hide_parameters=True), f"520000/{name}")
        runner.add_service(nameko_class(service, database, verifier(config)))
    runner.start()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    runner.wait()


if __name__ == "__main__":
    main()
