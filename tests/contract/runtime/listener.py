"""The listener of the made-up service that keeps copies of meters.  ``python -m tests.contract.runtime.listener``."""

import eventlet

eventlet.monkey_patch()

import sys  # noqa: E402
import warnings  # noqa: E402


def main() -> None:
    warnings.filterwarnings("ignore", category=DeprecationWarning)
    from nameko.runners import ServiceRunner

    from services.runtime.bus import prepare
    from services.runtime.rpc import nameko_class
    from services.runtime.serve import verifier
    from services.runtime.settings import settings
    from tests.service.kernel.meter import COPIES

    config = settings()
    prepare(config.amqp_url, COPIES)
    runner = ServiceRunner({"AMQP_URI": config.amqp_url, "max_workers": 5, "ACCEPT": ["json"], "serializer": "json"})
    runner.add_service(nameko_class(COPIES, config.database("copies"), verifier(config)))
    runner.start()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    runner.wait()


if __name__ == "__main__":
    main()
