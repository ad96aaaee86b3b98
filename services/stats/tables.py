"""Contributions, what was counted of them, and the rollups (made by ``migrations``)."""

from functools import partial

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB, UUID
from sqlalchemy.orm import registry

from services.enterprise.contract.reference import enterprise_ref as _enterprise_ref
from services.kernel.tables import table
from services.stats.domain.buckets import MEASURES
from services.stats.domain.region_grade import RegionGrade

metadata = sa.MetaData()
ID, MOMENT, DAY, TEXT, NUMBER, LARGE, FLAG = (
    UUID(as_uuid=False), sa.DateTime(timezone=True), sa.Date(), sa.Text(), sa.Integer(), sa.BigInteger(), sa.Boolean(),
)  # fmt: skip
_PLACE = {"enterprise_id": ID, "region": TEXT, "industry": TEXT}
_MEASURES = dict.fromkeys(MEASURES, LARGE)
_BUCKET = {"grain": TEXT, "start": DAY}


_table = partial(table, metadata)
enterprise_ref = _enterprise_ref(metadata)
# Written by reactions alone: the newest state of each aggregate, where enterprises stood, what lists hold.
contribution = _table(
    "contribution", "id kind", id=ID, kind=TEXT, **_PLACE, version=LARGE, day=DAY, unit_id=ID, point_id=ID, facts=JSONB()
)
enterprise_place = _table("enterprise_place", "enterprise_id on_day", **_PLACE, on_day=DAY, version=NUMBER)
list_line = _table("list_line", "list_id point_id", list_id=ID, point_id=ID, **_PLACE, unit_id=ID, level=TEXT)
org_unit_ref = _table("org_unit_ref", "id", id=ID, **_PLACE, version=NUMBER, name=TEXT, tier=TEXT, is_active=FLAG)
# Added to by everybody, emptied by the fold: what is to be counted anew.
pending = _table("pending", "position", position=sa.BigInteger(), kind=TEXT, id=ID, since=DAY)
# Written by the fold alone.
counted = _table("counted", "id kind", id=ID, kind=TEXT, **_PLACE, point_id=ID, image=JSONB())
presence = _table("presence", "enterprise_id", **_PLACE, seen_at=MOMENT, counts=FLAG)
mark = _table(
    "mark", "grain start enterprise_id unit_id point_id region industry", **_BUCKET, **_PLACE, unit_id=ID, point_id=ID,
    due=NUMBER, covered=NUMBER,
)  # fmt: skip
enterprise_figure = _table(
    "enterprise_figure", "grain start enterprise_id unit_id region industry", **_BUCKET, **_PLACE, unit_id=ID, **_MEASURES
)
region_figure = _table("region_figure", "grain start region industry", **_BUCKET, region=TEXT, industry=TEXT, **_MEASURES)
region_grade = _table("region_grade", "id", id=ID, level=TEXT, region=TEXT, thresholds=JSONB(), effective_at=MOMENT, version=NUMBER)
region_grade_history = _table(
    "region_grade_history", "id", id=ID, level=TEXT, region=TEXT, thresholds=JSONB(), effective_at=MOMENT, version=NUMBER,
    reason=TEXT, set_by_name=TEXT,
)  # fmt: skip

registry(metadata=metadata).map_imperatively(RegionGrade, region_grade)
