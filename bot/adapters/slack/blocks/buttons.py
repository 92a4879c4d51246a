"""The buttons of an issue: one name, one place, one meaning everywhere."""

from bot.adapters.slack import ids
from bot.adapters.slack.blocks.elements import Block, button
from bot.domain.ids import issue_name
from bot.domain.issue import Issue
from bot.domain.rating import WORDS

_LABELS = {
    ids.ACK: ("Acknowledge", "Acknowledge {issue}"),
    ids.DECLINE: ("Can't take it", "Say that you can't take {issue}"),
    ids.ESCALATE: ("Escalate", "Escalate {issue} to the next level"),
    ids.DETAILS: ("Details", "Show all of {issue}"),
    ids.UPDATE: ("Update requester", "Update the requester of {issue}"),
    ids.RESOLVE: ("Resolve", "Resolve {issue}"),
    ids.KEEP: ("Yes, still on it", "Say that you are still on {issue}"),
    ids.KEEP_TOP: ("I keep it", "Say that you keep {issue}"),
    ids.GIVE_BACK: ("Give back", "Give back {issue}: somebody else is asked"),
    ids.GO_ON: ("Go on", "End the waiting of {issue}"),
    ids.ANSWER: ("Answer", "Answer what is asked about {issue}"),
    ids.WAIT: ("Waiting", "Let {issue} wait"),
    ids.REPLY: ("Reply", "Write back about {issue}"),
    ids.REPLY_WORDS: ("Reply", "Send what you wrote about {issue}"),
    ids.TOLD: ("I told them", "Say that you told the requester of {issue}"),
    **{
        action: (f"{stars} {WORDS[stars]}", f"{{issue}} went {WORDS[stars]}: {stars} of 5")
        for stars, action in enumerate(ids.RATES, start=1)
    },
    ids.REMARK: ("Add a comment", "Add a comment on {issue}"),
    ids.HELPED: ("Answer", "Say what would have helped with {issue}"),
    ids.NOTHING_TO_ADD: ("Nothing to add", "Add nothing about {issue}"),
    ids.LASTED: ("Yes, it lasted", "Say that the solution of {issue} lasted"),
    ids.CAME_BACK: ("No, it came back", "Say that {issue} came back"),
    ids.CONFIRM: ("Confirm solved", "Confirm that {issue} is solved"),
    ids.DISPUTE: ("Not solved", "Say that {issue} is not solved"),
    ids.OPEN_AGAIN: ("Open again", "Open {issue} again"),
    ids.APPEAL: ("Appeal", "Appeal: ask somebody else to look at {issue}"),
    ids.UPHOLD: ("Open it again", "Uphold the appeal: open {issue} again"),
    ids.STAYS: ("It stays sent back", "Leave {issue} sent back, and say why"),
    ids.ALLOW: ("Allow", "Allow that a level is left out for {issue}"),
    ids.LEAVE: ("No, keep the order", "No, keep the order in which people are asked about {issue}"),
}
_PRIMARY = frozenset(
    {ids.TOLD, ids.LASTED, ids.ACK, ids.CONFIRM, ids.ANSWER, ids.GO_ON, ids.KEEP, ids.KEEP_TOP}
)


def issue_button(action: str, issue: Issue, value: str = "") -> Block:
    """A button about this issue; it carries what its reader saw, if nothing else is given. What its reader is asked for
    stands out."""
    label, spoken = _LABELS[action]
    return button(
        label,
        action,
        value or ids.carried(issue).dump(),
        primary=action in _PRIMARY,
        spoken=spoken.format(issue=issue_name(issue.number)),
    )


def raise_button() -> Block:
    """Opens the form."""
    return button("Raise an issue", ids.RAISE, primary=True)
