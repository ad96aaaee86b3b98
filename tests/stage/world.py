"""The stage itself: all parts of a deployment in this process, and the two sides that are strangers to each other."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import redis
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask import Flask
from werkzeug.test import TestResponse

from gateway.app import create_app
from gateway.edge import Edge, Limits
from gateway.files.store import Directory
from gateway.identity import standing
from gateway.identity.seed import seed_roles
from gateway.identity.service import SERVICE as IDENTITY
from gateway.operations import CONTRACTS, operation_named, operations
from gateway.sessions import PEOPLE, Sessions
from gateway.signing_in import SigningIn
from services.kernel import clock, ids
from services.kernel.caller import Caller
from services.kernel.contract import Operation, load
from services.kernel.errors import Invalid
from services.kernel.service import named, package_of
from services.kernel.work import Database
from services.runtime.inline import InlineBus
from tests.stage import objects, people
from tests.stage.arguments import minimal
from tests.stage.inprocess import InProcess, Parts
from tests.stage.requests import request_of

# A contract may stand before its service does; what is built is on the stage.
BUILT = tuple(name for name in CONTRACTS if find_spec(f"{package_of(name)}.service"))
OPERATIONS: list[tuple[str, Operation]] = [(s, o) for s, o in operations() if s in BUILT]
INDUSTRY = "GM01"


@dataclass
class Call:
    """One command of the story that made the world: what it was asked with and how it was answered."""

    service: str
    operation: Operation
    args: dict[str, Any]
    token: str
    key: str
    status: int
    body: bytes
    request_id: str


@dataclass
class Side:
    """One county with its bureau, one enterprise in it, and everything of theirs."""

    stage: "Stage"
    region: str
    mark: str
    department: dict[str, Any] = field(default_factory=dict)
    enterprise_id: str = ""
    accounts: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    client: dict[str, Any] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    marks: set[str] = field(default_factory=set)
    known: dict[tuple[str, str], Any] = field(default_factory=dict)

    def sign_in(self, name: str, account_id: str) -> None:
        """Open a session for an account; ``name`` is what the tests call its owner."""
        self.accounts[name] = account_id
        found = standing.by_id(self.stage.identity, account_id)
        assert found is not None
        self.tokens[name] = self.stage.edge.sessions.open(account_id, found.epoch, PEOPLE, False, "127.0.0.1", "stage")[0]

    def session(self, name: str) -> str:
        """Another session of somebody who has one."""
        first = self.tokens[name]
        self.sign_in(name, self.accounts[name])
        self.tokens[name], another = first, self.tokens[name]
        return another

    def caller(self, name: str) -> Caller:
        return people.caller_of(self.stage.identity, self.accounts[name])

    def resolve(self, service: str) -> Callable[[str], Any]:
        """What a field of this service's operations holds when it speaks of this side."""

        def of(name: str) -> Any:
            plain = {"region": self.region, "registered_region": self.region, "industry": INDUSTRY, "enterprise_type": "GM"}
            if name in plain:
                return plain[name]
            if (service, name) not in self.known:
                place = objects.place_of(service, name, BUILT)
                found = place and objects.one_of(self.stage.parts[place[0]][1], place, self.region, self.enterprise_id or None)
                if found is None:
                    return None
                self.known[service, name] = found
            return self.known[service, name]

        return of

    def arguments(self, service: str, operation: Operation, **given: Any) -> dict[str, Any]:
        """Valid arguments that speak of this side's things."""
        return minimal(operation.args(), self.resolve(service), self.mark) | given

    def act(self, name: str, service: str, operation_name: str, /, **given: Any) -> Any:
        """Somebody of this side does something, and it succeeds; what follows from it has happened on return."""
        operation = operation_named(service, operation_name)
        args, key = self.arguments(service, operation, **given), ids.token()
        answer = self.stage.ask(self.tokens[name], operation, args, key)
        assert answer.status_code in (200, 201), f"{operation_name} by {name}: {answer.status_code} {answer.text} {args}"
        request_id = answer.headers["X-Request-ID"]
        self.calls.append(Call(service, operation, args, self.tokens[name], key, answer.status_code, answer.data, request_id))
        self.stage.bus.pump()
        return answer.json if answer.is_json else answer.data

    def see(self, name: str, service: str, operation_name: str, /, **args: Any) -> Any:
        """What somebody of this side is shown."""
        answer = self.stage.ask(self.tokens[name], operation_named(service, operation_name), args)
        assert answer.status_code == 200, f"{operation_name} by {name}: {answer.status_code} {answer.text}"
        return answer.json

    def sample(self, service: str, operation: Operation) -> dict[str, Any]:
        """Arguments with which the operation was carried out here; made up where the story has none."""
        for call in self.calls:
            if (call.service, call.operation) == (service, operation):
                return dict(call.args)
        return self.arguments(service, operation)

    def freeze(self) -> None:
        """The story is told: from now on its ids are what strangers must not come to know."""
        self.known = {("gateway", "session_id"): self.stage.edge.sessions.of(self.accounts["reviewer"])[0].id}
        self.marks.update(self.known.values())
        for service in BUILT:
            self.marks |= objects.marks_of(self.stage.parts[service][1], service, self.region, self.enterprise_id)


class Stage:
    """The parts, the gateway before them, and the sides ``here`` and ``there``."""

    def __init__(self, databases: dict[str, Database], redis_url: str, folder: Path) -> None:
        self.parts: Parts = {name: (named(name), databases[name]) for name in BUILT}
        self.identity = databases["gateway"]
        self.memory: redis.Redis[str] = redis.Redis.from_url(redis_url, decode_responses=True)
        self.bus = InlineBus(self.parts)
        self.key = Ed25519PrivateKey.generate()
        self.edge = Edge(
            database=self.identity,
            memory=self.memory,
            services=InProcess(self.parts, self.memory, self.key),
            sessions=Sessions(self.memory),
            signing_in=SigningIn(self.identity, self.memory),
            files=Directory(folder),
            limits=Limits("1000000/second", "1000000/second", "1000000/second"),  # What is forgotten soon is not searched long.
            redis_url="memory://",
            sends=frozenset({"mobile"}),
        )
        self.app: Flask = create_app(self.edge)
        self._gone: dict[str, str | None] = {}
        self.here, self.there = Side(self, "520102", "甲方所有"), Side(self, "520103", "乙方所有")

    def ask(self, token: str | None, operation: Operation, args: dict[str, Any], key: str | None = None) -> TestResponse:
        """The answer to somebody, or to nobody."""
        return self.send(token, key=key, **request_of(operation, args))

    def send(self, token: str | None, key: str | None = None, **request: Any) -> TestResponse:
        headers = dict(request.pop("headers", {}))
        headers |= {"Authorization": f"Bearer {token}"} if token else {}
        headers |= {"Idempotency-Key": key} if key else {}
        return self.app.test_client(use_cookies=False).open(headers=headers, **request)

    def tick(self) -> None:
        """Time passes: every job of every service runs once, and what follows from it happens."""
        for service, database in self.parts.values():
            for job in service.jobs.values():
                job(database, clock.day_of(clock.now()))
        self.bus.pump()

    def tokens_of_nobody(self) -> dict[str, str | None]:
        """No token, and tokens that nobody stands behind any more, or ever did."""
        real = self.here.tokens["bureau.business"]
        twisted = real[:-1] + ("A" if real[-1] != "A" else "B")
        return {"none": None, "garbled": "\u00e9\x7f==", "twisted": twisted, "made up": ids.token(), **self._ended()}

    def _ended(self) -> dict[str, str | None]:
        """Sessions past their end, of an older epoch of their account, and signed out."""
        if not self._gone:
            account_id, sessions = self.here.accounts["bureau.business"], self.edge.sessions
            open_one = partial(sessions.open, account_id, by_cookie=False, address=None, agent=None)
            over, _ = open_one(0, PEOPLE, until=clock.now() - timedelta(seconds=1))
            outdated, _ = open_one(-1, PEOPLE)
            out, session = open_one(0, PEOPLE)
            sessions.end(session)
            self._gone = {"expired": over, "outdated": outdated, "signed out": out}
        return dict(self._gone)

    def prepare(self) -> None:
        seed_roles(self.identity)
        people.add_roles_of_everything(self.identity)
        for side in (self.here, self.there):
            self._officials(side)

    def _officials(self, side: Side) -> None:
        args = {"name": f"{side.mark}应急管理局", "region": side.region, "industries": ["*"]}
        side.department = IDENTITY.call(self.identity, "create_department", args, people.PLATFORM)
        named_roles = {code: [code] for code in (*people.roles_of("government"), *people.roles_of("platform"))}
        named_roles |= people.roles_of_everything("government")
        made = {name: self._official(side, name, roles) for name, roles in named_roles.items()}
        people.settle(self.identity)
        for name, account_id in made.items():
            side.sign_in(name, account_id)

    def _official(self, side: Side, name: str, roles: list[str]) -> str:
        return people.official(self.identity, side.department, f"{name}.{ids.token(6)}", roles, side.mark)

    def add_staff(self, side: Side) -> None:
        """People of every role in the side's enterprise, which has been approved."""
        named_roles = {code: [code] for code in people.roles_of("enterprise")}
        named_roles |= people.roles_of_everything("enterprise")
        root = side.resolve("enterprise")("unit_id")
        belong = (self.identity, side.enterprise_id, side.region, root)
        made = {name: people.staff(*belong, f"{name}.{ids.token(6)}", roles, side.mark) for name, roles in named_roles.items()}
        people.settle(self.identity)
        for name, account_id in made.items():
            side.sign_in(name, account_id)

    def add_client(self, side: Side, permissions: list[str], scope: dict[str, list[str]]) -> str:
        """Another system with these permissions and this scope: its token."""
        args = {
            "name": f"接入系统{ids.token(6)}", "owner": "某科", "purpose": "数据共享", "region": side.region,
            "permissions": permissions, "scope": scope, "expires_on": (clock.day_of(clock.now()) + timedelta(days=30)).isoformat(),
        }  # fmt: skip
        side.client = IDENTITY.call(self.identity, "create_client", args, people.PLATFORM)
        form = {"grant_type": "client_credentials", "client_id": side.client["id"], "client_secret": side.client["client_secret"]}
        answer = self.ask(None, operation_named("gateway", "issue_token"), form)
        assert answer.status_code == 200, answer.text
        return str(answer.json["access_token"])


def fits(operation: Operation, args: dict[str, Any]) -> bool:
    """Whether the contract has nothing against these arguments."""
    try:
        load(operation.args(), args)
    except Invalid:
        return False
    return True
