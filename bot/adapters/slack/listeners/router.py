"""The main command: one table of sub-commands, from which help, the manifest and the README's table are made."""

import asyncio
import re
from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack import payloads
from bot.adapters.slack.blocks.help import HelpGroup, help_answer
from bot.adapters.slack.blocks.lists import Listed, lists_answer
from bot.adapters.slack.blocks.show import show_answer
from bot.adapters.slack.blocks.why import why_answer
from bot.adapters.slack.drawing import Drawing
from bot.adapters.slack.listeners.command import MENTION, Asked, SubCommand, about_issue, by_word
from bot.adapters.slack.listeners.doors import Doors
from bot.adapters.slack.listeners.here import Here
from bot.adapters.slack.listeners.issue_verb import as_sub_command
from bot.adapters.slack.listeners.lists import DIGEST, LIST
from bot.adapters.slack.listeners.matrix import MATRIX
from bot.adapters.slack.listeners.oncall import ONCALL
from bot.adapters.slack.listeners.raise_issue import hidden_prefill, open_raise_form
from bot.adapters.slack.listeners.search import SEARCH
from bot.adapters.slack.listeners.verbs import at_hand, in_more
from bot.domain.ids import IssueRef
from bot.domain.text import clean_line, clean_text
from bot.usecases import look_up
from bot.usecases.actors import plain
from bot.usecases.services import ANSWER_BUDGET
from bot.usecases.why import why

Body = Mapping[str, Any]


async def _raise(here: Here, asked: Asked) -> Drawing | None:
    user = asked.slash.who.user
    prefill = {"title": clean_text(asked.rest), "requester": user, **hidden_prefill(asked.slash.hidden)}
    known = {"channel": asked.slash.channel}
    await open_raise_form(here, asked.client, asked.slash.trigger, prefill, user=user, **known)
    return None


async def _mine(here: Here, asked: Asked) -> Drawing:
    mine = await look_up.mine(here.services, here.workspace, asked.slash.who.user)
    lists = [
        Listed("Waiting for your answer", mine.waiting, "Nothing waits for you."),
        Listed("You have", mine.owned, "You have no issue in work."),
        Listed(
            "Raised by you", mine.raised, f"Nothing that you raised is open. {here.command} raises an issue."
        ),
    ]
    return lists_answer(lists, here.services.clock.now())


async def _show(here: Here, asked: Asked) -> Drawing:
    about, _ = about_issue(here, asked, "show ISS-1")
    ref = IssueRef(here.workspace, about.number)
    shown = await look_up.show(here.services, ref, plain(here.services, about))
    return show_answer(shown.issue, shown.timeline, here.services.clock.now())


async def _why(here: Here, asked: Asked) -> Drawing:
    about, _ = about_issue(here, asked, "why ISS-1")
    ref = IssueRef(here.workspace, about.number)
    found = await why(here.services, ref, plain(here.services, about))
    return why_answer(found.issue, found.timers, here.services.clock.now())


async def _help(here: Here, _asked: Asked) -> Drawing:
    return help_for(here, "")


_RAISE = SubCommand(
    ("raise", "new"), "raise TITLE", "raise an issue: opens the form, with the title filled in", _raise
)
_SHOW = SubCommand(("show",), "show ISS-1", "one issue: who has it, who was asked, what happened", _show)
_WHY = SubCommand(
    ("why",), "why ISS-1", "why it stands where it stands: path, promises, what comes next", _why
)
_MINE = SubCommand(("mine", "my"), "mine", "what waits for you, what you have, what you raised", _mine)
_HELP = SubCommand(("help", "?"), "help", "this table", _help)

GROUPS: tuple[tuple[str, tuple[SubCommand, ...]], ...] = (
    ("Raise and look", (_RAISE, _SHOW, _WHY, LIST, _MINE, SEARCH, DIGEST, _HELP)),
    ("Answer and work", tuple(as_sub_command(verb) for verb in at_hand())),
    ("More about an issue", tuple(as_sub_command(verb) for verb in in_more())),
    ("On call", (ONCALL,)),
    ("The matrix", (MATRIX,)),
)
"""Every row of help under its heading; a new row of the command is added here, a verb in `listeners.verbs`."""
TABLE = tuple(row for _, rows in GROUPS for row in rows)
_BY_WORD = by_word(TABLE)
BARE_ROWS = (
    ("", "raise an issue: opens the form"),
    ("TITLE ...", "the same, with the title filled in"),
    ("ISS-1", "the same as show ISS-1"),
)
"""What stands for a sub-command without naming one; they head the first group."""


def help_groups(command: str) -> list[HelpGroup]:
    """The table for help and the README."""
    groups = [(title, [part for row in rows for part in row.all_rows]) for title, rows in GROUPS if rows]
    first, rows = groups[0]
    return [
        HelpGroup(title, [(f"{command} {usage}".strip(), does) for usage, does in rows])
        for title, rows in [(first, [*BARE_ROWS, *rows]), *groups[1:]]
    ]


def alias_rows(aliases: Mapping[str, str]) -> list[tuple[str, SubCommand]]:
    """Commands that stand for a sub-command there is, with its row."""
    return [(name, _BY_WORD[word]) for name, word in aliases.items() if word in _BY_WORD]


def help_for(here: Here, note: str) -> Drawing:
    """The table, with a sentence about what was not understood."""
    hint = f"In threads, where {here.command} does not work, and in any message: {MENTION} show ISS-1"
    return help_answer(help_groups(here.command), note, hint)


def understood(asked: Asked) -> tuple[SubCommand, Asked] | None:
    """The row that was meant, and what follows its word; None when the first word is none of ours. The name of an
    issue alone means show."""
    word, after = asked.after_word()
    if word in _BY_WORD:
        return _BY_WORD[word], after
    return (_BY_WORD["show"], asked) if re.fullmatch(r"(?i)iss[-\s]?\d+", asked.rest) else None


async def answer(here: Here, asked: Asked) -> Drawing | None:
    """Run what was typed. None = a form was opened.

    Nothing or several unknown words open the form; one unknown word prints help; the name of an issue shows it.
    """
    known = understood(asked)
    if known is not None:
        row, after = known
        return await row.handler(here, after)
    text = asked.rest
    if not text or " " in text:
        return await _raise(here, asked)
    return help_for(
        here, f"“{clean_line(text, 40)}” is not a command. To raise it as an issue, add some words."
    )


def register(doors: Doors, here: Here) -> None:
    """Bind the command and its aliases: `/oncall mine` is `/issue oncall mine`."""

    async def on_command(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        slash = payloads.slash(body)
        word = here.aliases.get(slash.command, "")
        asked = Asked(slash, client, f"{word} {slash.text}".strip(), f"{word} {slash.raw}".strip())
        async with asyncio.timeout(ANSWER_BUDGET.total_seconds()):
            drawing = await answer(here, asked)
        if drawing is None:
            await ack()
        else:
            await ack(response_type="ephemeral", text=drawing.text, blocks=drawing.blocks)

    for name in (here.command, *(name for name, _ in alias_rows(here.aliases))):
        doors.command(name)(on_command)
