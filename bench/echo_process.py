"""Runs the service of ``echo`` as every other service is run: ``python -m bench.echo_process``, told by its environment."""

import eventlet

eventlet.monkey_patch()

import sys  # noqa: E402
import warnings  # noqa: E402

from bench.echo import service  # noqa: E402
from services.kernel import telemetry  # noqa: E402
from services.runtime.rpc import nameko_class  # noqa: E402
from services.runtime.serve import verifier  # noqa: E402
from services.runtime.settings import settings  # noqa: E402


def main() -> None:
    warnings.filterwarnings("ignore", category=DeprecationWarning)
    from nameko.runners import ServiceRunner

    config = settings()
    telemetry.configure(config.log_level)
    runner = ServiceRunner({"AMQP_URI": config.amqp_url, "max_workers": config.workers, "ACCEPT": ["json"], "serializer": "json"})
    runner.add_service(nameko_class(service(), config.database("gateway"), verifier(config)))
    runner.start()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    runner.wait()


if __name__ == "__main__":
    main()
