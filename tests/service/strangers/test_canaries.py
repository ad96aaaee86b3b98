"""Planted passwords, tokens, secrets, identity numbers and phones, looked for wherever they have no business to be.

By now the whole story has been told twice, with all its faults and refusals, and everything has been logged.  Secrets are looked
for in every table of every service too, and so are the numbers of workers, which are sealed in their columns.  Other telephones
may stand in the tables of those whose business they are, for their columns are not sealed yet; never in logs, errors or metrics.
"""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from prometheus_client import generate_latest

from gateway.identity.domain.password import check
from gateway.operations import operation_named
from services.hazard.tables import hazard
from services.kernel import ids
from services.kernel.caller import system
from services.kernel.work import Work
from tests.stage.people import PASSWORD
from tests.stage.world import BUILT, INDUSTRY, Stage

WATCHER = system("watcher")
IDENTITY_NUMBER, PHONE = "520102198806140917", "13985072946"
PERSONAL = {"identity number": IDENTITY_NUMBER, "phone": PHONE, "phone of the story": "13985054321"}
WORKERS = {
    "worker's identity number": "520102199003073450",
    "worker's next one": "11010519491231002X",
    "worker's phone": "13765432109",
}
GUESS, NEXT, APPLICANTS = "Vq4!nCanary#guess71", "Vq4!nCanary#next72", "Vq4!nCanary#applicant73"
TABLES = sa.text(
    "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition"
)


class Planting:
    """Somebody goes through everything that takes or gives a secret, rightly and wrongly; ``errors`` are the refusals."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.secrets = {"password of everybody": PASSWORD, "guess": GUESS, "next password": NEXT, "applicant's": APPLICANTS}
        self.errors: list[str] = []

    def _ask(self, token: str | None, service: str, operation: str, key: str | None = None, /, **args: Any) -> Any:
        answer = self._stage.ask(token, operation_named(service, operation), args, key)
        if answer.status_code >= 400:
            self.errors.append(answer.get_data(as_text=True))
        return answer.json

    def account(self) -> None:
        """An account is opened, under a key that is used again, and its owner signs in and changes his password."""
        office, here = self._stage.here.tokens["bureau.system"], self._stage.here
        person = {"username": f"canary.{ids.token(6)}", "name": "某人", "department_id": here.department["id"], "roles": []}
        made = self._ask(office, "gateway", "create_account", "canary-key-1", **person)
        again = self._ask(office, "gateway", "create_account", "canary-key-1", **person)
        assert (again["id"], again["first_password"]) == (made["id"], None)
        self.secrets["first password"] = made["first_password"]
        self._ask(None, "gateway", "sign_in", username=person["username"], password=GUESS)
        opened = self._ask(None, "gateway", "sign_in", username=person["username"], password=made["first_password"])
        self.secrets["first session"], self.secrets["its other token"] = opened["token"], opened["csrf_token"]
        change = {"old_password": made["first_password"], "new_password": GUESS[:5]}
        self._ask(opened["token"], "gateway", "change_password", "canary-key-2", **change)
        changed = self._ask(opened["token"], "gateway", "change_password", "canary-key-3", **change | {"new_password": NEXT})
        self.secrets["second session"] = changed["token"]

    def client(self) -> None:
        """Another system is given a secret, and a second one under a key."""
        made = self._stage.add_client(self._stage.here, [], {"regions": [], "industries": [], "enterprises": []})
        found = self._stage.here.client
        self.secrets["access token"], self.secrets["client's secret"] = made, found["client_secret"]
        office = self._stage.here.tokens["bureau.security"]
        more = self._ask(office, "gateway", "add_client_secret", "canary-key-4", client_id=found["id"])
        self.secrets["client's second secret"] = more["client_secret"]
        self._ask(None, "gateway", "issue_token", grant_type="client_credentials", client_id=found["id"], client_secret=GUESS)

    def worker(self) -> None:
        """Somebody is entered, wrongly and rightly, changed, looked for, taken as a spreadsheet and seen whole."""
        manager, here = self._stage.here.tokens["safety_manager"], self._stage.here
        first, second, phone = WORKERS.values()
        own = {"enterprise_id": here.enterprise_id}
        person = {"name": "某工人", "post": "电工", "phone": phone}
        self._ask(manager, "enterprise", "add_worker", "canary-key-5", **own, **person, id_number=first, sex="female")
        made = self._ask(manager, "enterprise", "add_worker", "canary-key-6", **own, **person, id_number=first)
        self._ask(manager, "enterprise", "add_worker", "canary-key-7", **own, **person, id_number=first)
        self._ask(manager, "enterprise", "edit_worker", "canary-key-8", **person, worker_id=made["id"], id_number=second)
        found = self._ask(manager, "enterprise", "list_personnel", **own, q=second)
        assert [each["id"] for each in found["items"]] == [made["id"]]
        path = f"/api/v1/enterprises/{here.enterprise_id}/personnel"
        sheet = self._stage.send(manager, path=path, method="GET", query_string={"q": second, "format": "xlsx"})
        assert sheet.status_code == 200
        seen = self._ask(manager, "enterprise", "reveal_worker", "canary-key-9", worker_id=made["id"])
        again = self._ask(manager, "enterprise", "reveal_worker", "canary-key-9", worker_id=made["id"])
        assert (seen["whole_id_number"], seen["whole_phone"], again["whole_id_number"]) == (second, phone, None)

    def wrong_places(self) -> None:
        """Numbers of persons and passwords where they do not belong: names of fields, addresses, searches."""
        office, manager = self._stage.here.tokens["bureau.business"], self._stage.here.tokens["safety_manager"]
        for value in (IDENTITY_NUMBER, PHONE, GUESS):
            self._ask(office, "enterprise", "list_enterprises", q=value, sort=value)
            self._ask(office, "enterprise", "show_enterprise", enterprise_id=value)
            self._ask(manager, "hazard", "register_hazard", place=value, description=[value], category=value, responsible=value)
            self._ask(value, "gateway", "get_me")
        self._ask(
            manager,
            "hazard",
            "register_hazard",
            place=PHONE,
            description=f"联系人{PHONE}，身份证{IDENTITY_NUMBER}",
            category="thing",
        )

    def fault(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A row that the database refuses, with what it holds."""

        here = self._stage.here

        def broken(work: Work, **args: Any) -> None:
            own = {"region": here.region, "industry": INDUSTRY, "enterprise_id": here.enterprise_id}
            row = own | {"id": ids.new_id(), "place": PHONE, "description": IDENTITY_NUMBER}
            work.session.execute(sa.insert(hazard), row)  # Much else must not be null.

        monkeypatch.setitem(self._stage.parts["hazard"][0].handlers, "register_hazard", broken)
        form = {"place": "某处", "description": "护栏缺失约两米", "category": "thing"}
        self._ask(self._stage.here.tokens["safety_manager"], "hazard", "register_hazard", **form)
        assert json.loads(self.errors[-1])["code"] == "fault"


@pytest.fixture(scope="module")
def planted(stage: Stage) -> Planting:
    planting = Planting(stage)
    planting.account()
    planting.client()
    planting.worker()
    planting.wrong_places()
    with pytest.MonkeyPatch.context() as monkeypatch:
        planting.fault(monkeypatch)
    planting.secrets |= {f"session of {name}": token for name, token in stage.here.tokens.items()}
    stage.bus.pump()
    return planting


def test_logs_hold_no_secrets_and_nothing_personal(planted: Planting, log: Path) -> None:
    text = log.read_text()

    for told in ("/api/v1/api-clients/<client_id>/secrets", "/api/v1/oauth/token", "/api/v1/hazards", '"event": "fault"'):
        assert told in text, "what was planted was not logged: nothing is shown"
    assert [name for name, value in (planted.secrets | PERSONAL | WORKERS).items() if value in text] == []


def test_every_line_of_the_log_is_one_record_with_its_moment(planted: Planting, log: Path) -> None:
    records = [json.loads(line) for line in log.read_text().splitlines()]

    assert [r for r in records if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z", r.get("timestamp", ""))] == []


@pytest.mark.feature("SEC-43")
def test_errors_give_back_no_secrets(planted: Planting) -> None:
    text = "\n".join(planted.errors)

    assert len(planted.errors) > 10
    assert [name for name, value in (planted.secrets | WORKERS).items() if value in text] == []


def test_metrics_name_nobody(planted: Planting, stage: Stage) -> None:
    text = generate_latest().decode() + stage.app.test_client().get("/metrics").get_data(as_text=True)

    assert "call_seconds" in text
    assert [name for name, value in (planted.secrets | PERSONAL | WORKERS).items() if value in text] == []


@pytest.mark.parametrize("service", BUILT)
def test_no_table_holds_a_workers_number(planted: Planting, stage: Stage, service: str) -> None:
    with stage.parts[service][1].work(WATCHER, "watch", read_only=True) as work:
        tables = work.session.execute(TABLES).scalars().all()
        holds = [sa.text(f'SELECT count(*) FROM "{table}" t WHERE t::text ~ :numbers') for table in tables]
        found = [str(query) for query in holds if work.session.scalar(query, {"numbers": "|".join(WORKERS.values())})]

    assert found == []


@pytest.mark.feature("SEC-04")
@pytest.mark.parametrize("service", BUILT)
def test_no_table_holds_a_secret_that_opens_anything(planted: Planting, stage: Stage, service: str) -> None:
    """Audit rows, announcements, first answers kept under keys and all the rest: what a dump would hold."""
    found = {}
    with stage.parts[service][1].work(WATCHER, "watch", read_only=True) as work:
        for table in work.session.execute(TABLES).scalars().all():
            query = sa.text(f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE ANY (:values)')
            values = {name: f"%{value}%" for name, value in planted.secrets.items()}
            if work.session.scalar(query, {"values": list(values.values())}):
                found[table] = [n for n, value in values.items() if work.session.scalar(query, {"values": [value]})]

    assert found == {}


def test_the_planted_passwords_are_such_as_people_may_have() -> None:
    for password in (NEXT, APPLICANTS):
        check(password, (), False, "mlps3")
