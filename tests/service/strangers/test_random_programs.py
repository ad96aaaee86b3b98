"""Random programs over hazards, risk lists and checks: whoever tries whatever in whatever order, everything still adds up.

Each step is somebody's act through ``Service.call`` at some moment; announcements go through outbox, relay, inbox and
reactions as in operation.  Afterwards the states are those of the tables of moves, the figures are what a recount gives,
every copy is like its original, no announcement is missing, and the audit trail is as it was sealed.
"""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.kernel import clock, ids
from services.kernel.audit import Sealer
from services.kernel.caller import Caller, system
from services.kernel.errors import Refusal
from services.kernel.tables import inbox, outbox
from services.runtime import chain
from tests.stage.stories.risk import add_point
from tests.stage.world import Side, Stage
from tests.unit.state_machine import machines

WATCHER = system("watcher")
MACHINES = {
    ("hazard", "hazard"): ("SM-HZ", "SM-MHZ"), ("risk", "risk_list"): ("SM-RL",), ("risk", "check_task"): ("SM-TASK",),
    ("risk", "risk_point"): ("SM-RP",), ("hazard", "supervision_listing"): ("SM-SUPV",),
}  # fmt: skip
CRITERION, PHOTO = "GM-03-01", "0198e7a0-0000-7000-8000-000000000001"
ENTERPRISE = ("safety_manager", "safety_director", "checker", "responsible_person", "rechecker", "principal", "list_author")
PEOPLE = (*ENTERPRISE, "regulator", "officer")
PASSED = [{"item_no": n, "answer": "passed"} for n in (1, 2)]
# What may be tried: the service, the operation, its arguments; ``{hazard}``, ``{list}``, ``{point}`` and ``{task}`` are chosen.
Act = tuple[str, str, dict[str, Any]]
ACTS: list[Act] = [
    ("hazard", "register_hazard", {"place": "车间", "description": "护栏缺失约两米", "category": "thing"}),
    ("hazard", "register_hazard", {"place": "罐区", "description": "阀门腐蚀泄漏", "criterion_code": CRITERION}),
    ("hazard", "confirm_hazard", {"hazard_id": "{hazard}", "responsible_name": "李", "measure": "补装护栏"}),
    ("hazard", "return_hazard", {"hazard_id": "{hazard}", "reason": "不清"}),
    ("hazard", "resubmit_hazard", {"hazard_id": "{hazard}"}),
    ("hazard", "upgrade_hazard", {"hazard_id": "{hazard}", "criterion_code": CRITERION}),
    ("hazard", "cancel_hazard", {"hazard_id": "{hazard}", "reason": "重复登记"}),
    ("hazard", "submit_rectification",
     {"hazard_id": "{hazard}", "measure_taken": "已补装", "finished_at": "{now}", "after_photos": [PHOTO]}),
    ("hazard", "recheck_hazard", {"hazard_id": "{hazard}", "is_passed": True, "opinion": "合格"}),
    ("hazard", "recheck_hazard", {"hazard_id": "{hazard}", "is_passed": False, "opinion": "不合格", "deadline_on": "{soon}"}),
    ("hazard", "downgrade_hazard", {"hazard_id": "{hazard}", "reason": "不符合"}),
    ("risk", "compose_risk_list",
     {"unit_id": "{unit}", "list_class": "enterprise", "lines": [{"point_id": "{point}", "period": "day", "times": 1}]}),
    ("risk", "copy_risk_list", {"risk_list_id": "{list}", "unit_id": "{unit}"}),
    ("risk", "submit_risk_list", {"risk_list_id": "{list}"}),
    ("risk", "audit_risk_list", {"risk_list_id": "{list}", "is_passed": True}),
    ("risk", "audit_risk_list", {"risk_list_id": "{list}", "is_passed": False, "opinion": "不全"}),
    ("risk", "file_risk_list", {"risk_list_id": "{list}"}),
    ("risk", "withdraw_risk_list", {"risk_list_id": "{list}", "reason": "停用"}),
    ("risk", "submit_check", {"task_id": "{task}", "answers": PASSED}),
    ("risk", "submit_check",
     {"point_id": "{point}", "answers": [{"item_no": 1, "answer": "failed", "description": "破损"}, *PASSED[1:]]}),
    ("risk", "retire_risk_point", {"risk_point_id": "{point}", "reason": "拆除"}),
    ("risk", "reopen_risk_point", {"risk_point_id": "{point}"}),
]  # fmt: skip
CHOSEN = {"{hazard}": ("hazard", "hazard"), "{list}": ("risk", "risk_list"), "{point}": ("risk", "risk_point")}
CHOSEN["{task}"] = ("risk", "check_task")
# The act, who of those that may (or of all, one time in four), upon which thing, and how many hours later than the last.
STEP = st.tuples(st.sampled_from(ACTS), st.integers(0, 99), st.integers(0, 5), st.integers(0, 12))


class Program:
    """Runs the steps of one example at the side that nobody else needs untouched, as time goes on."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.side = stage, stage.there
        self.callers = {name: self.side.caller(name) for name in PEOPLE}
        self.unit = self.side.resolve("risk")("unit_id")
        self.now = clock.now() + timedelta(days=2)
        self.done: dict[str, int] = {}

    def run(self, steps: list[tuple[Act, int, int, int]]) -> None:
        for (service, operation, args), who, which, hours in steps:
            self.now += timedelta(hours=hours, minutes=1)
            with clock.simulate(self.now):
                self.step(service, operation, args, who, which)
        with clock.simulate(self.now):
            self.stage.tick()

    def step(self, service: str, operation: str, args: dict[str, Any], who: int, which: int) -> None:
        known, database = self.stage.parts[service]
        permission = known.operations[operation].permission
        holders = [c for c in self.callers.values() if c.may(permission)]
        caller: Caller = (list(self.callers.values()) if who % 4 == 0 else holders)[who % len(holders)]
        try:
            known.call(database, operation, self.filled(args, which), caller, ids.token())
            self.done[operation] = self.done.get(operation, 0) + 1
        except Refusal:
            pass
        if which % 2:
            self.stage.bus.pump()

    def filled(self, value: Any, which: int) -> Any:
        if isinstance(value, dict):
            return {name: self.filled(inner, which) for name, inner in value.items()}
        if isinstance(value, list):
            return [self.filled(inner, which) for inner in value]
        if value in CHOSEN:
            return self.newest(*CHOSEN[value], which)
        plain = {"{unit}": self.unit, "{now}": self.now.isoformat(), "{soon}": (self.now + timedelta(days=5)).date().isoformat()}
        return plain.get(value, value) if isinstance(value, str) else value

    def newest(self, service: str, table: str, which: int) -> str:
        """One of the newest things of a kind, the newest most often."""
        query = f"SELECT id FROM {table} WHERE enterprise_id = :mine ORDER BY id DESC LIMIT 6"
        found = read(self.stage, service, query, mine=self.side.enterprise_id)
        return str(found[max(0, which - 3) % len(found)].id)


def read(stage: Stage, service: str, query: str, **parameters: Any) -> list[Any]:
    with stage.parts[service][1].work(WATCHER, "watch", read_only=True) as work:
        return list(work.session.execute(sa.text(query), parameters).all())


@pytest.fixture(scope="module")
def program(stage: Stage) -> Program:
    found = Program(stage)
    for number in (7, 8):
        add_point(found.side, number)
    return found


@settings(max_examples=6, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(STEP, min_size=25, max_size=40))
def test_whatever_is_tried_everything_still_adds_up(program: Program, steps: list[tuple[Act, int, int, int]]) -> None:
    program.run(steps)

    assert states_outside(program.stage) == {}
    assert gaps(program.stage) == {}
    assert unlike(program.stage, program.side) == []
    assert differing(program) == 0


def test_the_programs_did_something(program: Program) -> None:
    """Most acts were carried out at least once; a program of refusals would prove little."""
    assert len(program.done) > len({operation for _, operation, _ in ACTS}) // 2, program.done


@pytest.mark.parametrize("service", ["hazard", "risk", "stats"])
def test_the_audit_trail_is_whole_afterwards(program: Program, service: str) -> None:
    database = program.stage.parts[service][1]
    while Sealer(database, "stage").step():
        pass

    assert list(chain.verify(database)) == []


def states_outside(stage: Stage) -> dict[str, set[str]]:
    """States that no machine knows."""
    found = {}
    for (service, table), names in MACHINES.items():
        known = {state["code"] for name in names for state in machines()[name]["states"]}
        rows = read(stage, service, f"SELECT DISTINCT status FROM {table}")
        if strange := {row.status for row in rows} - known:
            found[table] = strange
    return found


def gaps(stage: Stage) -> dict[str, str]:
    """Announcements that lack a number or have not been sent, and some that were heard and not acted on."""
    found = {}
    for name, (_, database) in stage.parts.items():
        with database.work(WATCHER, "watch", read_only=True) as work:
            count, last, unsent = work.session.execute(
                sa.select(sa.func.count(), sa.func.max(outbox.c.sequence), sa.func.count().filter(outbox.c.sent_at.is_(None)))
            ).one()
            waiting = work.session.scalar(sa.select(sa.func.count()).where(inbox.c.done_at.is_(None)))
        if (last or 0) != count or unsent or waiting:
            found[name] = f"{count} announced, the last is number {last}, {unsent} unsent, {waiting} heard and not acted on"
    return found


def unlike(stage: Stage, side: Side) -> list[str]:
    """Hazards whose copy in the statistics is not of the same version and status."""
    query = "SELECT id::text, version, status FROM hazard WHERE enterprise_id = :mine AND number IS NOT NULL"
    copies = (
        "SELECT id::text, version, facts->>'status' AS status FROM contribution WHERE kind = 'hazard' AND enterprise_id = :mine"
    )
    originals = {row.id: tuple(row)[1:] for row in read(stage, "hazard", query, mine=side.enterprise_id)}
    known = {row.id: tuple(row)[1:] for row in read(stage, "stats", copies, mine=side.enterprise_id)}
    return sorted(name for name in originals.keys() | known.keys() if originals.get(name) != known.get(name))


def differing(program: Program) -> int:
    """Cells of the figures that a recount of everything gives otherwise."""
    statistics, database = program.stage.parts["stats"]
    with clock.simulate(program.now):
        while read(program.stage, "stats", "SELECT 1 FROM pending LIMIT 1"):
            statistics.jobs["fold_figures"](database, program.now.date())
        return int(statistics.call(database, "recount_figures", {}, WATCHER)["differing"])
