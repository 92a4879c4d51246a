"""Slack is down, slow or picky for a while: nothing is lost, what still matters is sent, and the ladder goes on."""

from datetime import timedelta

import pytest

from bot.domain.lifecycle import State
from bot.sandbox.faults import Fault
from tests.stories.ladders import ladder
from tests.story import FORM, Story, ids, story

OUTAGES = [Fault.status(500), Fault.html(502), Fault.drop_before(), Fault.error("fatal_error")]


def posts(tale: Story, method: str = "chat.postMessage") -> int:
    """How many messages Slack has taken."""
    return sum(call.stored for call in tale.sandbox.journal if call.method == method)


def pings(tale: Story, who: str) -> list[str]:
    """What somebody was asked, reminders left out."""
    return [text for text in tale.dm(who) if text.startswith("ISS-1 needs your answer")]


async def open_form(tale: Story) -> None:
    """The form is open while Slack still works."""
    assert (await tale.sandbox.slash("ann", "#issues", "/issue", "raise")).acked


@pytest.mark.parametrize("outage", OUTAGES, ids=lambda one: f"{one.kind}-{one.http_status}{one.code}")
async def test_what_was_raised_during_an_outage_is_sent_once_after_it(tale: Story, outage: Fault) -> None:
    await open_form(tale)
    tale.sandbox.faults.add("*", outage, times=None)
    assert (await tale.submits("ann", FORM)).ok
    await tale.advance(minutes=1)
    assert (await tale.issue()).state is State.OPEN
    assert tale.sandbox.messages("#issues") == []

    tale.sandbox.faults.clear()
    await tale.advance(minutes=4)
    assert len(pings(tale, "maya")) == 1
    assert len([one for one in tale.sandbox.messages("#issues") if "ISS-1" in one.plain]) == 1


async def test_the_ladder_climbs_while_nothing_can_be_posted_and_only_what_matters_is_sent(
    tale: Story,
) -> None:
    await open_form(tale)
    tale.sandbox.faults.add("chat.postMessage", Fault.status(503), times=None)
    await tale.submits("ann", FORM)
    await tale.advance(minutes=20)
    assert (await tale.issue()).position.level == 2

    tale.sandbox.faults.clear()
    await tale.advance(minutes=16)
    assert pings(tale, "maya") == [], "the first level is over: nobody is woken for it"
    assert len(pings(tale, "omar")) == 1
    assert "Operations is asked now" in tale.dm("ann")[-1]
    assert any("nobody answered in time" in line for line in tale.log())


async def test_a_level_nobody_could_be_looked_up_for_has_its_time_after_the_outage(database_url: str) -> None:
    async with story(database_url, ladder(["@maya"], ["@omar"], within="2m")) as tale:
        await open_form(tale)
        tale.sandbox.faults.add("*", Fault.status(500), times=None)
        await tale.submits("ann", FORM)
        await tale.advance(minutes=2, seconds=20)
        tale.sandbox.faults.clear()
        await tale.advance(seconds=30)
        issue = await tale.issue()
        assert issue.position.level == 1
        assert len(pings(tale, "maya")) == 1
        assert issue.position.ends_at is not None
        assert issue.position.ends_at - issue.asks[0].at >= timedelta(minutes=1), (
            "half of the level's time at least"
        )


@pytest.mark.parametrize(
    "lost", [Fault.drop_after_store(), Fault.timeout_after_store()], ids=lambda fault: fault.kind
)
async def test_a_lost_answer_ends_in_exactly_one_message(database_url: str, lost: Fault) -> None:
    async with story(database_url, patience=timedelta(seconds=0.6)) as tale:
        await open_form(tale)
        tale.sandbox.faults.add("chat.postMessage", lost, times=3)
        await tale.submits("ann", FORM)
        await tale.advance(minutes=2)
        assert len(pings(tale, "maya")) == 1
        assert len(tale.sandbox.messages("#issues")) == 1
        assert len([text for text in tale.dm("ann") if "ISS-1" in text]) == 1
        await tale.clicks("maya", ids.ACK)
        assert "has it" in tale.card().plain, "a message found again is edited like any other"


async def test_a_bot_that_died_while_sending_finds_its_messages_again(tale: Story) -> None:
    """The claim of a worker that is gone is looked at after its lease."""
    await open_form(tale)
    await tale.sandbox.submit("ann", FORM)
    now = tale.now()
    lost = await tale.core.services.transactions.run(
        lambda store: store.outbox.claim(now, now + timedelta(seconds=60), 100)
    )
    assert lost
    await tale.restart()
    await tale.advance(minutes=2)
    assert len(pings(tale, "maya")) == 1
    assert len(tale.sandbox.messages("#issues")) == 1


async def test_slack_that_never_answers_holds_nobody_up_for_long(database_url: str) -> None:
    async with story(database_url, patience=timedelta(seconds=0.4)) as tale:
        await open_form(tale)
        tale.sandbox.faults.add("chat.postMessage", Fault.timeout(), times=3)
        assert (await tale.submits("ann", FORM)).ok
        await tale.advance(minutes=2)
        assert len(pings(tale, "maya")) == 1
        assert len(tale.sandbox.messages("#issues")) == 1


async def test_a_pause_that_slack_asks_for_parks_only_that_lane(tale: Story) -> None:
    await open_form(tale)
    maya = tale.id("maya")
    tale.sandbox.faults.add(
        "chat.postMessage",
        Fault.status(429, retry_after=120),
        when=lambda args: args.get("channel") == tale.sandbox.workspace.dm_with(maya).id,
    )
    await tale.submits("ann", FORM)
    assert pings(tale, "maya") == []
    assert "ISS-1" in tale.card().plain, "the card did not wait"
    await tale.advance(seconds=119)
    assert pings(tale, "maya") == []
    await tale.advance(seconds=2)
    assert len(pings(tale, "maya")) == 1


async def test_where_a_form_cannot_be_opened_a_sentence_says_so_and_keeps_what_was_typed(
    tale: Story, expected_errors: list[str]
) -> None:
    expected_errors.append("request failed: Slack did not take our answer.")
    tale.sandbox.faults.add("views.open", Fault.drop_before())
    answer = await tale.types("ann", "raise Checkout is down")
    assert "Slack did not take our answer. Please try again in a moment." in answer.text
    assert "Checkout is down" in answer.text


@pytest.mark.parametrize("code", ["token_revoked", "account_inactive"])
async def test_without_a_valid_token_everything_waits_and_then_goes_on(
    tale: Story, code: str, expected_errors: list[str]
) -> None:
    expected_errors.append("rejected: Slack no longer accepts the bot token")
    await open_form(tale)
    tale.sandbox.faults.add("*", Fault.error(code), times=None)
    await tale.submits("ann", FORM)
    await tale.advance(minutes=2)
    waiting = await tale.core.services.transactions.read(
        lambda store: store.outbox.pending_count(tale.workspace)
    )
    assert waiting > 0
    assert posts(tale) == 0

    tale.sandbox.faults.clear()
    await tale.advance(minutes=2)
    assert len(tale.sandbox.messages("#issues")) == 1
    assert len(pings(tale, "maya")) == 1


async def test_a_ping_for_an_issue_that_was_taken_meanwhile_is_not_sent(tale: Story) -> None:
    await open_form(tale)
    omar = tale.id("omar")
    tale.sandbox.faults.add(
        "chat.postMessage",
        Fault.status(429, retry_after=600),
        times=None,
        when=lambda args: args.get("channel") == tale.sandbox.workspace.dm_with(omar).id,
    )
    await tale.submits("ann", FORM)
    await tale.advance(minutes=16)
    await tale.clicks("maya", ids.ACK)
    tale.sandbox.faults.clear()
    await tale.advance(hours=1)
    assert tale.dm("omar") == []
