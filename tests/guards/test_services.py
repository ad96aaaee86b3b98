"""Every service is built alike, asks for a permission in everything it does, and hears what it says it hears."""

import re
from importlib import import_module
from itertools import chain
from typing import Any

import pytest
from marshmallow import fields, missing

from services.kernel.caller import PUBLIC, SIGNED_IN
from services.kernel.service import Service, named
from services.language.schema import Schema
from services.trail.contract import LIST_TRAIL
from tests.guards.tree import PACKAGES, ROOT

NAMES = sorted(PACKAGES)
PARTS = ("contract", "domain", "commands", "queries", "reactions", "repository", "tables", "service", "migrations")
REVISION = re.compile(r'^(revision|down_revision) = "(\w+)"$', re.MULTILINE)
# Parts that a service has no use for.
WITHOUT = {
    ("gateway", "contract"): "is gateway.contract, which the edge shares",
}


@pytest.fixture(scope="module")
def services() -> dict[str, Service]:
    return {name: named(name) for name in NAMES}


@pytest.mark.parametrize("service", NAMES)
def test_every_service_has_the_same_parts(service: str) -> None:
    folder = ROOT / PACKAGES[service]
    missing = [part for part in PARTS if not (folder / part).exists() and not (folder / f"{part}.py").exists()]

    assert [part for part in missing if (service, part) not in WITHOUT] == []


@pytest.mark.parametrize("service", NAMES)
def test_every_service_says_what_it_owns(service: str) -> None:
    package = import_module(PACKAGES[service].replace("/", "."))

    assert len(package.__doc__ or "") > 80


@pytest.mark.feature("SEC-19")
def test_every_operation_asks_for_a_declared_permission(services: dict[str, Service]) -> None:
    """By its own contract; where it has no route and is common to all, by anyone's."""
    everybodys = {p.code for name in services for p in import_module(contract_of(name)).PERMISSIONS}
    for service in services.values():
        own = {p.code for p in import_module(contract_of(service.name)).PERMISSIONS} | {PUBLIC, SIGNED_IN}

        assert {o.permission for o in service.operations.values() if o.path} <= own
        assert {o.permission for o in service.operations.values() if not o.path} <= everybodys


@pytest.mark.feature("SEC-04")
def test_what_is_shown_once_is_named_so(services: dict[str, Service]) -> None:
    """What is remembered of an answer under its caller's key leaves it out."""
    answers = {operation.answer for service in services.values() for operation in service.operations.values()}
    secret = {(answer.__name__, name) for answer in answers for name, field in answer().fields.items() if is_secret(name, field)}

    assert secret and secret == {(answer.__name__, name) for answer in answers for name in getattr(answer, "once", ())}


def is_secret(name: str, field: fields.Field[Any]) -> bool:
    """Whether it holds a password, a secret or a whole number that is elsewhere masked, itself or in what lies in it."""
    inner = field.inner if isinstance(field, fields.List) else field
    if isinstance(inner, fields.Nested):
        return any(is_secret(part, of) for part, of in inner.schema.fields.items())
    return isinstance(field, fields.String) and (name.endswith(("password", "secret")) or name.startswith("whole_"))


def test_every_contract_is_written_in_the_one_language(services: dict[str, Service]) -> None:
    """Schemas of ``services.language`` refuse unknown fields, and in Chinese; plain ones of marshmallow do not."""
    foreign = [
        f"{service.name}.{operation.name}"
        for service in services.values()
        for operation in service.operations.values()
        if not (issubclass(operation.args, Schema) and issubclass(operation.answer, Schema))
    ]

    assert foreign == []


def test_put_writes_the_whole_content_and_patch_what_is_given(services: dict[str, Service]) -> None:
    """What a PUT leaves out takes its default; what a PATCH leaves out stays as it is, and so has none."""
    wrong = [
        f"{service.name}.{operation.name}: {name}"
        for service in services.values()
        for operation in service.operations.values()
        for name, field in operation.args().fields.items()
        if name not in (*operation.path_fields, "version")
        and (
            (operation.method == "PUT" and not field.required and field.load_default is missing)
            or (operation.method == "PATCH" and (field.required or field.load_default is not missing))
        )
    ]

    assert wrong == []


def test_permission_codes_and_routes_are_given_once(services: dict[str, Service]) -> None:
    codes = [p.code for name in services for p in import_module(contract_of(name)).PERMISSIONS]
    routes = [o.route for service in services.values() for o in service.operations.values() if o.path]

    assert len(codes) == len(set(codes))
    assert len(routes) == len(set(routes))


def test_every_announcement_that_is_heard_is_made(services: dict[str, Service]) -> None:
    made = {event for service in services.values() for event in service.events}
    heard = {event.type for event in chain.from_iterable(service.listens_to for service in services.values())}

    assert heard <= made


def test_every_announcement_has_a_reader(services: dict[str, Service]) -> None:
    made = {event for service in services.values() for event in service.events}
    heard = {event.type for event in chain.from_iterable(service.listens_to for service in services.values())}

    assert made - heard == set()


@pytest.mark.parametrize("service", NAMES)
def test_every_service_reads_out_its_own_audit_trail(services: dict[str, Service], service: str) -> None:
    assert services[service].operations["list_trail"] is LIST_TRAIL


def test_an_operation_without_a_route_is_common_to_all(services: dict[str, Service]) -> None:
    """The gateway addresses it by no path, so that one that only some had would be forgotten by all."""
    without = [[o.name for o in service.operations.values() if not o.path] for service in services.values()]

    assert without == [["list_trail"]] * len(NAMES)


def test_offices_are_made_of_declared_permissions() -> None:
    from gateway.identity.domain.role import ADMINISTRATIVE

    assert {p.code for p in import_module("gateway.contract").PERMISSIONS} >= ADMINISTRATIVE


def contract_of(service: str) -> str:
    return "gateway.contract" if service == "gateway" else f"services.{service}.contract"


@pytest.mark.parametrize("service", NAMES)
def test_migrations_follow_each_other_in_one_line(service: str) -> None:
    """Two that were written at the same time and have one number would leave it to chance which of them is ever run."""
    files = sorted((ROOT / PACKAGES[service] / "migrations").glob("[0-9]*.py"))
    told = [dict(REVISION.findall(file.read_text("utf-8"))) for file in files]

    assert [file.name[:4] for file in files] == [f"{number:04d}" for number in range(1, len(files) + 1)]
    assert [of.get("down_revision") for of in told] == [None, *(of["revision"] for of in told[:-1])]
