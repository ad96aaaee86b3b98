"""Callers as the gateway would vouch for them; each states only what matters."""

from collections.abc import Iterable

from services.kernel import ids
from services.kernel import region as regions
from services.kernel.caller import ALL, Caller, Kind, Scope


def regulator(region: str, *permissions: str, industries: tuple[str, ...] = ALL, name: str = "监管人员") -> Caller:
    """An official who sees every enterprise of a region, given by its code."""
    scope = Scope((regions.prefix(region),), industries, ALL)
    return _caller(Kind.REGULATOR, name, permissions, scope, region=region, department_id=ids.new_id())


def enterprise_user(
    enterprise_id: str, region: str, *permissions: str, name: str = "企业人员", unit_id: str | None = None
) -> Caller:
    """Somebody of one enterprise."""
    scope = Scope(("*",), ALL, (enterprise_id,))
    return _caller(Kind.ENTERPRISE, name, permissions, scope, region=region, enterprise_id=enterprise_id, unit_id=unit_id)


def api_client(region: str, *permissions: str, name: str = "第三方系统") -> Caller:
    """Another system, bound to a region."""
    return _caller(Kind.API_CLIENT, name, permissions, Scope((regions.prefix(region),), ALL, ALL), region=region)


def applicant(*permissions: str, name: str = "申请人") -> Caller:
    """Somebody whose enterprise is not approved yet: sees nothing."""
    return _caller(Kind.APPLICANT, name, permissions, Scope())


def nobody() -> Caller:
    """Whoever comes without an account."""
    return _caller(Kind.PUBLIC, "公众", (), Scope())


def _caller(
    kind: Kind,
    name: str,
    permissions: Iterable[str],
    scope: Scope,
    region: str | None = None,
    department_id: str | None = None,
    enterprise_id: str | None = None,
    unit_id: str | None = None,
) -> Caller:
    return Caller(
        id=ids.new_id(),
        name=name,
        kind=kind,
        permissions=frozenset(permissions),
        scope=scope,
        region=region,
        department_id=department_id,
        enterprise_id=enterprise_id,
        unit_id=unit_id,
        address="127.0.0.1",
        request_id=ids.new_id(),
    )
