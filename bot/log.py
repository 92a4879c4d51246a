"""Logs: one event a line, JSON for machines or text for people; secrets never, user text never."""

import json
import logging
import re
import sys
from collections.abc import Mapping
from datetime import UTC, datetime

_SECRET = re.compile(
    r"xox[a-z]-[\w.-]+|xapp-[\w.-]+|https://hooks\.slack\.com/\S+|(?<=://)[^/\s:@]*:[^/\s@]+(?=@)|ticket=[\w.-]+"
)
_QUIET = {
    "slack_bolt": logging.WARNING,
    "slack_sdk": logging.WARNING,
    "apscheduler": logging.WARNING,
    "alembic": logging.WARNING,
}
_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def redact(text: str) -> str:
    """The text without tokens, passwords in addresses, and tickets."""
    return _SECRET.sub("[secret]", text)


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
        return json.dumps(event, ensure_ascii=False)


class TextFormatter(logging.Formatter):
    """For people at a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """See logging.Formatter."""
        return redact(super().format(record))


def set_up(level: str, style: str) -> None:
    """Send all logs to standard error. The SDK's own debug output prints whole messages, so it stays off."""
    handler = logging.StreamHandler(sys.stderr)
    text = TextFormatter("%(asctime)s %(levelname)-7s %(message)s", datefmt="%H:%M:%S")
    handler.setFormatter(JsonFormatter() if style == "json" else text)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name, quiet in _QUIET.items():
        logging.getLogger(name).setLevel(max(quiet, logging.getLevelName(level)))


def _bound(record: logging.LogRecord) -> Mapping[str, object]:
    return {name: value for name, value in vars(record).items() if name not in _OWN}
