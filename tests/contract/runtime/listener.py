"""The listener of the made-up service that keeps copies of meters.  ``python -m tests.contract.runtime.listener``."""

import eventlet

eventlet.monkey_patch()

import sys  # noqa: E402


def main() -> None:
    from services.runtime.bus import prepare
    from services.runtime.rpc import nameko_class
    from services.runtime.serve import hosting, verifier
    from services.runtime.settings import settings
    from tests.service.kernel.meter import COPIES

    config = settings()
    prepare(config.amqp_url, COPIES)
    runner = hosting(config.amqp_url, 5, nameko_class(COPIES, config.database("copies"), verifier(config)))
    runner.start()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    runner.wait()


if __name__ == "__main__":
    main()
