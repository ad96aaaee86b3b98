"""Headers of safety on every answer of the gateway's processes."""

from flask import Response, g, request

from gateway.edge import edge

POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; media-src data:; style-src 'self'; script-src 'self';"
    " connect-src 'self'{stream}; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=()",
}


def complete(response: Response) -> Response:
    """Add what the answer does not say itself."""
    response.headers.setdefault("X-Request-ID", getattr(g, "request_id", ""))
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Content-Security-Policy", POLICY.format(stream=_stream()))
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response


def _stream() -> str:
    """Where pages may listen for live updates besides their own origin."""
    port = edge().stream_port
    return f" {request.scheme}://{request.host.partition(':')[0]}:{port}" if port else ""
