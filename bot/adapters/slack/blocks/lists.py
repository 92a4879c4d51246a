"""Several issues, one below the other: the answers to list and mine, and the parts of the Home tab."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.adapters.slack import ids
from bot.adapters.slack.blocks import facts
from bot.adapters.slack.blocks.buttons import issue_button
from bot.adapters.slack.blocks.clean import first_upper
from bot.adapters.slack.blocks.elements import MESSAGE_BLOCKS, Block, context, header, plain_section, section
from bot.adapters.slack.blocks.text import fallback, inline, octets, render
from bot.adapters.slack.drawing import Drawing
from bot.domain.issue import Issue
from bot.domain.veil import veiled
from bot.domain.wording import card as wording
from bot.domain.wording import lateness, names

MOST_ROWS = 20
BLOCKS_PER_ROW = 2
BLOCKS_AROUND = 2
"""The heading of a list, and the line that says how many are left."""
HEADLINE_LIMIT = 400


@dataclass(frozen=True, slots=True)
class Listed:
    """One list. `more` is how many there are beyond those given; `empty_hint` says what to do without any."""

    title: str
    issues: Sequence[Issue]
    empty_hint: str
    more: int = 0


def list_answer(
    issues: Sequence[Issue], title: str, empty_hint: str, more: int, now: datetime | None = None
) -> Drawing:
    """One list of up to 20 issues, for one person's eyes."""
    return lists_answer([Listed(title, issues, empty_hint, more)], now)


def lists_answer(lists: Sequence[Listed], now: datetime | None = None) -> Drawing:
    """Several lists in one message. They share its room, so that none pushes another out."""
    room = (MESSAGE_BLOCKS // max(1, len(lists)) - BLOCKS_AROUND) // BLOCKS_PER_ROW
    most = min(MOST_ROWS, room)
    blocks = [block for one in lists for block in _blocks(one, most, now)]
    text = [line for one in lists for line in _lines(one, most, now)]
    return Drawing(fallback(text, weigh=octets), blocks, live=False)


def rows(issue: Issue, now: datetime | None, link: str = "") -> list[Block]:
    """One issue in two blocks: its name with a Details button, and how it stands. `link` is mrkdwn of ours below it."""
    return [
        plain_section(facts.heading(issue), issue_button(ids.DETAILS, issue)),
        context("\n".join(part for part in (standing(issue, now), link) if part)),
    ]


def standing(issue: Issue, now: datetime | None) -> str:
    """How it stands, in two lines of mrkdwn: of what kind, since when late; who has it or is asked, and since when."""
    return f"{facts.kind_line(issue)} · {_state(issue, now)}\n{_headline(issue, now)}"


def _blocks(listed: Listed, most: int, now: datetime | None) -> Iterator[Block]:
    yield header(listed.title)
    if not listed.issues:
        yield section(inline(listed.empty_hint))
    for issue in listed.issues[:most]:
        yield from rows(issue, now)
    if left := _left(listed, most):
        yield context(left)


def _lines(listed: Listed, most: int, now: datetime | None) -> Iterator[str]:
    yield inline(listed.title)
    if not listed.issues:
        yield inline(listed.empty_hint)
    for issue in listed.issues[:most]:
        yield f"{facts.heading_line(issue)} · {_state(issue, now)}. {_headline(issue, now)}"
    yield _left(listed, most)


def _left(listed: Listed, most: int) -> str:
    left = listed.more + max(0, len(listed.issues) - most)
    return f"{left} more not shown here. Any issue can be shown by its number." if left else ""


def _state(issue: Issue, now: datetime | None) -> str:
    """``Open, later than promised since 16:40``."""
    late = render(lateness.late(issue), now)
    return first_upper(names.state_words(issue)) + (f", {late}" if late else "")


def _headline(issue: Issue, now: datetime | None) -> str:
    return render(wording.headline(veiled(issue)), now, HEADLINE_LIMIT)
