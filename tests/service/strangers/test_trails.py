"""The audit trail of the whole deployment, put together of those of all services; and what strangers get of it, on the bus too."""

import io
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook

from gateway.api.audit import name_of
from gateway.contract.audit import LIST_AUDIT
from gateway.operations import permissions
from services.kernel import clock, ids
from services.kernel.caller import ALL, Caller, Kind, Scope
from services.kernel.errors import Forbidden
from services.kernel.service import named
from services.kernel.tables import audit
from services.kernel.work import write_audit
from services.trail.contract import LIST_TRAIL
from tests.callers import regulator
from tests.service.strangers.cases import CHINESE
from tests.service.strangers.rows import WATCHER
from tests.stage.world import BUILT, Stage

READ = LIST_TRAIL.permission
# Written by these tests.
MADE_UP = {"x.done"}
SEES_NOTHING = (Scope(), Scope(("99",), ALL, ALL), Scope(ALL, ALL, (ids.new_id(),)))


def read(stage: Stage, **args: Any) -> dict[str, Any]:
    """What the county's auditor is shown."""
    answer = stage.ask(stage.here.tokens["bureau.audit"], LIST_AUDIT, args)
    assert answer.status_code == 200, answer.text
    return dict(answer.json)


def read_all(stage: Stage, limit: int = 200, **args: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    cursor = None
    while True:
        page = read(stage, limit=limit, cursor=cursor, **args)
        rows, cursor = rows + page["items"], page["next_cursor"]
        if cursor is None:
            return rows


def trail_of(stage: Stage, service: str, caller: Caller, **args: Any) -> list[dict[str, Any]]:
    """What the service itself answers, as it does on the bus."""
    items: list[dict[str, Any]] = named(service).call(stage.parts[service][1], LIST_TRAIL.name, {"limit": 200} | args, caller)[
        "items"
    ]
    return items


@pytest.fixture
def scattered(stage: Stage) -> dict[str, str]:
    """Rows of one moment and one person, two in each service: id and service."""
    somebody = regulator(stage.here.region, name=f"某人{ids.token(6)}")
    made: dict[str, str] = {}
    with clock.simulate(clock.now()):
        for service in (*BUILT, *BUILT):
            with stage.parts[service][1].work(somebody, "x.done") as work:
                write_audit(work.session, somebody, "x.done", "done", {})
    for service in BUILT:
        made |= {row["id"]: service for row in trail_of(stage, service, WATCHER, actor=somebody.id)}
    return made | {"actor": somebody.id}


@pytest.mark.parametrize("service", BUILT)
def test_without_the_permission_no_service_reads_out_its_trail(stage: Stage, service: str) -> None:
    everything_else = [p.code for _, p in permissions() if p.code != READ]
    caller = regulator("520000", *everything_else)

    with pytest.raises(Forbidden, match="caller.forbidden"):
        trail_of(stage, service, caller)


@pytest.mark.parametrize("service", BUILT)
def test_a_scope_elsewhere_reads_nothing_of_any_trail(stage: Stage, service: str) -> None:
    callers = [Caller("u1", "外人", Kind.REGULATOR, frozenset({READ}), scope) for scope in SEES_NOTHING]

    assert [trail_of(stage, service, caller) for caller in callers] == [[], [], []]


@pytest.mark.parametrize("service", BUILT)
def test_another_countys_auditor_reads_nothing_of_ours_in_any_trail(stage: Stage, service: str) -> None:
    ours, theirs = (replace(regulator(side.region, READ)) for side in (stage.here, stage.there))

    seen = [{row["id"] for row in trail_of(stage, service, caller)} for caller in (ours, theirs)]

    assert all(row["region"].startswith(stage.there.region) for row in trail_of(stage, service, theirs))
    assert not seen[0] & seen[1]


def test_the_trails_of_all_services_are_one_newest_first(stage: Stage) -> None:
    rows = read(stage, limit=200)["items"]

    assert [row["id"] for row in rows] == sorted((row["id"] for row in rows), reverse=True)
    assert [row["at"] for row in rows] == sorted((row["at"] for row in rows), reverse=True)
    assert {row["service"] for row in read_all(stage)} >= {"enterprise", "risk", "hazard", "enforcement", "notice", "gateway"}


@pytest.mark.parametrize("limit", [1, 3, 5, 14, 15])
def test_paging_over_all_services_gives_each_row_of_one_moment_once(stage: Stage, scattered: dict[str, str], limit: int) -> None:
    actor = scattered.pop("actor")

    rows = read_all(stage, limit, actor=actor)

    assert [row["id"] for row in rows] == sorted(scattered, reverse=True)
    assert {row["id"]: row["service"] for row in rows} == scattered


def test_paging_through_everything_gives_what_the_services_have(stage: Stage) -> None:
    until = clock.now().isoformat()
    auditor = replace(regulator(stage.here.region, READ), scope=stage.here.caller("bureau.audit").scope)

    told = Counter(row["service"] for row in read_all(stage, 50, until=until, result="done"))

    found = {}
    for service in BUILT:
        with stage.parts[service][1].work(auditor, "test", read_only=True) as work:
            query = sa.select(sa.func.count()).where(work.within(audit), audit.c.result == "done", audit.c.at < until)
            found[service] = work.session.scalar(query)
    assert told == Counter(found)


@pytest.mark.parametrize("service", BUILT)
def test_one_service_can_be_asked_alone(stage: Stage, scattered: dict[str, str], service: str) -> None:
    rows = read(stage, actor=scattered["actor"], service=service)["items"]

    assert {row["id"] for row in rows} == {row_id for row_id, of in scattered.items() if of == service}


def test_one_request_is_found_in_every_service_that_it_touched(stage: Stage) -> None:
    """A failed item of a check becomes a hazard in another service."""
    followed = read_all(stage, operation="hazard.on_check_item_failed")[0]

    rows = read(stage, request_id=followed["request_id"])["items"]

    assert {row["request_id"] for row in rows} == {followed["request_id"]}
    assert {(row["service"], row["operation_name"]) for row in rows} >= {("hazard", "随排查项变动更新"), ("risk", "提交检查")}


def test_operations_are_told_in_words(stage: Stage) -> None:
    """Of all rows that the story of the stage has left, those of the platform itself among them."""
    codes: set[str] = set()
    for service in BUILT:
        with stage.parts[service][1].work(WATCHER, "watch", read_only=True) as work:
            codes |= set(work.session.scalars(sa.select(audit.c.operation).distinct()))

    assert len(codes) > 50
    assert [code for code in codes - MADE_UP if not CHINESE.search(name_of(code))] == []


def test_a_trail_with_a_hole_is_not_shown(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """One service is taken off the bus."""
    monkeypatch.delitem(vars(stage.edge.services)["entrypoints"], "hazard")
    token = stage.here.tokens["bureau.audit"]

    whole, alone, other = (stage.ask(token, LIST_AUDIT, args) for args in ({}, {"service": "hazard"}, {"service": "risk"}))

    assert [(a.status_code, a.json.get("code")) for a in (whole, alone)] == [(503, "service.away")] * 2
    assert whole.json["message"].startswith("「隐患排查治理」暂时没有应答") and "service" in whole.json["message"]
    assert other.status_code == 200 and {row["service"] for row in other.json["items"]} == {"risk"}


def test_the_whole_trail_leaves_as_a_spreadsheet(stage: Stage, scattered: dict[str, str]) -> None:
    actor, token = scattered.pop("actor"), stage.here.tokens["bureau.audit"]
    request = {"path": "/api/v1/audit", "method": "GET", "query_string": {"format": "xlsx", "actor": actor}}

    book = load_workbook(io.BytesIO(stage.send(token, **request).data))

    _, head, *rows = book.active.iter_rows(values_only=True)  # type: ignore[union-attr]
    assert head[:5] == ("编号", "时间", "所在服务", "操作代码", "操作")
    assert [row[0] for row in rows] == sorted(scattered, reverse=True)
    assert {row[2] for row in rows} == {
        "企业档案",
        "风险分级管控",
        "隐患排查治理",
        "行政执法",
        "统计分析",
        "通知公告",
        "用户与平台",
    }
    told = read(stage, service="gateway", operation="gateway.export", limit=1)["items"][0]
    assert (told["changes"]["list"], told["changes"]["rows"], told["operation_name"]) == ("gateway.list_audit", 14, "导出清单")
