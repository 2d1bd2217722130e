"""Structured logs: one JSON object a line on stderr, and never what anybody wrote.

Three things keep text out. Our own events carry only the fields listed here. Lines of other
libraries are reduced to where in the code they come from: Rasa and the stream library log whole
messages. Exceptions are told by type and stack, since their messages may quote what was sent.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any, TextIO

import structlog
from starlette.types import Scope

OWN = ("api", "bot", "tools")
PLAIN = (*OWN, "uvicorn", "alembic")
"""Loggers whose messages hold no text of people."""

FIELDS = frozenset(
    {
        "event", "level", "logger", "timestamp", "route", "method", "status", "ms", "code",
        "municipality", "channel", "kind", "count", "days", "exception", "stack", "where",
    }
)  # fmt: skip

Event = MutableMapping[str, Any]


def configure(level: str = "info", stream: TextIO | None = None) -> logging.Handler:
    """Send all logging of the process through one handler; return it."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(formatter())
    root = logging.getLogger()
    root.handlers = [handler]
    # Others speak from warnings on: at debug level they print whole messages.
    root.setLevel(logging.WARNING)
    for name in OWN:
        logging.getLogger(name).setLevel(level.upper())
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logging.getLogger(name).handlers = []
        logging.getLogger(name).propagate = True
    logging.captureWarnings(capture=True)
    return handler


def formatter() -> logging.Formatter:
    """Turns any record into a line of JSON."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[structlog.stdlib.add_log_level, structlog.stdlib.add_logger_name],
        processors=[
            _only_where,
            _stack,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _known_fields,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        keep_exc_info=False,
        keep_stack_info=False,
    )


def log(logger: logging.Logger, event: str, level: int = logging.INFO, **fields: Any) -> None:
    """Log an event of ours with its fields."""
    logger.log(level, event, extra={"fields": fields})


def route_of(scope: Scope) -> str:
    """The route's template, as ``/api/v1/conversations/{conversation_id}``: it names nobody."""
    template = getattr(scope.get("route"), "path", None)
    if template:
        return str(template)
    return "/assets" if str(scope.get("path", "")).startswith("/assets/") else "unmatched"


def _only_where(logger: object, method: str, event: Event) -> Event:
    """Another library's line tells only where it comes from."""
    record: logging.LogRecord = event["_record"]
    event.update(getattr(record, "fields", {}))
    if record.name.partition(".")[0] not in PLAIN:
        event["event"] = "library_message"
        event["where"] = f"{record.module}:{record.lineno}"
    elif "Traceback (most" in str(event["event"]):
        # Uvicorn hands on an exception of the start or end as a text, messages and all.
        event["event"], event["where"] = "traceback", f"{record.module}:{record.lineno}"
    return event


def _stack(logger: object, method: str, event: Event) -> Event:
    """An exception by its type and the places in the code, without messages and values."""
    info = event.get("exc_info") or event["_record"].exc_info
    if not isinstance(info, tuple) or info[0] is None:
        return event
    event["exception"] = info[0].__name__
    event["stack"] = _places(info[2])
    return event


def _places(trace: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(trace)
    return [f"{f.filename.rpartition('/')[2]}:{f.lineno} {f.name}" for f in frames[-12:]]


def _known_fields(logger: object, method: str, event: Event) -> Event:
    """What is not listed is dropped, so that a new field is a decision."""
    return {name: value for name, value in event.items() if name in FIELDS}
