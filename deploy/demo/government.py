"""Bureaus and the people in them, entered by the platform's administrators."""

from typing import Any

from deploy.demo.material import table
from deploy.demo.people import People, Person, with_role
from deploy.demo.stage import Stage
from services.kernel import region as regions

HOUSING = ("JZ", "RQ")


class Government:
    """``government.of(place, "reviewer")`` is who reviews there."""

    def __init__(self, stage: Stage, people: People) -> None:
        self._stage, self._people = stage, people
        self.departments: dict[str, dict[str, Any]] = {}
        self._staff: dict[str, list[Person]] = {}

    def open(self) -> None:
        """The system administrator enters bureaus and accounts, the security administrator gives the roles."""
        system, security = (self._people.caller(self._people.office(f"{name}.admin")) for name in ("system", "security"))
        for entry in table("government")["department"]:
            args = {name: entry[name] for name in ("name", "region", "industries")}
            if parent := entry.get("parent"):
                args["parent_id"] = self.departments[parent]["id"]
            made = self._stage.call(system, "create_department", **args)
            self.departments[entry["key"]] = made
            self._staff[entry["key"]] = []
            for each in entry["people"]:
                account = self._stage.call(
                    system, "create_account", username=each["login"], name=self._people.name(), department_id=made["id"], roles=[]
                )
                password = account["first_password"]
                account = self._stage.call(security, "set_account_roles", account_id=account["id"], roles=each["roles"])
                self._staff[entry["key"]].append(self._people.keep(account, each["title"], password, entry["name"]))

    def member(self, department: str, *roles: str) -> Person:
        return with_role(self._staff[department], *roles)

    def officers(self) -> list[Person]:
        return [p for p in self._staff["county"] if "officer" in p.roles]

    def reviewer(self, region: str, industry: str) -> Person:
        """Who decides on registrations of a place: construction is reviewed by the housing authority."""
        if region == self.departments["county"]["region"] and industry.startswith(HOUSING[0]):
            return self.member("housing", "reviewer")
        return self.local(region, "reviewer")

    def local(self, region: str, *roles: str) -> Person:
        """Somebody with a role at the emergency bureau of a county."""
        for key in ("county", "neighbour"):
            if regions.prefix(self.departments[key]["region"]) == region[:6]:
                return self.member(key, *roles)
        raise LookupError(f"no bureau in {region}")
