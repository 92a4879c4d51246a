"""Raising: the form from a shortcut, a message or a button, and its submission."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack import ids, payloads
from bot.adapters.slack.blocks.elements import Block
from bot.adapters.slack.blocks.intake_page import intake_page
from bot.adapters.slack.blocks.raise_form import raise_form, told_mark
from bot.adapters.slack.blocks.views import metadata
from bot.adapters.slack.listeners.doors import Doors
from bot.adapters.slack.listeners.here import Here, open_view
from bot.domain.errors import Refused
from bot.domain.findings import Finding
from bot.domain.intake import YES
from bot.domain.matrix.model import Matrix
from bot.domain.text import clean_text
from bot.domain.words import At, Sentence, say
from bot.usecases import drafts
from bot.usecases.commands import RaiseIssue
from bot.usecases.finding_ports import Draft
from bot.usecases.intake_findings import submit
from bot.usecases.rows import Answer

Body = Mapping[str, Any]

NO_MATRIX = "There is no escalation matrix yet. Please ask an admin to publish one."

TOLD, SAID, DRAFT, STRAIGHT, OFFER = "told", "said", "draft", "straight", "offer"
"""What the form remembers: what it told about, the findings that were shown, the draft it goes on with, the senior
somebody had gone to, and the offer of a draft."""
KEPT = ("link", "channel", STRAIGHT)
"""Of what it remembers, what a draft needs too."""


async def open_raise_form(
    here: Here,
    client: AsyncWebClient,
    trigger: str,
    prefill: Mapping[str, str],
    *,
    user: str = "",
    **known: str,
) -> None:
    """Open the form, drawn from the matrix in memory; for `user` with the offer of their draft, if they have one.

    Raises Refused when no matrix is published."""
    matrix = matrix_here(here)
    found = await drafts.of(here.services, here.workspace, user) if user else None
    offer = offer_of(found) if found is not None else None
    known = {**known, TOLD: told_mark(matrix, prefill), OFFER: offer.dump() if offer else ""}
    await open_view(client, trigger, raise_form(matrix, prefill, here.remembered(**known), offer))


def matrix_here(here: Here) -> Matrix:
    """The matrix in force. Raises Refused when none is published."""
    published = here.services.matrix.current(here.workspace)
    if published is None:
        raise Refused(NO_MATRIX)
    return published.matrix


def offer_of(found: Draft) -> Sentence:
    """What is said about a draft."""
    title = found.fields.get(ids.FIELD_TITLE) or found.fields.get(ids.FIELD_HAPPENED) or "no title yet"
    return say(
        "You began an issue at {when} and it was not raised: {title}",
        when=At(found.saved_at),
        title=title[:100],
    )


def hidden_prefill(hidden: bool) -> dict[str, str]:
    """What comes from a place that not everybody reads begins as private."""
    return {ids.FIELD_PRIVATE: YES} if hidden else {}


def register(doors: Doors, here: Here) -> None:
    """Bind everything that opens the form, and the form."""

    @doors.shortcut(ids.SHORTCUT_RAISE)
    async def on_shortcut(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        asked = payloads.shortcut(body)
        user = asked.who.user
        await open_raise_form(here, client, asked.trigger, {"requester": user}, user=user)
        await ack()

    @doors.shortcut(ids.SHORTCUT_RAISE_FROM_MESSAGE)
    async def on_message(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        asked = payloads.shortcut(body)
        prefill = {**from_message(asked), "requester": asked.who.user}
        link = (
            "" if asked.hidden else link_of(body, asked)
        )  # where it was said stays between those who were there
        known = {"link": link, "channel": asked.channel}
        await open_raise_form(here, client, asked.trigger, prefill, user=asked.who.user, **known)
        await ack()

    @doors.action(ids.RAISE)
    async def on_button(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        click = payloads.click(body)
        user = click.who.user
        await open_raise_form(here, client, click.trigger, {"requester": user}, user=user)
        await ack()

    @doors.view(ids.FORM_RAISE)
    async def on_submit(ack: AsyncAck, body: Body) -> None:
        form = payloads.submission(body)
        done = await submit(here.services, command_of(here, form))
        if not isinstance(done, Answer):
            await ack(response_action="update", view=_page(here, form, done))
        elif form.known.get(DRAFT):
            await ack(response_action="clear")  # below it lies the form that offered the draft
        else:
            await ack()


def command_of(here: Here, form: payloads.Submission) -> RaiseIssue:
    """What the form asks for."""
    said = form.known.get(SAID)
    return RaiseIssue(
        workspace=here.workspace,
        user=form.who.user,
        key=form.key,
        fields=form.fields,
        requester=form.fields.get("requester", ""),
        updates_channel=form.fields.get("updates_channel", ""),
        source_link=form.known.get("link", ""),
        asked_in=form.known.get("channel", ""),
        told=form.known.get(TOLD, "") == told_mark(matrix_here(here), form.fields),
        findings=None if said is None else tuple(said.split()),
        draft=form.known.get(DRAFT, ""),
        straight_to=form.known.get(STRAIGHT, ""),
        known={name: form.known.get(name, "") for name in KEPT},
    )


def from_message(asked: payloads.Shortcut) -> dict[str, str]:
    """The fields that a message fills."""
    text = clean_text(asked.text)
    return {"title": text.partition("\n")[0], "happened": text, **hidden_prefill(asked.hidden)}


def link_of(body: Body, asked: payloads.Shortcut) -> str:
    """Slack's own address of a message; no call is needed to make it."""
    domain = str((body.get("team") or {}).get("domain") or "")
    if not (domain and asked.channel and asked.stamp):
        return ""
    return f"https://{domain}.slack.com/archives/{asked.channel}/p{asked.stamp.replace('.', '')}"


def _page(here: Here, form: payloads.Submission, findings: tuple[Finding, ...]) -> Block:
    """The same form with what there is to say above it: it is the same submission, so its nonce stays."""
    kinds = " ".join(dict.fromkeys(one.kind.value for one in findings))
    known = {**form.known, SAID: kinds, OFFER: ""}
    remembered = metadata(known.pop("nonce", ""), **known)
    return intake_page(matrix_here(here), form.fields, findings, remembered)
