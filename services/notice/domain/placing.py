"""Where chosen receivers may lie: never outside the scope of the person who publishes."""

from collections.abc import Iterable

from services.kernel import region
from services.kernel.caller import Scope
from services.kernel.errors import Invalid


def require_inside(scope: Scope, codes: Iterable[str]) -> None:
    """Refuse places that are not wholly inside the publisher's own."""
    outside = [code for code in codes if not region.contains(scope.regions, region.prefix(code))]
    if outside:
        raise Invalid("notice.receivers_outside", "接收地区超出您的监管范围，请重新选择", regions="、".join(outside[:20]))
