"""A list as a spreadsheet: Chinese headings from the labels of its schema, in constant memory, marked with who and when."""

import re
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import chain, islice
from typing import IO, Any

from marshmallow import fields

from services.kernel import clock
from services.kernel.caller import Caller
from services.kernel.contract import Operation, made

PAGE, ROWS = 200, 100_000
UNKEPT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")  # What no cell may hold.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
Ask = Callable[[dict[str, Any]], dict[str, Any]]


def export(operation: Operation, raw: dict[str, Any], ask: Ask, caller: Caller) -> tuple[IO[bytes], int]:
    """The workbook, and how many rows it holds; pages are asked for one by one with the same filters."""
    from openpyxl import Workbook  # Eight megabytes, which only processes that have written a workbook need.

    columns, items = columns_of(operation), _items(raw, ask)
    first = list(islice(items, 1))  # A refused list is refused before the workbook puts a file on the disk.
    book = Workbook(write_only=True)
    sheet = book.create_sheet(operation.summary[:31])
    moment = clock.now().astimezone(clock.CHINA)
    sheet.append([f"导出人：{_safe(caller.name)}　导出时间：{moment:%Y-%m-%d %H:%M:%S}　仅供工作使用"])
    sheet.append([label for _, label, _ in columns])
    count = 0
    for item in chain(first, items):
        sheet.append([cell(item.get(name), field) for name, _, field in columns])
        count += 1
    if count >= ROWS:
        sheet.append([f"只导出前{ROWS}行，请缩小查询范围后分次导出"])
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the answer has been sent.
    book.save(file)
    file.seek(0)
    return file, count


def columns_of(operation: Operation) -> list[tuple[str, str, fields.Field]]:
    """Name, heading and field of every column: what has a label and is no nested thing."""
    inner = made(operation.answer).fields["items"].inner.schema  # type: ignore[attr-defined]
    flat = [(name, f) for name, f in inner.fields.items() if not isinstance(f, fields.Nested) and f.metadata.get("label")]
    return [(field.data_key or name, str(field.metadata["label"]), field) for name, field in flat]


def _items(raw: dict[str, Any], ask: Ask) -> Iterator[dict[str, Any]]:
    asked, sent = raw | {"limit": PAGE, "cursor": None}, 0
    while True:
        answer = ask(asked)
        for item in answer["items"]:
            yield item
            sent += 1
            if sent == ROWS:
                return
        if not answer.get("next_cursor"):
            return
        asked = asked | {"cursor": answer["next_cursor"]}


def cell(value: Any, field: fields.Field | None = None) -> Any:
    """The value as people read it, and never as a formula."""
    words = field.metadata.get("words", {}) if field is not None else {}
    if value is None:
        return None
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        inner = getattr(field, "inner", None)
        return _safe("；".join(str(cell(v, inner)) for v in value))
    if isinstance(value, dict):
        return _safe("；".join(f"{name}：{inner}" for name, inner in value.items()))
    if isinstance(field, fields.DateTime) and isinstance(value, str):
        return datetime.fromisoformat(value).astimezone(clock.CHINA).strftime("%Y-%m-%d %H:%M:%S")
    return _safe(str(words.get(value, value))) if isinstance(value, str) else value


def _safe(text: str) -> str:
    text = UNKEPT.sub("", text)[:32000]
    return f"'{text}" if text.startswith(DANGEROUS) else text
