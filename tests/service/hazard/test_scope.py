"""Who sees which hazard: region, industry and enterprise, inside an enterprise the unit, drafts their author."""

from typing import Any

import pytest

from services.hazard.contract import OPERATIONS
from services.kernel import ids
from services.kernel.caller import ALL, Caller, Kind, Scope
from services.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from tests.callers import api_client, nobody
from tests.service.hazard.builders import (
    ASSIGNED,
    CRITERION,
    REPORT,
    Desk,
    Enterprise,
    Rows,
    day,
    official,
    permissions_of,
    rectified,
)

EVERYTHING = permissions_of("regulator", "regulator_leader", "safety_manager", "principal", "responsible_person", "rechecker",
                            "expert", "checker", "officer", "enterprise_admin")  # fmt: skip


def strangers(desk: Desk, of: Enterprise) -> dict[str, Caller]:
    """Everybody who may do everything, only not here."""
    other = desk.enterprise(of.region)
    return {
        "another county": official("520103", *EVERYTHING_ROLES),
        "another industry": official("520102", *EVERYTHING_ROLES, industries=("MK",)),
        "another enterprise": other.person(*EVERYTHING_ROLES),
        "an empty scope": Caller(id=ids.new_id(), name="x", kind=Kind.REGULATOR, permissions=frozenset(EVERYTHING), scope=Scope()),
        "a client elsewhere": api_client("520400", *EVERYTHING),
    }


EVERYTHING_ROLES = ("regulator", "regulator_leader", "safety_manager", "principal", "responsible_person", "rechecker", "expert",
                    "checker", "officer", "enterprise_admin")  # fmt: skip
ARGS: dict[str, dict[str, Any]] = {
    "revise_hazard": {"place": "某处", "description": "某事"}, "confirm_hazard": ASSIGNED, "return_hazard": {"reason": "原因"},
    "assign_hazard": ASSIGNED, "upgrade_hazard": {"criterion_code": CRITERION}, "cancel_hazard": {"reason": "原因"},
    "recheck_hazard": {"is_passed": True, "opinion": "合格"}, "decide_extension": {"is_approved": True},
    "request_extension": {"to_on": "2030-01-01", "reason": "原因", "interim_measures": "措施"},
    "comment_hazard": {"comment": "督促"},
    "submit_rectification": {k: v for k, v in rectified("x").items() if k != "hazard_id"}, "report_major": REPORT,
    "decide_plan": {"is_approved": True}, "report_progress": {"percent": 5, "text": "进展"},
    "finish_governance": {"measure_taken": "完成"},
    "assess_governance": {"is_passed": True, "report": "有效"}, "close_major": {"is_accepted": True, "opinion": "合格"},
    "downgrade_hazard": {"reason": "原因"}, "propose_listing": {"reason": "理由"},
}  # fmt: skip
OF_ONE = [o.name for o in OPERATIONS if "hazard_id" in o.path_fields]


@pytest.mark.feature("HAZ-14")
@pytest.mark.parametrize("operation", OF_ONE)
def test_to_a_stranger_a_hazard_does_not_exist(desk: Desk, factory: Enterprise, rows: Rows, operation: str) -> None:
    hazard_id = desk.registered(factory)["id"]

    for who, stranger in strangers(desk, factory).items():
        with pytest.raises(NotFound) as theirs:
            desk(stranger, operation, hazard_id=hazard_id, **ARGS.get(operation, {}))
        with pytest.raises(NotFound) as absent:
            desk(stranger, operation, hazard_id=ids.new_id(), **ARGS.get(operation, {}))
        assert (theirs.value.code, theirs.value.message) == (absent.value.code, absent.value.message), who

    assert rows("SELECT version FROM hazard WHERE id = :id", id=hazard_id) == [{"version": 1}]


def test_to_a_stranger_lists_counts_and_tasks_are_empty(desk: Desk, factory: Enterprise) -> None:
    desk.registered(factory)

    for stranger in strangers(desk, factory).values():
        assert desk(stranger, "list_hazards", enterprise_id=factory.id)["items"] == []
        assert desk(stranger, "count_hazards", enterprise_id=factory.id) == {"items": [], "overdue": 0}
        if stranger.kind != Kind.REGULATOR:
            assert {item["count"] for item in desk(stranger, "list_hazard_tasks")["items"]} == {0}


@pytest.mark.parametrize("operation", [o.name for o in OPERATIONS])
def test_nobody_without_an_account_is_answered(desk: Desk, operation: str) -> None:
    with pytest.raises(Forbidden):
        desk(nobody(), operation)


def test_superiors_see_what_lies_in_their_region(desk: Desk, factory: Enterprise) -> None:
    hazard_id = desk.registered(factory)["id"]

    for region in ("520102", "520100", "520000"):
        assert desk(official(region), "show_hazard", hazard_id=hazard_id)["enterprise_name"] == "贵阳某厂"


def test_who_belongs_to_a_unit_sees_it_with_what_lies_below_and_what_is_his(desk: Desk, factory: Enterprise) -> None:
    workshop, team, other = ids.new_id(), ids.new_id(), ids.new_id()
    for unit, path in ((workshop, [workshop]), (team, [workshop, team]), (other, [other])):
        desk.hear("org_unit.changed.v1", a_unit(factory, unit, path))
    in_team, elsewhere = (desk.registered(factory, unit_id=unit)["id"] for unit in (team, other))
    worker = factory.person("checker", unit_id=workshop)
    own = desk.registered(factory, worker)["id"]

    assert {h["id"] for h in desk(worker, "list_hazards")["items"]} == {in_team, own}
    assert {h["id"] for h in desk(factory.person("checker"), "list_hazards")["items"]} == set()
    assert {h["id"] for h in desk(factory.safety_manager, "list_hazards")["items"]} == {in_team, own, elsewhere}
    with pytest.raises(NotFound):
        desk(worker, "show_hazard", hazard_id=elsewhere)
    below = desk(factory.safety_manager, "list_hazards", unit_id=workshop)["items"]
    assert [(h["id"], h["unit_name"]) for h in below] == [(in_team, "单元")]


@pytest.mark.parametrize("field", ["unit_id", "point_id"])
def test_another_enterprises_unit_or_point_is_as_unknown_as_none(desk: Desk, factory: Enterprise, field: str) -> None:
    other = desk.enterprise()
    foreign, unknown = ids.new_id(), ids.new_id()
    desk.hear("org_unit.changed.v1", a_unit(other, foreign, [foreign]))

    refused = []
    for value in (foreign, unknown):
        with pytest.raises(NotFound) as refusal:
            desk.registered(factory, **{field: value})
        refused.append((refusal.value.code, refusal.value.message))

    assert refused[0] == refused[1]


def a_unit(of: Enterprise, unit_id: str, path: list[str], **values: Any) -> dict[str, Any]:
    return {
        "id": unit_id, "enterprise_id": of.id, "region": of.region, "industry": "GM01", "version": 1, "name": "单元",
        "tier": "team", "parent_id": None, "path": path, "is_active": True,
    } | values  # fmt: skip


def test_a_draft_is_its_authors_and_his_leaders_until_it_is_handed_in(desk: Desk, factory: Enterprise, rows: Rows) -> None:
    author = factory.person("checker")
    draft = desk(author, "register_hazard", place="一车间", description="护栏缺失", is_draft=True)
    readers = {"official": official("520102"), "colleague": factory.person("checker"), "client": client_of(factory)}

    assert desk(author, "show_hazard", hazard_id=draft["id"])["number"] is None
    assert [h["id"] for h in desk(factory.enterprise_admin, "list_hazards", status="draft")["items"]] == [draft["id"]]
    for reader in readers.values():
        with pytest.raises(NotFound):
            desk(reader, "show_hazard", hazard_id=draft["id"])
        assert desk(reader, "list_hazards", enterprise_id=factory.id)["items"] == []
    assert rows("SELECT 1 FROM outbox WHERE subject = :id", id=draft["id"]) == []

    assert desk(author, "submit_hazard", hazard_id=draft["id"])["status"] == "registered"
    assert desk(readers["official"], "show_hazard", hazard_id=draft["id"])["number"]


def client_of(of: Enterprise) -> Caller:
    """The enterprise's own system."""
    scope = Scope(ALL, ALL, (of.id,))
    return Caller(id=ids.new_id(), name="系统", kind=Kind.API_CLIENT, permissions=frozenset(EVERYTHING), scope=scope)


def test_an_enterprises_own_system_registers_for_it_and_for_no_other(desk: Desk, factory: Enterprise) -> None:
    client, other = client_of(factory), desk.enterprise()
    form = {"place": "一车间", "description": "气体浓度超限"}

    assert desk(client, "register_hazard", enterprise_id=factory.id, **form)["status"] == "registered"
    with pytest.raises(NotFound):
        desk(client, "register_hazard", enterprise_id=other.id, **form)
    with pytest.raises(Invalid):
        desk(client, "register_hazard", **form)


def test_headquarters_read_their_subsidiaries_hazards_and_change_nothing(desk: Desk, factory: Enterprise) -> None:
    hazard_id = desk.registered(factory)["id"]
    head = ids.new_id()
    group = Caller(
        id=ids.new_id(), name="集团", kind=Kind.ENTERPRISE, permissions=frozenset(EVERYTHING),
        scope=Scope(ALL, ALL, (head, factory.id)),
        enterprise_id=head, region="520102",
    )  # fmt: skip

    assert desk(group, "show_hazard", hazard_id=hazard_id)["status"] == "registered"
    with pytest.raises(Forbidden):
        desk(group, "confirm_hazard", hazard_id=hazard_id, **ASSIGNED)
    with pytest.raises((Forbidden, Conflict)):
        desk(group, "cancel_hazard", hazard_id=hazard_id, reason="重复")


def test_the_wall_behind_the_queries_holds_by_itself(desk: Desk, factory: Enterprise) -> None:
    import sqlalchemy as sa

    desk.registered(factory, deadline_on=day(3))
    for stranger in strangers(desk, factory).values():
        with desk.database.work(stranger, "test", read_only=True) as work:
            for table in ("hazard", "hazard_history", "enterprise_ref"):
                count = sa.text(f"SELECT count(*) FROM {table} WHERE enterprise_id = :id")
                assert work.session.execute(count, {"id": factory.id}).scalar_one() == 0
