"""Bureaus, enterprises and inspections for tests on the real database; every test has its own enterprises and officers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from services.enforcement.contract.permissions import PERMISSIONS
from services.enforcement.service import SERVICE
from services.kernel import ids
from services.kernel.caller import ALL, Caller
from services.kernel.event import Event
from services.kernel.inbox import react, store
from services.kernel.work import Database
from tests.callers import enterprise_user, regulator

Rows = Callable[..., list[dict[str, Any]]]
MORNING = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
TODAY = date(2026, 3, 10)
COUNTY = "520102"


def permissions_of(*roles: str) -> list[str]:
    return [p.code for p in PERMISSIONS if set(roles) & set(p.roles)]


def an_official(region: str = COUNTY, *roles: str, industries: tuple[str, ...] = ALL) -> Caller:
    """Somebody of a bureau, by default with every role of enforcement."""
    wanted = roles or ("officer", "team_leader", "enforcement_admin")
    return regulator(region, *permissions_of(*wanted), industries=industries, name="张建国")


def a_person_of(enterprise_id: str, region: str = COUNTY) -> Caller:
    return enterprise_user(enterprise_id, region, *permissions_of("principal"), name="赵志强")


def a_certificate(**values: Any) -> dict[str, Any]:
    return {
        "name": "张建国", "certificate_number": f"黔A{ids.token(8)}", "valid_from": "2024-01-01", "valid_to": "2028-12-31",
        "team": "执法一队",
    } | values  # fmt: skip


def an_item(**values: Any) -> dict[str, Any]:
    return {
        "industry": "GM", "category": "现场", "item": "冲压设备安全防护装置齐全有效", "methods": ["site"], "law": "安全生产法",
        "article": "第三十六条", "hazard_class": "general_limited", "default_deadline_days": 15,
    } | values  # fmt: skip


@dataclass
class Bureau:
    """A bureau with two officers, a check table and an enterprise before it."""

    desk: "Desk"
    region: str
    officer: Caller
    leader: Caller
    officer_ids: list[str]
    check_table_id: str
    enterprise_id: str
    numbers: list[int] = field(default_factory=list)

    def scheme(self, **values: Any) -> dict[str, Any]:
        return {
            "planned_on": TODAY.isoformat(), "officer_ids": self.officer_ids, "check_table_id": self.check_table_id,
            "source": "superior", "reason": "上级交办", "address": "花果园大街8号", "contact_person": "王五",
        } | values  # fmt: skip

    def drafted(self, **values: Any) -> str:
        """An inspection's id."""
        given = {"enterprise_id": self.enterprise_id} | self.scheme(**values)
        return str(self.desk(self.officer, "draft_inspection", **given)["id"])

    def submitted(self, **values: Any) -> str:
        inspection_id = self.drafted(**values)
        self.desk(self.officer, "submit_inspection", inspection_id=inspection_id)
        return inspection_id

    def approved(self, **values: Any) -> str:
        inspection_id = self.submitted(**values)
        self.decide(inspection_id)
        return inspection_id

    def decide(self, inspection_id: str, is_approved: bool = True) -> Any:
        return self.desk(self.leader, "decide_inspection", inspection_id=inspection_id, is_approved=is_approved, opinion="同意")

    def started(self, **values: Any) -> str:
        inspection_id = self.approved(**values)
        given = {"officer_ids": self.officer_ids, "entry_code": "扫码"}
        self.desk(self.officer, "start_inspection", inspection_id=inspection_id, **given)
        return inspection_id

    def record(self, *findings: dict[str, Any]) -> dict[str, Any]:
        failed = {finding["item_number"] for finding in findings if finding.get("item_number")}
        results = [{"number": n, "result": "failed" if n in failed else "passed"} for n in self.numbers]
        return {
            "place": "冲压车间", "legal_representative": "赵志强", "party_opinion": "属实", "results": results,
            "findings": list(findings), **self.signed(),
        }  # fmt: skip

    def recorded(self, *findings: dict[str, Any]) -> str:
        inspection_id = self.started()
        self.desk(self.officer, "record_inspection", inspection_id=inspection_id, **self.record(*findings))
        return inspection_id

    def ordered(self, *findings: dict[str, Any]) -> str:
        inspection_id = self.recorded(*(findings or (a_finding(),)))
        self.desk(self.officer, "order_rectification", inspection_id=inspection_id, **self.signed())
        return inspection_id

    def signed(self, **values: Any) -> dict[str, Any]:
        return {"signed_officer_ids": self.officer_ids, "signed_by_party": "赵志强"} | values


def a_finding(item_number: int | None = 1, **values: Any) -> dict[str, Any]:
    return {"item_number": item_number, "description": "冲床防护罩缺失", "place": "冲压车间", "measure": "安装防护罩"} | values


@dataclass
class Desk:
    """Calls the service as somebody, and brings it announcements."""

    database: Database

    def __call__(self, caller: Caller, operation: str, /, **args: Any) -> Any:
        return SERVICE.call(self.database, operation, args, caller)

    def too_late(self, caller: Caller, operation: str, /, **args: Any) -> Any:
        """Carried out whole, and undone at the last moment, since nobody waits for it any more."""
        return SERVICE.call(self.database, operation, args, caller, deadline=MORNING - timedelta(seconds=1))

    def hear(self, event_type: str, source: str, state: dict[str, Any], **fact: Any) -> None:
        """Store the announcement and act on all that waits."""
        event = Event(
            id=ids.new_id(), source=f"520000/{source}", type=event_type, subject=str(state["id"]), time=MORNING,
            region=state["region"], data={"state": state, "fact": fact}, actor="test", epoch=1, sequence=1,
        )  # fmt: skip
        store(self.database, [event])
        while react(self.database, SERVICE):
            pass

    def enterprise(self, region: str = COUNTY, what: str = "approved", **values: Any) -> str:
        """An enterprise that the service has heard of."""
        state = {
            "id": ids.new_id(), "region": region, "industry": "GM04", "version": 1, "name": f"贵阳某厂{ids.token(6)}",
            "status": "active", "enterprise_type": "GM", "employees": 20,
        } | values  # fmt: skip
        self.hear(f"enterprise.{what}.v1", "enterprise", state)
        return str(state["id"])

    def bureau(self, region: str = COUNTY, **enterprise: Any) -> Bureau:
        """Everything that an inspection needs; three items: limited, on site, major."""
        admin = an_official(region)
        officers = [self(admin, "register_officer", **a_certificate(name=name))["id"] for name in ("张建国", "李明芳")]
        kinds = [
            {}, {"hazard_class": "general_on_site", "default_deadline_days": 0},
            {"hazard_class": "major", "default_deadline_days": 0, "criterion_code": "GM-03-01"},
        ]  # fmt: skip
        codes = [self(admin, "create_check_item", **an_item(**kind))["code"] for kind in kinds]
        name = f"机械行业检查表{ids.token(6)}"
        table = self(admin, "create_check_table", name=name, industry="GM04", item_codes=codes)
        enterprise_id = self.enterprise(enterprise.pop("at", region), **enterprise)
        made = Bureau(self, region, an_official(region), an_official(region), officers, table["id"], enterprise_id)
        made.numbers = [item["number"] for item in table["items"]]
        return made


def in_days(days: int) -> str:
    return (TODAY + timedelta(days=days)).isoformat()


def events_of(rows: Rows, subject: str) -> list[dict[str, Any]]:
    """What has been announced of an aggregate, oldest first."""
    return rows("SELECT type, data, region FROM outbox WHERE subject = :subject ORDER BY position", subject=subject)
