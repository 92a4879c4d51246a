"""What every story is judged by besides its own words: no error in the log, and nobody called who should not be."""

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.sandbox.journal import ApiCall

CALLS = re.compile(r"<[!@][^>]*>?")
OURS = re.compile(r"<!date\^\d+\^[^>|]+(\^[^>|]+)?\|[^>]+>|<@(?P<user>[UW][A-Z0-9]+)>")
LITERAL = frozenset({"plain_text", "raw_text", "text"})
"""Text objects, and the pieces of rich text, in which Slack shows everything as it stands."""


class LogWatch(logging.Handler):
    """Keeps what is logged as an error, with its traceback."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.errors: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """See logging.Handler."""
        trace = logging.Formatter().formatException(record.exc_info) if record.exc_info else ""
        self.errors.append(f"{record.name}: {record.getMessage()}\n{trace}")

    def unexpected(self, expected: Sequence[str]) -> list[str]:
        """The errors in which none of these texts stands."""
        return [error for error in self.errors if not any(text in error for text in expected)]


def watched_log() -> Iterator[list[str]]:
    """The body of a fixture: yields the list in which a test names the errors it causes; any other fails it."""
    watch = LogWatch()
    expected: list[str] = []
    logging.getLogger().addHandler(watch)
    try:
        yield expected
    finally:
        logging.getLogger().removeHandler(watch)
    assert watch.unexpected(expected) == []


def strange_calls(journal: Sequence[ApiCall], members: Mapping[str, Any]) -> list[str]:
    """Everything sent to Slack that would call a group, a channel or somebody who does not exist."""
    return [
        f"{call.method}: {found}"
        for call in journal
        for found in calls_in(call)
        if not _is_ours(found, members)
    ]


def calls_in(call: ApiCall) -> list[str]:
    """What Slack would read as a mention, a broadcast or a date in this call."""
    return [found.group() for text in _read_texts(call.args) for found in CALLS.finditer(text)]


def _is_ours(found: str, members: Mapping[str, Any]) -> bool:
    match = OURS.fullmatch(found)
    return match is not None and (match["user"] is None or match["user"] in members)


def _read_texts(node: Any) -> Iterator[str]:
    """Every text in which Slack looks for notation, at any depth."""
    if isinstance(node, Mapping):
        if node.get("type") in LITERAL:
            return
        for name, value in node.items():
            if isinstance(value, str):
                yield from [value] if name == "text" else ()
            else:
                yield from _read_texts(value)
    elif isinstance(node, list | tuple):
        for one in node:
            yield from _read_texts(one)
