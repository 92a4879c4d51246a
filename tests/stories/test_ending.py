"""How it ends: resolved, confirmed, disputed once and again, closed after silence; and who is told where."""

from bot.domain.issue import Stage
from bot.domain.lifecycle import State
from bot.sandbox.faults import Fault
from tests.stories.ladders import ladder
from tests.story import Story, ids, story


def whispers(tale: Story, who: str) -> list[str]:
    """What only this person was shown."""
    return [message.plain for message in tale.sandbox.ephemerals(who)]


async def resolves(tale: Story, who: str, done: str = "Called back.") -> None:
    """Press Resolve on the card and send the form."""
    await tale.clicks(who, ids.RESOLVE, tale.card())
    await tale.submits(who, {"done": done})


async def disputes(tale: Story, who: str, why: str = "It is still wrong.") -> None:
    """Press Not solved and send the form."""
    await tale.clicks(who, ids.DISPUTE)
    await tale.submits(who, {"why": why})


async def test_resolving_an_open_issue_takes_it_in_the_same_step(tale: Story) -> None:
    await tale.raises("ann", requester=tale.id("rita"))
    await resolves(tale, "maya")
    issue = await tale.issue()
    assert (issue.state, issue.owner) == (State.RESOLVED, tale.id("maya"))
    assert ids.CONFIRM in tale.newest_with("rita", ids.CONFIRM).actions
    assert not any(ids.ACK in one.actions for one in tale.sandbox.dm("maya"))


async def test_who_raised_it_for_themselves_is_told_each_step_once(tale: Story) -> None:
    await tale.raises("ann")
    assert len(tale.dm("ann")) == 1
    await tale.clicks("maya", ids.ACK)
    assert len(tale.dm("ann")) == 2
    await resolves(tale, "maya")
    assert len(tale.dm("ann")) == 3
    assert whispers(tale, "ann") == []


async def test_a_requester_who_solves_it_alone_has_nothing_to_confirm(tale: Story) -> None:
    await tale.raises("ann", requester=tale.id("maya"))
    await tale.clicks("maya", ids.ACK)
    await resolves(tale, "maya")
    assert (await tale.issue()).state is State.CLOSED
    assert not any(ids.CONFIRM in one.actions for one in tale.sandbox.dm("maya"))


async def test_not_solved_asks_the_last_owner_first_and_then_climbs(tale: Story) -> None:
    await tale.raises("ann", requester=tale.id("rita"))
    await tale.advance(minutes=5)
    await tale.clicks("maya", ids.ACK)
    ping, reminder = tale.sandbox.dm("maya")
    assert "The buttons are in the newer message below." in ping.plain
    assert (ids.RESOLVE in ping.actions, ids.RESOLVE in reminder.actions) == (False, True)
    await resolves(tale, "maya")
    await disputes(tale, "rita", "Two of three were called.")
    issue = await tale.issue()
    assert (issue.state, issue.opening, issue.position.stage) == (State.OPEN, 2, Stage.OWNER)
    *before, now = tale.dm("maya")
    assert "needs your answer" in now
    assert ["was opened again after this. You are asked again below." in text for text in before] == [
        True,
        True,
    ]
    assert any("Two of three were called." in line for line in tale.log())
    await tale.advance(minutes=15)
    issue = await tale.issue()
    assert (issue.position.stage, issue.position.level) == (Stage.LEVEL, 2)
    assert any("needs your answer" in text for text in tale.dm("omar"))


async def test_a_second_dispute_starts_one_level_higher(tale: Story) -> None:
    await tale.raises("ann", requester=tale.id("rita"))
    for _ in range(2):
        await tale.clicks("maya", ids.ACK)
        await resolves(tale, "maya")
        await disputes(tale, "rita")
    issue = await tale.issue()
    assert (issue.opening, issue.position.stage, issue.position.level) == (3, Stage.LEVEL, 2)
    assert any("needs your answer" in text for text in tale.dm("omar"))


async def test_a_last_owner_who_declines_leaves_it_to_the_level(database_url: str) -> None:
    async with story(database_url, ladder(["@maya", "@omar"], ["@dina"])) as tale:
        await tale.raises("ann", requester=tale.id("rita"))
        await tale.clicks("maya", ids.ACK)
        await resolves(tale, "maya")
        await disputes(tale, "rita")
        await tale.clicks("maya", ids.DECLINE)
        await tale.submits("maya", {})
        issue = await tale.issue()
        assert (issue.position.stage, issue.position.level) == (Stage.LEVEL, 1)
        assert "needs your answer" in tale.dm("omar")[-1]


async def test_a_last_owner_who_left_slack_leaves_it_to_the_level(database_url: str) -> None:
    async with story(database_url, ladder(["@maya", "@omar"], ["@dina"])) as tale:
        await tale.raises("ann", requester=tale.id("rita"))
        await tale.clicks("maya", ids.ACK)
        await resolves(tale, "maya")
        tale.sandbox.deactivate("maya")
        await disputes(tale, "rita")
        issue = await tale.issue()
        assert (issue.position.stage, issue.position.level) == (Stage.LEVEL, 1)
        assert "needs your answer" in tale.dm("omar")[-1]


async def test_silence_closes_it_and_not_solved_still_opens_it(tale: Story) -> None:
    await tale.raises("ann", requester=tale.id("rita"))
    await tale.clicks("maya", ids.ACK)
    await resolves(tale, "maya")
    question = tale.newest_with("rita", ids.DISPUTE)
    await tale.advance(days=3)
    assert (await tale.issue()).state is State.CLOSED
    assert "closed" in tale.dm("rita")[-1].lower()
    healed = next(one for one in tale.sandbox.dm("rita") if one.ts == question.ts)
    assert ids.CONFIRM not in healed.actions


async def test_not_solved_pressed_twice_opens_it_once(tale: Story) -> None:
    await tale.raises("ann", requester=tale.id("rita"))
    await tale.clicks("maya", ids.ACK)
    await resolves(tale, "maya")
    await tale.clicks("rita", ids.DISPUTE)
    first = tale.sandbox.modal("rita")
    assert first is not None
    await tale.clicks("rita", ids.DISPUTE)
    await tale.submits("rita", {"why": "No."})
    if tale.sandbox.modal("rita") is not None:
        await tale.submits("rita", {"why": "No, no."})
        assert any("open again already" in text for text in tale.errors("rita").values())
    assert (await tale.issue()).opening == 2


async def test_somebody_else_can_neither_confirm_nor_update(tale: Story) -> None:
    channel = tale.sandbox.workspace.channel("#care").id
    await tale.raises("ann", requester=tale.id("rita"), updates_channel=channel)
    await tale.clicks("maya", ids.ACK)
    await tale.clicks("rita", ids.UPDATE, tale.card())
    await tale.submits("rita", {"text": "All fine!"})
    assert any("may update the requester" in text for text in tale.errors("rita").values())
    await tale.sandbox.close_modal("rita")
    await resolves(tale, "maya")
    question = [one for one in tale.sandbox.messages("#care") if ids.CONFIRM in one.actions][-1]
    await tale.clicks("omar", ids.CONFIRM, question)
    assert (await tale.issue()).state is State.RESOLVED
    assert "Only the requester may confirm" in whispers(tale, "omar")[-1]
    await tale.clicks("rita", ids.CONFIRM, question)
    assert (await tale.issue()).state is State.CLOSED


async def test_updates_go_to_the_chosen_channel_and_not_by_direct_message(tale: Story) -> None:
    channel = tale.sandbox.workspace.channel("#care").id
    await tale.raises("ann", requester=tale.id("rita"), updates_channel=channel)
    await tale.clicks("maya", ids.ACK)
    told = [one.plain for one in tale.sandbox.messages("#care")]
    assert any("ISS-1" in text for text in told)
    assert any("has taken ISS-1" in text for text in told)
    assert tale.dm("rita") == []


async def test_a_chosen_channel_that_is_lost_becomes_a_direct_message_that_says_why(tale: Story) -> None:
    channel = tale.sandbox.workspace.channel("#care").id
    await tale.raises("ann", requester=tale.id("rita"), updates_channel=channel)
    tale.sandbox.archive("#care")
    await tale.clicks("maya", ids.ACK)
    assert "has taken ISS-1" in tale.dm("rita")[-1]
    assert any("could not be posted" in line and "archived" in line for line in tale.log()), tale.log()


async def test_a_requester_whose_direct_messages_are_refused_is_told_through_the_raiser(tale: Story) -> None:
    rita = tale.sandbox.workspace.dm_with(tale.id("rita")).id
    tale.sandbox.faults.add(
        "chat.postMessage",
        Fault.error("messages_tab_disabled"),
        times=None,
        when=lambda args: args.get("channel") in (rita, tale.id("rita")),
    )
    await tale.raises("ann", requester=tale.id("rita"))
    await tale.clicks("maya", ids.ACK)
    assert any("has taken ISS-1" in text for text in tale.dm("ann"))
