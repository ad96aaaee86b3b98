"""How a process is made of the kernel: environment, broker, Nameko, threads, health, migrations.

The kernel is what services are written on and knows no process; this package is what runs them and no service
imports it.
"""

import sys

if "rich" not in sys.modules:
    # Logs here are lines of JSON.  Where it happens to be installed, structlog takes this along to draw tracebacks with: four
    # megabytes and a tenth of a second of each process.
    sys.modules["rich"] = None  # type: ignore[assignment]
    import structlog  # noqa: F401

    del sys.modules["rich"]
