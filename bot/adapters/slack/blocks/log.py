"""The thread of the card: what happened, line by line, and who is asked, by name."""

from bot.adapters.slack.blocks.elements import section
from bot.adapters.slack.blocks.subject import sentence_of
from bot.adapters.slack.blocks.text import fallback, render
from bot.adapters.slack.drawing import Drawing
from bot.usecases.rows import Letter


def draw_line(letter: Letter) -> Drawing:
    """One line of the log, or one mention: no buttons, nothing to heal later."""
    said = render(sentence_of(letter), letter.now)
    return Drawing(fallback([said]), [section(said)], live=False)
