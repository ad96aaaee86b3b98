"""What a person may see: the rule of his department, narrowed by an explicit supervision scope where one is set."""

from collections.abc import Mapping, Sequence
from typing import Any

from services.kernel import region
from services.kernel.caller import ALL, Scope
from services.kernel.errors import Invalid


def narrowed(wide: Sequence[str], narrow: Sequence[str]) -> tuple[str, ...]:
    """The prefixes that lie in both sets; ``*`` is everything.  O(n·m), n and m being short lists."""
    if "*" in wide:
        return tuple(narrow)
    if "*" in narrow:
        return tuple(wide)
    inside = [n for n in narrow if n.startswith(tuple(wide))] if wide else []
    around = [w for w in wide if w.startswith(tuple(narrow))] if narrow else []
    return tuple(dict.fromkeys([*inside, *around]))


def of_department(region_code: str, industries: Sequence[str]) -> Scope:
    """Every place inside the department's region, in its industries; ``*`` is general supervision (综合监管)."""
    return Scope((region.prefix(region_code),), ALL if "*" in industries else tuple(industries), ALL)


def of_supervision(supervision: Mapping[str, Sequence[str]]) -> Scope:
    """The explicit scope; places are given as codes, everything as ``*``, and an empty list lets nothing through."""
    places = tuple(p if p == "*" else region.prefix(p) for p in supervision["regions"])
    return Scope(places, tuple(supervision["industries"]), tuple(supervision["enterprises"]))


def intersection(one: Scope, other: Scope) -> Scope:
    """What both scopes allow."""
    enterprises = other.enterprises if "*" in one.enterprises else one.enterprises
    if "*" not in one.enterprises and "*" not in other.enterprises:
        enterprises = tuple(e for e in one.enterprises if e in other.enterprises)
    return Scope(narrowed(one.regions, other.regions), narrowed(one.industries, other.industries), enterprises)


def of_enterprise(enterprise_id: str | None) -> Scope:
    """His own enterprise wherever it lies, and nothing else."""
    return Scope(ALL, ALL, (enterprise_id,)) if enterprise_id else Scope()


def effective(department: Scope, supervision: Mapping[str, Any] | None) -> Scope:
    """Rules 13: not set, the department's rule; set, what both allow; set and empty, nothing."""
    return department if supervision is None else intersection(department, of_supervision(supervision))


def require_within(wide: Scope, supervision: Mapping[str, Sequence[str]]) -> None:
    """Refuse a scope that names places, industries or enterprises outside the giver's own."""
    given = of_supervision(supervision)
    for label, own, wanted in (("行政区划", wide.regions, given.regions), ("行业", wide.industries, given.industries)):
        for one in wanted:
            if "*" not in own and (one == "*" or not one.startswith(own or ("\0",))):
                raise Invalid("scope.not_yours", f"{label}「{one}」超出您本人的监管范围", value=one)
    if wide.enterprises != ALL and (extra := set(given.enterprises) - set(wide.enterprises)):
        raise Invalid("scope.not_yours", "所选企业超出您本人的监管范围", value=min(extra))


def as_words(scope: Scope) -> dict[str, list[str]]:
    return {"regions": list(scope.regions), "industries": list(scope.industries), "enterprises": list(scope.enterprises)}
