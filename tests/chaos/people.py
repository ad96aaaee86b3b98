"""The people of the rig's little prefecture, founded over HTTP as the tour does it: an office and some enterprises."""

import secrets
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import redis

from tests.chaos.web import Web

BUREAU = "520100"
# Each in a county of its own, for a county's hazards are numbered one after the other.
COUNTIES = ("520121", "520122", "520123")
DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
MEASURES = ("engineering", "management", "training", "ppe", "emergency")


@dataclass
class Enterprise:
    """Tokens of its people, and the places and points at which they work."""

    id: str = ""
    name: str = ""
    manager: str = ""
    director: str = ""
    checker: str = ""
    post: str = ""
    points: list[str] = field(default_factory=list)
    photo: str = field(default_factory=lambda: str(uuid4()))


@dataclass
class Prefecture:
    """The bureau's people, what its officers carry, and the enterprises they look after."""

    leader: str
    officer: str
    captain: str
    officers: list[str]
    check_table: str
    enterprises: list[Enterprise]


class Founding:
    """Every step has to succeed; nothing is broken yet."""

    def __init__(self, web: Web, memory: str, passwords: dict[str, str]) -> None:
        self._web, self._memory = web, memory
        self.system = self.enter("system.admin", passwords["system.admin"])
        self.security = self.enter("security.admin", passwords["security.admin"])

    def call(self, token: str, method: str, path: str, body: Any = None) -> Any:
        answer = self._web.ask(token, method, path, body)
        if not answer.is_done:
            raise RuntimeError(f"{method} {path}: {answer.status} {answer.body}")
        return answer.body

    def enter(self, username: str, password: str) -> str:
        """A session's token, after changing a first password."""
        answer = self.call("", "POST", "/auth/login", {"username": username, "password": password})
        if answer["must_change_password"]:
            words = {"old_password": password, "new_password": f"Aa1-{secrets.token_urlsafe(18)}"}
            answer, password = self.call(answer["token"], "POST", "/auth/password", words), words["new_password"]
        self._web.remember(answer["token"], username, password)
        return str(answer["token"])

    def prefecture(self, enterprises: int) -> Prefecture:
        words = {"name": "贵阳市应急管理局", "region": BUREAU, "industries": ["*"]}
        bureau = self.call(self.system, "POST", "/departments", words)["id"]
        reviewer = self._official(bureau, "周审核", "reviewer", "regulator")
        captain = self._official(bureau, "王队长", "team_leader", "enforcement_admin")
        leader, officer = self._official(bureau, "吴局长", "regulator_leader"), self._official(bureau, "郑执法", "officer")
        prefecture = Prefecture(leader, officer, captain, *self._enforcement(captain), [])
        with ThreadPoolExecutor(enterprises) as pool:
            prefecture.enterprises = list(pool.map(lambda number: self._enterprise(number, reviewer), range(enterprises)))
        return prefecture

    def _official(self, bureau: str, name: str, *roles: str) -> str:
        words = {"username": f"o.{secrets.token_hex(5)}", "name": name, "department_id": bureau}
        made = self.call(self.system, "POST", "/accounts", words)
        self.call(self.security, "PUT", f"/accounts/{made['id']}/roles", {"roles": list(roles)})
        return self.enter(made["username"], made["first_password"])

    def _enforcement(self, captain: str) -> tuple[list[str], str]:
        words = {"valid_from": "2024-01-01", "valid_to": "2099-01-01", "team": "贵阳市应急管理综合行政执法支队"}
        people = [{"name": f"执法员{n}", "certificate_number": f"52012200{n}"} for n in (1, 2)]
        officers = [self.call(captain, "POST", "/officers", words | each)["id"] for each in people]
        item = self.call(captain, "GET", "/check-items?limit=1&industry=GM")["items"][0]["code"]
        table = {"name": "机械行业检查表", "industry": "GM", "item_codes": [item]}
        return officers, str(self.call(captain, "POST", "/check-tables", table)["id"])

    def _enterprise(self, number: int, reviewer: str) -> Enterprise:
        firm = self._applicant(number)
        made = Enterprise(name=f"贵阳第{number + 1}机械厂")
        made.id = self.call(firm, "POST", "/enterprises/registrations", _registration(made.name, number))["id"]
        self.call(firm, "POST", f"/enterprises/{made.id}/submission", {})
        self.call(reviewer, "POST", f"/enterprises/{made.id}/review", {"decision": "approve"})
        until(lambda: "enterprise_admin" in str(self._web.ask(firm, "GET", "/me").body))
        root = self.call(firm, "GET", f"/enterprises/{made.id}/org-units")["items"][0]["id"]
        workshop = self._unit(firm, made.id, "机加工车间", "workshop", root)
        team = self._unit(firm, made.id, "冲压班", "team", workshop)
        made.post = self._unit(firm, made.id, "冲压岗", "post", team)
        made.manager = self._staff(firm, "黄安全", root, "safety_manager")
        made.director = self._staff(firm, "何总监", root, "safety_director", "rechecker")
        made.checker = self._staff(firm, "孙班长", team, "checker", "responsible_person")
        until(lambda: self._try_point(made))
        return made

    def _applicant(self, number: int) -> str:
        captcha = self.call("", "GET", "/auth/captcha")["captcha_id"]
        with redis.Redis.from_url(self._memory, decode_responses=True) as memory:
            text = str(memory.get(f"captcha:{captcha}"))
        username, password = f"firm.{number}.{secrets.token_hex(3)}", f"Aa1-{secrets.token_urlsafe(18)}"
        words = {"username": username, "password": password, "name": "李申报", "mobile": "13800138000", "email": "li@example.com"}
        self.call("", "POST", "/auth/applicants", words | {"captcha_id": captcha, "captcha_text": text})
        return self.enter(username, password)

    def _unit(self, firm: str, enterprise: str, name: str, tier: str, parent: str) -> str:
        words = {"name": name, "tier": tier, "parent_id": parent}
        return str(self.call(firm, "POST", f"/enterprises/{enterprise}/org-units", words)["id"])

    def _staff(self, firm: str, name: str, unit: str, *roles: str) -> str:
        words = {"username": f"s.{secrets.token_hex(5)}", "name": name, "unit_id": unit, "roles": list(roles)}
        made = self.call(firm, "POST", "/accounts/staff", words)
        return self.enter(made["username"], made["first_password"])

    def _try_point(self, of: Enterprise) -> bool:
        """A published point, once risk has heard of the unit and its enterprise."""
        answer = self._web.ask(of.manager, "POST", "/risk-points", point("冲压机", of.post))
        if answer.is_done:
            self.call(of.manager, "POST", f"/risk-points/{answer.body['id']}/publication", {})
            of.points.append(answer.body["id"])
        return answer.is_done


def until(condition: Any, seconds: float = 60) -> None:
    """Wait for what comes by announcements."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise RuntimeError("what was announced never came")
        time.sleep(0.2)


def point(name: str, unit: str, **more: Any) -> dict[str, Any]:
    """A point of low risk: what fails there is no suspected major hazard."""
    measures = [{"kind": kind, "text": "按规程执行"} for kind in MEASURES]
    return {
        "name": name, "object_type": "equipment", "unit_id": unit, "place": "车间东侧", "accident_types": ["04"],
        "factors": [{"code": "2108", "description": "滑块下行时手部进入模区", "measures": measures}],
        "check_items": [{"item": "光电保护装置有效"}, {"item": "双手按钮完好"}], "responsible_person": "孙班长",
        "assessment": {"method": "LEC", "parameters": {"L": 1, "E": 6, "C": 7}},
    } | more  # fmt: skip


def _registration(name: str, number: int) -> dict[str, Any]:
    region = COUNTIES[number % len(COUNTIES)]
    body = f"91{region}{number:09d}"
    code = body + DIGITS[-sum(DIGITS.index(c) * 3**i for i, c in enumerate(body)) % 31]
    phone = "13985012345"
    return {
        "name": name, "unified_credit_code": code, "enterprise_type": "GM", "industry": "GM01", "gbt4754_code": "3130",
        "registered_region": region, "registered_address": "永靖镇河滨路8号", "region": region, "scale": "small",
        "operating_address": "永靖镇工业园3号", "employees": 48, "business_state": "operating", "principal": "陈厂长",
        "legal_representative": "陈厂长", "legal_representative_phone": phone, "principal_phone": phone,
        "safety_contact": "黄安全", "safety_contact_phone": phone, "has_safety_organisation": True, "registrant_name": "李申报",
        "registrant_mobile": "13800138000", "review_ground": "several_counties",
    }  # fmt: skip
