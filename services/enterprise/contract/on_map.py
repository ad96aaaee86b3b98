"""What lies in the part of the map that somebody sees: one by one while that are few, else gathered by a grid.

Whoever keeps things with a place declares an operation with ``MapArgs`` and ``map_of``, and answers it by ``seen``.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from marshmallow import ValidationError, fields, validate

from services.kernel.work import Work
from services.language.fields import identifier, number_of, optional_identifier, optional_text, shown, word
from services.language.schema import Schema

MOST = 200  # As many as can be told apart on a map and read in the list beside it.
GRID = (16, 10)
WIDEST = 3.0  # Degrees: a county with its surroundings.  Of more than that the figures of its parts tell.
_DEGREE = r"\d{1,3}(\.\d{1,6})?"
_FOUR = re.compile(rf"^{_DEGREE}(,{_DEGREE}){{3}}\Z")
_IS_FOUR = validate.Regexp(_FOUR, error="应为西、南、东、北四个经纬度，以逗号相隔")


class Box(NamedTuple):
    west: float
    south: float
    east: float
    north: float

    @classmethod
    def of(cls, text: str) -> "Box":
        return cls(*map(float, text.split(",")))


def _is_box(text: str) -> None:
    if not _FOUR.match(text):
        return  # That has been said.
    box = Box.of(text)
    if not (0 < box.east - box.west <= WIDEST and 0 < box.north - box.south <= WIDEST):
        raise ValidationError(f"应自西向东、自南向北，每边不超过{WIDEST:.0f}度")


class MapArgs(Schema):
    """``box`` is the part of the map that is seen; places and industries include what lies below them."""

    box = fields.String(required=True, validate=[_IS_FOUR, _is_box], metadata={"label": "地图范围（西,南,东,北）"})
    region = optional_text("地区代码", 12)
    industry = optional_text("行业代码", 8)
    enterprise_id = optional_identifier("企业")


class Cluster(Schema):
    """Several that lie close together: where their middle is, and the gravest kind among them."""

    longitude = fields.Float(metadata={"label": "经度"})
    latitude = fields.Float(metadata={"label": "纬度"})
    count = number_of("数量")
    kind = shown("其中最重的类别")


@cache
def map_of(name: str, kinds: tuple[tuple[str, str], ...], label: str) -> type[Schema]:
    """The answer of a map whose points are told apart by these codes and words."""
    point = {
        "id": identifier("编号"),
        "enterprise_id": identifier("企业编号"),
        "region": shown("所在地区"),
        "industry": shown("行业类别", allow_none=True),
        "name": shown("名称"),
        "note": shown("说明", allow_none=True),
        "kind": word(dict(kinds), label),
        "longitude": fields.Float(metadata={"label": "经度"}),
        "latitude": fields.Float(metadata={"label": "纬度"}),
    }
    points = _named(f"{name}Point", point)
    return _named(name, {
        "count": number_of("范围内数量"),
        "points": fields.List(fields.Nested(points), metadata={"label": "逐个显示的"}),
        "clusters": fields.List(fields.Nested(Cluster), metadata={"label": "聚合显示的"}),
    })  # fmt: skip


def _named(name: str, declared: dict[str, Any]) -> type[Schema]:
    return type(name, (Schema,), {**declared, "name_in_description": name})


@dataclass(frozen=True)
class Layer:
    """What a service shows on the map: the columns that tell of one point, and its kinds, the gravest first."""

    columns: Mapping[str, sa.ColumnElement[Any]]
    kinds: Sequence[str]

    def seen(self, work: Work, source: sa.FromClause, conditions: Sequence[sa.ColumnElement[bool]], box: str) -> dict[str, Any]:
        """All that these conditions let through within the box; the work grows with what lies there, the answer does not."""
        part, of = Box.of(box), self.columns
        inside = [of["longitude"].between(part.west, part.east), of["latitude"].between(part.south, part.north)]
        points = sa.select(*(column.label(name) for name, column in of.items())).select_from(source).where(*conditions)
        few = work.session.execute(points.where(*inside).limit(MOST + 1)).mappings().all()
        if len(few) <= MOST:
            return {"count": len(few), "points": sorted(map(dict, few), key=self._rank), "clusters": []}
        cells = work.session.execute(self._cells(part).select_from(source).where(*conditions, *inside)).mappings().all()
        alone = [cell["one"] for cell in cells if cell["count"] == 1]
        left = work.session.execute(points.where(of["id"].in_(alone))).mappings().all()
        clusters = [dict(cell) | {"kind": self.kinds[cell["gravest"]]} for cell in cells if cell["count"] > 1]
        total = sum(cell["count"] for cell in cells)
        return {"count": total, "points": sorted(map(dict, left), key=self._rank), "clusters": clusters}

    def _rank(self, point: Mapping[str, Any]) -> tuple[int, str]:
        return list(self.kinds).index(point["kind"]), str(point["id"])

    def _cells(self, box: Box) -> sa.Select[Any]:
        of = self.columns
        longitude, latitude = (sa.cast(of[name], sa.Float) for name in ("longitude", "latitude"))
        at = [sa.func.floor((longitude - box.west) / (box.east - box.west) * GRID[0]),
              sa.func.floor((latitude - box.south) / (box.north - box.south) * GRID[1])]  # fmt: skip
        gravest = sa.func.min(sa.case({kind: place for place, kind in enumerate(self.kinds)}, value=of["kind"]))
        middle = sa.func.avg(longitude).label("longitude"), sa.func.avg(latitude).label("latitude")
        one = sa.func.min(sa.cast(of["id"], sa.Text)).label("one")
        return sa.select(sa.func.count().label("count"), *middle, gravest.label("gravest"), one).group_by(*at).order_by(*at)
