"""Update requester, Resolve, Confirm solved, Answer: their buttons and forms, and the same in words."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack import ids, payloads
from bot.adapters.slack.blocks import wait_forms, work_forms
from bot.adapters.slack.blocks.elements import Block
from bot.adapters.slack.listeners.doors import Doors
from bot.adapters.slack.listeners.here import Here, open_view, peek
from bot.adapters.slack.listeners.issue_verb import IssueVerb, Run, Use, open_form
from bot.domain.text import clean_text
from bot.domain.waiting import needed_from
from bot.domain.words import Sentence
from bot.usecases import close_issue, wait_issue, work_issue
from bot.usecases.commands import IssueCommand, TextCommand
from bot.usecases.rows import Answer
from bot.usecases.services import Services

Body = Mapping[str, Any]

Form = Callable[[ids.Carried, str], Block]
Verb = Callable[[Services, TextCommand], Awaitable[Answer]]

_OPENS: Mapping[str, Form] = {
    ids.UPDATE: work_forms.update_form,
    ids.RESOLVE: work_forms.resolve_form,
}
_STORES: Mapping[str, tuple[str, Verb]] = {
    ids.FORM_UPDATE: (ids.FIELD_TEXT, work_issue.update_requester),
    ids.FORM_RESOLVE: (ids.FIELD_DONE, work_issue.resolve),
    ids.FORM_ANSWER: (ids.FIELD_TEXT, wait_issue.answer),
}


def _with_text(form: Form, verb: Verb) -> Run:
    """Done at once with the words that were typed; without any, the form asks for them."""

    async def run(here: Here, use: Use) -> Sentence | None:
        if not clean_text(use.words):
            await open_form(here, use, form(use.drawn_for, here.remembered(via=use.about.via)))
            return None
        return (await verb(here.services, TextCommand(**use.asked, text=use.words))).sentence

    return run


async def _answer(here: Here, use: Use) -> Sentence | None:
    if not clean_text(use.words):
        form = await _answer_form(here, use.drawn_for, use.about.user, use.about.via)
        await open_form(here, use, form, seen=True)
        return None
    return (await wait_issue.answer(here.services, TextCommand(**use.asked, text=use.words))).sentence


async def _answer_form(here: Here, carried: ids.Carried, user: str, via: str) -> Block:
    """With what they were asked, where that is known in time. Raises NotFound."""
    issue = await peek(here, carried.number)
    question = needed_from(issue, user) if issue is not None else ""
    return wait_forms.answer_form(carried, here.remembered(via=via), question)


async def _confirm(here: Here, use: Use) -> Sentence | None:
    return (await close_issue.confirm(here.services, use.about)).sentence


UPDATE = IssueVerb(
    ("update",),
    "update ISS-1 [TEXT]",
    "tell the requester how it stands",
    "Update requester",
    _with_text(work_forms.update_form, work_issue.update_requester),
    has_button=True,
)
RESOLVE = IssueVerb(
    ("resolve",),
    "resolve ISS-1 [WHAT WAS DONE]",
    "it is solved: the requester is asked to confirm",
    "Resolve",
    _with_text(work_forms.resolve_form, work_issue.resolve),
    has_button=True,
)
CONFIRM = IssueVerb(
    ("confirm",),
    "confirm ISS-1",
    "say that it is solved, and close it",
    "Confirm solved",
    _confirm,
    has_button=True,
)
ANSWER = IssueVerb(
    ("answer", "reply"),
    "answer ISS-1 [TEXT]",
    "answer what whoever has it asked you",
    "Answer",
    _answer,
    has_button=True,
)


def register(doors: Doors, here: Here) -> None:
    """Bind the buttons of the card and of the requester's messages, and their forms."""

    async def on_button(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        click = payloads.click(body)
        draw = _OPENS[body["actions"][0]["action_id"]]
        await open_view(client, click.trigger, draw(click.carried(), here.remembered(via=click.channel)))
        await ack()

    async def store_form(ack: AsyncAck, body: Body) -> None:
        form = payloads.submission(body)
        field, verb = _STORES[body["view"]["callback_id"]]
        text = form.fields.get(field, "")
        await verb(here.services, TextCommand(**here.about(form, form.carried()), text=text))
        await ack()

    async def on_answer(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        click = payloads.click(body)
        form = await _answer_form(here, click.carried(), click.who.user, click.channel)
        await open_view(client, click.trigger, form)
        await ack()

    doors.action(ids.ANSWER)(on_answer)
    for action in _OPENS:
        doors.action(action)(on_button)
    for callback in _STORES:
        doors.view(callback)(store_form)

    @doors.action(ids.CONFIRM)
    async def on_confirm(ack: AsyncAck, body: Body) -> None:
        click = payloads.click(body)
        await close_issue.confirm(here.services, IssueCommand(**here.about(click, click.carried())))
        await ack()
