"""The answer to `help`: the same table the README shows."""

from collections.abc import Sequence

from bot.adapters.slack.blocks.clean import visible
from bot.adapters.slack.blocks.elements import Block, context, header, section
from bot.adapters.slack.blocks.text import escape, fallback, inline, octets
from bot.adapters.slack.drawing import Drawing

TITLE = "What you can do here"
PER_SECTION = 12


def help_answer(rows: Sequence[tuple[str, str]], note: str) -> Drawing:
    """One line per command: (usage, what it does). `note` stands below, for what was not understood."""
    table = [f"*{escape(usage)}*  {inline(does)}" for usage, does in rows]
    blocks: list[Block] = [header(TITLE)]
    for start in range(0, len(table), PER_SECTION):
        blocks.append(section("\n".join(table[start : start + PER_SECTION])))
    if visible(note):
        blocks.append(context(inline(note)))
    text = [TITLE, *(f"{escape(usage)}: {inline(does)}" for usage, does in rows), inline(note)]
    return Drawing(fallback(text, weigh=octets), blocks, live=False)
