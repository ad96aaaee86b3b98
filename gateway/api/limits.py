"""How often: by account, or by address where there is none, in a moving window kept in Redis."""

from flask import Flask, g, request
from flask_limiter import Limiter

from gateway.edge import Limits
from services.kernel.caller import Kind


def register(app: Flask, storage: str, limits: Limits) -> Limiter:
    """Counts every request of the API; the callers' identification must be registered before."""
    return Limiter(
        _who,
        app=app,
        storage_uri=storage,
        strategy="moving-window",
        default_limits=[lambda: limits.public if g.caller.kind == Kind.PUBLIC else limits.account],
        default_limits_per_method=False,
        default_limits_exempt_when=lambda: not request.path.startswith("/api/"),
    )


def _who() -> str:
    caller = g.caller
    return f"{caller.kind}:{request.remote_addr if caller.kind == Kind.PUBLIC else caller.id}"
