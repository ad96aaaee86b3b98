"""The facts this service announces; what is not said here stands in the state that travels with them."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.kernel.event import Fact


@dataclass(frozen=True)
class EnterpriseRegistered(Fact):
    type: ClassVar[str] = "enterprise.registered.v1"


@dataclass(frozen=True)
class EnterpriseApproved(Fact):
    type: ClassVar[str] = "enterprise.approved.v1"
    opinion: str | None


@dataclass(frozen=True)
class EnterpriseRejected(Fact):
    type: ClassVar[str] = "enterprise.rejected.v1"
    opinion: str


@dataclass(frozen=True)
class EnterpriseChanged(Fact):
    type: ClassVar[str] = "enterprise.changed.v1"


@dataclass(frozen=True)
class EnterpriseRegionChanged(Fact):
    type: ClassVar[str] = "enterprise.region_changed.v1"
    old_region: str


@dataclass(frozen=True)
class EnterpriseSuspended(Fact):
    type: ClassVar[str] = "enterprise.suspended.v1"
    effective_on: date


@dataclass(frozen=True)
class EnterpriseResumed(Fact):
    type: ClassVar[str] = "enterprise.resumed.v1"
    effective_on: date


@dataclass(frozen=True)
class EnterpriseDeleted(Fact):
    type: ClassVar[str] = "enterprise.deleted.v1"
    opinion: str


@dataclass(frozen=True)
class EnterpriseRestored(Fact):
    type: ClassVar[str] = "enterprise.restored.v1"


@dataclass(frozen=True)
class EnterpriseClosed(Fact):
    type: ClassVar[str] = "enterprise.closed.v1"
    opinion: str


@dataclass(frozen=True)
class LicenceRegistered(Fact):
    type: ClassVar[str] = "licence.registered.v1"


@dataclass(frozen=True)
class LicenceRenewed(Fact):
    type: ClassVar[str] = "licence.renewed.v1"


@dataclass(frozen=True)
class LicenceExpiring(Fact):
    type: ClassVar[str] = "licence.expiring.v1"
    days_left: int


@dataclass(frozen=True)
class LicenceExpired(Fact):
    type: ClassVar[str] = "licence.expired.v1"


@dataclass(frozen=True)
class LicenceRevoked(Fact):
    type: ClassVar[str] = "licence.revoked.v1"


@dataclass(frozen=True)
class OrgUnitChanged(Fact):
    type: ClassVar[str] = "org_unit.changed.v1"
