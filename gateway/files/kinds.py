"""What a file is, by its content and never by its name."""

import io
import zipfile
from dataclasses import dataclass

from services.kernel.errors import Invalid

LARGEST = 20 * 1024 * 1024
UNPACKED, MEMBERS = 200 * 1024 * 1024, 5000


@dataclass(frozen=True)
class FileKind:
    suffix: str
    content_type: str


JPEG = FileKind("jpg", "image/jpeg")
PNG = FileKind("png", "image/png")
PDF = FileKind("pdf", "application/pdf")
MP4 = FileKind("mp4", "video/mp4")
DOC = FileKind("doc", "application/msword")
XLS = FileKind("xls", "application/vnd.ms-excel")
DOCX = FileKind("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
XLSX = FileKind("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
STARTS = [(b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG), (b"%PDF-", PDF)]
OLE, ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
STREAMS = [("WordDocument", DOC), ("Workbook", XLS), ("Book", XLS)]
PARTS = [("word/document.xml", DOCX), ("xl/workbook.xml", XLSX)]


def kind_of(content: bytes) -> FileKind:
    """The kind of the content; Invalid when it is none of those we keep."""
    if not content:
        raise Invalid("file.empty", "文件内容为空")
    if len(content) > LARGEST:
        raise Invalid("file.too_large", "文件不能超过20MB")
    for start, kind in STARTS:
        if content.startswith(start):
            return kind
    if content[4:8] == b"ftyp":
        return MP4
    if content.startswith(OLE):
        return _ole(content)
    if content.startswith(ZIP):
        return _office(content)
    raise _unknown()


def _ole(content: bytes) -> FileKind:
    for name, kind in STREAMS:
        if name.encode("utf-16-le") in content:
            return kind
    raise _unknown()


def _office(content: bytes) -> FileKind:
    """A Word or Excel package that is no bomb and carries no macros."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            members = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise _unknown() from error
    if len(members) > MEMBERS or sum(m.file_size for m in members) > UNPACKED:
        raise Invalid("file.bomb", "文件解压后过大，已拒绝")
    names = {m.filename for m in members}
    if any(name.endswith("vbaProject.bin") for name in names):
        raise Invalid("file.macros", "文件带有宏，请另存为不带宏的文件后再上传")
    for part, kind in PARTS:
        if part in names and "[Content_Types].xml" in names:
            return kind
    raise _unknown()


def _unknown() -> Invalid:
    return Invalid("file.kind", "只能上传 jpg、png、pdf、doc、docx、xls、xlsx、mp4 文件，且内容须与类型相符")


def clean_name(name: str | None, kind: FileKind) -> str:
    """The name for people: its last part without control characters, with the suffix that its content has."""
    last = (name or "").replace("\\", "/").rpartition("/")[2]
    plain = "".join(c for c in last if c.isprintable() and c not in '<>:"|?*').strip(". ")
    stem = plain.rpartition(".")[0] or plain or "未命名"
    return f"{stem[:100]}.{kind.suffix}"
