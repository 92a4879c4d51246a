"""The ladder climbs: reminders, next level, repeat, catch-all, and it is never silent."""

from bot.domain.issue import Stage
from bot.domain.lifecycle import State
from tests.story import Story, ids


async def test_silence_climbs_to_the_next_level_and_everybody_is_told(tale: Story) -> None:
    await tale.raises("ann", requester=tale.id("rita"))
    await tale.advance(minutes=14)
    assert len([text for text in tale.dm("maya") if "Reminder" in text]) == 2

    await tale.advance(minutes=1)
    assert any("needs your answer" in text for text in tale.dm("omar"))
    assert any("ISS-1" in message.plain for message in tale.sandbox.messages("#ops-desk"))
    assert "Operations is asked now" in tale.dm("rita")[-1]
    assert any("nobody answered in time" in line for line in tale.log())


async def test_the_ladder_repeats_then_the_catch_all_nags_until_somebody_takes_it(tale: Story) -> None:
    await tale.raises("ann", requester=tale.id("rita"))
    await tale.advance(minutes=45)
    issue = await tale.issue()
    assert (issue.position.level, issue.position.round) == (1, 1)

    await tale.advance(minutes=45)
    issue = await tale.issue()
    assert issue.position.stage is Stage.CATCH_ALL
    assert "UNANSWERED" in tale.card().plain
    nags = len(tale.dm("dina"))
    await tale.advance(hours=2)
    assert len(tale.dm("dina")) == nags + 12
    assert len([one for one in tale.sandbox.messages("#escalations") if "UNANSWERED" in one.plain]) == 13

    await tale.clicks("dina", ids.ACK)
    issue = await tale.issue()
    assert (issue.state, issue.owner) == (State.ACKNOWLEDGED, tale.id("dina"))
    quiet = len(tale.dm("dina"))
    await tale.advance(days=2)
    assert len(tale.dm("dina")) == quiet


async def test_acknowledging_stops_the_clock(tale: Story) -> None:
    await tale.raises("ann")
    await tale.advance(minutes=10)
    await tale.clicks("maya", ids.ACK)
    await tale.advance(days=3)
    assert tale.dm("omar") == []


async def test_declining_moves_on_at_once(tale: Story) -> None:
    await tale.raises("ann")
    await tale.clicks("maya", ids.DECLINE)
    await tale.submits("maya", {"reason": "I am in a court hearing."})
    assert any("needs your answer" in text for text in tale.dm("omar"))
    assert "can't take ISS-1" in tale.dm("maya")[0]
    assert any("I am in a court hearing." in line for line in tale.log())


async def test_who_left_slack_is_skipped_at_once(tale: Story) -> None:
    tale.sandbox.deactivate("maya")
    await tale.raises("ann")
    assert any("needs your answer" in text for text in tale.dm("omar"))
    assert any("could not be reached" in text for text in tale.dm("dina")), "the path's owner is told"


async def test_who_raised_it_is_not_asked(tale: Story) -> None:
    await tale.raises("maya")
    issue = await tale.issue()
    assert issue.position.level == 2
    assert not any("needs your answer" in text for text in tale.dm("maya"))


async def test_the_timers_of_a_restarted_bot_go_on(tale: Story) -> None:
    await tale.raises("ann")
    await tale.advance(minutes=8)
    await tale.restart()
    await tale.advance(minutes=7)
    assert any("needs your answer" in text for text in tale.dm("omar"))
