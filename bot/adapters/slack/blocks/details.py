"""All of an issue in a modal: the facts uncut, the ladder, and what happened so far."""

from bot.adapters.slack import ids
from bot.adapters.slack.blocks import whole
from bot.adapters.slack.blocks.elements import divider
from bot.adapters.slack.blocks.history import told, told_blocks
from bot.adapters.slack.blocks.subject import issue_of, sentence_of
from bot.adapters.slack.blocks.text import fallback, render
from bot.adapters.slack.blocks.views import modal, notice_view
from bot.adapters.slack.drawing import Drawing
from bot.usecases.rows import Letter

NEWEST = 60
"""How many events are shown at most."""


def draw_details(letter: Letter) -> Drawing:
    """The view that stands behind a Details button; without an issue, the sentence that says why.

    Raises ValueError for a letter with neither."""
    if letter.issue is None and (said := sentence_of(letter)):
        return Drawing(render(said), [], live=False, view=notice_view("Details", said))
    issue, now = issue_of(letter), letter.now
    happened = told(issue, letter.timeline, now, NEWEST)
    blocks = [*whole.blocks(issue, now, whole.Room()), divider(), *told_blocks(happened)]
    view = modal(ids.VIEW_DETAILS, str(issue.ref), blocks)
    return Drawing(fallback([*whole.lines(issue, now), *happened]), [], live=False, view=view)
