"""Logs: one event a line, JSON for machines or text for people; secrets never, user text never."""

import json
import logging
import re
import sys
from collections.abc import Mapping
from datetime import UTC, datetime

_SECRET = re.compile(
    r"xox[a-z]-[\w.-]+|xapp-[\w.-]+"  # tokens
    r"|https://hooks\.slack\.com/\S+"  # addresses that answer an interaction
    r"|\b\d{6,}\.\d{6,}\.[0-9a-f]{20,}\b"  # trigger ids
    r"|\b[0-9a-f]{32}\b"  # signing secrets
    r"|(?<=://)[^/\s:@]*:[^/\s@]+(?=@)"  # user and password of an address
    r"|ticket=[\w.-]+"  # of a socket's address
)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""What could begin a new line, move the cursor of a terminal, or turn the direction of writing."""
_QUIET = {
    "slack_bolt": logging.ERROR,
    "slack_sdk": logging.WARNING,
    "apscheduler": logging.WARNING,
    "alembic": logging.WARNING,
    "uvicorn": logging.WARNING,
}
_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def redact(text: str) -> str:
    """The text without tokens, passwords in addresses, and tickets."""
    return _SECRET.sub("[secret]", text)


class Quiet(logging.Filter):
    """Keeps libraries quiet however their loggers are set: Bolt gives new ones the level of the root logger."""

    def filter(self, record: logging.LogRecord) -> bool:
        """See logging.Filter."""
        return record.levelno >= _QUIET.get(record.name.split(".")[0], logging.NOTSET)


class JsonFormatter(logging.Formatter):
    """One JSON object a line: at (UTC), level, logger, message, and whatever the call bound."""

    def format(self, record: logging.LogRecord) -> str:
        """See logging.Formatter."""
        event: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": redact(record.getMessage()),
            **{name: redact(str(value)) for name, value in _bound(record).items()},
        }
        if record.exc_info:
            event["error"] = redact(self.formatException(record.exc_info))
        return _one_line(json.dumps(event, ensure_ascii=False))


class TextFormatter(logging.Formatter):
    """For people at a terminal: a message is one line, a traceback follows on lines of its own."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the standard library's name
        """See logging.Formatter."""
        return _one_line(super().formatMessage(record))

    def format(self, record: logging.LogRecord) -> str:
        """See logging.Formatter."""
        return redact(super().format(record))


def set_up(level: str, style: str) -> None:
    """Send all logs to standard error. The SDK's own debug output prints whole messages, so it stays off."""
    handler = logging.StreamHandler(sys.stderr)
    text = TextFormatter("%(asctime)s %(levelname)-7s %(message)s", datefmt="%H:%M:%S")
    handler.addFilter(Quiet())
    handler.setFormatter(JsonFormatter() if style == "json" else text)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name, quiet in _QUIET.items():
        logging.getLogger(name).setLevel(max(quiet, logging.getLevelName(level)))


def _one_line(text: str) -> str:
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _bound(record: logging.LogRecord) -> Mapping[str, object]:
    return {name: value for name, value in vars(record).items() if name not in _OWN}
