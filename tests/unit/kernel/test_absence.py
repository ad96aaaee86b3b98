"""What does not exist is named as its table is."""

from dataclasses import dataclass

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import registry

from services.kernel.work import absent

TABLES = sa.MetaData()


@dataclass(eq=False)
class Meter:
    id: str


@dataclass(eq=False)
class MeterReading:
    id: str


for kind, name in ((Meter, "meter"), (MeterReading, "meter_reading")):
    registry().map_imperatively(kind, sa.Table(name, TABLES, sa.Column("id", sa.Text, primary_key=True)))


@pytest.mark.parametrize(("kind", "code"), [(Meter, "meter.not_found"), (MeterReading, "meter_reading.not_found")])
def test_the_code_of_what_is_absent_is_its_tables_name(kind: type, code: str) -> None:
    refusal = absent(kind, "读数")

    assert (refusal.code, refusal.message, refusal.details) == (code, "没有找到该读数", {})
