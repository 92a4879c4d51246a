"""The menu of an issue behind three dots: the verbs for which there is no room among the buttons."""

from bot.adapters.slack import ids
from bot.adapters.slack.blocks.elements import Block, overflow
from bot.domain.issue import Issue

ENTRIES = {
    "wait": "Waiting",
    "assign": "Reassign",
    "priority": "Priority",
    "note": "Internal note",
    "more": "More...",
}
"""Word and label of each entry, in order: those of `listeners.verbs.MENU` that are registered. Slack shows five."""


def issue_menu(issue: Issue) -> Block:
    """The menu of this issue; an entry carries its word and what its reader saw."""
    carried = ids.carried(issue)
    return overflow(ids.MORE, [(label, entry(word, carried)) for word, label in ENTRIES.items()])


def entry(word: str, carried: ids.Carried) -> str:
    """What an entry sends back."""
    return f"{word}|{carried.dump()}"


def read_entry(value: str) -> tuple[str, str]:
    """The word of a chosen entry, and what it carries."""
    word, _, carried = value.partition("|")
    return word, carried
