"""B7: spreadsheets of risk points are read, checked and kept, beside only reading them."""

import base64
import io
import time
from collections.abc import Callable, Iterator
from typing import Any

import openpyxl
from python_calamine import CalamineWorkbook

from bench.generate import points
from bench.generate.enterprises import Enterprise
from bench.report import Row, ratio
from bench.sizes import Size
from bench.stand import Stand
from services.kernel.caller import ALL, Caller, Kind, Scope
from services.risk.contract.permissions import PERMISSIONS
from services.risk.contract.sheets import MOST_ROWS
from services.risk.service import SERVICE

NUMBER = 0  # The enterprise whose points they are.


def run(stand: Stand, size: Size) -> tuple[list[Row], list[str]]:
    unit = points.unit(stand.admin("risk"), NUMBER)
    owner = Enterprise(NUMBER)
    caller = Caller(
        "bench", "基准", Kind.ENTERPRISE, frozenset(p.code for p in PERMISSIONS), Scope(ALL, ALL, (owner.id,)),
        region=owner.region, enterprise_id=owner.id,
    )  # fmt: skip
    files = list(_files(size.points, unit))
    database = stand.database("risk")

    def ask(operation: str, content: bytes) -> Any:
        coded = base64.b64encode(content).decode()
        answer = SERVICE.call(database, operation, {"content_base64": coded, "file_name": "风险点.xlsx"}, caller)
        assert not answer["errors"], answer["errors"][:3]
        return answer

    ways: dict[str, Callable[[bytes], object]] = {
        "calamine": _read_by_calamine,
        "openpyxl": _read_by_openpyxl,
        "checked": lambda content: ask("preview_risk_import", content),
        "kept": lambda content: ask("import_risk_points", content),
    }
    found = {name: _seconds(way, files) for name, way in ways.items()}
    database.engine.dispose()
    return _rows(found, size), [
        f"{size.points:,} points in {len(files)} files, since one file holds at most {MOST_ROWS:,} rows; one process, no gateway.",
        "Checked: every cell against the schema, codes against catalogues, the assessment computed, measures by level, names"
        " taken. Kept: also the rows of points and assessments, an announcement of each point, and the audit row.",
        f"By openpyxl, the usual reader, reading alone takes {found['openpyxl']:.1f} s:"
        f" checked {ratio(found['checked'], found['openpyxl'])}, kept {ratio(found['kept'], found['openpyxl'])}.",
    ]


def _files(count: int, unit: str) -> Iterator[bytes]:
    for first in range(0, count, MOST_ROWS):
        yield points.workbook(first, min(first + MOST_ROWS, count), unit)


def _seconds(way: Callable[[bytes], object], files: list[bytes]) -> float:
    begun = time.perf_counter()
    for content in files:
        way(content)
    return time.perf_counter() - begun


def _read_by_calamine(content: bytes) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def _read_by_openpyxl(content: bytes) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(io.BytesIO(content), read_only=True).worksheets[0].iter_rows(values_only=True))


def _rows(found: dict[str, float], size: Size) -> list[Row]:
    alone = found["calamine"]
    beside = f"reading alone {alone:.2f} s"
    return [
        Row("read and checked", f"{found['checked']:.1f} s, {size.points / found['checked']:.0f} points a second",
            f"{beside}: {ratio(found['checked'], alone)}", "≤ 4 ×", found["checked"] <= 4 * alone),
        Row("read, checked and kept", f"{found['kept']:.1f} s, {size.points / found['kept']:.0f} points a second",
            f"{beside}: {ratio(found['kept'], alone)}", "≤ 4 ×", found["kept"] <= 4 * alone),
    ]  # fmt: skip
