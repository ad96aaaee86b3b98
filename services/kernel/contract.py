"""What a service's published language consists of: operations, event types and permissions; and how arguments are checked.

A service's ``contract`` lists ``OPERATIONS`` and ``EVENTS``; gateway, documentation, permission list and dispatcher all
follow from them.  Their schemas are written in ``services.language``, of which the kernel knows nothing.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import marshmallow as ma
from marshmallow import fields

from services.kernel.errors import Invalid

_UNKEEPABLE = re.compile("[\0\ud800-\udfff]")


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
            yield from list(_unkeepable(key, path)) or _unkeepable(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _unkeepable(inner, f"{path}.{place}")


def _flatten(messages: Any, path: str = "") -> list[tuple[str, str]]:
    if isinstance(messages, Mapping):
        return [pair for key, value in messages.items() for pair in _flatten(value, f"{path}.{key}" if path else str(key))]
    return [(path, "；".join(map(str, messages)) if isinstance(messages, list) else str(messages))]


SchemaClass = type[ma.Schema]


@cache
def made(schema: SchemaClass, is_tolerant: bool = False) -> ma.Schema:
    """The one instance of a schema for all calls: using it leaves nothing in it, and making it costs more than using it."""
    return schema(unknown=ma.EXCLUDE) if is_tolerant else schema()


@dataclass(frozen=True)
class Permission:
    """A right that guards operations: its code, its Chinese name, and the standard roles that hold it at first."""

    code: str
    label: str
    roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Operation:
    """One thing a caller may ask: ``name`` is the RPC method, ``route`` the REST method and path below ``/api/v1``.

    Without a path it is asked over the bus alone, and each service that takes its handler answers it.
    """

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
        return self.route.partition(" ")[0]

    @property
    def path(self) -> str:
        return self.route.partition(" ")[2]

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
    fact: SchemaClass = ma.Schema

    def load(self, data: dict[str, Any]) -> dict[str, Any]:
        """Tolerant reading: fields that a newer version added are passed over."""
        return {
            "state": made(self.state, is_tolerant=True).load(data["state"]),
            "fact": made(self.fact, is_tolerant=True).load(data.get("fact", {})),
        }
