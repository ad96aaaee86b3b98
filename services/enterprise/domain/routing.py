"""Which authority decides on an enterprise, and whether a caller speaks for it.

An authority is a region (county, prefecture, province or functional area) and a sector.  It is reached by the reason
the applicant gives: an ordinary enterprise goes to the county of its place of operation.  Only a regulator whose own
region is the authority's may decide; a superior sees, and may decide only after the review is transferred to him.
"""

from dataclasses import dataclass
from enum import StrEnum

from services.kernel import region as places
from services.kernel.caller import ALL, Caller, Kind
from services.kernel.errors import Forbidden, Invalid

CONSTRUCTION = "JZ"  # Construction companies (建筑施工) are reviewed by housing authorities of the same level.


class Ground(StrEnum):
    ORDINARY = "ordinary"  # 一般企业
    SEVERAL_COUNTIES = "several_counties"  # 在同一市（州）多个县经营
    CROSS_PREFECTURE = "cross_prefecture"  # 跨市（州）经营
    PROVINCE_MANAGED = "province_managed"  # 中央在黔或省属企业
    PROVINCE_ADMINISTERED_COUNTY = "province_administered_county"  # 省直管县企业选择省级审核


class Sector(StrEnum):
    EMERGENCY = "emergency"  # 应急管理部门
    HOUSING = "housing"  # 住房城乡建设部门


# How many steps above the county the authority stands, along ``region.ancestors``; -1 is the province.
_STEPS = {
    Ground.ORDINARY: 0,
    Ground.SEVERAL_COUNTIES: 1,
    Ground.CROSS_PREFECTURE: -1,
    Ground.PROVINCE_MANAGED: -1,
    Ground.PROVINCE_ADMINISTERED_COUNTY: -1,
}


@dataclass(frozen=True)
class Authority:
    region: str
    sector: Sector


def sector_of(industry: str | None) -> Sector:
    return Sector.HOUSING if (industry or "").startswith(CONSTRUCTION) else Sector.EMERGENCY


def route(region: str, industry: str | None, ground: Ground, is_province_administered: bool) -> Authority:
    """The authority that decides; 贵安新区 stands in place of county and prefecture, the province is above it."""
    if ground == Ground.PROVINCE_ADMINISTERED_COUNTY and not is_province_administered:
        raise Invalid("enterprise.not_province_administered", "所选地区不是省直管县，不能选择由省级审核", review_ground=ground)
    chain = places.ancestors(region)
    step = _STEPS[ground]
    if region[:6] in places.FUNCTIONAL_AREAS and step == 1:
        step = 0
    return Authority(chain[step], sector_of(industry))


def route_change(
    old_region: str, new_region: str, old_industry: str | None, new_industry: str | None, usual: Authority
) -> Authority:
    """Who decides on a change: the usual authority, or the nearest common superior when the region changes."""
    sectors = {sector_of(old_industry), sector_of(new_industry)}
    sector = sectors.pop() if len(sectors) == 1 else Sector.EMERGENCY
    if old_region[:6] == new_region[:6]:
        return Authority(usual.region, sector)
    others = places.ancestors(new_region)
    common = next(code for code in places.ancestors(usual.region) if code in others)
    return Authority(common, sector)


def may_decide(authority: Authority, caller: Caller) -> bool:
    """Whether the caller speaks for this authority; that he sees the enterprise is checked before."""
    is_there = caller.kind == Kind.REGULATOR and caller.region == authority.region
    return is_there and (authority.sector != Sector.HOUSING or _is_housing(caller))


def _is_housing(caller: Caller) -> bool:
    """A housing authority supervises construction by name; general supervision of all industries is not enough."""
    industries = caller.scope.industries
    return industries != ALL and any(i.startswith(CONSTRUCTION) for i in industries)


def require_decider(authority: Authority, caller: Caller) -> None:
    if not may_decide(authority, caller):
        raise Forbidden("review.not_yours", "该事项由其他机关办理，您可以查看，不能审核", authority_region=authority.region)


def require_transferrer(authority: Authority, caller: Caller) -> None:
    """The deciding authority hands over; so may its superiors, who also take up what lies below them."""
    is_above = caller.kind == Kind.REGULATOR and caller.region is not None and caller.region != authority.region
    if not may_decide(authority, caller) and not (is_above and caller.region in places.ancestors(authority.region)):
        raise Forbidden(
            "review.not_yours", "该事项由其他机关办理，只有承办机关或其上级机关可以移交", authority_region=authority.region
        )


def check_receiver(receiver: Authority, enterprise_region: str) -> None:
    """A review goes only to an authority in whose area the enterprise lies."""
    if receiver.region not in places.ancestors(enterprise_region):
        raise Invalid("review.wrong_receiver", "只能移交给企业所在地的县、市（州）或省级机关", authority_region=receiver.region)
