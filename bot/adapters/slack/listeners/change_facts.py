"""Changing type, service, client and priority: the form from the command or the menu, and its submission."""

import asyncio
from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack import ids, payloads
from bot.adapters.slack.blocks import change_form
from bot.adapters.slack.drawing import Drawing
from bot.adapters.slack.listeners.command import Asked, SubCommand, about_issue
from bot.adapters.slack.listeners.here import Here, open_view
from bot.domain.changing import CHANGEABLE, URGENCY
from bot.domain.errors import Refused
from bot.domain.matrix.model import Matrix
from bot.domain.matrix.phrases import suggest
from bot.domain.words import say
from bot.usecases.change_facts import change_facts, changeable
from bot.usecases.commands import ChangeFacts, IssueCommand
from bot.usecases.services import ANSWER_BUDGET

Body = Mapping[str, Any]


async def open_change(here: Here, client: AsyncWebClient, click: payloads.Click) -> None:
    """The form with everything this person may change. Raises what `changeable` does."""
    about = IssueCommand(**here.about(click, click.carried()))
    await _open(here, client, click.trigger, about, CHANGEABLE)


async def open_priority(here: Here, client: AsyncWebClient, click: payloads.Click) -> None:
    """The same with what makes the priority, and nothing else."""
    about = IssueCommand(**here.about(click, click.carried()))
    await _open(here, client, click.trigger, about, URGENCY)


async def _change(here: Here, asked: Asked) -> Drawing | None:
    about, _ = about_issue(here, asked, "change ISS-1")
    await _open(here, asked.client, asked.slash.trigger, about, CHANGEABLE)
    return None


async def _priority(here: Here, asked: Asked) -> Drawing | None:
    about, words = about_issue(here, asked, "priority ISS-1 P1")
    await _open(here, asked.client, asked.slash.trigger, about, URGENCY, words)
    return None


CHANGE = SubCommand(
    ("change",), "change ISS-1", "change its type, service, client or priority: opens the form", _change
)
PRIORITY = SubCommand(
    ("priority", "prio"), "priority ISS-1 [P1]", "change how urgent it is: opens the form", _priority
)


def register(app: AsyncApp, here: Here) -> None:
    """Bind the form."""

    @app.view(ids.FORM_CHANGE)
    async def on_submit(ack: AsyncAck, body: Body) -> None:
        form = payloads.submission(body)
        command = ChangeFacts(
            **here.about(form, form.carried()),
            wanted=change_form.wanted(form.fields, form.known),
            reason=form.fields.get(ids.FIELD_REASON, ""),
        )
        await change_facts(here.services, command)
        await ack()


async def _open(
    here: Here,
    client: AsyncWebClient,
    trigger: str,
    about: IssueCommand,
    facts: tuple[str, ...],
    priority: str = "",
) -> None:
    async with asyncio.timeout(ANSWER_BUDGET.total_seconds()):
        found = await changeable(here.services, about)
    matrix, issue = found.published.matrix, found.issue
    remembered = here.remembered(via=about.via, **change_form.drawn(issue))
    shown = [one for one in facts if one in found.facts]
    view = change_form.change_form(issue, matrix, shown, remembered, priority=_key(matrix, priority))
    await open_view(client, trigger, view)


def _key(matrix: Matrix, words: str) -> str:
    """The priority that somebody named by its key or title. Raises Refused with those there are."""
    if not words:
        return ""
    known = {name.casefold(): one.key for one in matrix.priorities for name in (one.title, one.key)}
    if words.casefold() not in known:
        hint = suggest(words, [one.key for one in matrix.priorities])
        raise Refused(say("There is no priority “{words}”. {hint}", words=words, hint=hint))
    return known[words.casefold()]
