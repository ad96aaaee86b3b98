"""Numbers of persons: written anywhere without being asked for by name, they show little of themselves (rules 13.3)."""

KEPT_FIRST, KEPT_LAST = 3, 4


class Personal:
    """``whole`` is the number; as text it is its first three and last four characters.

    No dataclass: those are written out field by field wherever somebody makes JSON of them, in the audit trail for one.
    """

    __slots__ = ("whole",)

    def __init__(self, whole: str) -> None:
        self.whole = whole

    def __str__(self) -> str:
        hidden = len(self.whole) - KEPT_FIRST - KEPT_LAST
        if hidden <= 0:
            return "*" * len(self.whole)
        return self.whole[:KEPT_FIRST] + "*" * hidden + self.whole[-KEPT_LAST:]

    def __repr__(self) -> str:
        return f"<{self}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Personal) and self.whole == other.whole

    def __hash__(self) -> int:
        return hash(self.whole)
