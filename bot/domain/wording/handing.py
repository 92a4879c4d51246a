"""What is said about an owner who gives it on, is asked whether they are still on it, or is gone."""

from collections.abc import Callable, Mapping

from bot.domain.events import Event, EventKind
from bot.domain.issue import Issue
from bot.domain.words import Sentence

LINES: Mapping[EventKind, Callable[[Issue, Event], Sentence | None]] = {}
