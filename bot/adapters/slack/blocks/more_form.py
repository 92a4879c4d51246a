"""The More form: every verb of an issue for which there is neither a button nor room in the menu."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.adapters.slack import ids
from bot.adapters.slack.blocks.elements import Block, button, section
from bot.adapters.slack.blocks.menu import entry
from bot.adapters.slack.blocks.text import bold, inline
from bot.adapters.slack.blocks.views import modal
from bot.domain.ids import issue_name


@dataclass(frozen=True, slots=True)
class MoreRow:
    """A verb by its word, the label people read, and one line about what it does and who may."""

    word: str
    label: str
    hint: str


def more_form(carried: ids.Carried, rows: Sequence[MoreRow], metadata: str) -> Block:
    """One row with a button for each verb, at most a hundred; the button carries what the menu's entry would."""
    issue = issue_name(carried.number)
    return modal(
        ids.VIEW_MORE, f"More for {issue}", [_row(row, carried, issue) for row in rows], metadata=metadata
    )


def _row(row: MoreRow, carried: ids.Carried, issue: str) -> Block:
    said = "\n".join(line for line in (bold(inline(row.label)), inline(row.hint)) if line)
    open_it = button(
        "Choose", ids.MORE_VERB, entry(row.word, carried), spoken=f"{row.label}: choose for {issue}"
    )
    return section(said, open_it)
