"""What the requester reads: plain words, buttons once somebody says that it is solved, and one to answer."""

from bot.adapters.slack import ids
from bot.adapters.slack.blocks import facts
from bot.adapters.slack.blocks.buttons import issue_button
from bot.adapters.slack.blocks.elements import Block, actions, context, plain_context, section
from bot.adapters.slack.blocks.quotes import quote
from bot.adapters.slack.blocks.subject import issue_of, quote_of, sentence_of
from bot.adapters.slack.blocks.text import fallback, render
from bot.adapters.slack.drawing import Drawing
from bot.domain.prompting import has_live_buttons
from bot.domain.wording import prompts
from bot.usecases.rows import Letter

QUOTE_IN_TEXT = 3000
_BUTTONS = {"confirm": (ids.CONFIRM, ids.DISPUTE), "answer": (ids.ANSWER,)}


def draw_update(letter: Letter) -> Drawing:
    """An update, or a question, with its buttons. Raises ValueError for a letter about no issue."""
    issue, notice = issue_of(letter), letter.row.notice
    said, written = render(sentence_of(letter), letter.now), quote_of(letter)
    asks = _BUTTONS.get(notice.text("buttons"), ())
    live = bool(asks) and has_live_buttons(issue, notice)
    after = "" if live or not asks else render(prompts.settled(issue, notice), letter.now)
    blocks: list[Block] = [section(said), *quote("", written), plain_context(facts.heading(issue))]
    if after:
        blocks.append(context(after))
    if live:
        blocks += actions([issue_button(action, issue) for action in asks])
    text = [said, facts.quoted_line("", written, QUOTE_IN_TEXT), facts.heading_line(issue), after]
    return Drawing(fallback(text), blocks, live)
