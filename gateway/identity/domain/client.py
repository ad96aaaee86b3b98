"""API clients (接入系统): another system's account, with an owner, a purpose, an end and nothing by default."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from ipaddress import ip_address, ip_network
from typing import Any

from services.kernel.errors import Forbidden, Invalid

LASTS_AT_MOST = timedelta(days=366)
TOKEN_SECONDS = 900
OLD_SECRET_LASTS = timedelta(hours=24)


@dataclass(eq=False)
class Client:
    """Its secrets are kept apart, hashed; two may live side by side while one replaces the other."""

    id: str
    name: str
    owner: str
    purpose: str
    region: str
    expires_on: date
    permissions: list[str] = field(default_factory=list)
    scope: dict[str, Any] = field(default_factory=dict)
    addresses: list[str] = field(default_factory=list)
    is_active: bool = True
    version: int = 0

    def require_sound(self, today: date) -> None:
        """Refuse an end that is past or more than a year off, and what is no address."""
        if not today < self.expires_on <= today + LASTS_AT_MOST:
            raise Invalid("client.expiry", "有效期应在今天之后、一年之内")
        for address in self.addresses:
            try:
                ip_network(address, strict=False)
            except ValueError as error:
                raise Invalid("client.address", f"来源地址「{address}」格式不正确", address=address) from error

    def may_enter(self, address: str | None, today: date) -> bool:
        inside = not self.addresses or (address and any(ip_address(address) in ip_network(a, strict=False) for a in self.addresses))
        return self.is_active and today <= self.expires_on and bool(inside)


def chosen(asked: str | None, granted: list[str]) -> list[str]:
    """The permissions a token carries: those asked for among those granted, all when none is named."""
    if not asked:
        return sorted(granted)
    wanted = asked.split()
    if beyond := sorted(set(wanted) - set(granted)):
        raise Forbidden("client.beyond_grant", "申请的权限未授予该接入系统", permissions=" ".join(beyond[:20]))
    return sorted(set(wanted))
