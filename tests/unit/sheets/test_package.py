"""How far a sheet reaches is found in whatever way it is written down; what would reach too far is not let in."""

import io
import zipfile

import pytest

from services.kernel.errors import Invalid
from services.sheets.package import opened

MOST = 100
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PLAIN = '<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>字</t></is></c><c r="{column}{row}"><v>1</v></c></row>'
# The same two cells: one in column A, one in the given column.
WAYS = {
    "plain": PLAIN,
    "other attributes first": PLAIN.replace('<c r="{column}{row}"', '<c s="1" r="{column}{row}"'),
    "single quotes": PLAIN.replace('"', "'"),
    "on several lines": PLAIN.replace('<c r="{column}', '<c\n  r="{column}'),
    "by number of character": PLAIN.replace('"{column}', '"&#x20;').replace("&#x20;", "{coded}"),
    "behind a comment": "<!-- " + PLAIN.replace("--", "").replace("{column}", "B") + " -->" + PLAIN,
    "behind an instruction": '<?look <c s="1" ?>' + PLAIN,
    "with a formula": PLAIN.replace("<v>", "<f>1+1</f><v>"),
}


def sheet(data: str, head: str = HEAD, prefix: str = "") -> bytes:
    whole = f'<worksheet xmlns="{SPACE}"><sheetData>{data}</sheetData></worksheet>'
    if prefix:
        whole = whole.replace("<", f"<{prefix}:").replace(f"<{prefix}:/", f"</{prefix}:").replace("xmlns", f"xmlns:{prefix}")
    return (head + whole).encode()


def book(part: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("xl/workbook.xml", '<workbook><sheets><sheet name="一" sheetId="1" r:id="r1"/></sheets></workbook>')
        package.writestr("xl/_rels/workbook.xml.rels", '<R><Relationship Id="r1" Target="worksheets/sheet1.xml"/></R>')
        package.writestr("xl/worksheets/sheet1.xml", part)
    return out.getvalue()


def told(way: str, column: str, row: int) -> str:
    coded = "".join(f"&#{ord(letter)};" for letter in column)
    return WAYS[way].format(row=row, column=column, coded=coded)


@pytest.mark.parametrize("way", WAYS)
def test_what_stays_inside_is_let_in(way: str) -> None:
    assert opened(book(sheet(told(way, "BL", MOST))), MOST).unvalued == set()


@pytest.mark.feature("SEC-41")
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("column", "row", "code"), [("BM", 2, "import.too_many_columns"), ("B", MOST + 1, "import.too_many_rows")])
def test_what_reaches_too_far_is_refused_however_it_is_written(way: str, column: str, row: int, code: str) -> None:
    with pytest.raises(Invalid, match=code):
        opened(book(sheet(told(way, column, row))), MOST)


@pytest.mark.feature("SEC-41")
def test_other_names_and_letters_hide_nothing() -> None:
    far = told("plain", "XFD", 2)

    heads = [HEAD.replace("UTF-8", name) for name in ("GBK", "cp037", "nothing")]
    for part in (sheet(far, prefix="x"), sheet(far, head="").decode().encode("utf-16"), *(sheet(far, head) for head in heads)):
        with pytest.raises(Invalid):
            opened(book(part), MOST)


@pytest.mark.feature("SEC-41")
def test_cells_that_do_not_say_their_place_are_counted() -> None:
    with pytest.raises(Invalid, match=r"import\.too_many_columns"):
        opened(book(sheet("<row>" + "<c><v>1</v></c>" * 65 + "</row>")), MOST)
    with pytest.raises(Invalid, match=r"import\.too_many_rows"):
        opened(book(sheet("<row/>" * (MOST + 1))), MOST)


@pytest.mark.parametrize("data", ["<row>", '<row r="1"><c r="A1"></row></c>', '<row r="1" r="2"/>', "&x;"])
def test_what_is_not_well_formed_is_no_sheet(data: str) -> None:
    with pytest.raises(Invalid, match=r"import\.not_xlsx"):
        opened(book(sheet(data)), MOST)


def test_a_formula_without_a_value_is_named_by_its_place() -> None:
    data = '<row r="2"><c r="A2"><v>1</v></c><c r="B2"><f>1/0</f></c></row>'

    assert opened(book(sheet(data)), MOST).unvalued == {(2, 2)}
