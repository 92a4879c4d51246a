"""The buttons of a message that asks something, while it does; afterwards a line that says how it was settled."""

from bot.adapters.slack import ids
from bot.adapters.slack.blocks.buttons import issue_button
from bot.adapters.slack.blocks.elements import actions, context
from bot.adapters.slack.blocks.text import render
from bot.adapters.slack.drawing import Drawing
from bot.domain.offers import OFFERS
from bot.usecases.rows import Letter

BUTTONS: dict[str, tuple[str, ...]] = {
    "confirm": (ids.CONFIRM, ids.DISPUTE),
    "answer": (ids.ANSWER,),
}
"""The buttons of each question of `bot.domain.offers`, in order."""


def with_offer(letter: Letter, drawing: Drawing) -> Drawing:
    """The drawing of a message, with what it asks below it. Messages that ask nothing stay as they are."""
    issue, notice = letter.issue, letter.row.notice
    asks = notice.text("buttons")
    if issue is None or asks not in OFFERS:
        return drawing
    offer = OFFERS[asks]
    if offer.live(issue, notice):
        buttons = actions([issue_button(action, issue) for action in BUTTONS[asks]])
        return Drawing(drawing.text, [*drawing.blocks, *buttons], live=True)
    after = render(offer.settled(issue, notice), letter.now)
    return Drawing(f"{drawing.text}\n{after}", [*drawing.blocks, context(after)], live=False)
