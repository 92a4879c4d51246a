"""The answer to a list with a filter: a page of issues, as an answer for one person's eyes and as a page of a modal."""

from collections.abc import Iterator
from datetime import datetime

from bot.adapters.slack import ids, values
from bot.adapters.slack.blocks import lists
from bot.adapters.slack.blocks.elements import Block, actions, button, context, header, section
from bot.adapters.slack.blocks.facts import heading_line
from bot.adapters.slack.blocks.search import permalink
from bot.adapters.slack.blocks.text import fallback, inline, octets, person, units
from bot.adapters.slack.blocks.views import modal
from bot.adapters.slack.drawing import Drawing
from bot.domain.filters import PEOPLE, Filter, words
from bot.usecases.list_issues import PAGE, Listing

VALUE_LIMIT = 1900
"""Slack's is 2000; the number of the page needs some of it."""
NOT_KNOWN = (
    "Slack could not say who you are, so only issues you take part in are shown. Try again in a moment."
)
NOTHING_OPEN = "Nothing is open. {command} raises an issue."
NOTHING_FITS = "Nothing fits this. Fewer words and filters find more."
ONLY_OPEN = "Only what is open or in work was looked through: state:all looks through everything."


def listing_answer(found: Listing, domain: str, command: str, now: datetime) -> Drawing:
    """The page that was found. `domain` is that of the workspace's web addresses, if it is known."""
    lines = [_title(found), _asked(found.asked), *(heading_line(one) for one in found.issues)]
    lines += [_extent(found), *_notes(found, command)]
    return Drawing(fallback(lines, weigh=octets), list(_blocks(found, domain, command, now)), live=False)


def listing_view(found: Listing, domain: str, command: str, now: datetime, metadata: str) -> Block:
    """The same in a modal, where its pages are turned."""
    blocks = list(_blocks(found, domain, command, now))
    return modal(ids.VIEW_LIST, "Issues", blocks, metadata=metadata)


def page_value(start: int, asked: str) -> str:
    """What the button of a page carries: where it begins, and the filter as it is written."""
    return f"{start}|{asked}"


def carried(asked: str) -> bool:
    """Whether a button can carry this filter."""
    return units(asked) <= VALUE_LIMIT


def read_page(value: str) -> tuple[int, str]:
    """The inverse; the first page for anything else."""
    start, _, asked = value.partition("|")
    return values.load_number(start), asked


def _blocks(found: Listing, domain: str, command: str, now: datetime) -> Iterator[Block]:
    yield header(_title(found))
    if asked := _asked(found.asked):
        yield context(asked)
    for note in _notes(found, command):
        yield section(note)
    for issue in found.issues:
        link = permalink((found.cards or {}).get(issue.number), domain)
        yield from lists.rows(issue, now, f"<{link}|Open its card>" if link else "")
    if extent := _extent(found):
        yield context(extent)
    yield from actions(list(_pages(found)))


def _title(found: Listing) -> str:
    return "Open issues" if found.asked == Filter() else "Issues"


def _asked(asked: Filter) -> str:
    """The filter as it is written, with people as people."""
    plain = words(asked.having(**dict.fromkeys(PEOPLE, "")))
    people = [f"{key}:{_who(getattr(asked, key))}" for key in PEOPLE if getattr(asked, key)]
    return " ".join(part for part in (inline(plain), *people) if part)


def _who(named: str) -> str:
    return inline(named) if named == "me" else person(named)


def _notes(found: Listing, command: str) -> list[str]:
    notes = [] if found.known else [NOT_KNOWN]
    if not found.issues and found.asked == Filter():
        notes.append(NOTHING_OPEN.format(command=inline(command)))
    elif not found.issues:
        notes.append(NOTHING_FITS if found.asked.states else f"{NOTHING_FITS} {ONLY_OPEN}")
    return notes


def _extent(found: Listing) -> str:
    """``16 to 30 of 47``; nothing when all are shown."""
    if found.total <= len(found.issues):
        return ""
    return f"{found.start + 1} to {found.start + len(found.issues)} of {found.total:,}"


def _pages(found: Listing) -> Iterator[Block]:
    asked = words(found.asked)
    if not carried(asked):
        return
    if found.start > 0:
        yield button(
            "Back",
            ids.LIST_PAGE,
            page_value(max(0, found.start - PAGE), asked),
            spoken="Show the page before",
        )
    if found.start + len(found.issues) < found.total:
        yield button(
            "Next", ids.LIST_PAGE_NEXT, page_value(found.start + PAGE, asked), spoken="Show the next page"
        )
