"""The answer to `help`: the same tables the README shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.adapters.slack.blocks.clean import visible
from bot.adapters.slack.blocks.elements import MESSAGE_BLOCKS, Block, context, header, section
from bot.adapters.slack.blocks.text import bold, escape, fallback, inline, octets
from bot.adapters.slack.drawing import Drawing

TITLE = "What you can do here"
PER_SECTION = 12


@dataclass(frozen=True, slots=True)
class HelpGroup:
    """Lines that belong together: (usage, what it does). `title` stands above them, if there is one."""

    title: str
    rows: Sequence[tuple[str, str]]


def help_answer(groups: Sequence[HelpGroup], note: str, hint: str = "") -> Drawing:
    """One line per command. `hint` stands below all of them, and `note` for what was not understood."""
    parts = [part for group in groups for part in _parts(group)]
    small = [inline(one) for one in (hint, note) if visible(one)]
    blocks: list[Block] = [header(TITLE), *(section(part) for part in parts[: MESSAGE_BLOCKS - 3])]
    blocks += [context(one) for one in small]
    text = [TITLE]
    for group in groups:
        text += [inline(group.title), *(f"{escape(usage)}: {inline(does)}" for usage, does in group.rows)]
    # What was not understood comes first: the end of a long table may be cut.
    return Drawing(fallback([*small[::-1], *text], weigh=octets), blocks, live=False)


def _parts(group: HelpGroup) -> list[str]:
    """The lines of a group in parts that fit into a section; its title stands above the first."""
    lines = [f"`{escape(usage)}`  {inline(does)}" for usage, does in group.rows]
    parts = [lines[start : start + PER_SECTION] for start in range(0, len(lines), PER_SECTION)]
    if parts and group.title:
        parts[0] = [bold(inline(group.title)), *parts[0]]
    return ["\n".join(part) for part in parts]
