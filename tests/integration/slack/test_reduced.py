"""A Slack look-alike with fewer methods: everything still arrives, and what is reduced is said."""

import pytest

from bot.domain.delivery import Reason, Rejected, Sent, Unknown
from bot.domain.notification import NoticeKind
from bot.sandbox.faults import Fault
from tests.integration.slack.conftest import Start
from tests.integration.slack.rig import Rig

GONE = [Fault.unknown_method(), Fault.html(404), Fault.error("missing_scope")]


@pytest.fixture(params=GONE, ids=["unknown_method", "404", "missing_scope"])
def gone(request: pytest.FixtureRequest) -> Fault:
    fault: Fault = request.param
    return fault


async def test_direct_messages_without_conversations(rig: Rig, gone: Fault) -> None:
    rig.sandbox.faults.add("conversations.open", gone, times=None)

    first = await rig.sent("maya", NoticeKind.PING)
    second = await rig.sent("maya", NoticeKind.PING)

    assert first.place == second.place
    assert first.place.startswith("D")
    # The first answer told where the conversation is.
    assert [call.args["channel"] for call in rig.calls("chat.postMessage")] == [
        rig.target("maya").id,
        first.place,
    ]
    assert len(rig.calls("conversations.open")) == 1


async def test_direct_messages_while_opening_conversations_is_slow(start: Start) -> None:
    rig = await start(seconds=0.1)
    rig.sandbox.faults.add("conversations.open", Fault.timeout())

    assert isinstance(await rig.send("maya", NoticeKind.PING), Sent)
    assert rig.capabilities.reduced() == []


async def test_opening_a_conversation_with_somebody_who_left(rig: Rig) -> None:
    outcome = await rig.send("lea", NoticeKind.REQUESTER)

    assert isinstance(outcome, Rejected)
    assert outcome.reason is Reason.ROUTE
    assert "has left Slack" in outcome.why


async def test_pings_without_users_info(rig: Rig, gone: Fault) -> None:
    rig.sandbox.faults.add("users.info", gone, times=None)

    assert isinstance(await rig.send("maya", NoticeKind.PING), Sent)
    assert isinstance(await rig.send("lea", NoticeKind.PING), Rejected)  # the list of members knows it


async def test_channels_by_name_without_a_list_of_channels(rig: Rig, gone: Fault) -> None:
    rig.sandbox.faults.add("conversations.list", gone, times=None)

    await rig.send("name:#issues")

    assert rig.calls("chat.postMessage")[0].args["channel"] == "#issues"


async def test_whispers_without_the_method(rig: Rig, gone: Fault) -> None:
    rig.sandbox.faults.add("chat.postEphemeral", gone, times=None)

    for _ in range(2):
        await rig.sent("maya", NoticeKind.WHISPER, channel=rig.target("#issues").id)

    assert len(rig.messages("maya")) == 2
    assert len(rig.calls("chat.postEphemeral")) == 1
    assert rig.capabilities.reduced() == ["Answers to clicks come as direct messages."]


async def test_whispers_that_are_never_answered(rig: Rig) -> None:
    rig.sandbox.faults.add("chat.postEphemeral", Fault.status(503), times=None)
    place = rig.target("#issues").id

    assert isinstance(await rig.send("maya", NoticeKind.WHISPER, channel=place, attempts=2), Unknown)
    assert rig.messages("maya") == []
    assert isinstance(await rig.send("maya", NoticeKind.WHISPER, channel=place, attempts=3), Sent)
    assert len(rig.messages("maya")) == 1


@pytest.mark.parametrize(
    ("kind", "method", "said"),
    [
        (NoticeKind.HOME, "views.publish", "The Home tab stays empty."),
        (NoticeKind.DETAILS, "views.update", "Details cannot be filled into an open window."),
    ],
)
async def test_views_without_the_method(
    rig: Rig, gone: Fault, kind: NoticeKind, method: str, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    rig.sandbox.faults.add(method, gone, times=None)

    for _ in range(3):
        outcome = await rig.send("maya", kind, view_id="V0SOME000")
        assert isinstance(outcome, Rejected)
        assert outcome.reason is Reason.KIND

    assert len(rig.calls(method)) == 1
    assert len(caplog.records) == 1
    assert rig.capabilities.reduced() == [said]


async def test_a_home_tab_that_is_switched_off(rig: Rig) -> None:
    rig.sandbox.faults.add("views.publish", Fault.error("not_enabled"))

    outcome = await rig.send("maya", NoticeKind.HOME)

    assert isinstance(outcome, Rejected)
    assert outcome.reason is Reason.KIND


@pytest.mark.parametrize(
    "code", ["metadata_too_large", "invalid_metadata_format", "metadata_must_be_sent_from_app"]
)
async def test_messages_without_metadata(rig: Rig, code: str) -> None:
    rig.sandbox.faults.add(
        "chat.postMessage", Fault.error(code), times=None, when=lambda args: "metadata" in args
    )

    assert isinstance(await rig.send("#issues"), Sent)
    assert isinstance(await rig.send("#issues"), Sent)

    assert ["metadata" in call.args for call in rig.calls("chat.postMessage")] == [True, False, False]
    assert [len(message.blocks) for message in rig.messages("#issues")] == [1, 1]
    assert await rig.channel.find(rig.letter("#issues")) is None
    assert "it may arrive twice" in rig.capabilities.reduced()[0]
