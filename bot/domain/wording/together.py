"""What is said about issues that belong together, of notes, edits and kudos."""

from collections.abc import Callable, Mapping

from bot.domain.events import Event, EventKind
from bot.domain.issue import Issue
from bot.domain.words import Sentence

LINES: Mapping[EventKind, Callable[[Issue, Event], Sentence | None]] = {}
