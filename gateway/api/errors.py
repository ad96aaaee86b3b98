"""One error body for everything: ``{code, message, details, request_id}``, the message a Chinese sentence for people."""

from collections.abc import Mapping

import orjson
import redis
from flask import Flask, Response, g, request
from flask_limiter import RateLimitExceeded
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from gateway.errors import TooMany, Unauthenticated
from gateway.rpc import Away, Fault
from services.kernel import telemetry
from services.kernel.errors import REFUSALS, Refusal
from services.kernel.service import is_away

STATUS = {"Invalid": 422, "NotFound": 404, "Forbidden": 403, "Conflict": 409}
HTTP = {
    400: ("request.malformed", "请求格式不正确"),
    404: ("route.not_found", "没有这个地址"),
    405: ("route.method", "该地址不支持这种请求方式"),
    408: ("request.timeout", "请求超时，请重试"),
    411: ("request.length", "请求缺少内容长度"),
    413: ("request.too_large", "提交的内容过大：一般请求不超过1MB，文件不超过20MB"),
    414: ("request.address_too_long", "请求地址过长"),
    415: ("request.media_type", "请求内容的类型不支持，请使用 application/json"),
    429: ("limit.exceeded", "请求过于频繁，请稍后再试"),
    431: ("request.headers_too_large", "请求头过大"),
}
RETRY_SECONDS = 5
AWAY = "服务暂时不可用，请稍后重试"


def body(
    status: int, code: str, message: str, details: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
) -> Response:
    content = {"code": code, "message": message, "details": dict(details or {}), "request_id": getattr(g, "request_id", None)}
    answer = Response(orjson.dumps(content), status, content_type="application/json")
    answer.headers.update(headers or {})
    answer.headers["Cache-Control"] = "no-store"
    return answer


def register(app: Flask) -> None:
    """Later registrations win over flask-smorest's own handler, which would drop ``Allow`` on 405."""
    app.register_error_handler(Refusal, _refusal)
    app.register_error_handler(Unauthenticated, _unauthenticated)
    app.register_error_handler(
        TooMany, lambda error: body(429, "limit.exceeded", error.message, headers={"Retry-After": str(error.seconds)})
    )
    for away in (Away, redis.RedisError, OperationalError):
        app.register_error_handler(away, _away)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(RateLimitExceeded, _limited)
    app.register_error_handler(
        Fault, lambda error: body(500, "fault", "系统出现故障，请稍后重试；若仍不行，请将请求编号告知管理员")
    )
    app.register_error_handler(Exception, _fault)


def _refusal(error: Refusal) -> Response:
    assert type(error).__name__ in REFUSALS
    return body(STATUS[type(error).__name__], error.code, error.message, error.details)


def _unauthenticated(error: Unauthenticated) -> Response:
    return body(401, error.code, error.message, error.details, {"WWW-Authenticate": 'Bearer realm="api"'})


def _away(error: Exception) -> Response:
    if isinstance(error, OperationalError) and not is_away(error):
        return _fault(error)
    telemetry.log.warning("away", error=type(error).__name__, path=request.path)
    return body(503, "service.away", getattr(error, "message", AWAY), headers={"Retry-After": str(RETRY_SECONDS)})


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    code, message = HTTP.get(status, ("request.refused", "请求无法处理"))
    kept = {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}
    return body(status, code, message, headers=kept)


def _limited(error: RateLimitExceeded) -> Response:
    return body(429, *HTTP[429], headers={"Retry-After": str(error.limit.limit.get_expiry())})


def _fault(error: Exception) -> Response:
    telemetry.log.exception("fault", exc_info=error, route=str(request.url_rule))  # The path may hold what is secret.
    return body(500, "fault", "系统出现故障，请稍后重试；若仍不行，请将请求编号告知管理员")
