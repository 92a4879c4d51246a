"""The answer to `why`: path, clocks and timers of one issue, each with its reason, for one person's eyes."""

from collections.abc import Sequence
from datetime import datetime

from bot.adapters.slack import ids
from bot.adapters.slack.blocks import facts
from bot.adapters.slack.blocks.buttons import issue_button
from bot.adapters.slack.blocks.elements import actions, header, section
from bot.adapters.slack.blocks.text import SECTION_LIMIT, bold, fallback, octets, render
from bot.adapters.slack.drawing import Drawing
from bot.domain.issue import Issue
from bot.domain.timers import Timer
from bot.domain.wording import card
from bot.domain.wording.why import Reasons, explain

LINE_LIMIT = 500


def why_answer(issue: Issue, timers: Sequence[Timer], now: datetime) -> Drawing:
    """One section for each thing that is explained."""
    parts = explain(issue, timers, now)
    headline = render(card.headline(issue), now)
    blocks = [header(facts.heading(issue)), section(bold(headline))]
    for part in parts:
        blocks.append(
            section(facts.within_one_section([bold(part.title), *_lines(part, now)], SECTION_LIMIT))
        )
    text = [facts.heading_line(issue), headline]
    for part in parts:
        text += [f"{part.title}:", *_lines(part, now)]
    buttons = actions([issue_button(ids.DETAILS, issue)])
    return Drawing(fallback(text, weigh=octets), [*blocks, *buttons], live=False)


def _lines(part: Reasons, now: datetime) -> list[str]:
    return [line for one in part.lines if (line := render(one, now, LINE_LIMIT))]
