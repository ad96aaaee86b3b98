"""Rows of a sheet become points: units, categories and codes by name, the rules of section 3, and no name twice (R27, R36)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from services.kernel import ids
from services.kernel.errors import Refusal
from services.kernel.event import Fact
from services.kernel.work import Work
from services.risk import codes, sheet_names
from services.risk.domain.assessment import Assessor
from services.risk.domain.levels import Level
from services.risk.domain.measures import shortcomings
from services.risk.domain.risk_point import RiskPoint, Status
from services.risk.sheet_names import Units
from services.risk.sheets.reading import Identity, Read, same_assessment
from services.risk.sheets.writing import rows_of
from services.risk.tables import risk_point

Row = tuple[int, Mapping[str, Any]]
POINT, UNIT = "风险点名称", "所属单元"


@dataclass
class Made:
    """One point made of its rows, not yet kept."""

    point: RiskPoint
    fact: Fact
    rows: list[int]


@dataclass
class Found:
    """The points of a sheet that are new, and how many of the others stand in the library just so."""

    made: list[Made] = field(default_factory=list)
    unchanged: int = 0


def points_of(work: Work, read: Read, owner: Mapping[str, Any], assessor: Assessor) -> Found:
    """A point for each identity whose rows are all right; what is wrong is added to the errors."""
    groups: dict[Identity, list[Row]] = defaultdict(list)
    for row in read.rows:
        groups[read.identities[row[0]]].append(row)
    wrong = {read.identities[error.row] for error in read.errors}
    maker = _Maker(work, read, owner, assessor)
    made = [maker.make(rows) for identity, rows in groups.items() if identity not in wrong]
    return maker.sorted_out([each for each in made if each is not None])


class _Maker:
    def __init__(self, work: Work, read: Read, owner: Mapping[str, Any], assessor: Assessor) -> None:
        self._work, self._read, self._owner, self._assessor = work, read, owner, assessor
        self._units = Units.of(work, owner["enterprise_id"])
        self._names = sheet_names.names(work, owner["enterprise_id"], self._units)
        self._categories = {name: category_id for category_id, name in self._names.categories.items()}
        self._factors = codes.names(work, "hazard_factors")
        # By name and by code: a cell may hold either.
        self._accidents = {
            standard: {n: c for c, n in of.items()} | {c: c for c in of} for standard, of in self._names.accidents.items()
        }

    def make(self, rows: list[Row]) -> Made | None:
        """The point that rows of one identity tell of; None when something about them is wrong."""
        before = len(self._read.errors)
        number, first = rows[0]
        unit_id = self._unit(number, first["unit"])
        content = self._content(number, first) | {"factors": self._joined(rows), "unit_id": unit_id}
        self._agree(rows)
        if len(self._read.errors) > before:
            return None
        return self._assessed(rows, content)

    def _unit(self, number: int, name: str) -> str:
        found = self._units.named(name)
        if len(found) != 1:
            text = "有多个同名单元，请写全路径" if found else "没有该单元，或不在您的权限范围内"
            self._read.wrong(number, UNIT, f"{text}：{name}")
        return found[0] if found else ""

    def _content(self, number: int, row: Mapping[str, Any]) -> dict[str, Any]:
        category = self._categories.get(row["category"]) if row["category"] else None
        if row["category"] and category is None:
            self._read.wrong(number, "分类", f"没有该分类：{row['category']}")
        same = ("accident_standard", "check_items", "responsible_person", "responsible_phone")
        return {name: row[name] for name in same} | {"category_id": category, "accident_types": self._kinds(number, row)}

    def _kinds(self, number: int, row: Mapping[str, Any]) -> list[str]:
        known = self._accidents[row["accident_standard"]]
        found = [known.get(kind, "") for kind in row["accident_types"]]
        if unknown := [kind for kind, code in zip(row["accident_types"], found, strict=True) if not code]:
            self._read.wrong(number, "事故类型", f"不在目录中：{'、'.join(unknown)}")
        return list(dict.fromkeys(found))

    def _joined(self, rows: Iterable[Row]) -> list[dict[str, Any]]:
        """The factors of all rows; the same factor twice is one with the measures of both."""
        found: dict[tuple[str, str], dict[str, Any]] = {}
        for number, row in rows:
            if row["factor_code"] not in self._factors:
                self._read.wrong(number, "危害因素代码", f"不在目录中：{row['factor_code']}")
            key = (row["factor_code"], row["factor"])
            factor = found.setdefault(key, {"code": row["factor_code"], "description": row["factor"], "measures": []})
            factor["measures"] += [measure for measure in row["measures"] if measure not in factor["measures"]]
        return list(found.values())

    def _agree(self, rows: list[Row]) -> None:
        """All rows of one point have to say the same of the point."""
        number, first = rows[0]
        for other, row in rows[1:]:
            if not same_assessment(first, row):
                self._read.wrong(other, "评价方法", f"与第{number}行是同一风险点，但评价不同（第{number}行、第{other}行）")
            for name, heading in (("object_type", "对象类型"), ("place", "位置")):
                if first[name] != row[name]:
                    self._read.wrong(other, heading, f"与第{number}行是同一风险点，但{heading}不同")

    def _assessed(self, rows: list[Row], content: dict[str, Any]) -> Made | None:
        number, row = rows[0]
        point = RiskPoint(
            id=ids.new_id(), **self._owner, number="", token="", unit_id=content["unit_id"], name=row["name"],
            object_type=row["object_type"], place=row["place"], created_at=self._work.now, source="import",
        )  # fmt: skip
        try:
            point.describe(content)
            point.identify()
            fact = point.assess(self._assessor, method=row["method"], parameters=row["parameters"], direct_rule=row["direct_rule"])
        except Refusal as refusal:
            self._read.wrong(number, "评价参数", refusal.message)
            return None
        if short := shortcomings(Level(str(point.level)), point.factors):
            self._read.wrong(number, "控制措施", "；".join(short))
            return None
        return Made(point, fact, [each for each, _ in rows])

    def sorted_out(self, made: list[Made]) -> Found:
        """What is in the library just so stays; another point of the name is an error, as are two names of one unit."""
        there, found, met = self._there([each.point.name for each in made]), Found(), set()
        for each in made:
            key = (each.point.unit_id, each.point.name)
            if key in met or (key in there and not self._is_same(there[key], each.point)):
                self._read.wrong(each.rows[0], POINT, "该单元下已有同名风险点")
            elif key in there:
                found.unchanged += 1
            else:
                found.made.append(each)
            met.add(key)
        return found

    def _there(self, names: list[str]) -> dict[tuple[str, str], RiskPoint]:
        """The points of these names that the library has, by unit and name."""
        of = risk_point.c
        query = sa.select(RiskPoint).where(of.enterprise_id == self._owner["enterprise_id"], of.status != Status.RETIRED)
        return {(point.unit_id, point.name): point for point in self._work.session.scalars(query.where(of.name.in_(names)))}

    def _is_same(self, one: RiskPoint, other: RiskPoint) -> bool:
        """Whether a sheet says the same of both."""
        return one.assessment is not None and rows_of(one, self._names) == rows_of(other, self._names)
