"""Which processes cannot do without keys."""

import pytest
from environs import EnvError

from deploy.local.databases import NAMES
from services.vault import sealing
from services.vault.columns import holds_sealed, require_keys


def test_the_enterprise_service_alone_keeps_something_sealed() -> None:
    assert [name for name in NAMES if holds_sealed(name)] == ["enterprise"]


def test_a_service_that_keeps_something_sealed_does_not_start_without_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SEALING_KEYS")
    sealing.keys.cache_clear()

    require_keys("hazard")
    with pytest.raises(EnvError, match="SEALING_KEYS"):
        require_keys("enterprise")

    monkeypatch.undo()
    sealing.keys.cache_clear()
