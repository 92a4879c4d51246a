"""The menu of an issue behind three dots: the verbs for which there is no room among the buttons."""

from bot.adapters.slack import ids
from bot.adapters.slack.blocks.elements import Block, overflow
from bot.domain.issue import Issue

WAIT = "wait"
CHANGE = "change"
PRIORITY = "priority"

ENTRIES = {
    WAIT: "Waiting",
    CHANGE: "Change type, service, priority",
    PRIORITY: "Change the priority only",
}
"""Each entry by its word, in order, and what people read. Slack shows five; `listeners.menu` knows what each opens."""


def issue_menu(issue: Issue) -> Block:
    """The menu of this issue; an entry carries its word and what its reader saw."""
    carried = ids.carried(issue).dump()
    return overflow(ids.MORE, [(label, f"{word}|{carried}") for word, label in ENTRIES.items()])


def read_entry(value: str) -> tuple[str, str]:
    """The word of a chosen entry, and what it carries."""
    word, _, carried = value.partition("|")
    return word, carried
