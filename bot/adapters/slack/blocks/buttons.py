"""The buttons of an issue: one name, one place, one meaning everywhere."""

from bot.adapters.slack import ids
from bot.adapters.slack.blocks.elements import Block, button
from bot.domain.ids import issue_name
from bot.domain.issue import Issue

_LABELS = {
    ids.ACK: ("Acknowledge", "Acknowledge {issue}"),
    ids.DECLINE: ("Can't take it", "Say that you can't take {issue}"),
    ids.ESCALATE: ("Escalate", "Escalate {issue} to the next level"),
    ids.DETAILS: ("Details", "Show all of {issue}"),
    ids.UPDATE: ("Update requester", "Update the requester of {issue}"),
    ids.RESOLVE: ("Resolve", "Resolve {issue}"),
    ids.GO_ON: ("Go on", "End the waiting of {issue}"),
    ids.KEEP: ("Yes, still on it", "Say that you are still on {issue}"),
    ids.KEEP_TOP: ("I keep it", "Say that you keep {issue}"),
    ids.GIVE_BACK: ("Give back", "Give back {issue}: somebody else is asked"),
    ids.ANSWER: ("Answer", "Answer what is asked about {issue}"),
    ids.CONFIRM: ("Confirm solved", "Confirm that {issue} is solved"),
    ids.DISPUTE: ("Not solved", "Say that {issue} is not solved"),
}
_PRIMARY = frozenset(
    {ids.TOLD, ids.LASTED, ids.ACK, ids.CONFIRM, ids.ANSWER, ids.GO_ON, ids.KEEP, ids.KEEP_TOP}
)


def issue_button(action: str, issue: Issue) -> Block:
    """A button about this issue; it carries what its reader saw. What its reader is asked for stands out."""
    label, spoken = _LABELS[action]
    return button(
        label,
        action,
        ids.carried(issue).dump(),
        primary=action in _PRIMARY,
        spoken=spoken.format(issue=issue_name(issue.number)),
    )


def raise_button() -> Block:
    """Opens the form."""
    return button("Raise an issue", ids.RAISE, primary=True)
