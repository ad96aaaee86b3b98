"""Arguments made from a schema: valid ones with as little as it takes, and every way of being wrong."""

import itertools
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import marshmallow as ma
from marshmallow import fields
from stdnum.cn import ric, uscc

from services.kernel import clock, ids

Resolve = Callable[[str], Any]  # A field's name to the value that fits it on the stage; None: no opinion.
_counter = itertools.count(1)


def a_credit_code() -> str:
    body = f"91520102{next(_counter):09d}"
    return body + str(uscc.calc_check_digit(body))


def an_identity_number() -> str:
    """A man's, of his own: one for each of a million calls."""
    days, order = divmod(next(_counter), 499)
    body = f"520102{date(1960, 1, 1) + timedelta(days=days):%Y%m%d}{2 * order + 1:03d}"
    return body + str(ric.calc_check_digit(body + "0"))


def candidates(field: fields.Field[Any], mark: str) -> list[Any]:
    """Values that a field of this kind may take, likely ones first."""
    today = clock.day_of(clock.now())
    moment = clock.now().isoformat()
    if isinstance(field, fields.UUID):
        return [ids.new_id()]
    if isinstance(field, fields.Boolean):
        return [True]
    if isinstance(field, fields.DateTime):
        return [moment, today.isoformat()]
    if isinstance(field, fields.Date):
        return [today.isoformat(), (today + timedelta(days=30)).isoformat()]
    if isinstance(field, fields.Time):
        return ["08:00:00"]
    if isinstance(field, fields.Number):
        return [1, 10, 100, "1.00", today.year, 106.7, 26.6, 0]
    texts = [f"{mark}{next(_counter)}", mark, f"role_{next(_counter)}", "520102", "13800138000", "085185551234"]
    texts += [
        a_credit_code(),
        an_identity_number(),
        "GM01",
        "3130",
        ids.new_id(),
        today.isoformat(),
        f"{today:%Y-%m}",
        str(today.year),
        moment,
    ]
    return [
        *texts,
        "08:00",
        f"a{next(_counter)}@example.com",
        "https://example.com/hook",
        "Xk7#mQ2$vLp9&tRw4",
        "A",
        "1",
        "a" * 22,
        "105,25,107,27",
    ]


def options(field: fields.Field[Any]) -> list[Any]:
    """The words that the field's own validators name."""
    words = [choice for validator in field.validators for choice in getattr(validator, "choices", ())]
    return words + [v.comparable for v in field.validators if isinstance(v, ma.validate.Equal)]


def value(field: fields.Field[Any], name: str, resolve: Resolve, mark: str) -> Any:
    """A valid value of one field."""
    known = resolve(name)
    if isinstance(field, fields.Nested):
        schema = field.schema
        one = minimal(schema, resolve, mark)
        return [one] if schema.many else one
    if isinstance(field, fields.Mapping):
        tries: list[Any] = [known, {}, _mapping(field, resolve, mark)]
    elif isinstance(field, fields.List):
        inner = value(field.inner, name.removesuffix("s"), resolve, mark)
        tries = [known, [], [inner]]
    else:
        tries = [known, *options(field), *candidates(field, mark)]
    for candidate in tries:
        if candidate is not None and _fits(field, candidate):
            return candidate
    raise LookupError(f"no value for {name} ({type(field).__name__})")


def _mapping(field: fields.Mapping, resolve: Resolve, mark: str) -> dict[Any, Any]:
    """One pair, of such keys and values as the field names."""
    key = value(field.key_field, "key", resolve, mark) if field.key_field else "key"
    return {key: value(field.value_field, "value", resolve, mark) if field.value_field else 1}


def _fits(field: fields.Field[Any], candidate: Any) -> bool:
    try:
        field.deserialize(candidate)
    except ma.ValidationError:
        return False
    return True


def minimal(schema: ma.Schema, resolve: Resolve, mark: str) -> dict[str, Any]:
    """Every required field, and no other."""
    wanted = {n: f for n, f in schema.fields.items() if f.required and not f.dump_only}
    return {field.data_key or name: value(field, name, resolve, mark) for name, field in wanted.items()}


def wrongs(schema: ma.Schema, right: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every way in which one field can be wrong, by name, and the arguments that are wrong that way."""
    for key, field in _given(schema):
        for label, wrong in _wrong_values(field):
            if not _fits(field, wrong):
                yield f"{key}: {label}", right | {key: wrong}
        if field.required:
            yield f"{key}: missing", {k: v for k, v in right.items() if k != key}
        if isinstance(field, fields.String) and not isinstance(field, fields.UUID):
            yield f"{key}: with NUL", right | {key: "文\0字"}
            yield f"{key}: huge", right | {key: "险" * (_longest(field) + 1)}
    yield "an unknown field", right | {"no_such_field": 1}


def extremes(schema: ma.Schema, right: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """All fields at once at the lower, and at the upper, ends of what they take; and past what a database holds."""
    ends = {key: [end for end in _ends(field) if _fits(field, end)] for key, field in _given(schema)}
    for place, name in ((0, "low"), (-1, "high")):
        yield name, right | {key: found[place] for key, found in ends.items() if found}


def _longest(field: fields.Field[Any]) -> int:
    """The length that the field's own validators allow; one that no text for people has, where they name none."""
    return max([100_000, *(v.max for v in field.validators if isinstance(v, ma.validate.Length) and v.max)])


def _given(schema: ma.Schema) -> list[tuple[str, fields.Field[Any]]]:
    return [(field.data_key or name, field) for name, field in schema.fields.items() if not field.dump_only]


def _wrong_values(field: fields.Field[Any]) -> list[tuple[str, Any]]:
    shapes = [("an object", {"a": 1}), ("an array", [{}]), ("a text", "不是"), ("a number", 3.5), ("null", None)]
    if isinstance(field, fields.Number):
        shapes += [("not finite", "NaN"), ("endless", "Infinity"), ("beyond a bigint", 10**30), ("a huge exponent", "1e400")]
    if isinstance(field, fields.Date | fields.DateTime):
        shapes += [("an impossible day", "2026-02-30"), ("year 0", "0000-01-01")]
    return shapes


def _ends(field: fields.Field[Any]) -> list[Any]:
    if isinstance(field, fields.DateTime) and not isinstance(field, fields.Date):
        return ["1800-01-01T00:00:00+14:00", "2200-12-31T23:59:59-12:00"]
    if isinstance(field, fields.Date):
        return ["1800-01-01", "2200-12-31"]
    if isinstance(field, fields.Number):
        return [-(2**31) + 1, -1, 0, 1, 2**31 - 1]
    if isinstance(field, fields.String) and not isinstance(field, fields.UUID):
        return ["\U0010ffff%_\\'"]
    return []
