"""What the requester reads: plain words, and the buttons of what is asked."""

from bot.adapters.slack.blocks import facts
from bot.adapters.slack.blocks.elements import Block, plain_context, section
from bot.adapters.slack.blocks.offered import with_offer
from bot.adapters.slack.blocks.quotes import quote
from bot.adapters.slack.blocks.subject import issue_of, next_of, quote_of, sentence_of
from bot.adapters.slack.blocks.text import fallback, render
from bot.adapters.slack.drawing import Drawing
from bot.usecases.rows import Letter

QUOTE_IN_TEXT = 3000


def draw_update(letter: Letter) -> Drawing:
    """An update, or a question, with its buttons. Raises ValueError for a letter about no issue."""
    issue = issue_of(letter)
    said, written = render(sentence_of(letter), letter.now), quote_of(letter)
    coming = render(next_of(letter), letter.now)
    more = [section(coming)] if coming else []
    blocks: list[Block] = [section(said), *quote("", written), *more, plain_context(facts.heading(issue))]
    text = [said, facts.quoted_line("", written, QUOTE_IN_TEXT), coming, facts.heading_line(issue)]
    return with_offer(letter, Drawing(fallback(text), blocks, live=False))
