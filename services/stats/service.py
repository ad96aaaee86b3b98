"""The stats service: its contract, its handlers, its reactions and its job."""

from services import trail
from services.kernel.service import Service
from services.stats import commands, contract, jobs, queries, reactions

SERVICE = Service(
    "stats",
    contract,
    [commands, queries, reactions, jobs, trail],
    unique={"region_grade_level": ("region_grade.busy", "其他人正在设定该级分级，请刷新后重试")},
)
