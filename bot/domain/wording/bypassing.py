"""What is said about jumping over a level and of what the escalation manager says to it."""

from collections.abc import Callable, Mapping

from bot.domain.events import Event, EventKind
from bot.domain.issue import Issue
from bot.domain.words import Sentence

LINES: Mapping[EventKind, Callable[[Issue, Event], Sentence | None]] = {}
