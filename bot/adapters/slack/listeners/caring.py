"""What those do whom an issue is for: write back, rate, comment, say whether it lasted; and who tells them."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack import ids, payloads
from bot.adapters.slack.blocks import caring_forms, send_back_forms, work_forms
from bot.adapters.slack.listeners.doors import Doors
from bot.adapters.slack.listeners.here import Here, open_view, peek
from bot.adapters.slack.listeners.issue_verb import as_opener
from bot.adapters.slack.listeners.wait_issue import WAIT
from bot.domain.closing import too_late
from bot.domain.permissions import Actor
from bot.domain.waiting import may_answer
from bot.usecases import comment_issue, follow_up, rate_issue, tell_requester
from bot.usecases.commands import IssueCommand, Rate, Tell, TextCommand

Body = Mapping[str, Any]


def register(doors: Doors, here: Here) -> None:
    """Bind the buttons and the forms."""
    _writing_back(doors, here)
    _after_closing(doors, here)
    _did_it_last(doors, here)

    @doors.action(ids.TOLD)
    async def on_told(ack: AsyncAck, body: Body) -> None:
        click = payloads.click(body)
        carried = click.carried()
        await tell_requester.tell(here.services, Tell(**here.about(click, carried), n=carried.n))
        await ack()

    @doors.action(ids.WAIT)
    async def on_wait(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await as_opener(WAIT)(here, client, payloads.click(body))
        await ack()


def _writing_back(doors: Doors, here: Here) -> None:
    async def opened(client: AsyncWebClient, click: payloads.Click, carried: ids.Carried, typed: str) -> None:
        """Who may not, or comes too late, hears it before they type."""
        issue = await peek(here, carried.number)
        if issue is not None:
            may_answer(issue, Actor(click.who.user, outsider=here.is_outsider(click.who)))
        form = caring_forms.reply_form(carried, here.remembered(via=click.channel), typed)
        await open_view(client, click.trigger, form)

    @doors.action(ids.REPLY)
    async def on_reply(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        click = payloads.click(body)
        await opened(client, click, click.carried(), "")
        await ack()

    @doors.action(ids.REPLY_WORDS)
    async def on_words(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        click = payloads.click(body)
        carried, typed = ids.load_words(click.value)
        await opened(client, click, carried, typed)
        await ack()


def _after_closing(doors: Doors, here: Here) -> None:
    async def on_rate(ack: AsyncAck, body: Body) -> None:
        click = payloads.click(body)
        stars = ids.RATES.index(body["actions"][0]["action_id"]) + 1
        await rate_issue.rate(here.services, Rate(**here.about(click, click.carried()), stars=stars))
        await ack()

    for action in ids.RATES:
        doors.action(action)(on_rate)

    async def on_comment(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        click = payloads.click(body)
        form = caring_forms.comment_form(click.carried(), here.remembered(via=click.channel))
        await open_view(client, click.trigger, form)
        await ack()

    doors.action(ids.REMARK)(on_comment)
    doors.action(ids.HELPED)(on_comment)

    @doors.view(ids.FORM_COMMENT)
    async def on_commented(ack: AsyncAck, body: Body) -> None:
        form = payloads.submission(body)
        text = form.fields.get(ids.FIELD_TEXT, "")
        await comment_issue.comment(here.services, TextCommand(**here.about(form, form.carried()), text=text))
        await ack()

    @doors.action(ids.NOTHING_TO_ADD)
    async def on_skip(ack: AsyncAck, body: Body) -> None:
        click = payloads.click(body)
        await comment_issue.skip(here.services, IssueCommand(**here.about(click, click.carried())))
        await ack()


def _did_it_last(doors: Doors, here: Here) -> None:
    @doors.action(ids.LASTED)
    async def on_lasted(ack: AsyncAck, body: Body) -> None:
        click = payloads.click(body)
        await follow_up.lasted(here.services, IssueCommand(**here.about(click, click.carried())))
        await ack()

    @doors.action(ids.CAME_BACK)
    async def on_came_back(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        """For two weeks the same number goes on; then a new issue takes its place, linked to it."""
        click = payloads.click(body)
        carried = click.carried()
        issue = await peek(here, carried.number)
        remembered = here.remembered(via=click.channel)
        form = work_forms.dispute_form(carried, remembered)
        if issue is not None and too_late(issue, here.services.clock.now()):
            await follow_up.came_back(here.services, IssueCommand(**here.about(click, carried)))
            form = send_back_forms.raise_linked_form(carried, "", remembered)
        await open_view(client, click.trigger, form)
        await ack()
