"""Taking part: notes, corrections, thanks, joining and watching; in words and in forms."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.adapters.slack import ids, payloads
from bot.adapters.slack.blocks import together_forms
from bot.adapters.slack.listeners.command import unread
from bot.adapters.slack.listeners.doors import Doors
from bot.adapters.slack.listeners.here import Here
from bot.adapters.slack.listeners.issue_verb import IssueVerb, Use, open_form
from bot.adapters.slack.listeners.oncall import colleague_in
from bot.domain.contacts import Contact, ContactKind
from bot.domain.noting import EDITABLE
from bot.domain.text import clean_text
from bot.domain.words import Sentence, sentences
from bot.usecases import look_up, take_part
from bot.usecases.commands import EditFacts, NamePerson, TextCommand
from bot.usecases.services import ANSWER_BUDGET

Body = Mapping[str, Any]
Submit = Callable[[payloads.Submission], Awaitable[object]]


async def _note(here: Here, use: Use) -> Sentence | None:
    if not clean_text(use.words):
        await open_form(here, use, together_forms.note_form(use.drawn_for, _remembered(here, use)))
        return None
    return (await take_part.note(here.services, TextCommand(**use.asked, text=use.words))).sentence


async def _edit(here: Here, use: Use) -> Sentence | None:
    async with asyncio.timeout(ANSWER_BUDGET.total_seconds()):
        issue = await look_up.issue_now(here.services, use.about)
    form = together_forms.edit_form(use.drawn_for, issue.facts, _remembered(here, use))
    await open_form(here, use, form, seen=True)
    return None


async def _thank(here: Here, use: Use) -> Sentence | None:
    who, text = colleague_in(use.raw)
    if who is None:
        form = together_forms.thank_form(use.drawn_for, "", _remembered(here, use), use.words)
        await open_form(here, use, form)
        return None
    return (await take_part.thank(here.services, NamePerson(**use.asked, person=who, text=text))).sentence


async def _join(here: Here, use: Use) -> Sentence | None:
    who, rest = colleague_in(use.raw)
    said = (await take_part.join(here.services, NamePerson(**use.asked, person=who))).sentence
    return sentences(said, unread(rest)) if who and rest else said


async def _watch(here: Here, use: Use) -> Sentence | None:
    if use.carried is not None and use.trigger:
        await open_form(here, use, together_forms.watch_form(use.drawn_for, _remembered(here, use)))
        return None
    who, rest = colleague_in(use.raw)
    said = (await take_part.watch(here.services, NamePerson(**use.asked, person=who))).sentence
    return sentences(said, unread(rest)) if who and rest else said


async def _unwatch(here: Here, use: Use) -> Sentence | None:
    return (await take_part.unwatch(here.services, use.about)).sentence


NOTE = IssueVerb(
    ("note",),
    "note ISS-1 [TEXT]",
    "write an internal note: the requester never reads it",
    "Internal note",
    _note,
)
EDIT = IssueVerb(
    ("edit",),
    "edit ISS-1",
    "correct its title or facts: opens the form",
    "Edit",
    _edit,
    "Correct its title and facts. Nobody is asked anew.",
)
THANK = IssueVerb(
    ("kudos", "thank", "thanks"),
    "kudos ISS-1 [@maya WHAT FOR]",
    "say thank you to somebody who helped",
    "Kudos",
    _thank,
    "Say thank you to somebody who helped.",
)
JOIN = IssueVerb(
    ("join",),
    "join ISS-1 [@maya]",
    "it happens to you too, or to somebody else: told about every step",
    "Join",
    _join,
    "It happens to you too: you are told about every step, like the requester.",
)
WATCH = IssueVerb(
    ("watch", "follow"),
    "watch ISS-1 [@maya]",
    "watch it, or let somebody watch it: told, not asked",
    "Watch",
    _watch,
    "Watch it, or let a colleague watch it: told how it goes, and never asked.",
)
UNWATCH = IssueVerb(
    ("unwatch", "unfollow"),
    "unwatch ISS-1",
    "do not watch it any more",
    "Stop watching",
    _unwatch,
    "You are not told any more how it goes.",
)


def register(doors: Doors, here: Here) -> None:
    """Bind the forms."""
    services = here.services

    async def note(form: payloads.Submission) -> object:
        about = here.about(form, form.carried())
        return await take_part.note(services, TextCommand(**about, text=form.fields.get(ids.FIELD_TEXT, "")))

    async def edit(form: payloads.Submission) -> object:
        wanted = {name: text for name, text in form.fields.items() if name in EDITABLE}
        return await take_part.edit(services, EditFacts(**here.about(form, form.carried()), wanted=wanted))

    async def thank(form: payloads.Submission) -> object:
        return await take_part.thank(services, _named(here, form))

    async def watch(form: payloads.Submission) -> object:
        return await take_part.watch(services, _named(here, form))

    forms = {ids.FORM_NOTE: note, ids.FORM_EDIT: edit, ids.FORM_THANK: thank, ids.FORM_WATCH: watch}
    for callback, submit in forms.items():
        doors.view(callback)(_storing(submit))


def _storing(submit: Submit) -> Callable[[AsyncAck, Body], Awaitable[None]]:
    async def on_submit(ack: AsyncAck, body: Body) -> None:
        await submit(payloads.submission(body))
        await ack()

    return on_submit


def _named(here: Here, form: payloads.Submission) -> NamePerson:
    person = form.fields.get(ids.FIELD_PERSON, "")
    return NamePerson(
        **here.about(form, form.carried()),
        person=Contact(ContactKind.USER, person) if person else None,
        text=form.fields.get(ids.FIELD_TEXT, ""),
    )


def _remembered(here: Here, use: Use) -> str:
    return here.remembered(via=use.about.via)
