"""Points become rows, as reading would make the very same points of them again; nothing here touches a database."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from services.risk.contract.vocabulary import ACCIDENT_STANDARDS, OBJECT_TYPES
from services.risk.domain.assessment import multiplied
from services.risk.sheets.columns import COLUMNS
from services.sheets.book import Cell

Row = list[Cell]
_BREAK = re.compile(r"\s*\n\s*")


@dataclass(frozen=True)
class Names:
    """What the sheet writes for the ids and codes of a point."""

    units: Mapping[str, str]
    categories: Mapping[str, str]
    accidents: Mapping[str, Mapping[str, str]]  # By standard.


def rows_of(point: Any, names: Names) -> list[Row]:
    """A row for each factor of an assessed point; the first one tells of the point, the others only which it is."""
    told = _of_point(point, names)
    identity = {name: told[name] for name in ("unit", "name")}
    factors = _of_factors(point.factors)
    rows = [(identity if number else told) | factor for number, factor in enumerate(factors)]
    return [[row.get(column.field, "") for column in COLUMNS] for row in rows]


def _of_point(point: Any, names: Names) -> dict[str, Cell]:
    known = names.accidents[point.accident_standard]
    made = point.assessment
    told: dict[str, Cell] = {
        "unit": names.units[point.unit_id],
        "name": _text(point.name),
        "category": names.categories.get(point.category_id, ""),
        "object_type": OBJECT_TYPES[point.object_type],
        "place": _text(point.place),
        "accident_standard": ACCIDENT_STANDARDS[point.accident_standard],
        "accident_types": "；".join(known.get(code, code) for code in point.accident_types),
        "method": made["method"],
        "direct_rule": made["direct_rule"] or "",
        "check_items": "\n".join(_item(item) for item in point.check_items),
        "responsible_person": _text(point.responsible_person),
        "responsible_phone": _text(point.responsible_phone),
    }
    return told | {f"parameters.{name}": value for name, value in multiplied(made["method"], made["parameters"]).items()}


def _of_factors(factors: Iterable[Mapping[str, Any]]) -> list[dict[str, Cell]]:
    """The same factor twice is one with the measures of both, as it would be after reading (R36)."""
    found: dict[tuple[str, str], dict[str, dict[str, None]]] = {}
    for factor in factors:
        measures = found.setdefault((_text(factor["code"]), _text(factor["description"])), {})
        for measure in factor["measures"]:
            measures.setdefault(f"measures.{measure['kind']}", {})[_part(measure["text"])] = None
    return [
        {"factor_code": code, "factor": text, **{name: "\n".join(texts) for name, texts in measures.items()}}
        for (code, text), measures in found.items()
    ]


def _text(text: str | None) -> str:
    return ILLEGAL_CHARACTERS_RE.sub("", text or "").replace("\r\n", "\n").strip()


def _line(text: str | None) -> str:
    """In a cell of several values a line is a value."""
    return _BREAK.sub(" ", _text(text))


def _part(text: str) -> str:
    """A semicolon parts values too."""
    return re.sub("[;；]", "，", _line(text))


def _item(item: Mapping[str, Any]) -> str:
    """A check item; the first bar parts it from its standard."""
    parts: Sequence[str] = [re.sub("[|｜]", "/", _line(item["item"])), _line(item["standard"]).replace("｜", "|")]
    return "|".join(part for part in parts if part)
