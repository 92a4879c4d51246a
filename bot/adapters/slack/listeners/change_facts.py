"""Changing type, service, client and priority: the form from the command or the menu, and its submission."""

import asyncio
from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.adapters.slack import ids, payloads
from bot.adapters.slack.blocks import change_form
from bot.adapters.slack.listeners.doors import Doors
from bot.adapters.slack.listeners.here import Here
from bot.adapters.slack.listeners.issue_verb import IssueVerb, Use, open_form
from bot.domain.changing import CHANGEABLE, URGENCY
from bot.domain.errors import Refused
from bot.domain.matrix.model import Matrix
from bot.domain.matrix.phrases import suggest
from bot.domain.words import Sentence, say
from bot.usecases.change_facts import change_facts, changeable
from bot.usecases.commands import ChangeFacts
from bot.usecases.services import ANSWER_BUDGET

Body = Mapping[str, Any]


async def _change(here: Here, use: Use) -> Sentence | None:
    """The form with everything this person may change. Raises what `changeable` does."""
    await _open(here, use, CHANGEABLE)
    return None


async def _priority(here: Here, use: Use) -> Sentence | None:
    """The same with what makes the priority, and nothing else."""
    await _open(here, use, URGENCY, use.words)
    return None


CHANGE = IssueVerb(
    ("change",),
    "change ISS-1",
    "change its type, service, client or priority: opens the form",
    "Type, service or client",
    _change,
    "Choose again what it is about, and so who is asked. For its owner, the people of its path and the manager.",
)
PRIORITY = IssueVerb(
    ("priority", "prio"),
    "priority ISS-1 [P1]",
    "change how urgent it is: opens the form",
    "Priority",
    _priority,
)


def register(doors: Doors, here: Here) -> None:
    """Bind the form."""

    @doors.view(ids.FORM_CHANGE)
    async def on_submit(ack: AsyncAck, body: Body) -> None:
        form = payloads.submission(body)
        command = ChangeFacts(
            **here.about(form, form.carried()),
            wanted=change_form.wanted(form.fields, form.known),
            reason=form.fields.get(ids.FIELD_REASON, ""),
        )
        await change_facts(here.services, command)
        await ack()


async def _open(here: Here, use: Use, facts: tuple[str, ...], priority: str = "") -> None:
    async with asyncio.timeout(ANSWER_BUDGET.total_seconds()):
        found = await changeable(here.services, use.about)
    matrix, issue = found.published.matrix, found.issue
    remembered = here.remembered(via=use.about.via, **change_form.drawn(issue))
    shown = [one for one in facts if one in found.facts]
    view = change_form.change_form(issue, matrix, shown, remembered, priority=_key(matrix, priority))
    await open_form(here, use, view, seen=True)


def _key(matrix: Matrix, words: str) -> str:
    """The priority that somebody named by its key or title. Raises Refused with those there are."""
    if not words:
        return ""
    known = {name.casefold(): one.key for one in matrix.priorities for name in (one.title, one.key)}
    if words.casefold() not in known:
        hint = suggest(words, [one.key for one in matrix.priorities])
        raise Refused(say("There is no priority “{words}”. {hint}", words=words, hint=hint))
    return known[words.casefold()]
