"""Open pages hear of what they may see, and nothing after they lost the right to it."""

import http.client
import json
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import redis
from flask import Flask
from werkzeug.serving import make_server

from gateway import live, stream
from gateway.api.who import Asker
from gateway.edge import Edge
from gateway.identity.service import SERVICE
from gateway.watch import Listener, Watch
from services.kernel import clock, ids
from services.kernel.caller import system
from services.kernel.event import Event
from services.kernel.work import Database
from tests.service.gateway.builders import PLATFORM, a_county, an_enterprise_admin, an_official, sign_in

NEEDED = {
    "hazard": "gateway.departments.read",
    "figures": "gateway.departments.read",
    "staff": "gateway.staff.write",  # An enterprise's administrator has it.
    "secret": "data.audit.read",
}
LOOK = 0.2


class Page:
    """A page that listens."""

    def __init__(self, port: int, token: str, last_id: str | None = None) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        headers = {"Authorization": f"Bearer {token}"} | ({"Last-Event-ID": last_id} if last_id else {})
        self._connection.request("GET", stream.PATH, headers=headers)
        self.answer = self._connection.getresponse()
        if self.answer.status == 200:
            assert self.answer.readline() == b"retry: 3000\n"

    def next(self) -> dict[str, str]:
        """The next event; heartbeats are passed over."""
        event: dict[str, str] = {}
        line = "-"
        while not event or line:
            line = self.answer.readline().decode().strip()
            name, found, value = line.partition(": ")
            if found and name:
                event[name] = value
        return event

    def close(self) -> None:
        self._connection.close()


@pytest.fixture(scope="module")
def port(edge: Edge) -> Iterator[int]:
    server = make_server("127.0.0.1", 0, stream.create_app(edge, LOOK, NEEDED), threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.port
    server.shutdown()


def listening(app: Flask, port: int, account: dict[str, Any], last_id: str | None = None) -> Page:
    return Page(port, sign_in(app, account["username"]).json["token"], last_id)


def tell(memory: "redis.Redis[str]", region: str, event_type: str = "hazard.closed.v1", enterprise_id: str | None = None) -> str:
    subject = ids.new_id()
    state = {"region": region, "industry": "MK01", "enterprise_id": enterprise_id or ids.new_id()}
    live.publish(memory, [an_event(event_type, subject, state)])
    return subject


def an_event(event_type: str, subject: str, state: dict[str, Any]) -> Event:
    return Event(
        ids.new_id(), "520000/test", event_type, subject, clock.now(), state["region"], {"state": state, "fact": {}}, "test"
    )


def test_a_page_hears_what_happens_in_its_scope_only(app: Flask, identity: Database, memory: "redis.Redis[str]", port: int) -> None:
    here, elsewhere = "520302", "520402"
    page = listening(app, port, an_official(identity, "regulator", region=here))

    tell(memory, elsewhere)
    tell(memory, here, "secret.told.v1")
    subject = tell(memory, here)
    event = page.next()

    assert (event["event"], json.loads(event["data"])["subject"]) == ("hazard.closed", subject)


def test_an_enterprise_hears_of_itself_only(app: Flask, identity: Database, memory: "redis.Redis[str]", port: int) -> None:
    account = an_enterprise_admin(identity)
    page = listening(app, port, account)

    tell(memory, "520102", "staff.changed.v1")
    subject = tell(memory, "520102", "staff.changed.v1", account["enterprise_id"])

    assert json.loads(page.next()["data"])["subject"] == subject


def test_changed_figures_tell_no_place(app: Flask, identity: Database, memory: "redis.Redis[str]", port: int) -> None:
    page = listening(app, port, an_official(identity, "regulator", region="520302"))

    tell(memory, "520000", "figures.changed.v1")

    assert json.loads(page.next()["data"]) == {"type": "figures.changed"}


def test_a_page_that_comes_back_gets_what_it_missed(app: Flask, identity: Database, memory: "redis.Redis[str]", port: int) -> None:
    account = an_official(identity, "regulator", region="520322")
    page = listening(app, port, account)
    tell(memory, "520322")
    seen = page.next()["id"]
    page.close()
    missed = [tell(memory, "520322") for _ in range(3)]

    again = listening(app, port, account, seen)
    later = tell(memory, "520322")

    assert [json.loads(again.next()["data"])["subject"] for _ in range(4)] == [*missed, later]


def test_a_page_that_missed_more_than_one_look_holds_gets_all_of_it(
    app: Flask, identity: Database, memory: "redis.Redis[str]", port: int
) -> None:
    account = an_official(identity, "regulator", region="520323")
    page = listening(app, port, account)
    tell(memory, "520323")
    seen = page.next()["id"]
    page.close()
    missed = [tell(memory, "520323") for _ in range(live.CATCH_UP + 2)]

    again = listening(app, port, account, seen)

    assert [json.loads(again.next()["data"])["subject"] for _ in missed] == missed


@pytest.mark.parametrize("lost", ["session", "account", "scope"])
def test_an_open_page_falls_silent_when_its_right_is_lost(
    app: Flask, identity: Database, memory: "redis.Redis[str]", edge: Edge, port: int, lost: str
) -> None:
    account = an_official(identity, "regulator", region="520323")
    page = listening(app, port, account)
    tell(memory, "520323")
    page.next()

    if lost == "session":
        edge.sessions.end_all(account["id"])
    elif lost == "account":
        SERVICE.call(identity, "disable_account", {"account_id": account["id"]}, PLATFORM)
    else:
        SERVICE.call(identity, "set_account_roles", {"account_id": account["id"], "roles": []}, PLATFORM)
    if lost == "scope":
        _is_silent(app, identity, memory, port, page)
    else:
        assert page.next()["event"] == "end"


def _is_silent(app: Flask, identity: Database, memory: "redis.Redis[str]", port: int, page: Page) -> None:
    """After the next look nothing more comes: some heartbeats pass, and one more after a hint was told."""
    beats = 0
    while beats < 4:
        line = page.answer.readline()
        beats += line.startswith(b": still here")
    tell(memory, "520323")
    while not (line := page.answer.readline()).startswith(b": still here"):
        assert not line.startswith(b"event")


def test_whoever_could_not_be_looked_at_for_long_hears_nothing_more(edge: Edge) -> None:
    asker, caller = Asker(None, "token", None), system("somebody")
    ages = {age: Listener(asker, caller, time.monotonic() - age * LOOK) for age in (1, 5)}

    assert {age: Watch(edge, LOOK).stands(one) for age, one in ages.items()} == {1: True, 5: False}


def test_a_page_that_falls_behind_is_cut_off_and_one_that_may_not_hear_is_not_woken(memory: "redis.Redis[str]") -> None:
    hub = live.Hub(memory)
    with (
        hub.page(lambda one: True) as slow,
        hub.page(lambda one: False) as deaf,
        hub.page(lambda one: one.region == "last") as late,
    ):
        for _ in range(live.WAITING + 1):
            tell(memory, "520324")
        tell(memory, "last")
        late.get(timeout=10)

        heard = [slow.get(timeout=10) for _ in range(live.WAITING + 1)]
        assert heard[-1] is None and None not in heard[:-1]
        assert slow.empty() and deaf.empty()


def test_nobody_listens_without_an_account(port: int) -> None:
    assert Page(port, "nothing").answer.status == 401


def test_streams_carry_the_headers_of_safety_and_answer_for_their_health(edge: Edge) -> None:
    client = stream.create_app(edge, LOOK, NEEDED).test_client()

    assert [client.get(path).status_code for path in ("/livez", "/readyz", "/metrics")] == [200, 200, 200]
    refused = client.get(stream.PATH)
    assert (refused.status_code, refused.json["code"]) == (401, "auth.required")
    assert refused.headers["X-Content-Type-Options"] == "nosniff"
    assert refused.headers["X-Request-ID"] == refused.json["request_id"]


@pytest.mark.feature("SEC-44")
def test_pages_of_other_hosts_are_not_let_in(app: Flask, identity: Database, edge: Edge) -> None:
    token = sign_in(app, an_official(identity, "regulator", region=a_county()[:6])["username"]).json["token"]
    client = stream.create_app(edge, LOOK, NEEDED).test_client()
    own, foreign = (
        client.get(stream.PATH, headers={"Authorization": f"Bearer {token}", "Origin": origin})
        for origin in ("http://localhost:8080", "https://example.com")
    )

    assert own.headers["Access-Control-Allow-Origin"] == "http://localhost:8080"
    assert "Access-Control-Allow-Origin" not in foreign.headers
