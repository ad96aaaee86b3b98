"""The four refusals.  Only these classes keep their type between services; the code tells cases apart."""


class Refusal(Exception):
    """A request that is not carried out; ``message`` is one Chinese sentence its sender can act on."""

    def __init__(self, code: str, message: str, /, **details: str) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message
        self.details = details


class Invalid(Refusal):
    """The request itself is wrong: a field is missing, of the wrong type or breaks a rule."""


class NotFound(Refusal):
    """There is no such thing, or it lies outside the caller's scope: both answer alike."""


class Forbidden(Refusal):
    """The caller may see the thing but may not do this."""


class Conflict(Refusal):
    """The thing is not in a state that allows this, or somebody else was faster."""


REFUSALS: dict[str, type[Refusal]] = {kind.__name__: kind for kind in (Invalid, NotFound, Forbidden, Conflict)}
