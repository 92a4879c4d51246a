"""What a search found, as an answer and as a page of a modal."""

from collections.abc import Iterator
from datetime import datetime

from bot.adapters.slack import ids, values
from bot.adapters.slack.blocks import lists
from bot.adapters.slack.blocks.elements import Block, actions, button, context, header, section
from bot.adapters.slack.blocks.facts import heading_line
from bot.adapters.slack.blocks.text import fallback, inline, octets
from bot.adapters.slack.blocks.views import modal
from bot.adapters.slack.drawing import Drawing
from bot.domain.words import Sentence, say
from bot.usecases.rows import MessageRef
from bot.usecases.search import PAGE, Hits

ONLY_OWN = "Only issues that you take part in were looked at."
WORDS_LENGTH = 300
"""So much of what was typed is carried from page to page."""


def search_answer(found: Hits, domain: str, command: str, now: datetime) -> Drawing:
    """The first page, for one person's eyes. `domain` is that of the workspace's web addresses, if it is known."""
    lines = [inline(_title(found)), *(heading_line(hit.issue) for hit in found.hits)]
    hint = [] if found.hits else [inline(nothing(found, command).plain())]
    return Drawing(
        fallback([*lines, *hint], weigh=octets), list(_blocks(found, domain, command, now)), live=False
    )


def search_view(found: Hits, domain: str, command: str, now: datetime, metadata: str) -> Block:
    """Any page."""
    blocks = list(_blocks(found, domain, command, now))
    return modal(ids.VIEW_SEARCH, "Search", blocks, metadata=metadata)


def page_value(offset: int, words: str) -> str:
    """What the button of a page carries."""
    return f"{offset}|{words[:WORDS_LENGTH]}"


def read_page(value: str) -> tuple[int, str]:
    """The inverse; the first page for anything else."""
    offset, _, words = value.partition("|")
    return values.load_number(offset), words


def nothing(found: Hits, command: str) -> Sentence:
    """What to do when nothing was found."""
    if not found.looked:
        return say("Please say what to look for: {command} search checkout acme", command=command)
    if found.offset:
        return say("There is nothing more.")
    return say(
        "Nothing was found. Each word is looked for by its beginning, and all of them must be there: "
        "fewer words find more."
    )


def _blocks(found: Hits, domain: str, command: str, now: datetime) -> Iterator[Block]:
    yield header(_title(found))
    if not found.hits:
        yield section(inline(nothing(found, command).plain()))
    for hit in found.hits:
        link = permalink(hit.card, domain)
        yield from lists.rows(hit.issue, now, f"<{link}|Open its card>" if link else "")
    if found.own and found.looked:
        yield context(ONLY_OWN)
    yield from actions(list(_pages(found)))


def permalink(card: MessageRef | None, domain: str) -> str:
    """Slack's own address of the card; empty when it is not known."""
    if card is None or not domain.replace("-", "").isalnum() or not card.stamp:
        return ""
    return f"https://{domain}.slack.com/archives/{card.place}/p{card.stamp.replace('.', '')}"


def _pages(found: Hits) -> Iterator[Block]:
    if found.offset:
        value = page_value(max(0, found.offset - PAGE), found.words)
        yield button("Newer ones", ids.SEARCH_PAGE, value, spoken="Show newer issues that were found")
    if found.more:
        value = page_value(found.offset + PAGE, found.words)
        yield button("Older ones", ids.SEARCH_PAGE_NEXT, value, spoken="Show older issues that were found")


def _title(found: Hits) -> str:
    first, last = found.offset + 1, found.offset + len(found.hits)
    where = f" ({first} to {last})" if found.offset or found.more else ""
    return f"Found for “{found.words[:60]}”{where}" if found.hits else f"Search: {found.words[:60]}"
