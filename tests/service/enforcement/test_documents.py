"""Documents: numbers without gaps or doubles, paper, verification, voiding."""

import base64
import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from services.enforcement import printing
from services.kernel import clock
from services.kernel.errors import Conflict, Forbidden, NotFound
from tests.callers import nobody
from tests.service.enforcement.builders import MORNING, TODAY, Bureau, Desk, Rows, a_finding, an_official

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with clock.simulate(MORNING):
        yield


def document_of(desk: Desk, bureau: Bureau, inspection_id: str, form: str) -> dict[str, Any]:
    found = desk(bureau.officer, "list_inspection_documents", inspection_id=inspection_id)["items"]
    return next(item for item in found if item["form"] == form)


def serial(number: str) -> int:
    return int(re.findall(r"〕(\d+)号", number)[0])


@pytest.mark.feature("ENF-10")
def test_numbers_have_no_gaps_and_no_doubles_however_many_write_at_once(desk: Desk) -> None:
    bureau = desk.bureau("520111")
    waiting = [bureau.submitted() for _ in range(12)]

    def decide(inspection_id: str) -> None:
        with clock.simulate(MORNING):
            bureau.decide(inspection_id)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(decide, waiting))

    found = desk(bureau.officer, "list_documents", form="WS02", limit=200)["items"]
    assert sorted(serial(d["number"]) for d in found) == list(range(1, 13))
    assert {d["number"] for d in found} == {f"（黔花溪）应急检查〔2026〕{n}号" for n in range(1, 13)}


def test_a_failed_step_uses_no_number(desk: Desk) -> None:
    bureau = desk.bureau("520112")
    first, second = bureau.started(), bureau.started()
    with pytest.raises(Conflict, match="超时"):
        desk.too_late(bureau.officer, "record_inspection", inspection_id=first, **bureau.record())

    for each in (first, second):
        desk(bureau.officer, "record_inspection", inspection_id=each, **bureau.record())

    assert [serial(document_of(desk, bureau, each, "WS03")["number"]) for each in (first, second)] == [1, 2]


def test_a_new_year_begins_with_one(desk: Desk) -> None:
    bureau = desk.bureau("520113")
    bureau.approved()
    with clock.simulate(MORNING.replace(year=2027)):
        later = bureau.approved(planned_on="2027-03-10")

    assert document_of(desk, bureau, later, "WS02")["number"] == "（黔白云）应急检查〔2027〕1号"


def test_the_paper_is_the_same_where_the_process_runs_greenlets() -> None:
    content = {
        "title": "现场检查记录",
        "authority": "某局",
        "issued_on": "2026年3月10日",
        "blocks": [],
        "is_sealed": True,
        "note": "一式两份",
    }
    script = (
        "import eventlet; eventlet.monkey_patch()\nimport datetime, hashlib, json, sys\nfrom services.enforcement import printing\n"
        "call = lambda: printing.render(json.loads(sys.argv[1]), '某号', 'a' * 22, datetime.date(2026, 3, 10))\n"
        "made = {hashlib.sha256(each.wait()).hexdigest() for each in [eventlet.spawn(call) for _ in range(3)]}\nprint(*made)"
    )
    command = [sys.executable, "-W", "ignore", "-c", script, json.dumps(content)]

    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)

    assert done.stdout.split() == [hashlib.sha256(printing.render(content, "某号", "a" * 22, TODAY)).hexdigest()]


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils are not installed")
def test_the_paper_says_what_was_ordered(desk: Desk, tmp_path: Path) -> None:
    bureau = desk.bureau()
    inspection_id = bureau.ordered(a_finding())
    document = document_of(desk, bureau, inspection_id, "WS05")

    printed = desk(bureau.officer, "print_document", document_id=document["id"])

    assert (printed["filename"], printed["content_type"]) == (f"责令限期整改指令书{document['number']}.pdf", "application/pdf")
    words = text_of(base64.b64decode(printed["content_base64"]), tmp_path)
    wanted = [
        "责令限期整改指令书", document["number"], "冲床防护罩缺失", "安装防护罩", "2026年3月25日", "张建国", "李明芳", "赵志强",
        "南明区应急管理局", "申请行政复议", document["enterprise_name"], "2026年3月10日",
    ]  # fmt: skip
    assert [each for each in wanted if each not in words] == []


def text_of(pdf: bytes, folder: Path) -> str:
    """The text, without blanks and line breaks."""
    (folder / "paper.pdf").write_bytes(pdf)
    done = subprocess.run(["pdftotext", folder / "paper.pdf", "-"], capture_output=True, text=True, check=True)
    return re.sub(r"\s", "", done.stdout)


def test_the_paper_is_kept_byte_for_byte(desk: Desk, rows: Rows) -> None:
    bureau = desk.bureau()
    document = document_of(desk, bureau, bureau.recorded(), "WS03")

    first, second = (desk(bureau.officer, "print_document", document_id=document["id"])["content_base64"] for _ in range(2))

    pdf = base64.b64decode(first)
    assert first == second and pdf.startswith(b"%PDF-")
    assert hashlib.sha256(pdf).hexdigest() == document["sha256"]
    (row,) = rows("SELECT token, content, number, issued_on FROM document WHERE id = :id", id=document["id"])
    assert printing.render(row["content"], row["number"], row["token"], row["issued_on"]) == pdf


def test_a_paper_that_was_changed_is_not_handed_out(desk: Desk, owner_engine: Any) -> None:
    bureau = desk.bureau()
    document = document_of(desk, bureau, bureau.recorded(), "WS03")
    with owner_engine("enforcement").begin() as connection:
        connection.exec_driver_sql(
            "SELECT set_config('app.region_lo', '0', true), set_config('app.region_hi', '~', true), "
            "set_config('app.enterprises', '*', true)"
        )
        change = "UPDATE document_file SET pdf = 'forged' WHERE id = %(id)s"
        assert connection.exec_driver_sql(change, {"id": document["id"]}).rowcount == 1

    with pytest.raises(RuntimeError):
        desk(bureau.officer, "print_document", document_id=document["id"])


def test_anybody_with_the_paper_verifies_it_and_learns_no_more(desk: Desk, rows: Rows) -> None:
    bureau = desk.bureau()
    document = document_of(desk, bureau, bureau.ordered(), "WS05")
    (row,) = rows("SELECT token FROM document WHERE id = :id", id=document["id"])

    told = desk(nobody(), "verify_document", token=row["token"])

    names = ("number", "form_name", "authority_name", "enterprise_name", "issued_on", "sha256")
    assert told == {name: document[name] for name in names} | {"is_valid": True}
    assert len(row["token"]) >= 22
    with pytest.raises(NotFound):
        desk(nobody(), "verify_document", token=row["token"][:-1] + ("a" if row["token"][-1] != "a" else "b"))
    assert desk(nobody(), "verify_document", token=row["token"]) == told


def test_a_voided_document_keeps_its_number_and_is_issued_anew_once(desk: Desk, rows: Rows) -> None:
    bureau = desk.bureau("520115")
    inspection_id = bureau.ordered()
    document = document_of(desk, bureau, inspection_id, "WS05")
    again = {"inspection_id": inspection_id, "document_id": document["id"]}
    with pytest.raises(Conflict):
        desk(bureau.officer, "reissue_document", **again)

    desk(bureau.leader, "void_document", document_id=document["id"], reason="期限书写有误")
    made = desk(bureau.officer, "reissue_document", **again)

    assert [serial(d["number"]) for d in (document, made)] == [1, 2]
    assert made["content"]["blocks"] == desk(bureau.officer, "show_document", document_id=document["id"])["content"]["blocks"]
    (row,) = rows("SELECT token FROM document WHERE id = :id", id=document["id"])
    assert desk(nobody(), "verify_document", token=row["token"])["is_valid"] is False
    assert "已作废" in desk(bureau.officer, "print_document", document_id=document["id"])["filename"]
    with pytest.raises(Conflict) as refusal:
        desk(bureau.officer, "reissue_document", **again)
    assert refusal.value.code == "document.reissued"


def test_only_the_authoritys_leader_voids(desk: Desk) -> None:
    bureau = desk.bureau()
    document = document_of(desk, bureau, bureau.recorded(), "WS03")

    for caller in (an_official("520102", "officer"), an_official("520100")):
        with pytest.raises(Forbidden):
            desk(caller, "void_document", document_id=document["id"], reason="书写有误")


def test_a_document_belongs_to_one_inspection(desk: Desk) -> None:
    bureau = desk.bureau()
    document = document_of(desk, bureau, bureau.recorded(), "WS03")
    desk(bureau.leader, "void_document", document_id=document["id"], reason="书写有误")

    with pytest.raises(NotFound):
        desk(bureau.officer, "reissue_document", inspection_id=bureau.recorded(), document_id=document["id"])


def test_without_the_font_the_refusal_says_what_to_install(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    bureau = desk.bureau()
    inspection_id = bureau.submitted()
    monkeypatch.setattr(printing, "FONT", "Font that nobody has")

    with pytest.raises(Conflict, match="fonts-noto-cjk"):
        bureau.decide(inspection_id)

    monkeypatch.undo()
    assert bureau.decide(inspection_id)["status"] == "scheme_approved"


def test_the_bureau_is_named_as_its_department_names_itself(desk: Desk) -> None:
    bureau = desk.bureau("520121")
    top = {
        "id": bureau.officer.department_id, "region": "520121", "version": 2, "name": "开阳县应急管理局（矿山局）",
        "industries": ["*"], "level": "county", "is_active": True,
    }  # fmt: skip
    desk.hear("department.changed.v1", "gateway", top)
    desk.hear("department.changed.v1", "gateway", top | {"version": 1, "name": "旧名"})

    document = document_of(desk, bureau, bureau.recorded(), "WS03")

    assert document["authority_name"] == "开阳县应急管理局（矿山局）"
