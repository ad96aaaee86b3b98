"""Enterprises: who they are, their registration and review, their organisation and their people."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from stdnum.cn import uscc

from deploy.demo.government import Government
from deploy.demo.material import fitting, rows, table
from deploy.demo.people import People, Person, with_role
from deploy.demo.personnel import record
from deploy.demo.pictures import Album
from deploy.demo.stage import PUBLIC, Stage
from services.kernel import ids
from services.kernel.caller import ALL, Scope

COUNTY, NEIGHBOUR = "520581", "520523"
PLURALS = {"department": "departments", "workshop": "workshops", "team": "teams", "post": "posts"}
WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)  # Of the check character of an organisation code (GB 11714).
UNFINISHED = ("pending", "rejected", "resubmitted", "draft")  # Stories of enterprises that are not in the register.


@dataclass(eq=False)
class Enterprise:
    """One enterprise of the play: its row of the table, and what it has become on the platform."""

    row: dict[str, str]
    id: str = ""
    people: list[Person] = field(default_factory=list)
    units: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    papers: dict[str, str] = field(default_factory=dict)
    withdrawn: set[str] = field(default_factory=set)  # Lists.
    stopped_from: date | None = None

    @property
    def name(self) -> str:
        return self.row["name"]

    @property
    def industry(self) -> str:
        return self.row["industry"]

    @property
    def story(self) -> str:
        return self.row["story"]

    @property
    def region(self) -> str:
        return NEIGHBOUR if self.row["address"].startswith("金沙") else COUNTY

    def person(self, *roles: str) -> Person:
        return with_role(self.people, *roles)


class Enterprises:
    """Registers them, each with its own story."""

    def __init__(
        self, stage: Stage, people: People, government: Government, album: Album, keys: Iterable[str] | None = None
    ) -> None:
        self._stage, self._people, self._government = stage, people, government
        self.album = album
        self.all = [Enterprise(row) for row in rows("enterprises") if keys is None or row["key"] in keys]

    @property
    def registered(self) -> list[Enterprise]:
        return [e for e in self.all if e.story not in UNFINISHED]

    def apply(self, enterprise: Enterprise, password: str) -> None:
        """Its administrator opens an account, writes the application and hands it in."""
        name, key = self._people.name(), enterprise.row["key"]
        # As the edge does: whoever opens an account may write the one enterprise that the account is made for.
        own = replace(PUBLIC, scope=Scope(ALL, ALL, (ids.new_id(),)))
        form = self._form(enterprise, name)
        contact = {"mobile": form["registrant_mobile"], "email": f"{key}@example.com"}
        account = self._stage.call(own, "create_applicant", username=f"{key}.admin", password=password, name=name, **contact)
        enterprise.id = account["enterprise_id"]
        person = self._people.keep(account, "企业管理员", password, enterprise.name)
        enterprise.people.append(person)
        caller = self._people.caller(person)
        self._stage.call(caller, "register_enterprise", **form)
        if enterprise.story != "draft":
            self._stage.call(caller, "submit_registration", enterprise_id=enterprise.id)

    def review(self, enterprise: Enterprise, opinion: str | None = None) -> None:
        """The authority approves, or rejects with an opinion."""
        reviewer = self._people.caller(self._government.reviewer(enterprise.region, enterprise.industry))
        decision = {"decision": "reject", "opinion": opinion} if opinion else {"decision": "approve"}
        self._stage.call(reviewer, "review_enterprise", enterprise_id=enterprise.id, **decision)

    def correct(self, enterprise: Enterprise, **values: Any) -> None:
        """Its administrator mends what was objected to and hands it in again."""
        caller = self._people.caller(enterprise.people[0])
        self._stage.call(caller, "edit_registration", enterprise_id=enterprise.id, **values)
        self._stage.call(caller, "submit_registration", enterprise_id=enterprise.id)

    def settle(self, enterprise: Enterprise) -> None:
        """The approved enterprise enters its units and its people."""
        admin = enterprise.people[0]
        admin.standing, admin.roles = None, ["enterprise_admin"]
        caller = self._people.caller(admin)
        root = self._stage.call(caller, "show_org_tree", enterprise_id=enterprise.id)["items"][0]
        enterprise.units["enterprise"] = [root]
        tree = fitting(table("organisation")["tree"], enterprise.industry)[0]
        above = [root]
        for tier in table("organisation")["sizes"][enterprise.row["size"]]:
            names = tree[PLURALS[tier]][: 1 if enterprise.row["size"] == "small" else 2]
            units = [self._unit(caller, enterprise, above[n % len(above)], tier, name) for n, name in enumerate(names)]
            enterprise.units[tier] = above = units
        for each in self._staff(enterprise)[1:]:
            self._hire(caller, enterprise, each)
        record(self._stage, caller, enterprise.id, enterprise.people)

    def _unit(self, caller: Any, enterprise: Enterprise, parent: dict[str, Any], tier: str, name: str) -> dict[str, Any]:
        args = {"parent_id": parent["id"], "name": name, "tier": tier, "leader": self._people.name()}
        unit: dict[str, Any] = self._stage.call(caller, "create_org_unit", enterprise_id=enterprise.id, **args)
        return unit

    def _staff(self, enterprise: Enterprise) -> list[dict[str, Any]]:
        found = next(s for s in table("people")["staff"] if s["size"] == enterprise.row["size"])
        return list(found["people"])

    def _hire(self, caller: Any, enterprise: Enterprise, each: dict[str, Any]) -> None:
        unit_id = enterprise.units[each["unit"]][0]["id"] if "unit" in each else None
        username = f"{enterprise.row['key']}.{each['login']}"
        account = self._stage.call(
            caller, "create_staff_account", username=username, name=self._people.name(), roles=each["roles"], unit_id=unit_id
        )
        enterprise.people.append(self._people.keep(account, each["title"], account["first_password"], enterprise.name))

    def _form(self, enterprise: Enterprise, registrant: str) -> dict[str, Any]:
        row, chance = enterprise.row, self._stage.chance
        people, special = int(row["employees"]), max(1, int(row["employees"]) // 9)
        return {
            "name": row["name"], "unified_credit_code": credit_code(chance, enterprise.region), "enterprise_type": row["type"],
            "registered_region": enterprise.region, "registered_address": row["address"], "region": enterprise.region,
            "operating_address": row["address"], "longitude": float(row["lng"]), "latitude": float(row["lat"]),
            "industry": row["industry"], "gbt4754_code": row["gbt"], "scale": row["scale"], "employees": people,
            "founded_on": row["founded"], "business_state": "operating", "legal_representative": self._people.name(),
            "legal_representative_phone": self._people.mobile(), "principal": self._people.name(),
            "principal_phone": self._people.mobile(), "safety_contact": self._people.name(),
            "safety_contact_phone": self._people.mobile(), "has_safety_organisation": people >= 50,
            "full_time_safety_staff": max(1, people // 60), "special_operators": special, "main_business": row["business"],
            "fixed_assets": str(people * 12 + chance.randrange(400)), "last_year_sales": str(people * 31 + chance.randrange(900)),
            "standardisation_level": chance.choice(["level_2", "level_3", "level_3", "small_micro", "none"]),
            "has_liability_insurance": chance.random() < 0.7, "registrant_name": registrant,
            "registrant_mobile": self._people.mobile(), "review_ground": "ordinary",
        }  # fmt: skip


def credit_code(chance: Any, region: str) -> str:
    """A unified social credit code with both its check characters right."""
    body = "".join(chance.choices("0123456789", k=8))
    check = 11 - sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11
    code = f"91{region}{body}{'X' if check == 10 else 0 if check == 11 else check}"
    return code + str(uscc.calc_check_digit(code))


def day_text(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
