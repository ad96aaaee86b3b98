"""What a caller may see, and that a missing part of a scope is nothing, never everything."""

from dataclasses import replace

import pytest

from services.kernel import region
from services.kernel.caller import ALL, EVERYTHING, PUBLIC, SIGNED_IN, Caller, Kind, Scope, system
from services.kernel.errors import Forbidden, Invalid


@pytest.mark.parametrize(
    ("code", "prefix", "level"),
    [
        ("520000", "52", "province"),
        ("520100", "5201", "prefecture"),
        ("520102", "520102", "county"),
        ("520900", "520900", "prefecture"),
        ("520102001", "520102001", "township"),
        ("520102001001", "520102001001", "village"),
    ],
)
def test_a_code_is_cut_at_its_level(code: str, prefix: str, level: str) -> None:
    assert (region.prefix(code), region.level(code)) == (prefix, level)


@pytest.mark.parametrize("code", ["", "52", "5201", "5201021", "52010x"])
def test_a_malformed_code_is_refused(code: str) -> None:
    with pytest.raises(Invalid, match="行政区划代码"):
        region.prefix(code)


def test_ancestors_run_from_the_county_to_the_province() -> None:
    assert region.ancestors("520102001") == ["520102", "520100", "520000"]
    assert region.ancestors("520900") == ["520900", "520000"]


def test_a_span_holds_exactly_the_codes_with_its_prefix() -> None:
    low, high = region.span("5201")

    assert all(low <= code < high for code in ("520100", "520199", "520102001"))
    assert not any(low <= code < high for code in ("520200", "52", "520099"))


@pytest.mark.parametrize("missing", ["regions", "industries", "enterprises"])
def test_a_scope_that_lacks_a_dimension_sees_nothing(missing: str) -> None:
    scope = Scope(**({"regions": ALL, "industries": ALL, "enterprises": ALL} | {missing: ()}))

    assert not scope.covers("520102", "MK01", "e1")
    assert scope.settings()["region_hi"] == "" and scope.settings()["enterprises"] == "{}"


def test_who_sees_nothing_is_at_home_nowhere() -> None:
    official = Caller("a", "甲", Kind.REGULATOR, scope=Scope(("520102",), ALL, ALL), region="520102", department_id="d")

    assert official.settings()["home"] == "520102"
    assert replace(official, scope=Scope()).settings() | {"account": "a", "department": "d"} == Scope().settings() | {
        "account": "a", "department": "d", "home": ""
    }  # fmt: skip


@pytest.mark.parametrize(
    ("scope", "seen"),
    [
        (EVERYTHING, True),
        (Scope(("5201",), ALL, ALL), True),
        (Scope(("520102",), ("MK",), ("e1",)), True),
        (Scope(("5202", "520102"), ("WH", "MK01"), ALL), True),
        (Scope(("5202",), ALL, ALL), False),
        (Scope(("5201",), ("WH",), ALL), False),
        (Scope(("5201",), ALL, ("e2",)), False),
    ],
)
def test_a_scope_covers_what_lies_in_all_three_dimensions(scope: Scope, seen: bool) -> None:
    assert scope.covers("520102", "MK01", "e1") is seen


def test_permissions_are_asked_by_code() -> None:
    caller = Caller("u1", "甲", Kind.REGULATOR, frozenset({"hazard.confirm"}))

    caller.require("hazard.confirm")
    caller.require(SIGNED_IN)
    with pytest.raises(Forbidden, match="权限"):
        caller.require("hazard.close")


def test_a_public_caller_may_only_use_public_operations() -> None:
    nobody = Caller("", "", Kind.PUBLIC)

    assert nobody.may(PUBLIC) and not nobody.may(SIGNED_IN)
    assert system("relay").may("anything.at_all")
