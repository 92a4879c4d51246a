"""All that is known of an issue, as blocks and as lines: the trunk of the card, of Details and of `show`."""

from dataclasses import dataclass
from datetime import datetime

from bot.adapters.slack.blocks import facts
from bot.adapters.slack.blocks.elements import Block, context, header, section
from bot.adapters.slack.blocks.quotes import quote
from bot.adapters.slack.blocks.text import SECTION_LIMIT, bold, instant, render
from bot.domain.caring_time import next_update_by
from bot.domain.issue import Issue
from bot.domain.lifecycle import IN_WORK
from bot.domain.reopening import why_again
from bot.domain.wording import card as wording
from bot.domain.wording.caring import next_update
from bot.domain.wording.lateness import deadlines
from bot.domain.words import NOTHING

RUNG_LIMIT = 600
HEADLINE_LIMIT = 2500
AGAIN = "Why it is open again"


@dataclass(frozen=True, slots=True)
class Room:
    """How much a picture shows of what people wrote, in characters, and where to read the rest."""

    text: int = SECTION_LIMIT
    fact: int = 1000
    rest: str = ""


def blocks(issue: Issue, now: datetime, room: Room) -> list[Block]:
    """At most twelve blocks: who must act until when, which issue it is, its facts, what was promised, its ladder."""
    promised = "\n".join(_promised(issue, now))
    return [
        section(bold(render(wording.headline(issue), now, HEADLINE_LIMIT))),
        header(facts.heading(issue)),
        facts.fact_fields(issue, now),
        *([section(promised)] if promised else []),
        *quote("What happened", issue.facts.happened, room.text, room.rest),
        *quote(AGAIN, why_again(issue), room.text, room.rest),
        *facts.more_fact_lines(issue, room.fact),
        section(facts.within_one_section([bold(_ladder_label(issue)), *_ladder(issue, now)], SECTION_LIMIT)),
        *_last_update(issue, now, room),
        *quote(_done_label(issue), issue.resolution, room.text, room.rest),
    ]


def lines(issue: Issue, now: datetime) -> list[str]:
    """The same as escaped lines, for fallback texts."""
    return [
        render(wording.headline(issue), now),
        facts.heading_line(issue),
        *facts.fact_lines(issue, now),
        *_promised(issue, now),
        facts.quoted_line(AGAIN, why_again(issue)),
        *_ladder(issue, now),
        facts.quoted_line("Last update", issue.last_update),
        facts.quoted_line(_done_label(issue), issue.resolution),
    ]


def _promised(issue: Issue, now: datetime) -> list[str]:
    by = next_update_by(issue)
    said = [deadlines(issue), next_update(by) if by else NOTHING]
    return [render(one, now) for one in said if one]


def _ladder(issue: Issue, now: datetime) -> list[str]:
    return [render(rung, now, RUNG_LIMIT) for rung in wording.ladder(issue)]


def _ladder_label(issue: Issue) -> str:
    return "Who is asked" if issue.state in IN_WORK else "Who was asked"


def _done_label(issue: Issue) -> str:
    """After a dispute the old solution still says what was tried, but not that it is solved."""
    return "What was done" if issue.resolved_at else "What was done before it was opened again"


def _last_update(issue: Issue, now: datetime, room: Room) -> list[Block]:
    written = quote("Last update to the requester", issue.last_update, room.text, room.rest)
    if written and issue.last_update_at:
        written.append(context(f"Updated {instant(issue.last_update_at, now)}"))
    return written
