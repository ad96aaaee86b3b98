"""What is let near the reader of workbooks: a plain package of bearable size, known by its content.

The reader unpacks whatever it is given and keeps a cell for every place up to the outermost one.  So the package is
measured before anything is unpacked, unpacked by us, and the sheet is looked through once for its borders.
"""

import io
import re
import zipfile
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from xml.parsers import expat

from services.kernel.errors import Invalid

MEMBERS, UNPACKED = 200, 64 * 1024 * 1024
MOST_COLUMNS = 64
MAIN = "xl/workbook.xml"
_PLACE = re.compile(r"^([A-Z]{1,3})(\d{1,7})$")
# A sheet as programs write it: in UTF-8, its rows and cells told by their place before anything else; and whatever is one.
_PLAIN = re.compile(
    rb"\A(?:\xef\xbb\xbf)?(?:<\?xml version=\"1.0\"(?: encoding=\"(?:UTF|utf)-8\")?(?: standalone=\"\w+\")?\?>)?\s*<\w"
)
_PLAIN_TAG = re.compile(rb'<(?:row|c) r="([A-Z]{0,3})(\d{1,7})"')
_ANY_TAG = re.compile(rb"<(?:[^\s<>/:]+:)?(?:row|c|f)[\s/>]")
_SHEET = re.compile(r"<(?:\w+:)?sheet\b[^>]*?\br:id=\"([^\"]+)\"")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\b[^>]*>")


@dataclass
class Sheet:
    """The package made anew without what nobody needs, and the first sheet's formulas that have no value."""

    content: bytes
    unvalued: set[tuple[int, int]] = field(default_factory=set)


def opened(content: bytes, most_rows: int) -> Sheet:
    """The first sheet of an .xlsx file; Invalid when it is something else, a bomb, or too large."""
    parts = _unpacked(content)
    path = _first_sheet(parts)
    sheet = Sheet(_packed(parts))
    _Borders(most_rows, sheet.unvalued).look(parts[path])
    return sheet


def _unpacked(content: bytes) -> dict[str, bytes]:
    """The package's XML parts, each read no further than it was said to reach."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            members = package.infolist()
            if len(members) > MEMBERS or sum(m.file_size for m in members) > UNPACKED:
                raise Invalid("import.bomb", "文件解压后过大，已拒绝")
            if any(m.flag_bits & 1 for m in members):
                raise Invalid("import.locked", "文件有密码，请取消密码后再导入")
            wanted = [m for m in members if m.filename.endswith((".xml", ".rels"))]
            return {m.filename: package.read(m) for m in wanted}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError, zipfile.zlib.error) as error:  # type: ignore[attr-defined]
        raise _unknown() from error


def _first_sheet(parts: dict[str, bytes]) -> str:
    if MAIN not in parts or "[Content_Types].xml" not in parts:
        raise _unknown()
    named = _SHEET.search(parts[MAIN].decode("utf-8", "replace"))
    relations = parts.get("xl/_rels/workbook.xml.rels", b"").decode("utf-8", "replace")
    for relation in _RELATION.findall(relations):
        values = dict(re.findall(r"(\w+)=\"([^\"]*)\"", relation))
        if named and values.get("Id") == named[1]:
            target = values.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if path in parts:
                return path
    raise _unknown()


def _packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return out.getvalue()


class _Borders:
    """Looks through a sheet: how far it reaches, and which formulas have no value."""

    def __init__(self, most_rows: int, unvalued: set[tuple[int, int]]) -> None:
        self._most_rows, self._unvalued = most_rows, unvalued
        self._has_formulas = False

    def look(self, part: bytes) -> None:
        """Each way calls us more often than the one before: values are looked for only where there are formulas."""
        self._parse(part)
        if not self._is_measured_by_pattern(part):
            self._parse(part, StartElementHandler=self._start)
        if self._has_formulas:
            self._parse(part, StartElementHandler=self._start, EndElementHandler=self._end, CharacterDataHandler=self._text)

    def _is_measured_by_pattern(self, part: bytes) -> bool:
        """Whether all places could be read off what is known to be well-formed: nothing in it looks like a tag and is none."""
        places = _PLAIN_TAG.findall(part)
        if b"<!" in part or not _PLAIN.match(part) or len(_ANY_TAG.findall(part)) != len(places):
            return False
        self._row = max((int(row) for _, row in places), default=0)
        self._column = max((_number(letters.decode()) for letters in {letters for letters, _ in places}), default=0)
        self._measure()
        return True

    def _parse(self, part: bytes, **handlers: Any) -> None:
        self._row = self._column = 0
        self._is_formula = self._has_value = self._in_value = False
        parser = expat.ParserCreate(namespace_separator=" ")
        handlers |= {"StartDoctypeDeclHandler": self._refuse}
        for name, handler in handlers.items():
            setattr(parser, name, handler)
        try:
            parser.Parse(part, True)
        except (expat.ExpatError, ValueError, LookupError) as error:  # The latter two of letters that it does not know.
            raise _unknown() from error

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "row":
            self._row = _whole(attributes.get("r")) or self._row + 1
            self._column = 0
            self._measure()
        elif tag == "c":
            self._place(attributes.get("r"))
            self._is_formula = self._has_value = False
        elif tag == "f":
            self._is_formula = self._has_formulas = True
        elif tag in ("v", "t"):
            self._in_value = True

    def _place(self, told: str | None) -> None:
        found = _PLACE.match(told or "")
        self._column += 1
        if found:
            self._row, self._column = int(found[2]), _number(found[1])
        self._measure()

    def _measure(self) -> None:
        if self._row > self._most_rows:
            raise Invalid("import.too_many_rows", f"文件超过{self._most_rows - 1}行，请分成几个文件导入")
        if self._column > MOST_COLUMNS:
            raise Invalid("import.too_many_columns", "文件的列数过多，请使用模板")

    def _text(self, text: str) -> None:
        self._has_value = self._has_value or (self._in_value and bool(text.strip()))

    def _end(self, name: str) -> None:
        tag = name.rpartition(" ")[2]
        if tag in ("v", "t"):
            self._in_value = False
        elif tag == "c" and self._is_formula and not self._has_value:
            self._unvalued.add((self._row, self._column))

    def _refuse(self, *_: Any) -> None:
        raise _unknown()


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) <= 7 else 0


@cache
def _number(letters: str) -> int:
    found = 0
    for letter in letters:
        found = found * 26 + ord(letter) - ord("A") + 1
    return found


def _unknown() -> Invalid:
    return Invalid("import.not_xlsx", "文件不是有效的 .xlsx 工作簿，请使用下载的模板填写")
