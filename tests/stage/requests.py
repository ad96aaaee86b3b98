"""How one operation is asked for over HTTP, as its contract says."""

from io import BytesIO
from typing import Any
from urllib.parse import quote

from services.kernel.contract import Operation

PREFIX = "/api/v1"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%%EOF\n"


def request_of(operation: Operation, args: dict[str, Any]) -> dict[str, Any]:
    """Keyword arguments for a Flask test client's ``open``."""
    left, path = dict(args), operation.path
    for name in operation.path_fields:
        path = path.replace(f"{{{name}}}", quote(str(left.pop(name, "missing")), safe=""))
    asked: dict[str, Any] = {"path": PREFIX + path, "method": operation.method}
    if operation.name == "upload_file":
        form = {name: value for name, value in left.items() if value is not None}
        return asked | {"data": form | {"file": (BytesIO(PDF), "a.pdf")}, "content_type": "multipart/form-data"}
    if operation.name == "issue_token":
        return asked | {"data": {name: value for name, value in left.items() if value is not None}}
    if operation.method in ("GET", "DELETE"):
        return asked | {"query_string": {name: _text(value) for name, value in left.items() if value is not None}}
    return asked | {"json": left}


def _text(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value
