"""What is said about news that are due, of ratings and follow-ups."""

from collections.abc import Callable, Mapping

from bot.domain.events import Event, EventKind
from bot.domain.issue import Issue
from bot.domain.words import Sentence

LINES: Mapping[EventKind, Callable[[Issue, Event], Sentence | None]] = {}
