"""What an authority attaches to a notice is read by whoever received it, and by no way of that anything else."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import redis
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask import Flask

from gateway.app import create_app
from gateway.edge import Edge
from services.kernel.work import Database
from services.notice import distribution
from services.notice.service import SERVICE as NOTICES
from tests.service.gateway.builders import Person, a_person, an_enterprise_admin, an_official
from tests.service.gateway.test_files import PDF, upload
from tests.service.notice.builders import Desk
from tests.stage.inprocess import InProcess

COUNTY = "520102"


@pytest.fixture
def desk(database: Callable[[str], Database]) -> Desk:
    return Desk(database("notice"))


@pytest.fixture
def app(edge: Edge, desk: Desk, memory: "redis.Redis[str]") -> Flask:
    """The gateway with the notice service behind it."""
    services = InProcess({"notice": (NOTICES, desk.database)}, memory, Ed25519PrivateKey.generate())
    return create_app(replace(edge, services=services))


def receiver(app: Flask, identity: Database, desk: Desk, region: str = COUNTY) -> Person:
    """The administrator of an enterprise of which the notice service has heard."""
    account = an_enterprise_admin(identity, region)
    state = {"region": region, "industry": "MK01", "version": 3, "name": "某煤矿", "status": "active"}
    desk.hear("enterprise.changed.v1", state | dict.fromkeys(("id", "enterprise_id"), account["enterprise_id"]))
    return a_person(app, account)


def published(desk: Desk, publisher: Person, *attachments: str) -> str:
    """A notice to the whole county, handed out."""
    draft: dict[str, Any] = {"title": "汛期检查", "kind": "notice", "body": "见附件", "receivers": {"regions": [COUNTY]}}
    made = publisher("POST", "/notices", draft | {"attachments": list(attachments)})
    assert made.status_code == 201, made.text
    assert publisher("POST", f"/notices/{made.json['id']}/publication", {}).status_code == 200
    while distribution.distribute(desk.database, made.json["id"]):
        pass
    return str(made.json["id"])


def test_a_receiver_reads_the_attachment_with_its_notice_and_not_without(app: Flask, identity: Database, desk: Desk) -> None:
    publisher = a_person(app, an_official(identity, "regulator_leader", region=COUNTY))
    firm = receiver(app, identity, desk)
    file_id = upload(publisher, PDF, "通知附件.pdf").json["id"]

    notice_id = published(desk, publisher, file_id)

    assert firm("GET", f"/files/{file_id}").status_code == 404
    assert firm("GET", f"/files/{file_id}?notice_id={notice_id}").data == PDF


def test_who_did_not_receive_the_notice_reads_nothing_of_it(app: Flask, identity: Database, desk: Desk) -> None:
    publisher = a_person(app, an_official(identity, "regulator_leader", region=COUNTY))
    stranger = receiver(app, identity, desk, "520103")
    file_id = upload(publisher, PDF).json["id"]

    notice_id = published(desk, publisher, file_id)

    assert stranger("GET", f"/files/{file_id}?notice_id={notice_id}").json["code"] == "file.not_found"


def test_an_authority_cannot_pass_on_what_is_not_its_own(app: Flask, identity: Database, desk: Desk) -> None:
    publisher = a_person(app, an_official(identity, "regulator_leader", region=COUNTY))
    secret = upload(receiver(app, identity, desk, "520103"), PDF).json["id"]
    firm = receiver(app, identity, desk)

    notice_id = published(desk, publisher, secret)

    assert firm("GET", f"/files/{secret}?notice_id={notice_id}").status_code == 404


def test_a_notice_opens_no_other_file(app: Flask, identity: Database, desk: Desk) -> None:
    publisher = a_person(app, an_official(identity, "regulator_leader", region=COUNTY))
    firm = receiver(app, identity, desk)
    attached, other = upload(publisher, PDF).json["id"], upload(publisher, PDF + b"\n").json["id"]

    notice_id = published(desk, publisher, attached)

    assert firm("GET", f"/files/{other}?notice_id={notice_id}").status_code == 404
