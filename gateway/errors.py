"""What the edge refuses by itself, before any service is asked."""


class Unauthenticated(Exception):
    """Nobody, or nobody any more, stands behind this request: answered 401."""

    def __init__(self, code: str, message: str, **details: str) -> None:
        super().__init__(code)
        self.code, self.message, self.details = code, message, details


class TooMany(Exception):
    """Too often from this account or address: answered 429."""

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message)
        self.message, self.seconds = message, seconds
