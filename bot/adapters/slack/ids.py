"""The names Slack hands back to us: callbacks, actions, fields, and what a button carries.

A button carries which issue it was drawn for and what its reader saw, never a right: team and user always come from the
verified envelope. Names here are kept for two releases after the last message that used them.
"""

from dataclasses import dataclass

from bot.domain.issue import Issue

ACK = "rung_ack"
DECLINE = "rung_decline"
ESCALATE = "rung_escalate"
DETAILS = "rung_details"
UPDATE = "rung_update"
RESOLVE = "rung_resolve"
CONFIRM = "rung_confirm"
DISPUTE = "rung_dispute"
RAISE = "rung_raise"

FORM_RAISE = "rung_form_raise"
FORM_UPDATE = "rung_form_update"
FORM_RESOLVE = "rung_form_resolve"
FORM_DISPUTE = "rung_form_dispute"
FORM_ESCALATE = "rung_form_escalate"
FORM_DECLINE = "rung_form_decline"
FORM_TAKE_ANYWAY = "rung_form_take_anyway"
VIEW_DETAILS = "rung_view_details"
VIEW_NOTICE = "rung_view_notice"

SHORTCUT_RAISE = "rung_raise_issue"
SHORTCUT_RAISE_FROM_MESSAGE = "rung_raise_from_message"

# Fields: the block_id and the action_id of an input are both its name.
FIELD_TITLE = "title"
FIELD_HAPPENED = "happened"
FIELD_TYPE = "type"
FIELD_IMPACT = "impact"
FIELD_URGENCY = "urgency"
FIELD_SINCE = "since"
FIELD_AFFECTED = "affected"
FIELD_EVIDENCE = "evidence"
FIELD_REFERENCE = "reference"
FIELD_TRIED = "tried"
FIELD_NEEDED = "needed"
FIELD_REQUESTER = "requester"
FIELD_UPDATES_CHANNEL = "updates_channel"
FIELD_TEXT = "text"
FIELD_DONE = "done"
FIELD_WHY = "why"
FIELD_REASON = "reason"

_VERSION = "v1"


@dataclass(frozen=True, slots=True)
class Carried:
    """What a button was drawn for: issue number, opening, and the place on the ladder its reader saw."""

    number: int
    opening: int = 1
    level: int = 0
    round: int = 0

    def dump(self) -> str:
        """The button's value."""
        return f"{_VERSION}|{self.number}|{self.opening}|{self.level}|{self.round}"


def carried(issue: Issue) -> Carried:
    """What a button drawn for this issue now carries."""
    return Carried(issue.number, issue.opening, issue.ask_level, issue.position.round)


def load_carried(value: str) -> Carried | None:
    """Read a button's value; None when it is not one of ours."""
    version, _, rest = value.partition("|")
    numbers = rest.split("|")
    if (
        version != _VERSION
        or len(numbers) != 4
        or not all(part.isdecimal() and len(part) < 10 for part in numbers)
    ):
        return None
    return Carried(*(int(part) for part in numbers))
