"""Codes of administrative divisions (GB/T 2260 and the statistical codes below it).

A code is cut at 2, 4, 6, 9 or 12 digits.  What a place includes is told by its prefix: ``5201`` is Guiyang
with all its counties.  贵安新区 (520900) is a functional area without counties and keeps its six digits.
"""

from services.kernel.errors import Invalid

LEVELS = {2: "province", 4: "prefecture", 6: "county", 9: "township", 12: "village"}
FUNCTIONAL_AREAS = frozenset({"520900"})


def prefix(code: str) -> str:
    """The leading digits shared by every place inside ``code``."""
    if len(code) not in (6, 9, 12) or not code.isdigit():
        raise Invalid("region.malformed", "行政区划代码应为6、9或12位数字", region=code)
    if len(code) > 6 or code in FUNCTIONAL_AREAS:
        return code
    if code.endswith("0000"):
        return code[:2]
    return code[:4] if code.endswith("00") else code


def level(code: str) -> str:
    """province, prefecture, county, township or village; a functional area counts as a prefecture."""
    return "prefecture" if code in FUNCTIONAL_AREAS else LEVELS[len(prefix(code))]


def ancestors(code: str) -> list[str]:
    """The six-digit codes of the county, prefecture and province around ``code``, nearest first, itself included."""
    county = code[:6]
    chain = [county, county[:4] + "00", county[:2] + "0000"]
    return list(dict.fromkeys(c for c in chain if c not in FUNCTIONAL_AREAS or c == county))


def contains(prefixes: tuple[str, ...], code: str) -> bool:
    """Whether one of the prefixes holds ``code``; ``*`` holds every place."""
    return any(p == "*" or code.startswith(p) for p in prefixes)


def span(wanted: str) -> tuple[str, str]:
    """The half-open range of codes that start with ``wanted``, for an index to search."""
    return wanted, wanted[:-1] + chr(ord(wanted[-1]) + 1)
