"""Inspections on site: scheme, approval, entry, record, order, recheck, with their documents."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from deploy.demo.agenda import Agenda
from deploy.demo.enterprises import Enterprise
from deploy.demo.government import Government
from deploy.demo.material import table
from deploy.demo.people import People
from deploy.demo.stage import Stage, at
from services.kernel.caller import Caller

MOST_ITEMS = 8  # Of a check table.
TEAM = "黔西市应急管理综合行政执法大队"
# Which steps lead to an end; the days of the first ones are counted back from the day on site.
WAYS = {
    "draft": ["draft"],
    "submit": ["draft", "submit"],
    "approve": ["draft", "submit", "approve"],
    "cancel": ["draft", "submit", "approve", "cancel"],
    "start": ["draft", "submit", "approve", "start"],
    "record": ["draft", "submit", "approve", "start", "record"],
    "close": ["draft", "submit", "approve", "start", "record", "close"],
    "order": ["draft", "submit", "approve", "start", "record", "order"],
    "recheck": ["draft", "submit", "approve", "start", "record", "order", "recheck"],
    "recheck_failing_first": ["draft", "submit", "approve", "start", "record", "order", "recheck_failing", "recheck"],
}
HOURS = {"draft": 9.2, "submit": 10.4, "approve": 15.2, "start": 9.6, "record": 11.6, "order": 16.2, "close": 11.9, "cancel": 9.1}
AHEAD = {"draft": 3, "submit": 3, "approve": 2}


@dataclass(eq=False)
class Matter:
    """One inspection on its way."""

    enterprise: Enterprise
    entry: dict[str, Any]
    on: date
    id: str = ""
    state: dict[str, Any] = field(default_factory=dict)


class Inspections:
    """The bureau's officers at work."""

    def __init__(
        self,
        stage: Stage,
        agenda: Agenda,
        people: People,
        government: Government,
        enterprises: Iterable[Enterprise],
        opened: date,
        today: date,
    ) -> None:
        self._stage, self._agenda, self._people, self._government = stage, agenda, people, government
        self._opened, self._today = opened, today
        self._officers: list[str] = []
        self._tables: dict[str, dict[str, Any]] = {}
        self._due = self._matters(list(enterprises))

    def _matters(self, enterprises: list[Enterprise]) -> list[Matter]:
        by_key = {e.row["key"]: e for e in enterprises}
        entries = [e for e in table("inspections")["inspection"] if e["enterprise"] in by_key]
        matters = [Matter(by_key[e["enterprise"]], e, self._today - timedelta(days=e["ago"])) for e in entries]
        return [m for m in matters if m.on - timedelta(days=AHEAD["draft"]) >= self._opened]

    def plan(self, day: date) -> None:
        """Begin what is to be prepared now, once the enterprise is in the register."""
        if not self._officers:
            self._register_officers()
        for matter in [m for m in self._due if m.on - timedelta(days=AHEAD["draft"]) <= day and len(m.enterprise.people) > 1]:
            self._due.remove(matter)
            self._agenda.follow(self._walk(matter))

    def _walk(self, matter: Matter) -> Iterator[datetime]:
        for step in WAYS[matter.entry["ends"]]:
            yield self._moment(matter, step)
            getattr(self, f"_{step}")(matter)

    def _moment(self, matter: Matter, step: str) -> datetime:
        if step.startswith("recheck"):
            due_on = date.fromisoformat(matter.state["due_on"])
            return at(due_on + timedelta(days=2), 10.1)
        moment = at(matter.on - timedelta(days=AHEAD.get(step, 0)), HOURS[step] + self._stage.chance.uniform(0, 0.3))
        return max(moment, self._stage.now + timedelta(minutes=7))

    def _register_officers(self) -> None:
        clerk = self._people.caller(self._government.member("county", "enforcement_admin"))
        for number, person in enumerate(self._government.officers(), start=1):
            made = self._stage.call(
                clerk, "register_officer", name=person.name, certificate_number=f"24050581{number:03d}", team=TEAM,
                valid_from=self._today - timedelta(days=900), valid_to=self._today + timedelta(days=600),
                account_id=person.account_id,
            )  # fmt: skip
            self._officers.append(made["id"])

    def _table(self, industry: str) -> dict[str, Any]:
        """The bureau's table for an industry, composed of the provincial library when it is first needed."""
        if industry not in self._tables:
            clerk = self._people.caller(self._government.member("county", "enforcement_admin"))
            items = self._stage.every(clerk, "list_check_items", industry=industry, is_active=True)
            ordinary = [i for i in items if i["hazard_class"] == "general_limited"][: MOST_ITEMS - 1]
            major = [i for i in items if i["hazard_class"] == "major"][:1]
            codes = [item["code"] for item in (*ordinary, *major)]
            made = self._stage.call(
                clerk, "create_check_table", name=f"{industry}行业安全检查表", industry=industry, item_codes=codes, is_shared=True
            )
            self._tables[industry] = self._stage.call(clerk, "show_check_table", check_table_id=made["id"])
        return self._tables[industry]

    @property
    def _officer(self) -> Caller:
        return self._people.caller(self._government.officers()[0])

    def _draft(self, matter: Matter) -> None:
        answer = self._stage.call(
            self._officer, "draft_inspection", enterprise_id=matter.enterprise.id, planned_on=matter.on, officer_ids=self._officers,
            check_table_id=self._table(matter.enterprise.industry)["id"], source=matter.entry["source"],
            reason=matter.entry.get("reason", "年度监督检查安排"), address=matter.enterprise.row["address"],
            contact_person=matter.enterprise.person("safety_manager").name,
        )  # fmt: skip
        matter.id, matter.state = answer["id"], answer

    def _submit(self, matter: Matter) -> None:
        self._act(matter, "submit_inspection")

    def _approve(self, matter: Matter) -> None:
        leader = self._people.caller(self._government.member("county", "team_leader"))
        self._act(matter, "decide_inspection", leader, is_approved=True, opinion="同意，按方案实施检查")

    def _cancel(self, matter: Matter) -> None:
        self._act(matter, "cancel_inspection", reason="企业临时停业装修，另行安排")

    def _start(self, matter: Matter) -> None:
        self._act(matter, "start_inspection", officer_ids=self._officers, entry_note="企业入企检查码尚未张贴，人工登记")

    def _record(self, matter: Matter) -> None:
        items = self._table(matter.enterprise.industry)["items"]
        failing = self._failing(matter, items)
        results = [{"number": i["number"], "result": "failed" if i in failing else "passed"} for i in items]
        self._act(
            matter, "record_inspection", place=matter.enterprise.row["address"], results=results, **self._signed(matter),
            legal_representative=matter.enterprise.person("principal").name, party_opinion="情况属实，无异议",
            findings=[self._finding(matter, item) for item in failing],
        )  # fmt: skip

    def _failing(self, matter: Matter, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
        ordinary = [i for i in items if i["hazard_class"] != "major"]
        chosen = self._stage.chance.sample(ordinary, min(matter.entry["faults"], len(ordinary)))
        major = [i for i in items if i["hazard_class"] == "major"][: matter.entry.get("major", 0)]
        return sorted([*chosen, *major], key=lambda item: item["number"])

    def _finding(self, matter: Matter, item: dict[str, Any]) -> dict[str, Any]:
        words, chance = table("inspections"), self._stage.chance
        return {
            "item_number": item["number"], "description": f"{item['item']}：{chance.choice(words['faults'])}",
            "place": chance.choice(words["places"]), "measure": chance.choice(words["measures"]),
            "deadline_on": self._stage.today + timedelta(days=matter.entry["term"]),
        }  # fmt: skip

    def _close(self, matter: Matter) -> None:
        self._act(matter, "close_inspection")

    def _order(self, matter: Matter) -> None:
        """Order to rectify in time; where danger is at hand, measures on site as well."""
        measures = zip(matter.state["findings"], matter.entry.get("on_site", []), strict=False)
        items = [{"finding_id": finding["id"], "on_site_measure": measure} for finding, measure in measures]
        self._act(matter, "order_rectification", items=items, **self._signed(matter))

    def _recheck(self, matter: Matter) -> None:
        self._judge(matter, [True] * len(matter.state["findings"]), "经复查，责令整改事项均已整改到位")

    def _recheck_failing(self, matter: Matter) -> None:
        passed = [True] * (len(matter.state["findings"]) - 1)
        self._judge(matter, [*passed, False], "部分事项整改不到位，责令继续整改")

    def _judge(self, matter: Matter, passed: list[bool], opinion: str) -> None:
        open_ones = [f for f in matter.state["findings"] if not f["is_passed"]]
        later = self._stage.today + timedelta(days=4)
        items = [
            {"finding_id": f["id"], "is_passed": ok, "opinion": "整改合格" if ok else "仍不符合要求"}
            | ({} if ok else {"deadline_on": later})
            for f, ok in zip(open_ones, passed[-len(open_ones) :], strict=True)
        ]
        self._act(matter, "recheck_inspection", items=items, opinion=opinion, **self._signed(matter))

    def _signed(self, matter: Matter) -> dict[str, Any]:
        return {"signed_officer_ids": self._officers, "signed_by_party": matter.enterprise.person("principal").name}

    def _act(self, matter: Matter, operation: str, caller: Caller | None = None, **args: Any) -> None:
        matter.state = self._stage.call(caller or self._officer, operation, inspection_id=matter.id, **args)
