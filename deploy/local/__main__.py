"""``python -m deploy.local stack|unstack|...``: what the Makefile's targets do."""

import sys

from deploy.local import servers
from deploy.local.console import Problem, guard
from deploy.local.place import CHECKOUT, Place

TEST = CHECKOUT / ".stack" / "test"


def stack() -> None:
    """Start the servers that tests use, and leave them running."""
    place = Place(TEST, throwaway=True)
    place.record("tests", "keep", True)
    for name, url in servers.start(place).items():
        print(f"{name:10} {url}")


def unstack() -> None:
    """Stop the servers that tests use."""
    place = Place(TEST, throwaway=True)
    place.record("tests", "keep", False)
    servers.stop(place)


COMMANDS = {"stack": stack, "unstack": unstack}


def main() -> None:
    command = COMMANDS.get(sys.argv[1] if len(sys.argv) == 2 else "")
    if command is None:
        raise Problem(f"say one of: {', '.join(COMMANDS)}")
    command()


if __name__ == "__main__":
    guard(main)
