"""Who asks, and what he may see.  A missing scope sees nothing; it never means everything."""

from dataclasses import dataclass, field, replace
from enum import StrEnum

from services.kernel import region
from services.kernel.errors import Forbidden

ALL = ("*",)
PUBLIC = "public"  # An operation that needs no account.
SIGNED_IN = "signed_in"  # An operation that every account may use.


class Kind(StrEnum):
    REGULATOR = "regulator"
    ENTERPRISE = "enterprise"
    APPLICANT = "applicant"
    PARTICIPANT = "participant"
    API_CLIENT = "api_client"
    SYSTEM = "system"
    PUBLIC = "public"


@dataclass(frozen=True)
class Scope:
    """Places (code prefixes) × industries (code prefixes) × enterprises (ids); ``*`` is all of a dimension."""

    regions: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    enterprises: tuple[str, ...] = ()

    def is_empty(self) -> bool:
        return not (self.regions and self.industries and self.enterprises)

    def covers(self, region_code: str, industry: str | None, enterprise_id: str | None) -> bool:
        """Whether an object with these three marks may be seen."""
        return (
            region.contains(self.regions, region_code)
            and (self.industries == ALL or (industry or "").startswith(self.industries))
            and bool(self.industries)
            and (self.enterprises == ALL or enterprise_id in self.enterprises)
        )

    def settings(self) -> dict[str, str]:
        """The scope as the settings that the policies of the database read; an empty one opens no range."""
        if self.is_empty():
            return {"region_lo": "", "region_hi": "", "regions": "", "industries": "", "enterprises": "{}"}
        everywhere = "*" in self.regions
        spans = [region.span(r) for r in self.regions if r != "*"]
        return {
            "region_lo": "0" if everywhere else min(low for low, _ in spans),
            "region_hi": "~" if everywhere else max(high for _, high in spans),
            "regions": "" if everywhere or len(spans) == 1 else f"^({'|'.join(self.regions)})",
            "industries": "" if self.industries == ALL else f"^({'|'.join(self.industries)})",
            "enterprises": "*" if self.enterprises == ALL else "{" + ",".join(self.enterprises) + "}",
        }


EVERYTHING = Scope(ALL, ALL, ALL)


@dataclass(frozen=True)
class Caller:
    """A person, another system or the platform itself, as the gateway vouches for him."""

    id: str
    name: str
    kind: Kind
    permissions: frozenset[str] = frozenset()
    scope: Scope = field(default_factory=Scope)
    region: str | None = None  # Where his authority or enterprise sits: a code, not a prefix.
    department_id: str | None = None
    enterprise_id: str | None = None
    unit_id: str | None = None  # His organisation unit inside the enterprise.
    address: str | None = None
    request_id: str | None = None

    def may(self, permission: str) -> bool:
        if permission == PUBLIC or self.kind == Kind.SYSTEM:
            return True
        if permission == SIGNED_IN:
            return self.kind != Kind.PUBLIC
        return permission in self.permissions

    def require(self, permission: str) -> None:
        """Refuse a caller without ``permission``."""
        if not self.may(permission):
            raise Forbidden("caller.forbidden", "您没有执行此操作的权限，请联系本单位管理员", permission=permission)

    def settings(self) -> dict[str, str]:
        """What the policies of the database read: his scope, and who and whose he is; around nobody's home lies nothing."""
        home = "" if self.scope.is_empty() else self.region or ""
        return self.scope.settings() | {"account": self.id, "department": self.department_id or "", "home": home}

    def asking(self, request_id: str) -> "Caller":
        return replace(self, request_id=request_id)


def system(name: str, request_id: str | None = None) -> Caller:
    """The platform itself: timers and reactions."""
    return Caller(id=f"system:{name}", name="系统", kind=Kind.SYSTEM, scope=EVERYTHING, request_id=request_id)
