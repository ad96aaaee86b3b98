"""Risk points: copied from the library, written by hand, imported; assessed and published."""

import base64
import io
from datetime import timedelta
from typing import Any

from openpyxl import load_workbook

from deploy.demo.enterprises import Enterprise
from deploy.demo.material import fitting, table
from deploy.demo.people import People
from deploy.demo.stage import Stage
from services.kernel.caller import Caller

IMPORTER = "cbs"  # The cement works fills in the spreadsheet.
QUOTAS = {
    "small": {"red": 1, "orange": 1, "yellow": 1, "blue": 1},
    "middle": {"red": 1, "orange": 1, "yellow": 2, "blue": 1},
    "big": {"red": 2, "orange": 3, "yellow": 2, "blue": 1},
}
HANDMADE = {"small": 1, "middle": 2, "big": 3}
SUPPLEMENTS = ("TZ", "QT")  # Libraries that fit everybody: special equipment, and work that every trade knows.


class Risks:
    """What an enterprise finds out before its first list."""

    def __init__(self, stage: Stage, people: People) -> None:
        self._stage, self._people = stage, people
        self._library: dict[str, list[dict[str, Any]]] = {}

    def identify(self, enterprise: Enterprise) -> None:
        """Find the points and assess them; the safety manager publishes what is fit."""
        author = self._people.caller(enterprise.person("list_author"))
        unit = enterprise.units["workshop"][0]
        if enterprise.row["key"] == IMPORTER:
            self._import(author, unit)
        else:
            self._copy(author, enterprise, unit)
        for entry in fitting(table("points")["point"], enterprise.industry)[: HANDMADE[enterprise.row["size"]]]:
            self._write(author, enterprise, unit, entry)
        manager = self._people.caller(enterprise.person("safety_manager"))
        for point in self._points(enterprise, "assessed"):
            self._publish(manager, enterprise, point)

    def _copy(self, author: Caller, enterprise: Enterprise, unit: dict[str, Any]) -> None:
        chosen = self._chosen(author, enterprise)
        copied = self._stage.call(author, "copy_from_library", unit_id=unit["id"], codes=[row["code"] for row in chosen])
        for point_id, row in zip(copied["ids"], chosen, strict=True):
            told = {name: row["assessment"][name] for name in "LEC"}
            self._stage.call(
                author, "assess_risk_point", risk_point_id=point_id, method="LEC", parameters=told,
                direct_rule=row["direct_major_rule"], reason="按本单位现场实际逐项取值，与风险库参考值一致",
            )  # fmt: skip

    def _chosen(self, author: Caller, enterprise: Enterprise) -> list[dict[str, Any]]:
        """Rows of its own industry first, then of what every trade has, as many of each level as its size asks for."""
        pool = [row for code in (enterprise.industry, *SUPPLEMENTS) for row in self._rows(author, code)]
        chosen: list[dict[str, Any]] = []
        for level, wanted in QUOTAS[enterprise.row["size"]].items():
            chosen += [row for row in pool if row["level"] == level and row["assessment"]["method"] == "LEC"][:wanted]
        return chosen

    def _rows(self, author: Caller, industry: str) -> list[dict[str, Any]]:
        if industry not in self._library:
            found = self._stage.every(author, "list_risk_library", industry=industry)
            self._library[industry] = [row for row in found if row["industry_code"] == industry]
        return self._library[industry]

    def _write(self, author: Caller, enterprise: Enterprise, unit: dict[str, Any], entry: dict[str, Any]) -> None:
        measures = [dict(zip(("kind", "text"), text.split(": ", 1), strict=True)) for text in entry["measures"]]
        assessment = {name: entry[name] for name in ("method", "parameters", "direct_rule", "reason") if name in entry}
        content = {name: entry[name] for name in ("name", "object_type", "place", "accident_types")}
        self._stage.call(
            author, "create_risk_point", unit_id=unit["id"], assessment=assessment, responsible_person=unit["leader"],
            responsible_phone=self._people.mobile(), factors=[factor | {"measures": measures} for factor in entry["factors"]],
            check_items=[{"item": item} for item in entry["items"]], longitude=float(enterprise.row["lng"]),
            latitude=float(enterprise.row["lat"]), **content,
        )  # fmt: skip

    def _import(self, author: Caller, unit: dict[str, Any]) -> None:
        """Fill in the template that the platform gives out, as a clerk would in a spreadsheet."""
        template = self._stage.call(author, "get_import_template")
        book = load_workbook(io.BytesIO(base64.b64decode(template["content_base64"])))
        sheet = book.worksheets[0]
        header = next(r for r in range(1, 10) if sheet.cell(r, 1).value and "所属单元" in str(sheet.cell(r, 1).value))
        columns = {str(cell.value).strip(" *＊"): cell.column for cell in sheet[header] if cell.value}
        for offset, row in enumerate(table("imported")["row"], start=sheet.max_row + 1):
            for heading, value in (row | {"所属单元": unit["name"]}).items():
                column = next(number for name, number in columns.items() if name.startswith(heading))
                sheet.cell(offset, column).value = value
        out = io.BytesIO()
        book.save(out)
        content = base64.b64encode(out.getvalue()).decode()
        done = self._stage.call(author, "import_risk_points", content_base64=content, file_name="风险点清单.xlsx")
        if not done["is_imported"]:
            raise ValueError(f"the spreadsheet has errors: {done['errors']}")

    def _points(self, enterprise: Enterprise, status: str) -> list[dict[str, Any]]:
        manager = self._people.caller(enterprise.person("safety_manager"))
        return self._stage.every(manager, "list_risk_points", enterprise_id=enterprise.id, status=status)

    def _publish(self, manager: Caller, enterprise: Enterprise, point: dict[str, Any]) -> None:
        point = self._stage.call(manager, "publish_risk_point", risk_point_id=point["id"])
        if point["level"] in ("red", "orange"):
            chance = self._stage.chance
            self._stage.call(
                manager, "set_control_plan", risk_point_id=point["id"], goal=f"确保{point['name']}风险可控，不发生事故",
                measures="；".join(dict.fromkeys(m["text"] for f in point["factors"] for m in f["measures"]))[:1900],
                funds=f"年度安全费用列支{chance.randint(2, 40)}万元", person=enterprise.person("safety_director", "principal").name,
                emergency="按专项应急预案和现场处置方案执行", review_on=self._stage.today + timedelta(days=180),
            )  # fmt: skip
