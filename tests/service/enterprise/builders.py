"""Applicants, enterprises and reviewers for tests on the real database; every test has its own enterprises and names."""

import random
import string
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from stdnum.cn import uscc

from services.enterprise.contract.permissions import PERMISSIONS
from services.enterprise.service import SERVICE
from services.kernel import clock, ids
from services.kernel.caller import ALL, Caller, Kind, Scope, system
from services.kernel.event import Event
from services.kernel.work import Database
from tests.callers import enterprise_user, regulator
from tests.stage.arguments import an_identity_number

Rows = Callable[..., list[dict[str, Any]]]
REVIEWER = [p.code for p in PERMISSIONS if "reviewer" in p.roles]
PHONE = "13985072946"
ADMIN = [p.code for p in PERMISSIONS if "enterprise_admin" in p.roles]


def permissions_of(role: str) -> list[str]:
    return [p.code for p in PERMISSIONS if role in p.roles]


def an_applicant(enterprise_id: str | None = None) -> Caller:
    """Somebody with a fresh account and the id that his enterprise will have."""
    own = enterprise_id or ids.new_id()
    scope = Scope(ALL, ALL, (own,))
    return Caller(
        id=ids.new_id(), name="申报人", kind=Kind.APPLICANT, permissions=frozenset(permissions_of("applicant")), scope=scope,
        enterprise_id=own,
    )  # fmt: skip


def a_reviewer(region: str, *more: str, industries: tuple[str, ...] = ALL) -> Caller:
    return regulator(region, *REVIEWER, *more, industries=industries, name="审核员")


def an_admin(enterprise_id: str, region: str) -> Caller:
    return enterprise_user(enterprise_id, region, *ADMIN, name="企业管理员")


def a_credit_code() -> str:
    body = "91520102" + "".join(random.choices(string.digits, k=9))
    return body + uscc.calc_check_digit(body)


def a_name() -> str:
    return f"贵州某厂{ids.token(8)}"


def a_form(**values: Any) -> dict[str, Any]:
    """A whole registration with a name and a credit code of its own."""
    return {
        "name": a_name(), "unified_credit_code": a_credit_code(), "enterprise_type": "GM", "registered_region": "520102",
        "registered_address": "中华南路1号", "region": "520102", "operating_address": "花果园大街8号", "industry": "GM01",
        "gbt4754_code": "3130", "scale": "small", "employees": 35, "business_state": "operating", "legal_representative": "张三",
        "legal_representative_phone": "13985012345", "principal": "李四", "principal_phone": "13985054321",
        "safety_contact": "王五", "safety_contact_phone": "085185551234", "has_safety_organisation": True,
        "founded_on": "2010-05-01", "fixed_assets": "1200.50", "registrant_name": "赵六", "registrant_mobile": "13800138000",
    } | values  # fmt: skip


def a_worker(**values: Any) -> dict[str, Any]:
    """Somebody with an identity number of his own."""
    return {
        "name": f"张{ids.token(4)}", "id_number": an_identity_number(), "sex": None, "phone": PHONE, "post": "电工",
        "title": "技师",
        "certificates": [{"certificate_type": "RY05", "number": "T001", "valid_to": "2028-03-01", "scan": ids.new_id()}],
    } | values  # fmt: skip


def masked(number: str) -> str:
    """As a number is shown."""
    return number[:3] + "*" * (len(number) - 7) + number[-4:]


def but_numbers(worker: dict[str, Any]) -> dict[str, Any]:
    """What an edit sends that leaves the numbers alone."""
    return {name: worker[name] for name in ("name", "sex", "post", "title", "certificates")}


@dataclass
class Desk:
    """Calls the service as somebody."""

    database: Database

    def __call__(self, caller: Caller, operation: str, /, **args: Any) -> Any:
        return SERVICE.call(self.database, operation, args, caller)

    def repeated(self, caller: Caller, operation: str, key: str, /, **args: Any) -> Any:
        """The same with an idempotency key."""
        return SERVICE.call(self.database, operation, args, caller, key)

    def submitted(self, **values: Any) -> tuple[str, Caller]:
        """An application in review: its id and its applicant."""
        applicant = an_applicant()
        self(applicant, "register_enterprise", **a_form(**values))
        self(applicant, "submit_registration", enterprise_id=applicant.enterprise_id)
        assert applicant.enterprise_id is not None
        return applicant.enterprise_id, applicant

    def approved(self, **values: Any) -> tuple[str, Caller]:
        """A registered enterprise and its administrator; its county has approved it."""
        enterprise_id, _ = self.submitted(**values)
        region = values.get("region", "520102")
        industries = ("JZ",) if str(values.get("industry", "")).startswith("JZ") else ALL
        self(a_reviewer(region, industries=industries), "review_enterprise", enterprise_id=enterprise_id, decision="approve")
        return enterprise_id, an_admin(enterprise_id, region)


def hear_list(desk: Desk, what: str, version: int, **state: str) -> None:
    """The risk service announces that a list was filed, withdrawn or superseded."""
    told = {"region": "520102", "industry": "GM01", "status": what, "version": version} | state
    event = Event(ids.new_id(), "test/risk", f"risk_list.{what}.v1", state["id"], clock.now(), "520102", {}, "test")
    with desk.database.work(system("test"), "test") as work:
        SERVICE.reactions[event.type][1](work, event, told, {})


def events_of(rows: Rows, subject: str) -> list[dict[str, Any]]:
    """What has been announced of an aggregate, oldest first."""
    return rows("SELECT type, data, region FROM outbox WHERE subject = :subject ORDER BY position", subject=subject)
