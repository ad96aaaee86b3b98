"""How much a test does: what every build can bear or, with ``LONG=1``, what is run before a release."""

import os


def many(short: int, long: int) -> int:
    return long if os.environ.get("LONG") else short
