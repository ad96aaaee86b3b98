"""What a request asks for, checked before anything is done with it."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import orjson
from flask import request
from marshmallow import fields
from werkzeug.exceptions import UnsupportedMediaType

from services.kernel.contract import Operation, label, made
from services.kernel.errors import Invalid

DEPTH = 16
YEARS, LARGEST = (1800, 2200), 2**31 - 1
WHOLE = re.compile(r"-?[0-9]{1,10}")
OWN_QUERY = ("format",)  # Answered by the gateway itself, not by an operation.


def arguments(operation: Operation, path: dict[str, str]) -> dict[str, Any]:
    """Path and query, or path and JSON body, as the operation's schema expects them, still raw."""
    given = _query(operation) if operation.method in ("GET", "DELETE") else {}
    if operation.method != "GET":
        given |= _body(operation)
    if twice := sorted(given.keys() & path.keys()):
        raise Invalid("args.invalid", f"「{twice[0]}」已在地址中给出，不能重复", **{twice[0]: "已在地址中给出"})
    found = given | path
    require_shallow(found)
    return found


def _query(operation: Operation) -> dict[str, Any]:
    declared = made(operation.args).fields
    found: dict[str, Any] = {}
    for name in request.args:
        if name in OWN_QUERY and name not in declared:
            continue
        values = request.args.getlist(name)
        if isinstance(declared.get(name), fields.List):
            found[name] = values
        elif len(values) > 1:
            raise Invalid("args.invalid", f"「{name}」只能给出一次", **{name: "只能给出一次"})
        elif values[0] != "" or not getattr(declared.get(name), "allow_none", False):
            found[name] = _number(values[0]) if isinstance(declared.get(name), fields.Integer) else values[0]
    return found


def _number(text: str) -> int | str:
    """A whole number of an address, where everything is text, as the number that strict fields ask for."""
    return int(text) if WHOLE.fullmatch(text) else text


def _body(operation: Operation) -> dict[str, Any]:
    files = sum(field.metadata.get("file_length", 0) for field in made(operation.args).fields.values())
    if files and request.max_content_length is not None:  # Files that come inside JSON, beside an ordinary body.
        request.max_content_length += files
    data = request.get_data()
    if not data:
        return {}
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    try:
        body = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise Invalid("body.not_json", "请求内容不是有效的 JSON") from error
    if not isinstance(body, dict):
        raise Invalid("body.not_object", "请求内容应为一个 JSON 对象")
    return body


def form(operation: Operation, path: dict[str, str]) -> dict[str, Any]:
    """The fields of a form, for the operations whose standard says so."""
    if request.mimetype != "application/x-www-form-urlencoded":
        return arguments(operation, path)
    return request.form.to_dict()


def require_shallow(value: Any, depth: int = 0) -> None:
    """Refuse what is nested too deep to be walked through."""
    if depth > DEPTH:
        raise Invalid("body.too_deep", f"请求内容嵌套超过{DEPTH}层")
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        require_shallow(inner, depth + 1)


def require_in_range(operation: Operation, checked: dict[str, Any]) -> None:
    """Refuse days and numbers past what can be computed with or stored; a schema takes the year 1 and 10⁴⁰ alike."""
    for path, reason in _out_of_range(checked):
        raise Invalid("args.invalid", f"「{label(made(operation.args), path)}」{reason}", **{path: reason})


def _out_of_range(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _out_of_range(inner, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _out_of_range(inner, f"{path}.{place}")
    elif isinstance(value, date) and not YEARS[0] <= value.year <= YEARS[1]:
        yield path, f"日期应在{YEARS[0]}年至{YEARS[1]}年之间"
    elif isinstance(value, int) and abs(value) > LARGEST:
        yield path, "数字过大"
