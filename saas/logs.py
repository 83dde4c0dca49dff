"""The log: one JSON object a line on standard error, for whatever ships it to another host.

A line break in a value is escaped by JSON, so nobody can write a second line; numbers of persons and secrets are taken
out of every text; of an exception the place is told, never its message, which may hold what somebody typed.
"""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Any, TextIO

from saas import redaction

CONTEXT = ("tenant", "request_id", "endpoint")
"""What a line says of the request when the caller gives it as ``extra``."""
LONGEST = 8000  # characters of one text
OURS = ("saas", "tenants", "blueprints")


class JsonLines(logging.Formatter):
    """Formats a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line: when, how serious, from where, what, and for which request."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _text(record.getMessage()),
            **{name: _text(str(getattr(record, name))) for name in CONTEXT if getattr(record, name, None) is not None},
        }
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            line["where"] = _text("".join(traceback.format_tb(record.exc_info[2])))
        return json.dumps(line, ensure_ascii=True)


def install(stream: TextIO = sys.stderr) -> logging.Handler:
    """Have every logger write such lines, and nothing else: libraries from warnings on, our own code all it tells."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for package in OURS:
        logging.getLogger(package).setLevel(logging.INFO)
    return handler


def _text(text: str) -> str:
    return redaction.everything(text[:LONGEST])
