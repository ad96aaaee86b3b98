"""The kit in which every service writes its published language: schemas, operations and event types.

A service's ``contract`` lists ``OPERATIONS`` and ``EVENTS``; gateway, documentation, permission list and
dispatcher all follow from them.  An operation without a permission cannot be built.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import marshmallow as ma
from marshmallow import fields, validate

from services.kernel.errors import Invalid

_UNKEEPABLE = re.compile("[\0\ud800-\udfff]")
_MESSAGES: dict[type[fields.Field[Any]], dict[str, str]] = {
    fields.Field: {"required": "必填", "null": "不能为空", "validator_failed": "内容不符合要求"},
    fields.String: {"invalid": "应为文字", "invalid_utf8": "应为文字"},
    fields.Integer: {"invalid": "应为整数", "too_large": "数字过大"},
    fields.Decimal: {"invalid": "应为数字", "special": "应为数字", "too_large": "数字过大"},
    fields.Float: {"invalid": "应为数字", "special": "应为数字", "too_large": "数字过大"},
    fields.Boolean: {"invalid": "应为是或否"},
    fields.DateTime: {"invalid": "应为时间，如 2026-01-31T08:00:00+08:00", "format": "应为时间"},
    fields.Date: {"invalid": "应为日期，如 2026-01-31", "format": "应为日期"},
    fields.UUID: {"invalid_uuid": "编号格式不正确"},
    fields.List: {"invalid": "应为列表"},
    fields.Nested: {"type": "应为一组字段"},
    fields.Dict: {"invalid": "应为一组字段"},
    fields.Mapping: {"invalid": "应为一组字段"},
}
for _kind, _texts in _MESSAGES.items():
    _kind.default_error_messages = {**_kind.default_error_messages, **_texts}
validate.Length.message_min, validate.Length.message_max = "至少{min}个字", "最多{max}个字"
validate.Length.message_all, validate.Length.message_equal = "应为{min}至{max}个字", "应为{equal}个字"
validate.Range.message_min, validate.Range.message_max = "应{min_op}{{min}}", "应{max_op}{{max}}"
validate.Range.message_all = "应{min_op}{{min}}，且{max_op}{{max}}"
validate.Range.message_gte, validate.Range.message_gt = "不小于", "大于"
validate.Range.message_lte, validate.Range.message_lt = "不大于", "小于"
validate.OneOf.default_message, validate.Regexp.default_message = "不在可选范围内", "格式不正确"
validate.ContainsOnly.default_message = "有不在可选范围内的值"


class Schema(ma.Schema):
    """Refuses unknown fields and answers in Chinese; a field's ``metadata={"label": "整改期限"}`` names it to people."""

    class Meta:
        unknown = ma.RAISE

    error_messages = {"unknown": "没有这个字段", "type": "应为一组字段"}


def label(schema: ma.Schema, path: str) -> str:
    """The Chinese name of a (nested) field."""
    name, _, rest = path.partition(".")
    field = schema.fields.get(name)
    if field is None:
        return path
    inner = getattr(field, "inner", field)
    if rest and isinstance(inner, fields.Nested):
        return label(inner.schema, re.sub(r"^\d+\.", "", rest))
    return str(field.metadata.get("label", name))


def load(schema: ma.Schema, data: Any) -> dict[str, Any]:
    """The checked arguments; one Invalid that names every wrong field otherwise."""
    details = dict(_unkeepable(data))
    if not details:
        try:
            return dict(schema.load(data))
        except ma.ValidationError as error:
            details = dict(_flatten(error.normalized_messages()))
    path, reason = next(iter(details.items()))
    name = label(schema, path) if path != "_schema" else "请求"
    more = f"（共{len(details)}处）" if len(details) > 1 else ""
    raise Invalid("args.invalid", f"「{name}」{reason}{more}", **details)


def _unkeepable(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Texts and names that no database keeps: with NUL in them, or not to be written in UTF-8."""
    if isinstance(value, str) and _UNKEEPABLE.search(value):
        yield path or "_schema", "含有不允许的字符"
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _unkeepable(key, path)
            yield from _unkeepable(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _unkeepable(inner, f"{path}.{place}")


def _flatten(messages: Any, path: str = "") -> list[tuple[str, str]]:
    if isinstance(messages, Mapping):
        return [pair for key, value in messages.items() for pair in _flatten(value, f"{path}.{key}" if path else str(key))]
    return [(path, "；".join(map(str, messages)) if isinstance(messages, list) else str(messages))]


SchemaClass = type[ma.Schema]


@dataclass(frozen=True)
class Permission:
    """A right that guards operations: its code, its Chinese name, and the standard roles that hold it at first."""

    code: str
    label: str
    roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Operation:
    """One thing a caller may ask: ``name`` is the RPC method, ``route`` the REST method and path below ``/api/v1``."""

    name: str
    route: str
    permission: str
    args: type[ma.Schema]
    answer: type[ma.Schema]
    summary: str
    is_list: bool = False
    status: int = 200

    def __post_init__(self) -> None:
        if not self.permission:
            raise ValueError(f"operation {self.name} declares no permission")

    @property
    def method(self) -> str:
        return self.route.split(" ")[0]

    @property
    def path(self) -> str:
        return self.route.split(" ")[1]

    @property
    def path_fields(self) -> list[str]:
        return re.findall(r"{(\w+)}", self.path)

    @property
    def is_command(self) -> bool:
        return self.method != "GET"


@dataclass(frozen=True)
class EventType:
    """One kind of announcement: who makes it, under which name, and what its ``state`` and ``fact`` hold."""

    service: str
    type: str
    state: SchemaClass
    fact: SchemaClass = Schema

    def load(self, data: dict[str, Any]) -> dict[str, Any]:
        """Tolerant reading: fields that a newer version added are passed over."""
        return {
            "state": self.state(unknown=ma.EXCLUDE).load(data["state"]),
            "fact": self.fact(unknown=ma.EXCLUDE).load(data.get("fact", {})),
        }


class PageArgs(Schema):
    """What every list takes."""

    limit = fields.Integer(load_default=20, validate=validate.Range(1, 200), metadata={"label": "每页条数"})
    cursor = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=500), metadata={"label": "页标"})
    sort = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=40), metadata={"label": "排序"})
    q = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=100), metadata={"label": "关键字"})


@cache
def page_of(item: type[ma.Schema]) -> type[ma.Schema]:
    """The answer of a list: items and, while there are more, the cursor of the next page; one schema an item."""
    name = item.__name__.removesuffix("Schema") + "Page"
    return type(name, (Schema,), {"items": fields.List(fields.Nested(item)), "next_cursor": fields.String(allow_none=True)})


class Empty(Schema):
    """Nothing."""
