"""Every service's published language in one place: what the API, the roles and the documentation follow from."""

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from gateway import contract as gateway_contract
from services.kernel.contract import Operation, Permission

SERVICES = ("enterprise", "risk", "hazard", "enforcement", "stats", "notice")
CONTRACTS: dict[str, ModuleType] = {
    name: import_module(f"services.{name}.contract") for name in SERVICES if find_spec(f"services.{name}")
}
CONTRACTS["gateway"] = gateway_contract


def operations() -> list[tuple[str, Operation]]:
    """Each operation of the API with the service that answers it."""
    found = [(name, operation) for name, contract in CONTRACTS.items() for operation in contract.OPERATIONS]
    return found + [("gateway", operation) for operation in gateway_contract.EDGE_OPERATIONS]


def operation_named(service: str, name: str) -> Operation:
    return next(o for s, o in operations() if (s, o.name) == (service, name))


def permissions() -> list[tuple[str, Permission]]:
    """Each declared permission with its service."""
    return [(name, permission) for name, contract in CONTRACTS.items() for permission in contract.PERMISSIONS]
