"""What is sealed tells nobody anything, opens only where it was sealed for, and outlives its key's first place."""

import base64
import json
from collections.abc import Callable, Iterator

import pytest
from cryptography.exceptions import InvalidTag

from services.vault import sealing

NUMBER, PLACE = "11010519491231002X", "worker.id_number"
OLD, NEW = (base64.b64encode(bytes([each]) * 32).decode() for each in (1, 2))
Told = Callable[..., None]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[Told]:
    """``told(old=OLD)``: these are the keys from now on."""

    def tell(**keys: str) -> None:
        monkeypatch.setenv("SEALING_KEYS", json.dumps(keys))
        sealing.keys.cache_clear()

    yield tell
    monkeypatch.undo()
    sealing.keys.cache_clear()


def test_what_was_sealed_opens_again_and_shows_nothing(told: Told) -> None:
    told(old=OLD)

    sealed = sealing.seal(NUMBER, PLACE)

    assert sealing.unseal(sealed, PLACE) == NUMBER
    assert sealed.startswith("A256GCM.old.") and NUMBER not in sealed
    assert NUMBER.encode() not in base64.b64decode(sealed.rpartition(".")[2])


def test_the_same_number_is_never_sealed_to_the_same(told: Told) -> None:
    told(old=OLD)

    assert len({sealing.seal(NUMBER, PLACE) for _ in range(100)}) == 100


def test_a_value_opens_in_no_other_column(told: Told) -> None:
    told(old=OLD)

    with pytest.raises(InvalidTag):
        sealing.unseal(sealing.seal(NUMBER, PLACE), "worker.phone")


@pytest.mark.parametrize("place", [0, 11, 12, 20, -1])
def test_a_changed_byte_is_noticed(told: Told, place: int) -> None:
    told(old=OLD)
    head, _, body = sealing.seal(NUMBER, PLACE).rpartition(".")
    raw = bytearray(base64.b64decode(body))
    raw[place] ^= 1

    with pytest.raises(InvalidTag):
        sealing.unseal(f"{head}.{base64.b64encode(raw).decode()}", PLACE)


def test_a_new_key_seals_and_the_old_one_still_opens(told: Told) -> None:
    told(old=OLD)
    before, known = sealing.seal(NUMBER, PLACE), sealing.digests(NUMBER, PLACE)

    told(new=NEW, old=OLD)

    assert sealing.unseal(before, PLACE) == NUMBER
    assert sealing.seal(NUMBER, PLACE).startswith("A256GCM.new.")
    assert sealing.digests(NUMBER, PLACE)[1:] == known


def test_without_its_key_nothing_opens(told: Told) -> None:
    told(old=OLD)
    before = sealing.seal(NUMBER, PLACE)

    told(new=NEW)

    with pytest.raises(ValueError, match="old"):
        sealing.unseal(before, PLACE)


def test_another_key_under_the_same_name_opens_nothing(told: Told) -> None:
    told(same=OLD)
    before = sealing.seal(NUMBER, PLACE)

    told(same=NEW)

    with pytest.raises(InvalidTag):
        sealing.unseal(before, PLACE)


def test_a_digest_is_of_its_text_its_place_and_its_key(told: Told) -> None:
    told(old=OLD, new=NEW)

    found = [*sealing.digests(NUMBER, PLACE), *sealing.digests(NUMBER, "worker.phone"), *sealing.digests(NUMBER[::-1], PLACE)]

    assert len({digest.partition(".")[2] for digest in found}) == 6
    assert sealing.digests(NUMBER, PLACE) == found[:2]


@pytest.mark.parametrize("wrong", ["", "[]", "{}", '{"a": "short"}', f'{{"a.b": "{OLD}"}}', f'{{"a": "{OLD}="}}'])
def test_a_process_with_wrong_keys_does_not_start(monkeypatch: pytest.MonkeyPatch, told: Told, wrong: str) -> None:
    told(old=OLD)
    monkeypatch.setenv("SEALING_KEYS", wrong)
    sealing.keys.cache_clear()

    with pytest.raises(ValueError):  # noqa: PT011 - JSON, Base64 and our own rules refuse alike.
        sealing.keys()
