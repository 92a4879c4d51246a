"""Several issues, one below the other: the answer to list and mine, and the parts of the Home tab."""

from collections.abc import Sequence
from datetime import datetime

from bot.adapters.slack import ids
from bot.adapters.slack.blocks import facts
from bot.adapters.slack.blocks.buttons import issue_button
from bot.adapters.slack.blocks.clean import first_upper
from bot.adapters.slack.blocks.elements import Block, context, header, plain_section, section
from bot.adapters.slack.blocks.text import fallback, inline, octets, render
from bot.adapters.slack.drawing import Drawing
from bot.domain.issue import Issue
from bot.domain.wording import card as wording
from bot.domain.wording import names

SHOWN = 20
HEADLINE_LIMIT = 400


def list_answer(
    issues: Sequence[Issue], title: str, empty_hint: str, more: int, now: datetime | None = None
) -> Drawing:
    """Up to 20 issues. `more` is how many there are beyond those given; `empty_hint` says what to do without any."""
    shown, left = issues[:SHOWN], more + max(0, len(issues) - SHOWN)
    blocks: list[Block] = [header(title)]
    text = [inline(title)]
    for issue in shown:
        blocks += rows(issue, now)
        text.append(f"{facts.heading_line(issue)} · {_state(issue)}. {_headline(issue, now)}")
    if not shown:
        blocks.append(section(inline(empty_hint)))
        text.append(inline(empty_hint))
    if left:
        blocks.append(context(_more(left)))
        text.append(_more(left))
    return Drawing(fallback(text, weigh=octets), blocks, live=False)


def rows(issue: Issue, now: datetime | None) -> list[Block]:
    """One issue in two blocks: its name with a Details button, and how it stands."""
    return [
        plain_section(facts.heading(issue), issue_button(ids.DETAILS, issue)),
        context(f"{facts.kind_line(issue)} · {_state(issue)}\n{_headline(issue, now)}"),
    ]


def _state(issue: Issue) -> str:
    return first_upper(names.state_words(issue))


def _headline(issue: Issue, now: datetime | None) -> str:
    return render(wording.headline(issue), now, HEADLINE_LIMIT)


def _more(left: int) -> str:
    return f"{left} more are not shown here. Any issue opens by its number: /issue ISS-42"
