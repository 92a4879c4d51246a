"""What happened to an issue so far, line by line."""

from collections.abc import Sequence
from datetime import datetime

from bot.adapters.slack.blocks.elements import Block, section
from bot.adapters.slack.blocks.text import bold, instant, render
from bot.domain.events import Event
from bot.domain.issue import Issue
from bot.domain.wording import log

LINE_LIMIT = 300
PER_SECTION = 6
TITLE = "What happened so far"


def told(issue: Issue, timeline: Sequence[Event], now: datetime, newest: int) -> list[str]:
    """The newest events, oldest first: when, and what, one mrkdwn line each."""
    sayings = [(event.at, said) for event in timeline if (said := log.line(issue, event))]
    lines = [f"{instant(at, now)}  {render(said, now, LINE_LIMIT)}" for at, said in sayings[-newest:]]
    earlier = len(sayings) - len(lines)
    return [f"{earlier} earlier not shown.", *lines] if earlier else lines


def told_blocks(lines: Sequence[str]) -> list[Block]:
    """The same under a heading; nothing when nothing happened."""
    if not lines:
        return []
    groups = [lines[start : start + PER_SECTION] for start in range(0, len(lines), PER_SECTION)]
    return [section(bold(TITLE)), *(section("\n".join(group)) for group in groups)]
