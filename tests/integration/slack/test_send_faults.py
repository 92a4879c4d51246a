"""Every way in which Slack fails to take a message, and what the outbox is told."""

import socket
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.adapters.slack.client import web_client
from bot.adapters.slack.drawing import Drawing
from bot.domain.delivery import Outcome, Reason, Rejected, RetryLater, Sent, Unknown
from bot.domain.ids import WorkspaceId
from bot.domain.notification import NoticeKind, Op
from bot.sandbox.faults import Fault
from tests.integration.slack.conftest import Start
from tests.integration.slack.rig import Rig, config, section


def reason(outcome: Outcome) -> Reason:
    """Why it was refused."""
    assert isinstance(outcome, Rejected), outcome
    return outcome.reason


async def test_a_pause_is_passed_on(rig: Rig) -> None:
    rig.sandbox.faults.add("chat.postMessage", Fault.status(429, retry_after=12))

    outcome = await rig.send("#issues")

    assert isinstance(outcome, RetryLater)
    assert (outcome.after, outcome.counts) == (timedelta(seconds=12), False)
    assert len(rig.calls("chat.postMessage")) == 1


@pytest.mark.parametrize(
    "fault",
    [
        Fault.status(500),
        Fault.status(502),
        Fault.status(503),
        Fault.html(),
        Fault.html(502),
        Fault.drop_before(),
        Fault.drop_after_store(),
        Fault.error("internal_error"),
        Fault.error("fatal_error"),
        Fault.error("a_word_of_tomorrow"),
    ],
    ids=lambda fault: f"{fault.kind}-{fault.http_status}-{fault.code}",
)
@pytest.mark.parametrize("op", list(Op))
async def test_an_unclear_answer_is_never_repeated_by_the_channel(rig: Rig, fault: Fault, op: Op) -> None:
    card = await rig.sent("#issues")
    before = len(rig.sandbox.journal)
    rig.sandbox.faults.add("*", fault)

    outcome = await rig.send("#issues", op=op, message=card)

    assert isinstance(outcome, Unknown)
    assert len(rig.sandbox.journal) == before + 1


@pytest.mark.parametrize(
    "fault", [Fault.timeout(), Fault.timeout_after_store()], ids=lambda fault: fault.kind
)
async def test_no_answer_in_time_is_unclear(start: Start, fault: Fault) -> None:
    rig = await start(seconds=0.1)
    rig.sandbox.faults.add("chat.postMessage", fault)

    assert await rig.send("#issues") == Unknown("Slack did not answer in time.")
    assert len(rig.calls("chat.postMessage")) == 1


async def test_slack_that_cannot_be_reached_has_certainly_not_got_it(rig: Rig) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    session = rig.slack.web.session
    assert session is not None
    rig.slack.web = web_client(
        base_url=f"http://127.0.0.1:{port}/api/", token="xoxb-sandbox", session=session
    )

    assert await rig.send("#issues") == RetryLater("Slack cannot be reached.")
    assert await rig.send("name:#issues") == RetryLater("Slack cannot be reached.")
    assert await rig.send("maya", NoticeKind.PING) == RetryLater("Slack cannot be reached.")


async def test_a_revoked_token_stops_the_workspace(rig: Rig) -> None:
    rig.sandbox.revoke_token()

    assert reason(await rig.send("#issues")) is Reason.TEAM


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("channel_not_found", Reason.ROUTE),
        ("restricted_action", Reason.ROUTE),
        ("missing_scope", Reason.KIND),
        ("unknown_method", Reason.KIND),
        ("account_inactive", Reason.TEAM),
    ],
)
async def test_refusals(rig: Rig, code: str, why: Reason) -> None:
    rig.sandbox.faults.add("chat.postMessage", Fault.error(code))

    assert reason(await rig.send("#issues")) is why


async def test_an_archived_channel(rig: Rig) -> None:
    card = await rig.sent("#issues")
    rig.sandbox.archive("#issues")

    assert reason(await rig.send("#issues")) is Reason.ROUTE
    assert reason(await rig.send("#issues", NoticeKind.LOG, thread=card)) is Reason.ROUTE
    assert reason(await rig.send("#issues", op=Op.EDIT, message=card)) is Reason.ROUTE


async def test_a_channel_that_rung_was_thrown_out_of(start: Start) -> None:
    rig = await start(config(without="chat:write.public"))
    rig.sandbox.kick_bot("#issues")

    assert isinstance(await rig.send("#issues"), Sent)
    assert rig.sandbox.workspace.bot_in(rig.sandbox.workspace.channel("#issues"))


@pytest.mark.parametrize("without", ["chat:write.public channels:join", "chat:write.public"])
async def test_a_channel_that_cannot_be_joined(start: Start, without: str) -> None:
    rig = await start(config(without=without))
    rig.sandbox.kick_bot("#issues")
    rig.sandbox.faults.add("conversations.join", Fault.error("missing_scope"), times=None)

    outcome = await rig.send("#issues")

    assert reason(outcome) is Reason.ROUTE
    assert isinstance(outcome, Rejected)
    assert "/invite @Rung" in outcome.why
    assert len(rig.calls("chat.postMessage")) == 1
    assert rig.capabilities.reduced() == [
        "Rung cannot join channels by itself; invite it with /invite @Rung."
    ]


async def test_a_private_channel_that_rung_is_not_in(rig: Rig) -> None:
    assert reason(await rig.send("#secret")) is Reason.ROUTE
    assert reason(await rig.send("name:#secret")) is Reason.ROUTE
    assert reason(await rig.send("name:#nowhere")) is Reason.ROUTE


@pytest.mark.parametrize("kind", [NoticeKind.PING, NoticeKind.REMINDER])
async def test_somebody_who_left_is_not_asked_although_slack_would_take_it(
    rig: Rig, kind: NoticeKind
) -> None:
    await rig.sent("maya", kind)
    rig.sandbox.deactivate("maya")
    rig.clock.advance(seconds=61)

    outcome = await rig.send("maya", kind)

    assert isinstance(outcome, Rejected)
    assert outcome.reason is Reason.ROUTE
    assert outcome.why == "This person has left Slack.", "no name: they may have wished for none"
    assert len(rig.calls("chat.postMessage")) == 1


@pytest.mark.parametrize(("who", "why"), [("lea", "has left Slack"), ("pager", "is a bot")])
async def test_who_cannot_be_asked(rig: Rig, who: str, why: str) -> None:
    outcome = await rig.send(who, NoticeKind.PING)

    assert isinstance(outcome, Rejected)
    assert why in outcome.why
    assert rig.calls("chat.postMessage") == []


async def test_the_check_never_stands_in_the_way_of_a_ping(start: Start) -> None:
    rig = await start(seconds=0.2)
    rig.sandbox.faults.add("users.info", Fault.timeout())

    assert isinstance(await rig.send("maya", NoticeKind.PING), Sent)


async def test_blocks_that_slack_refuses_go_out_as_text(rig: Rig) -> None:
    drawing = Drawing("Checkout is down", [section("*Checkout* is down")], live=True)
    for method in ("chat.postMessage", "chat.update"):
        rig.sandbox.faults.add(
            method, Fault.error("invalid_blocks"), when=lambda args: bool(args.get("blocks"))
        )

    card = await rig.sent("#issues", extra={"drawing": drawing})
    await rig.sent("#issues", op=Op.EDIT, message=card, extra={"drawing": drawing})

    [message] = rig.messages("#issues")
    assert (message.text, list(message.blocks)) == ("Checkout is down", [])
    assert rig.channel.poster.plain == {"chat.postMessage": 1, "chat.update": 1}
    assert [call.error for call in rig.calls("chat.postMessage")] == ["invalid_blocks", None]


@pytest.mark.parametrize("code", ["msg_too_long", "invalid_attachments", "msg_blocks_too_long"])
async def test_other_refusals_of_the_picture(rig: Rig, code: str) -> None:
    rig.sandbox.faults.add("chat.postMessage", Fault.error(code))

    assert isinstance(await rig.send("#issues"), Sent)
    assert rig.texts("#issues") == ["card-1 v1"]


async def test_a_picture_that_is_refused_even_as_text(rig: Rig) -> None:
    rig.sandbox.faults.add("chat.postMessage", Fault.error("msg_too_long"), times=2)

    assert reason(await rig.send("#issues")) is Reason.CONTENT
    assert len(rig.calls("chat.postMessage")) == 2


async def test_a_very_long_text_still_arrives_everywhere(rig: Rig) -> None:
    drawing = Drawing("火" * 9000, [section("short")], live=True)
    card = await rig.sent("#issues", extra={"drawing": drawing})

    await rig.sent("#issues", op=Op.EDIT, message=card, extra={"drawing": drawing})
    where = rig.target("#issues").id
    await rig.sent("maya", NoticeKind.WHISPER, channel=where, extra={"drawing": drawing})

    assert rig.channel.poster.plain == {}
    assert len(rig.sandbox.ephemerals("maya")) == 1


async def test_a_letter_that_cannot_be_drawn(rig: Rig) -> None:
    outcome = await rig.send("#issues", extra={"no": "version"})

    assert outcome == Rejected(Reason.CONTENT, "The message cannot be drawn (KeyError); see the log.")
    assert rig.calls("chat.postMessage") == []


async def test_another_workspaces_letter(rig: Rig) -> None:
    letter = rig.letter("#issues")
    foreign = replace(letter, row=replace(letter.row, workspace=WorkspaceId("T0ELSE")))

    assert reason(await rig.channel.send(foreign)) is Reason.TEAM
    assert await rig.channel.find(foreign) is None
