"""Making an issue private or public: what that means, before it is done."""

from bot.adapters.slack import ids
from bot.adapters.slack.blocks.elements import Block, plain_section
from bot.adapters.slack.blocks.views import carrying, modal
from bot.domain.ids import issue_name

_HIDE = (
    "From now on only these can see it: the people of its path, its owner, the escalation manager, who raised it, whom "
    "it is for, and who watches it.",
    "Its card in the channel is emptied; who works on it or watches it gets a copy. Updates go to the requester in a "
    "direct message, even if a channel was chosen.",
    "What was posted before cannot be unsaid: the lines in the thread of the card, pings and updates stay where they "
    "are. Delete them yourself where that matters.",
)
_SHOW = (
    "From now on everybody here can see it: its title, its facts, and all that happened so far. Its card is posted in "
    "the channel. That cannot be taken back.",
)


def hide_form(carried: ids.Carried, metadata: str) -> Block:
    """Asks whether to make it private."""
    return _form(ids.FORM_HIDE, "Make {issue} private", _HIDE, carried, metadata)


def show_form(carried: ids.Carried, metadata: str) -> Block:
    """Asks whether to make it public."""
    return _form(ids.FORM_SHOW, "Make {issue} public", _SHOW, carried, metadata)


def _form(callback: str, title: str, said: tuple[str, ...], carried: ids.Carried, metadata: str) -> Block:
    how = title.rsplit(" ", 1)[-1]
    return modal(
        callback,
        title.format(issue=issue_name(carried.number)),
        [plain_section(line) for line in said],
        submit=f"Make {how}",
        close="Cancel",
        metadata=carrying(carried, metadata),
    )
