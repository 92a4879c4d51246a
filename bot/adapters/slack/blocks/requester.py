"""What the requester reads: plain words, and the buttons of what is asked."""

from bot.adapters.slack.blocks import facts
from bot.adapters.slack.blocks.elements import Block, plain_context, section
from bot.adapters.slack.blocks.offered import with_offer
from bot.adapters.slack.blocks.quotes import quote
from bot.adapters.slack.blocks.subject import issue_of, next_of, quote_of, sentence_of
from bot.adapters.slack.blocks.text import fallback, render
from bot.adapters.slack.drawing import Drawing
from bot.domain.issue import TargetKind
from bot.domain.notification import Notice
from bot.domain.wording.requester import in_their_place
from bot.domain.words import NOTHING, Sentence
from bot.usecases.rows import Letter

QUOTE_IN_TEXT = 3000


def draw_update(letter: Letter) -> Drawing:
    """An update, or a question, with its buttons. Raises ValueError for a letter about no issue."""
    issue = issue_of(letter)
    said, written = render(sentence_of(letter), letter.now), quote_of(letter)
    coming = render(next_of(letter), letter.now)
    instead = render(_in_their_place(letter.row.notice), letter.now)
    more = [section(one) for one in (coming, instead) if one]
    blocks: list[Block] = [section(said), *quote("", written), *more, plain_context(facts.heading(issue))]
    text = [said, facts.quoted_line("", written, QUOTE_IN_TEXT), coming, instead, facts.heading_line(issue)]
    return with_offer(letter, Drawing(fallback(text), blocks, live=False))


def _in_their_place(notice: Notice) -> Sentence:
    """That somebody else reads it, in a direct message, because who it is for could not be reached."""
    reader, to = notice.text("reader"), notice.to
    read_instead = reader and to.kind is TargetKind.USER and to.id != reader
    return in_their_place(reader) if read_instead else NOTHING
