"""Logs as JSON lines that carry the request id and no personal data; counters for Prometheus."""

import logging
import sys
from contextvars import ContextVar

import structlog
from prometheus_client import Counter, Gauge, Histogram

request_id: ContextVar[str | None] = ContextVar("request_id", default=None)

WEATHER = Counter("weather_retries", "Transactions tried again after lock waits, deadlocks and lost connections")
CALLS = Histogram("call_seconds", "Operations carried out", ["service", "operation", "outcome"])
EVENTS = Counter("events", "Events stored, done, failed, parked or published", ["service", "what"])
OUTBOX_AGE = Gauge("outbox_oldest_seconds", "Age of the oldest announcement not yet published", ["service"])
INBOX_WAITING = Gauge("inbox_waiting", "Events stored and not yet reacted to", ["service"])
INBOX_PARKED = Gauge("inbox_parked", "Events left as failed, waiting for an operator", ["service"])


def configure(level: str = "info") -> None:
    """Every logger of the process writes one JSON object a line to standard error."""
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _with_request_id,
    ]
    handler = logging.StreamHandler(sys.stderr)
    renderer = structlog.processors.JSONRenderer(ensure_ascii=False)
    last: list[structlog.types.Processor] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        renderer,
    ]
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=last))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for noisy in ("nameko", "amqp", "kombu", "alembic"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
    )


def _with_request_id(_: object, __: str, entry: structlog.types.EventDict) -> structlog.types.EventDict:
    if current := request_id.get():
        entry["request_id"] = current
    return entry


log = structlog.get_logger("platform")
