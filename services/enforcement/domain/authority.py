"""Authorities (执法机关): a place and a sector.  They own officers, check tables and inspections, and number their documents.

A person's authority follows from his department: its place and the industries it answers for.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from services.kernel import region as places
from services.kernel.errors import Forbidden

PROVINCE = "贵州省"
COUNTY_DIGITS = 6


class Sector(StrEnum):
    EMERGENCY = "emergency"
    HOUSING = "housing"
    TRANSPORT = "transport"
    FIRE = "fire"
    ENERGY = "energy"
    MARKET = "market"
    OTHER = "other"


# The sector's word in document numbers, and its bureau's name; a province's bureau (局) is a department (厅).
WORDS: dict[Sector, tuple[str, str]] = {
    Sector.EMERGENCY: ("应急", "应急管理局"),
    Sector.HOUSING: ("住建", "住房和城乡建设局"),
    Sector.TRANSPORT: ("交通", "交通运输局"),
    Sector.FIRE: ("消防", "消防救援机构"),
    Sector.ENERGY: ("能源", "能源局"),
    Sector.MARKET: ("市监", "市场监督管理局"),
    Sector.OTHER: ("安监", "安全生产监督管理部门"),
}
_DEPARTMENTS = {Sector.EMERGENCY, Sector.HOUSING, Sector.TRANSPORT}
# Industry classes by their first two letters.
_SECTORS = {
    "FM": Sector.EMERGENCY, "WH": Sector.EMERGENCY, "YH": Sector.EMERGENCY, "GM": Sector.EMERGENCY, "JZ": Sector.HOUSING,
    "RQ": Sector.HOUSING, "YS": Sector.TRANSPORT, "CC": Sector.TRANSPORT, "XF": Sector.FIRE, "MK": Sector.ENERGY,
    "NY": Sector.ENERGY, "TZ": Sector.MARKET,
}  # fmt: skip


@dataclass(frozen=True)
class Authority:
    region: str
    sector: str


@dataclass(frozen=True)
class Seal:
    """How an authority names itself on paper."""

    name: str
    sign: str  # 机关代字: 黔南明
    word: str  # 应急
    government: str  # Hears applications for review of its decisions (行政复议法第二十四条).


def sector_of(industries: Iterable[str]) -> Sector:
    """Of all industries: the emergency authority, which supervises in general; else the sector of its industries."""
    wanted = list(industries)
    if "*" in wanted:
        return Sector.EMERGENCY
    found = {_SECTORS.get(industry[:2], Sector.OTHER) for industry in wanted}
    if Sector.EMERGENCY in found:
        return Sector.EMERGENCY
    return found.pop() if len(found) == 1 else Sector.OTHER


def seal(authority: Authority, place_name: str, short_name: str, bureau: str | None = None) -> Seal:
    """The authority's names; ``bureau`` is what its department calls itself, when that is known."""
    word, usual = WORDS[Sector(authority.sector)]
    level = places.level(authority.region)
    if level == "province" and authority.sector in _DEPARTMENTS:
        usual = usual[:-1] + "厅"
    is_functional = authority.region in places.FUNCTIONAL_AREAS
    return Seal(
        name=bureau or place_name + usual,
        sign="黔" if level == "province" else "黔" + short_name,
        word=word,
        government=(PROVINCE if is_functional else place_name) + "人民政府",
    )


def require_enforcing(region_code: str) -> None:
    """Townships help with inspections; documents are made by counties and above."""
    if len(places.prefix(region_code)) > COUNTY_DIGITS:
        raise Forbidden("authority.township", "乡镇（街道）协助检查，执法检查和文书由县级以上机关办理")


def area(region_code: str) -> str:
    """The leading digits of all places for which the authority is responsible."""
    return places.prefix(region_code)


def successor(authority_region: str, new_region: str) -> str:
    """The authority of the same level for the new place of an enterprise that has left the area of its authority."""
    if new_region.startswith(area(authority_region)):
        return authority_region
    chain = places.ancestors(new_region)
    is_nearest = places.level(authority_region) == "county" or chain[0] in places.FUNCTIONAL_AREAS
    return chain[0] if is_nearest else chain[1]
