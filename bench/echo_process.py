"""Runs the service of ``echo`` as every other service is run: ``python -m bench.echo_process``, told by its environment."""

import eventlet

eventlet.monkey_patch()

import sys  # noqa: E402

from bench.echo import service  # noqa: E402
from services.kernel import telemetry  # noqa: E402
from services.runtime.rpc import nameko_class  # noqa: E402
from services.runtime.serve import hosting, verifier  # noqa: E402
from services.runtime.settings import settings  # noqa: E402


def main() -> None:
    config = settings()
    telemetry.configure(config.log_level)
    runner = hosting(config.amqp_url, config.workers, nameko_class(service(), config.database("gateway"), verifier(config)))
    runner.start()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    runner.wait()


if __name__ == "__main__":
    main()
