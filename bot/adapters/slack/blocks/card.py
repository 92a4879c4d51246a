"""The card of an issue in its channel: edited in place, its first line says who must act until when."""

from bot.adapters.slack import ids
from bot.adapters.slack.blocks import whole
from bot.adapters.slack.blocks.buttons import issue_button
from bot.adapters.slack.blocks.elements import actions
from bot.adapters.slack.blocks.menu import issue_menu
from bot.adapters.slack.blocks.subject import command_of, issue_of
from bot.adapters.slack.blocks.text import fallback
from bot.adapters.slack.drawing import Drawing
from bot.domain.issue import Issue
from bot.domain.lifecycle import State
from bot.domain.wording import names
from bot.usecases.rows import Letter


def draw_card(letter: Letter) -> Drawing:
    """The card as the issue stands now. Raises ValueError for a letter about no issue."""
    issue = issue_of(letter)
    room = whole.Room(text=700, fact=300, rest=f"Cut here. {command_of(letter)} {issue.ref} shows more.")
    buttons = [issue_button(action, issue) for action in _open_to(issue)]
    row = [*buttons, issue_menu(issue)] if buttons else []
    blocks = [*whole.blocks(issue, letter.now, room), *actions(row)]
    return Drawing(fallback(whole.lines(issue, letter.now)), blocks, live=bool(buttons))


def _open_to(issue: Issue) -> list[str]:
    """The verbs that make sense now, in the order of their buttons."""
    if issue.state not in (State.OPEN, State.ACKNOWLEDGED):
        return []
    offered = [
        (ids.ACK, issue.asking),
        (ids.GO_ON, issue.waiting is not None),
        (ids.UPDATE, True),
        (ids.ESCALATE, names.next_step_name(issue) is not None),
        (ids.RESOLVE, True),
    ]
    return [action for action, sensible in offered if sensible]
