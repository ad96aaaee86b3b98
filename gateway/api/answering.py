"""How answers leave: JSON as the service dumped it, files as files, lists as spreadsheets where asked."""

import base64
from typing import Any
from urllib.parse import quote

import orjson
from flask import Response, request

from services.kernel.contract import Operation

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def json(answer: Any, status: int = 200) -> Response:
    """Personal answers are kept by no cache."""
    response = Response(orjson.dumps(answer), status, content_type="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response


def attachment(content: bytes | Any, filename: str, content_type: str) -> Response:
    """A file to be saved, never shown inside our pages."""
    response = Response(content, content_type=content_type)
    ascii_name = "".join(c if c.isascii() and c.isprintable() and c not in '"\\/;' else "_" for c in filename)
    response.headers["Content-Disposition"] = f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(filename, safe='')}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def respond(operation: Operation, answer: Any) -> Response:
    """The answer in the form its schema stands for."""
    if is_file(operation):
        return attachment(base64.b64decode(answer["content_base64"]), answer["filename"], answer["content_type"])
    return json(answer, operation.status)


def is_file(operation: Operation) -> bool:
    return operation.answer.__name__ == "FileAnswer"


def wants_xlsx(operation: Operation) -> bool:
    """Whether this list was asked for as a spreadsheet."""
    asked = request.args.get("format") == "xlsx" or request.accept_mimetypes.best == XLSX
    return operation.is_list and asked
