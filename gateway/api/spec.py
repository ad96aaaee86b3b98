"""The OpenAPI description: what each operation's contract says, in the words of OpenAPI 3.1."""

from typing import Any

import marshmallow as ma
from flask_smorest import Blueprint

from gateway.api.answering import XLSX, is_file
from gateway.contract.vocabulary import SERVICES
from gateway.files import kinds
from services.kernel.caller import PUBLIC, SIGNED_IN
from services.kernel.contract import Operation

TITLE, VERSION, PREFIX = "贵州省安全生产双重预防平台", "1", "/api/v1"
INTRODUCTION = (
    "会话：POST /auth/login 取得令牌，随后以 `Authorization: Bearer <token>` 访问；其他系统用 POST /oauth/token。"
    "列表用 limit（至多200）和 cursor 翻页，next_cursor 为空即最后一页；`?format=xlsx` 导出为 Excel。"
    "新增类操作可带 Idempotency-Key 请求头，重复提交返回第一次的结果。错误统一为 {code, message, details, request_id}。"
)
ERRORS = {
    401: "未登录或会话已失效", 403: "没有权限", 404: "没有找到，或不在可见范围内", 409: "当前状态不允许，或他人已先操作",
    422: "请求内容不正确", 429: "请求过于频繁，见 Retry-After", 503: "服务暂时不可用，见 Retry-After",
}  # fmt: skip
FORMS = {"issue_token": "application/x-www-form-urlencoded"}


class Error(ma.Schema):
    """The one error body."""

    code = ma.fields.String(required=True, metadata={"description": "不变的错误代码"})
    message = ma.fields.String(required=True, metadata={"description": "给人看的说明"})
    details = ma.fields.Dict(
        keys=ma.fields.String(), values=ma.fields.String(), required=True, metadata={"description": "逐项说明"}
    )
    request_id = ma.fields.String(required=True, allow_none=True, metadata={"description": "请求编号"})


def schema_name(schema: Any) -> str:
    """``HazardState`` of the service hazard and of another do not meet: each carries its service's name."""
    if own := getattr(schema, "name_in_description", None):
        return str(own)
    kind: Any = schema if isinstance(schema, type) else type(schema)
    inner = kind
    if kind.__name__.endswith("Page") and "items" in kind._declared_fields:
        inner = kind._declared_fields["items"].inner.schema.__class__
    parts = inner.__module__.split(".")
    owner = parts[1] if parts[0] == "services" else parts[0]
    name: str = kind.__name__
    return name if owner in ("language", "gateway") else f"{owner.capitalize()}{name}"


def decimal(self: Any, field: ma.fields.Field, ret: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """Decimals leave as text, so that no digit is lost, and may come as either; their limits are numbers here."""
    if not isinstance(field, ma.fields.Decimal):
        return {}
    limits = {name: float(ret[name]) for name in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum") if name in ret}
    return limits | {"type": ["string", "number", "null"] if field.allow_none else ["string", "number"], "format": "decimal"}


def pattern(self: Any, field: ma.fields.Field, ret: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    r"""Patterns as other languages read them: they know no ``\Z``, and match anywhere in the text."""
    return {"pattern": "^" + ret["pattern"].removeprefix("^").replace(r"\Z", "$")} if "pattern" in ret else {}


def blueprint(service: str) -> Blueprint:
    """A service's part of the API: its name is the tag, in words that code generators bear, with the Chinese one beside it."""
    return Blueprint(service, __name__, url_prefix=PREFIX, description=SERVICES[service])


def named(self: Any, field: ma.fields.Field, ret: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """What people call the field, and the words of its code values."""
    told = {"title": field.metadata.get("label"), "x-words": field.metadata.get("words")}
    return {name: value for name, value in told.items() if value}


def describe(service: str, operation: Operation) -> dict[str, Any]:
    """The operation object of one operation."""
    described: dict[str, Any] = {
        "operationId": f"{service}_{operation.name}",
        "summary": operation.summary,
        "x-service": service,
        "x-operation": operation.name,
        "x-permission": operation.permission,
        "parameters": _parameters(operation),
        "responses": _responses(operation),
    }
    if operation.permission == PUBLIC:
        described["security"] = []
    if (content := _body(service, operation)) is not None:
        described["requestBody"] = content
    return described


def _parameters(operation: Operation) -> list[Any]:
    fields = operation.args().fields
    found: list[Any] = [{"in": "path", "schema": operation.args(only=operation.path_fields)}] if operation.path_fields else []
    if operation.method in ("GET", "DELETE") and len(fields) > len(operation.path_fields):
        found.append({"in": "query", "schema": operation.args(exclude=operation.path_fields)})
    if operation.is_list:
        found.append("xlsx")
    if operation.is_command and operation.status == 201:
        found.append("idempotency_key")
    return found


def _body(service: str, operation: Operation) -> dict[str, Any] | None:
    left = [name for name, field in operation.args().fields.items() if name not in operation.path_fields and not field.dump_only]
    if operation.method in ("GET", "DELETE") or (not left and operation.name != "upload_file"):
        return None
    schema: Any = operation.args
    if operation.path_fields:
        schema = operation.args(exclude=operation.path_fields)
        schema.name_in_description = "".join(w.capitalize() for w in [service, *operation.name.split("_"), "body"])
    if (service, operation.name) == ("gateway", "upload_file"):
        names = {"file": {"type": "string", "format": "binary"}, "id": _UUID, "enterprise_id": _UUID}
        return {
            "required": True,
            "content": {"multipart/form-data": {"schema": {"type": "object", "required": ["file"], "properties": names}}},
        }
    required = any(operation.args().fields[name].required for name in left)
    return {"required": required, "content": {FORMS.get(operation.name, "application/json"): {"schema": schema}}}


_UUID = {"type": "string", "format": "uuid"}
_BINARY = {"schema": {"type": "string", "format": "binary"}}


def _responses(operation: Operation) -> dict[str, Any]:
    content: dict[str, Any] = {"application/json": {"schema": operation.answer}}
    if is_file(operation):
        content = {"application/octet-stream": _BINARY, "application/pdf": _BINARY, XLSX: _BINARY}
    if operation.name == "get_file":
        content = {
            kind.content_type: _BINARY
            for kind in (kinds.JPEG, kinds.PNG, kinds.PDF, kinds.MP4, kinds.DOC, kinds.XLS, kinds.DOCX, kinds.XLSX)
        }
    if operation.is_list:
        content[XLSX] = _BINARY
    errors = {str(status): f"ERROR_{status}" for status in ERRORS if operation.permission != PUBLIC or status not in (403,)}
    return {str(operation.status): {"description": "成功", "content": content}, **errors, "default": "ERROR"}


def describe_stream() -> dict[str, Any]:
    """Live updates come from a process of their own, under the same address."""
    shown = {
        "schema": {
            "type": "string",
            "description": "Server-Sent Events：event 为变化的种类，data 为 {type, subject, enterprise_id, region}",
        }
    }
    header = {"in": "header", "name": "Last-Event-ID", "description": "断线前收到的最后一个编号", "schema": {"type": "string"}}
    return {
        "operationId": "gateway_stream_events",
        "summary": "实时更新",
        "x-service": "gateway",
        "x-operation": "stream_events",
        "x-permission": SIGNED_IN,
        "x-process": "stream",
        "parameters": [header],
        "responses": {
            "200": {"description": "持续的事件流", "content": {"text/event-stream": shown}},
            "401": "ERROR_401",
            "default": "ERROR",
        },
    }


def complete(spec: Any) -> None:
    """What all operations share: errors, parameters, ways to prove who one is."""
    spec.components.schema("Error", schema=Error)
    shape = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    for status, text in ERRORS.items():
        spec.components.response(f"ERROR_{status}", {"description": text, "content": shape})
    spec.components.response("ERROR", {"description": "其他错误", "content": shape})
    spec.components.parameter(
        "xlsx",
        "query",
        {"name": "format", "description": "xlsx 导出为 Excel", "schema": {"type": "string", "enum": ["json", "xlsx"]}},
    )
    key = {"name": "Idempotency-Key", "description": "幂等键，同一键重复提交返回第一次的结果"}
    spec.components.parameter("idempotency_key", "header", key | {"schema": {"type": "string", "minLength": 8, "maxLength": 100}})
    spec.components.security_scheme("token", {"type": "http", "scheme": "bearer", "description": "会话令牌或接入系统的访问令牌"})
    spec.components.security_scheme(
        "cookie", {"type": "apiKey", "in": "cookie", "name": "session", "description": "写操作须带 X-CSRF-Token"}
    )
    flow = {"clientCredentials": {"tokenUrl": f"{PREFIX}/oauth/token", "scopes": {}}}
    spec.components.security_scheme("oauth2", {"type": "oauth2", "flows": flow})
    spec.options["security"] = [{"token": []}, {"cookie": []}, {"oauth2": []}]
