"""The parts of the Home tab: a list with its buttons and pages, what is open by priority, what admins need to know."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.adapters.slack import ids
from bot.adapters.slack.blocks.buttons import issue_button
from bot.adapters.slack.blocks.elements import Block, actions, button, context, header, section
from bot.adapters.slack.blocks.facts import heading_line, priority_title
from bot.adapters.slack.blocks.listing import carried, page_value
from bot.adapters.slack.blocks.lists import standing
from bot.adapters.slack.blocks.text import bold, inline, instant, render, shorten
from bot.domain.filters import Filter, words
from bot.domain.issue import Issue
from bot.domain.wishing import wish
from bot.domain.words import NOTHING, Person, Sentence, say
from bot.usecases.home import Home, Part

MOST_PRIORITIES = 8
QUOTED = 200
"""So much of what somebody wrote stands in a row of a list."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a list is shown: its title, what stands there without any, and the buttons of a row.

    A row without buttons of its own has Details beside it. `about` says what is asked of the reader."""

    title: str
    nothing: str
    buttons: tuple[str, ...] = ()
    about: Callable[[Issue], Sentence] = lambda _: NOTHING


def _wished(issue: Issue) -> Sentence:
    one = wish(issue)
    if one is None or one.level > len(issue.route.levels):
        return NOTHING
    level = issue.route.levels[one.level - 1].name
    reason = shorten(one.reason, QUOTED)
    return say(
        "{who} asks to go straight to {level}: {reason}", who=Person(one.by), level=level, reason=reason
    )


def _appealed(issue: Issue) -> Sentence:
    one = issue.care.sent_back
    if one is None:
        return NOTHING
    return say("{who} appeals: {why}", who=Person(one.appealed_by), why=shorten(one.appeal, QUOTED))


LOOKS: Mapping[str, Look] = {
    "waiting": Look("Waiting for you", "Nothing waits for you.", (ids.ACK, ids.DECLINE, ids.DETAILS)),
    "owned": Look("In your hands", "You have no issue in work."),
    "raised": Look("Raised by you", "Nothing that you raised is open."),
    "follows": Look("For you, or watched by you", "Nothing else that is for you or that you watch is open."),
    "bypass": Look("Wishes to skip a level", "", (ids.ALLOW, ids.LEAVE, ids.DETAILS), _wished),
    "appeal": Look("Appeals", "", (ids.UPHOLD, ids.STAYS, ids.DETAILS), _appealed),
    "unanswered": Look("Unanswered", "", (ids.ACK, ids.DETAILS)),
    "ownerless": Look("Escalated, and nobody has it yet", "", (ids.ACK, ids.DETAILS)),
    "late": Look("Later than promised", ""),
    "update_late": Look("The requester waits for news", "", (ids.UPDATE, ids.DETAILS)),
}


def title_of(part: Part) -> str:
    """``Late (12)``."""
    return f"{LOOKS[part.name].title} ({part.total:,})" if part.total else LOOKS[part.name].title


def part_blocks(part: Part, now: datetime) -> Iterator[Block]:
    """The heading, a page of rows, and the buttons that turn it."""
    look = LOOKS[part.name]
    yield header(title_of(part))
    if not part.issues:
        yield context(look.nothing)
    for issue in part.issues:
        yield from _row(issue, look, now)
    yield from actions(list(_pages(part)))


def part_lines(part: Part, now: datetime) -> Iterator[str]:
    """The same as text."""
    yield title_of(part)
    for issue in part.issues:
        yield f"{heading_line(issue)} · {standing(issue, now)}"
        yield render(LOOKS[part.name].about(issue), now)


def _row(issue: Issue, look: Look, now: datetime) -> Iterator[Block]:
    about = render(look.about(issue), now)
    text = "\n".join(line for line in (bold(heading_line(issue)), about, standing(issue, now)) if line)
    if not look.buttons:
        yield section(text, issue_button(ids.DETAILS, issue))
        return
    yield section(text)
    yield from actions([issue_button(action, issue) for action in look.buttons])


def _pages(part: Part) -> Iterator[Block]:
    end, title = part.start + len(part.issues), LOOKS[part.name].title
    if part.start:
        back = f"{part.name}={max(0, part.start - part.size)}"
        yield button("Back", ids.HOME_BACK, back, spoken=f"{title}: the page before")
    if end < part.total:
        more = f"{part.name}={part.start + part.size}"
        yield button(f"More ({part.total - end:,})", ids.HOME_MORE, more, spoken=f"{title}: the next page")


def priority_blocks(home: Home) -> list[Block]:
    """How much is open, by priority; each opens its list."""
    everything = sum(many for _, many in home.by_priority)
    if not everything:
        return [header("Open now"), context("Nothing is open.")]
    shown = [one for one in home.by_priority if carried(one[0].key)][:MOST_PRIORITIES]
    all_of_them = [
        button(f"All: {everything:,}", f"{ids.LIST_OPEN}:0", _list(Filter()), spoken="List all that is open")
    ]
    each = [
        button(
            f"{priority_title(one)}: {many:,}",
            f"{ids.LIST_OPEN}:{number}",
            _list(Filter(priorities=(one.key,))),
            spoken=f"List what is open with the priority {priority_title(one)}",
        )
        for number, (one, many) in enumerate(shown, start=1)
    ]
    return [header("Open now"), *actions([*each, *all_of_them])]


def _list(asked: Filter) -> str:
    return page_value(0, words(asked))


def priority_lines(home: Home) -> list[str]:
    """The same as text."""
    counts = [f"{inline(priority_title(one))}: {many:,}" for one, many in home.by_priority]
    return [f"Open now: {', '.join(counts) or 'nothing'}"]


def admin_blocks(home: Home, command: str, now: datetime) -> list[Block]:
    """How the matrix is, and what could not be sent; nothing for others."""
    lines = admin_lines(home, command, now)
    return [header("For admins"), *map(section, lines)] if lines else []


def admin_lines(home: Home, command: str, now: datetime) -> list[str]:
    """The same as text."""
    if not home.who.admin:
        return []
    lines = []
    if home.health is not None:
        lines.append(f"{bold('The matrix')}: {_health(home.health.serious, home.health.notes)}")
    undelivered = [
        f"• {f'ISS-{row.issue}: ' if row.issue else ''}{inline(row.notice.kind.value.replace('_', ' '))}, "
        f"{instant(row.created_at, now)}: {inline(shorten(row.last_error, QUOTED))}"
        for row in home.undelivered
    ]
    nothing = "Every message went out."
    lines.append("\n".join([bold("Not delivered"), *undelivered]) if undelivered else nothing)
    return lines


def _health(serious: int, notes: int) -> str:
    if not serious and not notes:
        return "the check finds nothing to mend."
    found = f"{_things(serious)} that will hurt"
    more = f", and {_things(notes)} to know" if notes else ""
    them = "it" if serious + notes == 1 else "them"
    return f"the check finds {found}{more}. `rung matrix check` lists {them}; owners of paths are told."


def _things(number: int) -> str:
    return {0: "nothing", 1: "one thing"}.get(number, f"{number} things")
