"""Messages of one sentence, with buttons where they ask something; and whispers to who pressed something."""

from datetime import datetime

from bot.adapters.slack.blocks import facts
from bot.adapters.slack.blocks.elements import Block, plain_context, section
from bot.adapters.slack.blocks.offered import with_offer
from bot.adapters.slack.blocks.quotes import quote
from bot.adapters.slack.blocks.subject import quote_of, sentence_of
from bot.adapters.slack.blocks.text import Weigh, fallback, octets, render, units
from bot.adapters.slack.drawing import Drawing
from bot.domain.issue import Issue
from bot.domain.notification import NoticeKind
from bot.domain.sight import sees_as_named
from bot.domain.words import Sentence
from bot.usecases.rows import Letter

_THEIR_OFFICE = frozenset({NoticeKind.MANAGER, NoticeKind.PATH_OWNER})
"""Messages to who sees every issue, or every one of a path."""


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
    if letter.issue is not None and _may_read_its_name(letter, letter.issue):
        blocks.append(plain_context(facts.heading(letter.issue)))
        text.append(facts.heading_line(letter.issue))
    return with_offer(letter, Drawing(fallback(text, weigh=weigh), blocks, live=False))


def _may_read_its_name(letter: Letter, issue: Issue) -> bool:
    """A private issue is not named to somebody who only happens to be written to: who is thanked for it."""
    notice = letter.row.notice
    return notice.kind in _THEIR_OFFICE or sees_as_named(issue, notice.to.id)
