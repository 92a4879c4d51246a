"""While the form is open: what the matrix says about a choice, the draft to go on with, the issue to join instead."""

import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack import ids, payloads
from bot.adapters.slack.blocks.raise_form import raise_form, told_mark
from bot.adapters.slack.blocks.views import metadata, notice_view
from bot.adapters.slack.errors import failure
from bot.adapters.slack.listeners.doors import Doors
from bot.adapters.slack.listeners.here import NOT_SHOWN, Here, replace_view, show_view
from bot.adapters.slack.listeners.raise_issue import DRAFT, KEPT, OFFER, SAID, TOLD, matrix_here
from bot.domain.contacts import Contact, ContactKind
from bot.domain.errors import FieldErrors, Refused
from bot.domain.ids import issue_name
from bot.domain.words import Sentence, load_sentence, say
from bot.usecases import drafts
from bot.usecases.commands import NamePerson
from bot.usecases.take_part import join
from bot.usecases.tell import whisper

Body = Mapping[str, Any]

NO_DRAFT = "There is no draft any more. Please fill in this form instead."

FORMS_KNOWN = 500
"""So many forms are remembered; who chooses twice does it within seconds."""

_log = logging.getLogger(__name__)


def register(doors: Doors, here: Here) -> None:
    """Bind what is chosen and pressed inside the form."""

    newest = Newest()

    async def on_choice(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await _tell_about(here, client, body, newest)
        await ack()

    for name in (ids.FIELD_TYPE, ids.FIELD_SERVICE, ids.FIELD_CLIENT):
        doors.action(name)(on_choice)

    @doors.action(ids.DRAFT_GO_ON)
    async def on_go_on(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        click, typed = payloads.click(body), payloads.submission(body)
        found = await drafts.of(here.services, here.workspace, click.who.user)
        if found is None:
            raise Refused(NO_DRAFT)
        written = {name: text for name, text in typed.fields.items() if text and name != ids.FIELD_REQUESTER}
        fields = {**found.fields, **written}
        kept = {name: found.known.get(name, "") for name in KEPT}
        remembered = here.remembered(**kept, draft=found.key, told=told_mark(matrix_here(here), fields))
        await show_view(client, click, raise_form(matrix_here(here), fields, remembered))
        await ack()

    @doors.action(ids.DRAFT_FORGET)
    async def on_forget(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        click, typed = payloads.click(body), payloads.submission(body)
        await drafts.forget(here.services, here.workspace, click.who.user)
        with suppress(*NOT_SHOWN):  # it was closed meanwhile; the draft is gone all the same
            await replace_view(client, click.view, _drawn(here, typed, offer=False))
        await ack()

    @doors.action(ids.JOIN_INSTEAD)
    async def on_join(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        click, typed = payloads.click(body), payloads.submission(body)
        carried = click.carried()
        requester = typed.fields.get(ids.FIELD_REQUESTER, "")
        person = Contact(ContactKind.USER, requester) if requester else None
        said = await _joined(here, NamePerson(**here.about(click, carried), person=person), typed)
        try:
            await replace_view(client, click.view, notice_view(issue_name(carried.number), said))
        except NOT_SHOWN:  # it was closed meanwhile: what was done is said all the same
            who = {"user": click.who.user, "channel": "", "key": click.key}
            await whisper(here.services, here.workspace, **who, sentence=said)
        await ack()


async def _joined(here: Here, command: NamePerson, typed: payloads.Submission) -> Sentence:
    """What came of it. Who joined has nothing to raise any more, so their draft is forgotten."""
    try:
        answer = await join(here.services, command)
    except (Refused, FieldErrors) as refused:
        return refused.sentence + say(" Close this window to leave it at that; your text is kept as a draft.")
    keys = [typed.key, typed.known.get(DRAFT, "")]
    await drafts.forget(here.services, here.workspace, command.user, keys)
    return answer.sentence


class Newest:
    """Which choice of each form came last: of two that follow each other fast, the second was made in the form as it
    was before the first was answered."""

    def __init__(self) -> None:
        self._at: dict[str, str] = {}

    def takes(self, view: str, at: str) -> bool:
        """Whether no later choice of this form is known."""
        if at < self._at.get(view, ""):
            return False
        self._at.pop(view, None)
        self._at[view] = at
        if len(self._at) > FORMS_KNOWN:
            del self._at[next(iter(self._at))]
        return True


async def _tell_about(here: Here, client: AsyncWebClient, body: Body, newest: Newest) -> None:
    """Draw the form anew, with what the matrix says about the choice and everything that is typed.

    It is a courtesy: where the form cannot be changed, or was changed meanwhile, it works as it is."""
    view, typed = body.get("view") or {}, payloads.submission(body)
    if view.get("callback_id") != ids.FORM_RAISE or SAID in typed.known:
        return
    view_id, at = str(view.get("id") or ""), str((body.get("actions") or [{}])[0].get("action_ts") or "")
    if not (view_id and newest.takes(view_id, at)):
        return
    drawn = dict(_drawn(here, typed, offer=True))
    try:
        await _redraw(client, view_id, str(view.get("hash") or ""), drawn, lambda: newest.takes(view_id, at))
    except NOT_SHOWN as error:
        why = failure("views.update", error).outcome.why
        _log.info("the form stays as it is: %s", why, extra={"action": "intake"})


async def _redraw(
    client: AsyncWebClient, view_id: str, known: str, drawn: dict[str, Any], is_newest: Callable[[], bool]
) -> None:
    """Only over the form that was seen; or over what an earlier choice made of it."""
    try:
        await client.views_update(view_id=view_id, hash=known, view=drawn)
    except SlackApiError as error:
        if error.response.get("error") != "hash_conflict" or not is_newest():
            raise
        await client.views_update(view_id=view_id, view=drawn)


def _offered(known: Mapping[str, str]) -> Sentence | None:
    """The offer of a draft that the form was opened with."""
    try:
        return load_sentence(known[OFFER]) if known.get(OFFER) else None
    except (ValueError, TypeError):
        return None


def _drawn(here: Here, typed: payloads.Submission, *, offer: bool) -> Mapping[str, Any]:
    known = dict(typed.known)
    offered = _offered(known) if offer else None
    known |= {TOLD: told_mark(matrix_here(here), typed.fields), OFFER: known.get(OFFER, "") if offer else ""}
    remembered = metadata(known.pop("nonce", ""), **known)
    return raise_form(matrix_here(here), typed.fields, remembered, offered)
