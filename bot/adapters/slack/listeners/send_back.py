"""Send back, Appeal and its judgement, and ending an issue oneself: their buttons and forms, and the same in words."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack import ids, payloads
from bot.adapters.slack.blocks import send_back_forms
from bot.adapters.slack.listeners.doors import Doors
from bot.adapters.slack.listeners.here import Here, open_view
from bot.adapters.slack.listeners.issue_verb import IssueVerb, Use, open_form
from bot.domain.sending_back import CODES
from bot.domain.text import clean_text
from bot.domain.words import Sentence
from bot.usecases import appeal, withdraw_issue
from bot.usecases.commands import Decide, SendBack, TextCommand
from bot.usecases.send_back import send_back

Body = Mapping[str, Any]

_OPENS = {ids.APPEAL: send_back_forms.appeal_form, ids.STAYS: send_back_forms.stays_form}


async def _send_back(here: Here, use: Use) -> Sentence | None:
    """At once with a code and a note (``sendback ISS-1 duplicate ISS-7``); else the form asks."""
    code, _, note = clean_text(use.words).partition(" ")
    code = code.lower().replace("-", "_").rstrip(":,")
    if code not in CODES or (CODES[code].asks and not note.strip()):
        remembered = here.remembered(via=use.about.via)
        known = code if code in CODES else ""
        await open_form(here, use, send_back_forms.send_back_form(use.drawn_for, remembered, known))
        return None
    return (await send_back(here.services, SendBack(**use.asked, code=code, note=note))).sentence


async def _appeal(here: Here, use: Use) -> Sentence | None:
    why = clean_text(use.words)
    if not why:
        view = send_back_forms.appeal_form(use.drawn_for, here.remembered(via=use.about.via))
        await open_form(here, use, view)
        return None
    return (await appeal.appeal(here.services, TextCommand(**use.asked, text=why))).sentence


async def _withdraw(here: Here, use: Use) -> Sentence | None:
    """With words it is withdrawn for that reason; without, one form offers both ways to end it."""
    if not clean_text(use.words):
        remembered = here.remembered(via=use.about.via)
        await open_form(
            here,
            use,
            send_back_forms.withdraw_form(use.drawn_for, remembered, send_back_forms.WITHDRAWN),
        )
        return None
    return (await withdraw_issue.withdraw(here.services, TextCommand(**use.asked, text=use.words))).sentence


async def _solved(here: Here, use: Use) -> Sentence | None:
    return (await withdraw_issue.solved(here.services, TextCommand(**use.asked, text=use.words))).sentence


SEND_BACK = IssueVerb(
    ("sendback", "send-back"),
    "sendback ISS-1 [REASON]",
    "another way is the right one: opens the form",
    "Send back",
    _send_back,
    "Another way is the right one: who asked reads which. For the people of the level, its owner and the manager.",
)
APPEAL = IssueVerb(
    ("appeal",),
    "appeal ISS-1 [WHY]",
    "it was sent back: ask somebody else to look at it",
    "Appeal",
    _appeal,
    has_button=True,
)
WITHDRAW = IssueVerb(
    ("withdraw",),
    "withdraw ISS-1 [WHY]",
    "it is not needed any more, or is solved: opens the form",
    "It's solved, or withdraw",
    _withdraw,
    "End it at once. For who raised it and whom it is for.",
)
SOLVED = IssueVerb(
    ("solved",),
    "solved ISS-1 [WHAT HELPED]",
    "it is solved, and closed at once",
    "It's solved",
    _solved,
    has_button=True,
)


def register(doors: Doors, here: Here) -> None:
    """Bind the forms, and the buttons of who is asked to judge."""

    @doors.view(ids.FORM_SEND_BACK)
    async def on_sent_back(ack: AsyncAck, body: Body) -> None:
        form = payloads.submission(body)
        code, note = form.fields.get(ids.FIELD_REASON, ""), form.fields.get(ids.FIELD_NOTE, "")
        await send_back(here.services, SendBack(**here.about(form, form.carried()), code=code, note=note))
        await ack()

    async def on_open(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        click = payloads.click(body)
        draw = _OPENS[body["actions"][0]["action_id"]]
        await open_view(client, click.trigger, draw(click.carried(), here.remembered(via=click.channel)))
        await ack()

    for action in _OPENS:
        doors.action(action)(on_open)

    @doors.view(ids.FORM_APPEAL)
    async def on_appealed(ack: AsyncAck, body: Body) -> None:
        form = payloads.submission(body)
        why = form.fields.get(ids.FIELD_WHY, "")
        await appeal.appeal(here.services, TextCommand(**here.about(form, form.carried()), text=why))
        await ack()

    @doors.action(ids.UPHOLD)
    async def on_upheld(ack: AsyncAck, body: Body) -> None:
        click = payloads.click(body)
        await appeal.judge(here.services, Decide(**here.about(click, click.carried()), yes=True))
        await ack()

    @doors.view(ids.FORM_STAYS)
    async def on_stays(ack: AsyncAck, body: Body) -> None:
        form = payloads.submission(body)
        why = form.fields.get(ids.FIELD_WHY, "")
        await appeal.judge(here.services, Decide(**here.about(form, form.carried()), yes=False, text=why))
        await ack()

    @doors.view(ids.FORM_WITHDRAW)
    async def on_ended(ack: AsyncAck, body: Body) -> None:
        form = payloads.submission(body)
        solved = form.fields.get(ids.FIELD_HOW, "") == send_back_forms.SOLVED
        verb = withdraw_issue.solved if solved else withdraw_issue.withdraw
        note = form.fields.get(ids.FIELD_NOTE, "")
        await verb(here.services, TextCommand(**here.about(form, form.carried()), text=note))
        await ack()
