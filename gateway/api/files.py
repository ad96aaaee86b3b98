"""Uploading and fetching files."""

import hashlib
from typing import Any

import sqlalchemy as sa
from flask import Response, request
from werkzeug.exceptions import UnsupportedMediaType

from gateway.api import answering
from gateway.api.views import answers, reads
from gateway.contract import files as contract
from gateway.edge import edge
from gateway.files import kinds
from gateway.files.pictures import FORMATS, remade
from gateway.files.store import FileStore
from gateway.identity.tables import enterprise_ref
from gateway.identity.tables import file as table
from services.enterprise.contract.reference import find_reference
from services.kernel import ids
from services.kernel.caller import ALL, Caller, system
from services.kernel.contract import Operation
from services.kernel.errors import Conflict, Invalid, NotFound
from services.kernel.work import Database, Work
from services.notice.contract.notices import SHOW_NOTICE

OVERHEAD = 64 * 1024  # Of multipart: boundaries, headers and the two fields.


@reads("gateway.upload_file")
def read_upload(operation: Operation, path: dict[str, str]) -> dict[str, Any]:
    request.max_content_length = kinds.LARGEST + OVERHEAD
    if request.mimetype != "multipart/form-data":
        raise UnsupportedMediaType
    return {name: value for name, value in request.form.items() if value}


@answers(contract.UPLOAD_FILE)
def upload_file(caller: Caller, args: dict[str, Any]) -> dict[str, Any]:
    sent = request.files.get("file")
    if sent is None or len(request.files) != 1:
        raise Invalid("args.invalid", "请选择一个文件上传", file="必填")
    return keep(edge().database, edge().files, caller, sent.filename, sent.stream.read(), args["id"], args["enterprise_id"])


def keep(
    database: Database,
    files: FileStore,
    caller: Caller,
    name: str | None,
    content: bytes,
    id: str | None = None,
    enterprise_id: str | None = None,
) -> dict[str, Any]:
    """Keep what somebody brought, once it is seen to be what it claims; the row of the file."""
    kind = kinds.kind_of(content)
    if kind in FORMATS:
        content = remade(content, kind)
    digest = hashlib.sha256(content).hexdigest()
    row = {
        "id": id or ids.new_id(), "name": kinds.clean_name(name, kind), "content_type": kind.content_type, "size": len(content),
        "sha256": digest, "uploaded_by": caller.id,
    }  # fmt: skip
    files.put(digest, content, kind.content_type)
    with database.work(caller, "gateway.upload_file") as work:
        row |= _owner(work, enterprise_id) | {"created_at": work.now}
        return _kept(work, row)


def _owner(work: Work, enterprise_id: str | None) -> dict[str, str | None]:
    """Whose the file is: his own enterprise's, an enterprise's within his scope, or his own authority's."""
    caller = work.caller
    chosen = enterprise_id or caller.enterprise_id
    if chosen is None:
        industry = "" if caller.scope.industries == ALL else next(iter(caller.scope.industries), "")
        return {"region": caller.region or "", "industry": industry, "enterprise_id": None}
    place = find_reference(work, enterprise_ref, chosen)
    if place is not None:
        return {"region": place["region"], "industry": place["industry"], "enterprise_id": chosen}
    if chosen != caller.enterprise_id:
        raise NotFound("enterprise.not_found", "没有找到该企业")
    return {"region": caller.region, "industry": None, "enterprise_id": chosen}


def _kept(work: Work, row: dict[str, Any]) -> dict[str, Any]:
    """Insert the row; the same upload sent twice under one id is one file, another one under it is refused."""
    known = work.session.execute(sa.select(table).where(table.c.id == row["id"])).mappings().one_or_none()
    if known is not None:
        if known["sha256"] != row["sha256"]:
            raise Conflict("record.exists", "该编号已用于另一个文件")
        return dict(known)
    work.session.execute(sa.insert(table), row)
    work.note(f"file:{row['id']}", {"sha256": row["sha256"], "size": row["size"], "enterprise_id": row["enterprise_id"]})
    return row


@answers(contract.GET_FILE)
def get_file(caller: Caller, args: dict[str, Any]) -> Response:
    row = _visible(caller, args["file_id"]) or _attached(caller, args["file_id"], args["notice_id"])
    if row is None:
        raise NotFound("file.not_found", "没有找到该文件")
    source = edge().files.open(row["sha256"])
    response = answering.attachment(iter(lambda: source.read(65536), b""), row["name"], row["content_type"])
    response.call_on_close(source.close)
    response.headers["Content-Length"] = str(row["size"])
    response.headers["Cache-Control"] = "private, max-age=300"
    return response


def _visible(reader: Caller, file_id: str) -> dict[str, Any] | None:
    """The file, if its owner lies in the reader's scope."""
    with edge().database.work(reader, "gateway.get_file", read_only=True) as work:
        query = sa.select(table).where(table.c.id == file_id, work.within(table))
        row = work.session.execute(query).mappings().one_or_none()
    return dict(row) if row else None


def _attached(caller: Caller, file_id: str, notice_id: str | None) -> dict[str, Any] | None:
    """The file, if it came with a notice that the caller may read; an authority attaches only what is its own."""
    if notice_id is None or not caller.may(SHOW_NOTICE.permission):
        return None
    try:
        notice = edge().services.call("notice", SHOW_NOTICE.name, {"notice_id": notice_id}, caller)
    except NotFound:
        return None
    row = _visible(system("files", caller.request_id), file_id) if file_id in notice["attachments"] else None
    return row if row and row["enterprise_id"] is None and row["region"] == notice["region"] else None
