"""The answer to `show`: an issue and what happened to it, for one person's eyes."""

from collections.abc import Sequence
from datetime import datetime

from bot.adapters.slack import ids
from bot.adapters.slack.blocks import whole
from bot.adapters.slack.blocks.buttons import issue_button
from bot.adapters.slack.blocks.elements import actions
from bot.adapters.slack.blocks.history import told, told_blocks
from bot.adapters.slack.blocks.text import fallback, octets
from bot.adapters.slack.drawing import Drawing
from bot.domain.events import Event
from bot.domain.issue import Issue

NEWEST = 20
_ROOM = whole.Room(text=2000, fact=500, rest="Cut here. Details shows all of it.")


def show_answer(issue: Issue, timeline: Sequence[Event], now: datetime | None = None) -> Drawing:
    """The issue and its newest events. Without `now`, instants on other days than that of the raise say their day."""
    at = now or issue.raised_at
    happened = told(issue, timeline, at, NEWEST)
    buttons = actions([issue_button(ids.DETAILS, issue)])
    blocks = [*whole.blocks(issue, at, _ROOM), *told_blocks(happened), *buttons]
    return Drawing(fallback([*whole.lines(issue, at), *happened], weigh=octets), blocks, live=False)
