"""Pictures of private issues: the card's copy for one person, and what a channel sees, which is next to nothing."""

from dataclasses import replace

from bot.adapters.slack import ids
from bot.adapters.slack.blocks import facts
from bot.adapters.slack.blocks.buttons import issue_button
from bot.adapters.slack.blocks.card import draw_card
from bot.adapters.slack.blocks.elements import actions, context, section
from bot.adapters.slack.blocks.subject import issue_of
from bot.adapters.slack.blocks.text import bold, fallback, inline, render
from bot.adapters.slack.drawing import Drawing
from bot.domain.issue import Issue, TargetKind
from bot.domain.notification import Notice, NoticeKind
from bot.domain.privacy import copies
from bot.domain.prompting import PINGS
from bot.domain.veil import hidden, veiled, veiled_sentence, veiled_timeline
from bot.domain.wording import prompts
from bot.domain.wording.hiding import asks_channel, gone_private, left, news, now_public, who_reads
from bot.domain.words import Sentence, load_sentence
from bot.usecases.rows import Letter

_SAID = ("sentence", "others", "next")
"""The arguments of a notice that hold sentences."""
_IN_THREAD = frozenset({NoticeKind.LOG, NoticeKind.MENTION})
"""Made without those names: everybody reads it."""


def draw_copy(letter: Letter) -> Drawing:
    """The card of a private issue, for one person. Raises ValueError for a letter about no issue."""
    issue = issue_of(letter)
    if not issue.private:
        return _said(now_public(issue), letter)
    if letter.row.notice.key not in copies(issue):
        return _said(left(issue), letter)
    card, small = draw_card(letter), render(who_reads(), letter.now)
    return Drawing(f"{card.text}\n{small}", [*card.blocks, context(small)], live=card.live)


def for_everybody(letter: Letter) -> Drawing | None:
    """What may be read of a private issue where more than one person reads; None for a letter that may be drawn."""
    issue, notice = letter.issue, letter.row.notice
    if issue is None or not issue.private or notice.to.kind is not TargetKind.CHANNEL:
        return None
    if notice.kind in PINGS:
        return _ping(letter, issue)
    return _said(gone_private(issue) if notice.kind is NoticeKind.CARD else news(issue), letter)


def without_name(letter: Letter) -> Letter:
    """Without the names of those who wished so; they themselves, and managers in Details, read them."""
    issue, notice = letter.issue, letter.row.notice
    reader = notice.to.id
    if issue is None or notice.args.get("names") or not hidden(issue, reader):
        return letter
    if notice.kind not in _IN_THREAD:
        said = {name: _veiled(issue, notice, name) for name in _SAID if notice.text(name)}
        notice = replace(notice, args={**notice.args, **said})
    return replace(
        letter,
        issue=veiled(issue, reader),
        row=replace(letter.row, notice=notice),
        timeline=veiled_timeline(issue, letter.timeline, reader),
    )


def _veiled(issue: Issue, notice: Notice, name: str) -> str:
    said = load_sentence(notice.text(name))
    return veiled_sentence(issue, said, notice.to.id, notice.text("openly")).dump()


def _ping(letter: Letter, issue: Issue) -> Drawing:
    """Number, priority, until when, and the button: whoever takes it sees all of it."""
    prompt = prompts.prompt(issue, letter.row.notice)
    if not prompt.live:
        return _said(prompt.sentence, letter)
    said = render(asks_channel(issue), letter.now)
    priority = inline(facts.priority(issue))
    blocks = [section(bold(said)), context(priority), *actions([issue_button(ids.ACK, issue)])]
    return Drawing(fallback([said, priority]), blocks, live=True)


def _said(sentence: Sentence, letter: Letter) -> Drawing:
    said = render(sentence, letter.now)
    return Drawing(fallback([said]), [section(said)], live=False)
