"""Reassign and hand over: the form, at once in words, and in one press to who follows on call."""

import re
from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack import ids, payloads
from bot.adapters.slack.blocks.handing_forms import assign_form
from bot.adapters.slack.hand_to import HandTo, load_hand_to
from bot.adapters.slack.incoming_text import readable
from bot.adapters.slack.listeners.doors import Doors
from bot.adapters.slack.listeners.here import Here, open_view
from bot.adapters.slack.listeners.issue_verb import IssueVerb, Use, open_form
from bot.domain.contacts import Contact, ContactKind, parse_contact
from bot.domain.errors import FieldErrors, Refused
from bot.domain.words import Sentence
from bot.usecases.assign_issue import NOBODY, assign
from bot.usecases.commands import AssignIssue

Body = Mapping[str, Any]

_TOKEN = re.compile(r"<(?P<mark>[@#!]?)(?P<value>[^<>|]*)(?:\|(?P<label>[^<>]*))?>|\S+")
_TEAM = re.compile(r"subteam\^\w+")
_HANDED_BY_SHIFT = "My shift is over."


async def _assign(here: Here, use: Use) -> Sentence | None:
    """Who is named first is asked; what follows is why. Without anybody the form opens."""
    contact, why = who_in(use.raw)
    if contact is None:
        if use.words:
            raise Refused(NOBODY)
        await open_form(here, use, assign_form(use.drawn_for, here.remembered(via=use.about.via)))
        return None
    return (await assign(here.services, AssignIssue(**use.asked, contact=contact, why=why))).sentence


ASSIGN = IssueVerb(
    ("assign", "reassign", "handover"),
    "assign ISS-1 [@WHO WHY]",
    "ask somebody to take it: a person, group:HANDLE, oncall:SCHEDULE or #channel",
    "Reassign",
    _assign,
)


def who_in(raw: str) -> tuple[Contact | None, str]:
    """Whom the first word names, as Slack sent it (`<@U1|ann>`) or as it was typed (`group:sre`), and the rest."""
    text = re.sub(r"^to\s+", "", raw.strip(), flags=re.IGNORECASE)
    found = _TOKEN.match(text)
    if found is None:
        return None, ""
    contact = _contact(found)
    return contact, " ".join(readable(text[found.end() :]).split()) if contact else ""


def _contact(found: re.Match[str]) -> Contact | None:
    mark, value, label = found["mark"], found["value"] or "", (found["label"] or "").lstrip("@#")
    if mark == "@":
        return Contact(ContactKind.USER, value)
    if mark == "#":
        return Contact(ContactKind.CHANNEL, label or value)
    if mark == "!":
        return Contact(ContactKind.GROUP, label) if _TEAM.match(value) and label else None
    typed = value.removeprefix("mailto:") or found[0]
    known = parse_contact(typed.rstrip(",:"))
    if known is not None and known.kind is ContactKind.HANDLE:
        return parse_contact(known.value) or known
    return known


def register(doors: Doors, here: Here) -> None:
    """Bind the form and the buttons of a hand-over."""

    @doors.action(ids.HAND_OVER)
    async def on_hand_over(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        click = payloads.click(body)
        wish = _wish(click)
        form = assign_form(wish.carried, here.remembered(via=click.channel), "Hand over")
        await open_view(client, click.trigger, form)
        await ack()

    @doors.action(ids.HAND_TO)
    async def on_hand_to(ack: AsyncAck, body: Body) -> None:
        click = payloads.click(body)
        wish = _wish(click)
        contact = Contact(ContactKind.USER, wish.user) if wish.user else None
        command = AssignIssue(**here.about(click, wish.carried), contact=contact, why=_HANDED_BY_SHIFT)
        await assign(here.services, command)
        await ack()

    @doors.view(ids.FORM_ASSIGN)
    async def on_submit(ack: AsyncAck, body: Body) -> None:
        form = payloads.submission(body)
        contact, field = _named(form)
        why = form.fields.get(ids.FIELD_REASON, "")
        about = here.about(form, form.carried())
        await assign(here.services, AssignIssue(**about, contact=contact, why=why, field=field))
        await ack()


def _wish(click: payloads.Click) -> HandTo:
    """Raises Refused when the button is none of ours."""
    found = load_hand_to(click.value)
    if found is None:
        raise Refused("This button is from an older version. You find the issue in the Home tab of Rung.")
    return found


def _named(form: payloads.Submission) -> tuple[Contact | None, str]:
    """Whom the form names, and in which field. Raises FieldErrors when that is nobody, or two."""
    user, typed = form.fields.get(ids.FIELD_WHO, ""), form.fields.get(ids.FIELD_TO, "").strip()
    if user and typed:
        raise FieldErrors({ids.FIELD_TO: "Please name either a person or a team, not both."})
    if user:
        return Contact(ContactKind.USER, user), ids.FIELD_WHO
    if not typed:
        raise FieldErrors({ids.FIELD_WHO: NOBODY})
    contact = parse_contact(typed)
    if contact is None:
        raise FieldErrors({ids.FIELD_TO: NOBODY})
    return contact, ids.FIELD_TO
