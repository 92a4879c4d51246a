"""Escalate: to the next level, to a team, past a level; and the escalation manager's answer. In forms and in words."""

import asyncio
import re
from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack import ids, payloads, values
from bot.adapters.slack.blocks import escalate_forms
from bot.adapters.slack.blocks.elements import Block
from bot.adapters.slack.blocks.views import notice_view
from bot.adapters.slack.listeners.doors import Doors
from bot.adapters.slack.listeners.here import NOT_SHOWN, PEEK_TIME, Here, open_view, replace_view
from bot.adapters.slack.listeners.issue_verb import IssueVerb, Use, open_form
from bot.domain.destinations import Destination, Destinations, named
from bot.domain.errors import FieldErrors, NotFound, Refused
from bot.domain.ids import issue_name
from bot.domain.issue import Issue
from bot.domain.text import clean_text
from bot.domain.words import Sentence, say
from bot.usecases import answer_ping, escalate_issue
from bot.usecases.commands import Decide, Escalate, IssueCommand, PassBy, SendToTeam
from bot.usecases.escalate_issue import Escalatable, escalatable
from bot.usecases.services import ANSWER_BUDGET
from bot.usecases.tell import whisper

Body = Mapping[str, Any]

_TO = re.compile(r"to\s+(?=\S)", re.IGNORECASE)


async def _escalate(here: Here, use: Use) -> Sentence | None:
    """At once to the next level; ``to`` somebody else as they are named. Words carry no level that their writer saw: it
    is the present one, and nothing happens when somebody else escalated just before."""
    words = clean_text(use.words)
    to = _TO.match(words)
    found = await _found(here, use.about)
    if to is None:
        return await _next(here, use, found.issue, words, typed=use.carried is None)
    one, reason = _named(found, words[to.end() :])
    return await _go(here, use, found, one, reason)


async def _bypass(here: Here, use: Use) -> Sentence | None:
    """The form that says who is asked next; without a name the one that offers everybody."""
    words = clean_text(use.words)
    found = await _found(here, use.about)
    if not words:
        await open_form(here, use, _form(here, _seen(use, found.issue), found, use.about.via), seen=True)
        return None
    to = _TO.match(words)
    one, reason = _named(found, words[to.end() :] if to else words)
    return await _go(here, use, found, one, reason)


async def _go(here: Here, use: Use, found: Escalatable, one: Destination, reason: str) -> Sentence | None:
    seen = _seen(use, found.issue)
    if one.team and not reason:
        await open_form(here, use, _form(here, seen, found, use.about.via, team=one.team), seen=True)
        return None
    if one.team:
        command = SendToTeam(**use.asked, team=one.team, seen=(seen.level, seen.round), reason=reason)
        return (await escalate_issue.send_to_team(here.services, command)).sentence
    if one.level and one in found.known.levels:
        await open_form(
            here, use, _past(here, seen, found.issue, one.level, reason, use.about.via), seen=True
        )
        return None
    if one.level:
        command_ = PassBy(**use.asked, level=one.level, seen=(seen.level, seen.round), reason=reason)
        return (await escalate_issue.pass_by(here.services, command_)).sentence
    return await _next(here, use, found.issue, reason)


async def _next(here: Here, use: Use, issue: Issue, reason: str, *, typed: bool = False) -> Sentence | None:
    seen = _seen(use, issue)
    command = Escalate(**use.asked, seen=(seen.level, seen.round), reason=reason, typed=typed)
    return (await answer_ping.escalate(here.services, command)).sentence


ESCALATE = IssueVerb(
    ("escalate",),
    "escalate ISS-1 [to TEAM] [WHY]",
    "ask the next level now, or a team or level by name",
    "Escalate",
    _escalate,
    has_button=True,
)
BYPASS = IssueVerb(
    ("bypass",),
    "bypass ISS-1 [LEVEL] [WHY]",
    "go past the next level: opens the form",
    "Past the next level",
    _bypass,
    "Ask somebody further up, or a team. For the people of its path and its owner; others ask the escalation manager.",
)


def register(doors: Doors, here: Here) -> None:
    """Bind the button, the forms behind it, and the escalation manager's answer."""

    @doors.action(ids.ESCALATE)
    async def on_escalate(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        click = payloads.click(body)
        carried = click.carried()
        found = await _peek(here, IssueCommand(**here.about(click, carried)))
        await open_view(client, click.trigger, _form(here, carried, found, click.channel))
        await ack()

    @doors.view(ids.FORM_ESCALATE)
    async def on_escalated(ack: AsyncAck, body: Body) -> None:
        form = payloads.submission(body)
        carried, reason = form.carried(), form.fields.get(ids.FIELD_REASON, "")
        sent, seen = form.fields.get(ids.FIELD_TO, ""), (carried.level, carried.round)
        about = here.about(form, carried)
        if sent in ("", escalate_forms.NEXT):
            await answer_ping.escalate(here.services, Escalate(**about, seen=seen, reason=reason))
            await ack()
            return
        found = await _found(here, IssueCommand(**about))
        one = _still_there(found.known, sent)
        if one.team:
            command = SendToTeam(**about, team=one.team, seen=seen, reason=reason)
            await escalate_issue.send_to_team(here.services, command)
            await ack()
            return
        view = _past(here, carried, found.issue, one.level, reason, form.known.get("via", ""))
        await ack(response_action="update", view=view)

    @doors.view(ids.FORM_BYPASS)
    async def on_passed(ack: AsyncAck, body: Body) -> None:
        form = payloads.submission(body)
        carried, reason = form.carried(), form.fields.get(ids.FIELD_REASON, "")
        level = values.load_number(form.known.get("past", ""))
        seen = (carried.level, carried.round)
        command = PassBy(**here.about(form, carried), level=level, seen=seen, reason=reason)
        answer = await escalate_issue.pass_by(here.services, command)
        await ack(response_action="update", view=notice_view(issue_name(carried.number), answer.sentence))

    @doors.action(ids.ASK_NEXT)
    async def on_ask_next(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        click = payloads.click(body)
        view, said = await _ask_next(here, click)
        try:
            await replace_view(client, click.view, view)
        except NOT_SHOWN:  # it was closed meanwhile: what was done is said all the same
            user, via = click.who.user, here.about(click, click.carried())["via"]
            await whisper(here.services, here.workspace, user=user, channel=via, key=click.key, sentence=said)
        await ack()

    async def on_answer(ack: AsyncAck, body: Body) -> None:
        click = payloads.click(body)
        yes = body["actions"][0]["action_id"] == ids.ALLOW
        await escalate_issue.answer_wish(here.services, Decide(**here.about(click, click.carried()), yes=yes))
        await ack()

    doors.action(ids.ALLOW)(on_answer)
    doors.action(ids.LEAVE)(on_answer)


async def _ask_next(here: Here, click: payloads.Click) -> tuple[Block, Sentence]:
    """What takes the place of the form: what was done, or the form that asks why; and the same in a sentence."""
    carried = click.carried()
    about, title = here.about(click, carried), issue_name(carried.number)
    reason = click.known.get("reason", "")
    try:
        command = Escalate(**about, seen=(carried.level, carried.round), reason=reason)
        said = (await answer_ping.escalate(here.services, command)).sentence
    except FieldErrors as missing:
        found = await _found(here, IssueCommand(**about))
        return _form(here, carried, found, about["via"]), missing.sentence
    except Refused as refused:
        said = refused.sentence
    return notice_view(title, said), said


async def _found(here: Here, about: IssueCommand) -> Escalatable:
    async with asyncio.timeout(ANSWER_BUDGET.total_seconds()):
        return await escalatable(here.services, about)


async def _peek(here: Here, about: IssueCommand) -> Escalatable | None:
    """None when the issue is unknown or the database is slow: the form opens all the same."""
    try:
        async with asyncio.timeout(PEEK_TIME.total_seconds()):
            return await escalatable(here.services, about)
    except (TimeoutError, NotFound):
        return None


def _form(here: Here, carried: ids.Carried, found: Escalatable | None, via: str, team: str = "") -> Block:
    issue, known = (found.issue, found.known) if found is not None else (None, None)
    now = here.services.clock.now()
    return escalate_forms.escalate_form(carried, issue, known, here.remembered(via=via), now=now, team=team)


def _past(here: Here, carried: ids.Carried, issue: Issue, level: int, reason: str, via: str) -> Block:
    remembered = here.remembered(via=via, past=str(level), reason=reason)
    now = here.services.clock.now()
    return escalate_forms.bypass_form(carried, issue, level, reason, remembered, now)


def _seen(use: Use, issue: Issue) -> ids.Carried:
    return use.carried or ids.carried(issue)


def _named(found: Escalatable, words: str) -> tuple[Destination, str]:
    hit = named(found.issue, found.known, words)
    if hit is not None:
        return hit
    known = ", ".join(one.name for one in found.known.all)
    raise Refused(
        say(
            "There is no level or team “{words}”. For ISS-{number} you can name: {known}.",
            words=clean_text(words, 80),
            number=found.issue.number,
            known=known or "nobody",
        )
    )


def _still_there(known: Destinations, sent: str) -> Destination:
    one = escalate_forms.chosen(known, sent)
    if one is None:
        raise Refused("That cannot be chosen any more: the issue has moved on. Please open the form again.")
    return one
