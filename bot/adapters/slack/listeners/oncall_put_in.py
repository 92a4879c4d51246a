"""Putting somebody in for a time: the form, what it would mean, doing it, and taking it back."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack import ids, payloads, values
from bot.adapters.slack.blocks.elements import Block
from bot.adapters.slack.blocks.oncall_put_in import (
    OLD,
    dump_wanted,
    load_wanted,
    put_in_done_view,
    put_in_form,
    put_in_plan_view,
)
from bot.adapters.slack.blocks.views import notice_view, read_metadata
from bot.adapters.slack.listeners.doors import Doors
from bot.adapters.slack.listeners.here import Here, show_view, update_view, was_updated
from bot.adapters.slack.listeners.matrix_edit import redrawn
from bot.domain.errors import FieldErrors, Refused, RungError
from bot.domain.words import NOTHING, Sentence
from bot.usecases import manage_oncall, oncall_put_in
from bot.usecases.oncall_commands import PutIn, Undo
from bot.usecases.oncall_put_in import BEGINS, UNTIL, WHO, MovedOn, PutInPlan
from bot.usecases.tell import whisper

Body = Mapping[str, Any]
_FIELDS = (WHO, BEGINS, UNTIL, ids.FIELD_NOTE)


def register(doors: Doors, here: Here) -> None:
    """Bind the buttons and both steps of the form."""

    @doors.action(ids.ONCALL_PUT_IN)
    async def on_open(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        click = payloads.click(body)
        await show_view(client, click, await _form(here, click, click.value, {}))
        await ack()

    @doors.view(ids.FORM_PUT_IN)
    async def on_filled(ack: AsyncAck, body: Body) -> None:
        form = payloads.submission(body)
        command = _command(here, form, form.known.get("schedule", ""), form.fields)
        plan = await oncall_put_in.plan(here.services, command)
        await ack(response_action="update", view=_planned(here, plan, form.fields))

    @doors.action(ids.ONCALL_PUT_IN_AGAIN)
    async def on_again(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        click = payloads.click(body)
        known = _known(body)
        wanted = load_wanted(known.get("wanted", ""))
        await update_view(client, click, await _form(here, click, wanted.schedule, known))
        await ack()

    @doors.view(ids.FORM_PUT_IN_DO)
    async def on_do(ack: AsyncAck, body: Body) -> None:
        form = payloads.submission(body)
        wanted = load_wanted(form.known.get("wanted", ""))
        command = _command(here, form, wanted.schedule, form.known)
        try:
            answer = await oncall_put_in.put_in(here.services, command, wanted, form.known.get("mark", ""))
        except MovedOn as moved:
            view = _planned(here, moved.plan, form.known, moved.sentence)
        except (Refused, FieldErrors) as refused:
            view = await _form_again(here, form, wanted.schedule, refused)
        else:
            what, _, number = answer.code.partition(":")
            change = int(number) if what == "undo" else 0
            view = put_in_done_view(answer.sentence, change, here.services.clock.now())
        await ack(response_action="update", view=view)

    @doors.action(ids.ONCALL_TAKE_BACK)
    async def on_take_back(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        click = payloads.click(body)
        change = values.load_one(click.value)
        if change is None:
            raise Refused("This button is from an older version. Please look at the schedule again.")
        command = Undo(workspace=here.workspace, user=click.who.user, key=click.key, change=change)
        said = (await manage_oncall.undo(here.services, command)).sentence
        view = await redrawn(here, click, body, said) if click.in_view else None
        view = view or notice_view("Taken back", said)
        if not (click.in_view and await was_updated(client, click, view)):
            await whisper(
                here.services,
                here.workspace,
                user=click.who.user,
                channel=click.channel,
                key=click.key,
                sentence=said,
            )
        await ack()


def _command(
    here: Here, asked: payloads.Click | payloads.Submission, schedule: str, typed: Mapping[str, str]
) -> PutIn:
    return PutIn(
        workspace=here.workspace,
        user=asked.who.user,
        key=asked.key,
        schedule=schedule,
        person=typed.get(WHO, ""),
        begins=typed.get(BEGINS, ""),
        until=typed.get(UNTIL, ""),
        note=typed.get(ids.FIELD_NOTE, ""),
    )


async def _form(
    here: Here,
    asked: payloads.Click | payloads.Submission,
    schedule: str,
    typed: Mapping[str, str],
    first: Sentence = NOTHING,
) -> Block:
    opened = await oncall_put_in.may_put_in(here.services, _command(here, asked, schedule, typed))
    return put_in_form(opened, here.remembered(schedule=schedule), typed, first)


async def _form_again(here: Here, form: payloads.Submission, schedule: str, refused: RungError) -> Block:
    """With everything typed; where this person may not put anybody in any more, only what is said."""
    try:
        return await _form(here, form, schedule, form.known, refused.sentence)
    except Refused as gone:
        typed = [form.known[name] for name in (BEGINS, UNTIL, ids.FIELD_NOTE) if form.known.get(name)]
        return notice_view("It has moved on", gone.sentence, typed)


def _planned(here: Here, plan: PutInPlan, typed: Mapping[str, str], first: Sentence = NOTHING) -> Block:
    known = {name: typed.get(name, "") for name in _FIELDS}
    metadata = here.remembered(wanted=dump_wanted(plan.wanted), mark=plan.mark, **known)
    return put_in_plan_view(plan, metadata, here.services.clock.now(), first)


def _known(body: Body) -> Mapping[str, str]:
    try:
        return read_metadata(str((body.get("view") or {}).get("private_metadata") or ""))
    except ValueError:
        raise Refused(OLD) from None
