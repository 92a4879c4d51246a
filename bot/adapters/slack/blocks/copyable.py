"""A text that the raiser brings to a requester without Slack: plain words in a box, to be copied whole."""

from bot.adapters.slack.blocks import facts
from bot.adapters.slack.blocks.clean import clean
from bot.adapters.slack.blocks.elements import Block, context, plain_context, section
from bot.adapters.slack.blocks.notes import draw_note
from bot.adapters.slack.blocks.offered import with_offer
from bot.adapters.slack.blocks.subject import issue_of, next_of, quote_of, sentence_of
from bot.adapters.slack.blocks.text import SECTION_LIMIT, escape, fallback, render, shorten
from bot.adapters.slack.drawing import Drawing
from bot.domain.wording.caring import bring_this, times_are_local
from bot.domain.wording.copyable import copyable
from bot.usecases.rows import Letter


def draw_for_raiser(letter: Letter) -> Drawing:
    """A text to bring; any other message to the raiser is a sentence."""
    return _text_to_bring(letter) if letter.row.notice.args.get("copy") else draw_note(letter)


def _text_to_bring(letter: Letter) -> Drawing:
    issue, now = issue_of(letter), letter.now
    zone = issue.route.rules.timezone
    names = (letter.extra or {}).get("names")
    known = names if isinstance(names, dict) else {}
    said = [copyable(one, known, zone, now) for one in (sentence_of(letter), next_of(letter))]
    text = "\n".join(part for part in (said[0], clean(quote_of(letter)).strip(), said[1]) if part)
    above, below = (
        render(bring_this(issue, letter.row.notice.to.id), now),
        render(times_are_local(issue), now),
    )
    blocks: list[Block] = [section(above), _box(text), context(below), plain_context(facts.heading(issue))]
    lines = [above, escape(shorten(text, SECTION_LIMIT)), below, facts.heading_line(issue)]
    return with_offer(letter, Drawing(fallback(lines), blocks, live=False))


def _box(text: str) -> Block:
    """Nothing in it is parsed."""
    part = {"type": "text", "text": shorten(text, SECTION_LIMIT)}
    return {"type": "rich_text", "elements": [{"type": "rich_text_preformatted", "elements": [part]}]}
