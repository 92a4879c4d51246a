"""The answer to words that need a form: one button, which goes on with what was written."""

from bot.adapters.slack import ids
from bot.adapters.slack.blocks.elements import actions, button, section
from bot.adapters.slack.blocks.text import cut, fallback, octets, render
from bot.adapters.slack.drawing import Drawing
from bot.domain.words import Sentence

LABEL = "Open the form"
VALUE_LIMIT = 2000


def open_typed_answer(sentence: Sentence, raw: str) -> Drawing:
    """`raw` is what follows Rung's name, as Slack sent it; the button carries as much of it as Slack takes."""
    said = render(sentence)
    row = actions([button(LABEL, ids.OPEN_TYPED, cut(raw, VALUE_LIMIT), primary=True)])
    return Drawing(fallback([said, LABEL], weigh=octets), [section(said), *row], live=True)
