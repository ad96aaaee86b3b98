"""The whole platform, started once with its own servers and data, and stopped without a trace.

PLATFORM_AT names the place of one that runs already, such as ``.stack/k8s`` with its processes in pods.
"""

import os
from collections.abc import Iterator

import pytest

from deploy.local.lifecycle import Platform
from deploy.local.place import CHECKOUT, Place


@pytest.fixture(scope="module")
def platform(place: Place) -> Iterator[Platform]:
    """Every process ready, databases empty but for catalogues, roles and the first administrators."""
    if running := os.environ.get("PLATFORM_AT"):
        yield Platform(Place(CHECKOUT / running), demo=False)
        return
    root = CHECKOUT / ".stack" / "e2e"
    with place.locked("e2e"):
        Platform(Place(root)).stop()
        Place(root).remove()
        platform = Platform(Place(root, throwaway=True), demo=False)
        try:
            platform.start()
            yield platform
        finally:
            platform.stop()
