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
    blocks: list[Block] = [header(TITLE)]
    for table in _tables(rows):
        for start in range(0, len(table), PER_SECTION):
            blocks.append(section("\n".join(table[start : start + PER_SECTION])))
    if visible(note):
        blocks.append(context(inline(note)))
    text = [TITLE, *(f"{escape(usage)}: {inline(does)}" for usage, does in rows), inline(note)]
    return Drawing(fallback(text, weigh=octets), blocks, live=False)


def _tables(rows: Sequence[tuple[str, str]]) -> list[list[str]]:
    """The lines; a word that begins several of them, as in ``/issue oncall take``, has a part of its own."""
    words = [usage.split()[1:2] for usage, _ in rows]
    tables: dict[str, list[str]] = {}
    for word, (usage, does) in zip(words, rows, strict=True):
        part = word[0] if word and words.count(word) > 1 else ""
        tables.setdefault(part, []).append(f"*{escape(usage)}*  {inline(does)}")
    return list(tables.values())
