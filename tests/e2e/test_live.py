"""A thousand people keep their boards open: each hears of what it may see, once, also when it comes back."""

import http.client
import json
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
import redis

from bench.generate import enterprises, people
from bench.generate.enterprises import Enterprise
from bench.generate.people import Person
from bench.registration_row import GIVEN
from bench.streams import Audience, Stream, audience
from deploy.local import servers
from deploy.local.lifecycle import Platform

REGISTERED = "hazard.registered"
COUNTIES = [Enterprise(number).region[:6] for number in (0, 1)]
LISTENERS = {"520000": 400, COUNTIES[0]: 300, COUNTIES[1]: 300}


def ask(platform: Platform, person: Person, method: str, path: str, body: Any = None) -> Any:
    with closing(http.client.HTTPConnection("127.0.0.1", platform.ports["gateway-api"], timeout=60)) as line:
        content = None if body is None else json.dumps(body)
        line.request(method, f"/api/v1{path}", content, {"Content-Type": "application/json", **person.headers})
        answer = line.getresponse()
        read = json.loads(answer.read())
        assert answer.status < 300, read
        return read


@pytest.fixture
def memory(platform: Platform) -> "redis.Redis[str]":
    return redis.Redis.from_url(servers.address(platform.place, "redis"), decode_responses=True)


@pytest.fixture
def managers(platform: Platform, memory: "redis.Redis[str]") -> list[Person]:
    """The safety managers of two enterprises in two counties, which every service knows."""
    for service in ("risk", "hazard", "enforcement", "stats", "notice", "gateway"):
        enterprises.load(platform.databases.admin_url(f"dual_{service}"), 0, 2)
    return people.safety_managers(platform.databases.admin_url("dual_gateway"), memory, 1, (0, 1))


@pytest.fixture
def listeners(platform: Platform, memory: "redis.Redis[str]") -> dict[str, list[Person]]:
    url = platform.databases.admin_url("dual_gateway")
    return {
        region: people.regulators(url, memory, 10_000 * (at + 1), region, ["*"], number)
        for at, (region, number) in enumerate(LISTENERS.items())
    }


@pytest.fixture
def everybody(platform: Platform, listeners: dict[str, list[Person]]) -> Iterator[Audience]:
    headers = [person.headers for of in listeners.values() for person in of]
    with audience(platform.ports["gateway-stream"], headers) as found:
        yield found


class Story:
    """What was registered where, and who ought to have heard of it."""

    def __init__(self, platform: Platform, managers: list[Person], everybody: Audience) -> None:
        self._platform, self._managers, self._everybody = platform, managers, everybody
        self.made: list[tuple[str, str]] = []
        regions = [region for region, number in LISTENERS.items() for _ in range(number)]
        self._places = dict(zip(everybody.streams, regions, strict=True))

    def register(self, *counties: int) -> None:
        for at in counties:
            made = ask(self._platform, self._managers[at], "POST", "/hazards", GIVEN)
            self.made.append((made["id"], COUNTIES[at]))

    def until_they_know(self, streams: list[Stream], what: str) -> None:
        """Each has heard of what is its own, once, and of nothing else; what happened to different records has no order."""
        self._everybody.until(lambda: all(self._knows(one) for one in streams), what)

    def _knows(self, one: Stream) -> bool:
        place = self._places[one]
        heard = [hint.subject for hint in one.told if hint.type == "hazard.registered"]
        return sorted(heard) == sorted(subject for subject, at in self.made if place in ("520000", at))


@pytest.mark.feature("BEY-14")
@pytest.mark.timeout(600)
def test_a_thousand_open_boards_hear_of_a_countys_registration_and_catch_up(
    platform: Platform, managers: list[Person], listeners: dict[str, list[Person]], everybody: Audience
) -> None:
    def number() -> int:
        return ask(platform, listeners["520000"][0], "GET", "/stats/overview?period=day")["hazard_count"]  # type: ignore[no-any-return]

    story, before = Story(platform, managers, everybody), number()
    gone, rest = everybody.streams[::2], everybody.streams[1::2]

    story.register(0, 1, 0)
    story.until_they_know(everybody.streams, "all have heard of what is theirs")
    everybody.leave(gone)
    story.register(1, 0, 0, 1)
    story.until_they_know(rest, "who stayed has heard the rest")
    everybody.open(gone)
    story.register(0, 1)
    story.until_they_know(everybody.streams, "who came back has caught up and goes on")
    everybody.until(lambda: number() == before + len(story.made), "the province's board counts them")

    assert len(everybody.streams) == 1000 and not any(one.is_lost for one in everybody.streams)
    for one in everybody.streams:
        ids = [order(hint.id) for hint in one.told]
        assert ids == sorted(set(ids))
        assert "figures.changed" in {hint.type for hint in one.told}


def order(hint_id: str) -> tuple[int, ...]:
    return tuple(map(int, hint_id.split("-")))
