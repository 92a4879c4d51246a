"""Many pings, or many news, in one message: the most urgent issue first, each with buttons of its own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.adapters.slack import ids
from bot.adapters.slack.blocks import facts
from bot.adapters.slack.blocks.buttons import issue_button
from bot.adapters.slack.blocks.elements import Block, actions, context, section
from bot.adapters.slack.blocks.private import for_everybody, without_name
from bot.adapters.slack.blocks.quotes import quote
from bot.adapters.slack.blocks.subject import command_of, issue_of, next_of, quote_of, sentence_of
from bot.adapters.slack.blocks.text import bold, fallback, inline, render, shorten
from bot.adapters.slack.drawing import Drawing
from bot.domain import bundling
from bot.domain.issue import Issue, TargetKind
from bot.domain.wording import prompts
from bot.usecases.rows import BundlePart, Letter

SAID_LIMIT = 300
SAID_IN_TEXT, TITLE_IN_TEXT, KIND_IN_TEXT = 120, 70, 35
"""So much of each of `bundling.MOST` issues that the text names them all."""
QUOTE_LIMIT = 500


@dataclass(frozen=True, slots=True)
class _Row:
    """One issue of a bundle as drawn: a line of the text, its blocks, and whether it asks or offers something."""

    line: str
    blocks: list[Block]
    asks: bool = False
    live: bool = False


def draw_bundle(letter: Letter) -> Drawing:
    """All its parts as they stand now. Raises ValueError for a letter without any."""
    if not letter.parts:
        raise ValueError("a bundle needs its parts")
    parts = sorted(letter.parts, key=_urgency)
    if not all(bundling.asks(part.notice) for part in parts):
        return _together(f"News about {len(parts)} issues:", [_news(letter_of(letter, one)) for one in parts])
    parts = list({part.issue.number: part for part in parts}.values())
    rows = [_question(letter_of(letter, one)) for one in parts]
    asking = sum(row.asks for row in rows)
    more = f"{inline(command_of(letter))} mine shows everything that waits for you."
    to_person = parts[0].notice.to.kind is TargetKind.USER
    return _together(_intro(asking, len(rows)), rows, more if asking and to_person else "")


def letter_of(letter: Letter, part: BundlePart) -> Letter:
    """The letter that this part would be without its bundle."""
    notice = replace(part.notice, op=letter.row.notice.op)
    row = replace(letter.row, issue=part.issue.number, notice=notice)
    return replace(letter, row=row, issue=part.issue, parts=())


def _together(intro: str, rows: Sequence[_Row], more: str = "") -> Drawing:
    blocks: list[Block] = [section(bold(intro)), *(block for row in rows for block in row.blocks)]
    if more:
        blocks.append(context(more))
    return Drawing(fallback([intro, *(row.line for row in rows)]), blocks, live=any(row.live for row in rows))


def _urgency(part: BundlePart) -> tuple[int, int]:
    """An issue keeps its place in the message for as long as its priority stays."""
    return part.issue.route.priority.rank, part.issue.number


def _intro(asking: int, of: int) -> str:
    if not asking:
        return f"These {of} issues do not wait for an answer any more."
    if asking < of:
        return f"{asking} of these {of} issues still {'need' if asking > 1 else 'needs'} an answer."
    return f"{of} issues need an answer, the most urgent first."


def _question(letter: Letter) -> _Row:
    letter = without_name(letter)
    issue, notice = issue_of(letter), letter.row.notice
    prompt = prompts.prompt(issue, notice)
    if (hidden := for_everybody(letter)) is not None:
        return _Row(hidden.text.replace("\n", " · "), hidden.blocks, prompt.live, hidden.live)
    line = _line(issue, render(prompt.sentence, letter.now, SAID_IN_TEXT))
    said = render(prompt.sentence, letter.now, SAID_LIMIT)
    if not prompt.live and not prompt.has_it:
        return _Row(line, [context(f"{said}\n{facts.heading_line(issue)}")])
    decline = [ids.DECLINE] if notice.to.kind is TargetKind.USER else []
    offered = [ids.ACK, *decline] if prompt.live else [ids.UPDATE, ids.RESOLVE]
    about = f"{bold(said)}\n{facts.heading_line(issue)} · {facts.kind_line(issue)}"
    buttons = actions([issue_button(one, issue) for one in (*offered, ids.DETAILS)])
    return _Row(line, [section(about), *buttons], prompt.live, True)


def _news(letter: Letter) -> _Row:
    letter = without_name(letter)
    issue, said = issue_of(letter), sentence_of(letter)
    if (hidden := for_everybody(letter)) is not None:
        return _Row(hidden.text, hidden.blocks)
    line = _line(issue, render(said, letter.now, SAID_IN_TEXT))
    coming = render(next_of(letter), letter.now, SAID_LIMIT)
    lines = [f"{render(said, letter.now, SAID_LIMIT)} {coming}".strip(), facts.heading_line(issue)]
    written = quote("", quote_of(letter), QUOTE_LIMIT, "Cut here. Details of the issue show all of it.")
    return _Row(line, [section("\n".join(lines)), *written])


def _line(issue: Issue, said: str) -> str:
    """One issue in the text; its share of the room is fixed, so that none pushes another out."""
    title = facts.quoted_line("", facts.heading(issue), TITLE_IN_TEXT)
    priority = inline(shorten(facts.priority(issue), KIND_IN_TEXT))
    return " · ".join(one for one in (said, title, priority) if one)
