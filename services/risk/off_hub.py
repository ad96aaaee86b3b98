"""Work that would hold up all other callers of a process built on greenlets is done in a thread of the system."""

import sys
from collections.abc import Callable
from typing import Any, TypeVar

Result = TypeVar("Result")


def run(function: Callable[..., Result], *args: Any) -> Result:
    """The function's result; under eventlet the hub goes on meanwhile."""
    if "eventlet" in sys.modules:
        from eventlet import patcher, tpool

        if patcher.is_monkey_patched("thread"):
            return tpool.execute(function, *args)
    return function(*args)
