"""Messages about being on call: a shift begins or ends, somebody is asked to take over, a time changed hands."""

from bot.adapters.slack.blocks import facts
from bot.adapters.slack.blocks.elements import Block, actions, context, section
from bot.adapters.slack.blocks.lists import rows
from bot.adapters.slack.blocks.oncall import swap_buttons, undo_button
from bot.adapters.slack.blocks.subject import sentence_of
from bot.adapters.slack.blocks.text import fallback, render
from bot.adapters.slack.drawing import Drawing
from bot.domain.issue import Issue
from bot.usecases.rows import Letter


def draw_shift(letter: Letter) -> Drawing:
    """What is said, the issues it is about, and a button where there is something to take back."""
    said, notice = render(sentence_of(letter), letter.now), letter.row.notice
    given = (letter.extra or {}).get("issues")
    issues = [one for one in given if isinstance(one, Issue)] if isinstance(given, list | tuple) else []
    more, change = int(notice.args.get("more", 0)), int(notice.args.get("undo", 0))
    blocks: list[Block] = [section(said), *(block for one in issues for block in rows(one, letter.now))]
    text = [said, *(facts.heading_line(one) for one in issues)]
    if more:
        blocks.append(context(f"{more} more are not shown."))
    if change:
        blocks += actions([undo_button(change)])
    return Drawing(fallback(text), blocks, live=bool(change))


def draw_swap(letter: Letter) -> Drawing:
    """The question with its buttons, or what became of it."""
    said, notice = render(sentence_of(letter), letter.now), letter.row.notice
    asks = bool(notice.args.get("asks"))
    change = int(notice.args.get("undo", 0))
    some = swap_buttons(int(notice.args.get("swap", 0))) if asks else [undo_button(change)] if change else []
    return Drawing(fallback([said]), [section(said), *actions(some)], live=asks or bool(change))
