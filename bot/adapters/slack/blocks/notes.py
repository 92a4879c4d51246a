"""Messages of one sentence, with buttons where they ask something; and whispers to who pressed something."""

from datetime import datetime

from bot.adapters.slack.blocks import facts
from bot.adapters.slack.blocks.elements import Block, plain_context, section
from bot.adapters.slack.blocks.offered import with_offer
from bot.adapters.slack.blocks.quotes import quote
from bot.adapters.slack.blocks.subject import quote_of, sentence_of
from bot.adapters.slack.blocks.text import Weigh, fallback, octets, render, units
from bot.adapters.slack.drawing import Drawing
from bot.domain.words import Sentence
from bot.usecases.rows import Letter


def draw_note(letter: Letter) -> Drawing:
    """A sentence, what somebody wrote, and which issue it is about."""
    return _note(letter, units)


def draw_whisper(letter: Letter) -> Drawing:
    """The same for one person's eyes; Slack counts such a message in bytes."""
    return _note(letter, octets)


def said_answer(sentence: Sentence, now: datetime) -> Drawing:
    """A sentence as the answer to a command."""
    said = render(sentence, now)
    return Drawing(fallback([said], weigh=octets), [section(said)], live=False)


def _note(letter: Letter, weigh: Weigh) -> Drawing:
    said, written = render(sentence_of(letter), letter.now), quote_of(letter)
    blocks: list[Block] = [section(said), *quote("", written)]
    text = [said, facts.quoted_line("", written, 3000)]
    if letter.issue is not None:
        blocks.append(plain_context(facts.heading(letter.issue)))
        text.append(facts.heading_line(letter.issue))
    return with_offer(letter, Drawing(fallback(text, weigh=weigh), blocks, live=False))
