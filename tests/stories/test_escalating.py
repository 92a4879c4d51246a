"""Escalating by hand: who may, early or late, open or taken, and what is said to those who come too late."""

import copy

from bot.domain.events import EventKind
from bot.domain.ids import IssueRef
from bot.domain.issue import Stage
from bot.domain.lifecycle import State
from tests.stories.ladders import ladder
from tests.story import Story, ids, story


def whispers(tale: Story, who: str) -> list[str]:
    """What only this person was shown."""
    return [message.plain for message in tale.sandbox.ephemerals(who)]


async def escalates(tale: Story, who: str, reason: str = "", *, from_card: bool = True) -> None:
    """Press Escalate and send the form."""
    await tale.clicks(who, ids.ESCALATE, tale.card() if from_card else None)
    await tale.submits(who, {"reason": reason} if reason else {})


async def test_a_contact_escalates_without_a_reason(tale: Story) -> None:
    await tale.raises("ann", requester=tale.id("rita"))
    await tale.clicks("maya", ids.ESCALATE)
    modal = tale.sandbox.modal("maya")
    assert modal is not None
    assert "Operations is asked now" in modal.plain
    await tale.submits("maya")
    issue = await tale.issue()
    assert (issue.position.level, issue.state) == (2, State.OPEN)
    assert any("needs your answer" in text for text in tale.dm("omar"))
    assert "Operations is asked now" in tale.dm("rita")[-1]
    assert any("asked for the next level" in line for line in tale.log())


async def test_the_raiser_says_why_it_cannot_wait_and_then_waits_a_level(tale: Story) -> None:
    await tale.raises("ann")
    await escalates(tale, "ann")
    assert tale.errors("ann"), "no reason yet: the form stays open"
    assert (await tale.issue()).position.level == 1
    await tale.submits("ann", {"reason": "The client is on the phone."})
    assert (await tale.issue()).position.level == 2
    assert any("The client is on the phone." in line for line in tale.log())

    await escalates(tale, "ann", "Still on the phone.")
    assert (await tale.issue()).position.level == 2
    assert "You can escalate again from" in tale.notice("ann")
    assert "Still on the phone." in tale.notice("ann"), "what was typed is not lost"

    events = await tale.core.services.transactions.read(
        lambda store: store.timeline.of(IssueRef(tale.workspace, 1))
    )
    (pressed,) = [event for event in events if event.kind is EventKind.ESCALATED]
    assert pressed.data["early"] == 1


async def test_somebody_who_is_nothing_to_it_may_not(tale: Story) -> None:
    await tale.raises("ann")
    await escalates(tale, "rita", "Now!")
    assert (await tale.issue()).position.level == 1
    assert any("may escalate" in text for text in tale.errors("rita").values())


async def test_a_button_drawn_for_an_earlier_level_says_who_is_asked(tale: Story) -> None:
    await tale.raises("ann")
    await tale.clicks("maya", ids.ESCALATE)
    await tale.advance(minutes=15)
    await tale.submits("maya")
    issue = await tale.issue()
    assert (issue.position.level, issue.position.round) == (2, 0)
    assert "is being asked since" in tale.notice("maya")
    assert f"<@{tale.id('omar')}>" in tale.notice("maya"), "a person, not an id as text"


async def test_who_has_it_keeps_it_while_the_next_level_is_asked(tale: Story) -> None:
    await tale.raises("ann")
    await tale.clicks("maya", ids.ACK)
    await escalates(tale, "maya", "I need somebody with the keys.")
    issue = await tale.issue()
    assert (issue.state, issue.owner, issue.position.level) == (State.ACKNOWLEDGED, tale.id("maya"), 2)
    await tale.clicks("omar", ids.ACK)
    issue = await tale.issue()
    assert issue.owner == tale.id("omar")
    assert "has taken ISS-1 over from you" in tale.dm("maya")[-1]
    await tale.advance(days=1)
    assert not any("UNANSWERED" in text for text in tale.dm("dina"))


async def test_an_escalation_nobody_answers_goes_on_to_the_manager_and_the_owner_stays(
    database_url: str,
) -> None:
    async with story(database_url, ladder(["@maya"], ["@omar"], repeat=1)) as tale:
        await tale.raises("ann")
        await tale.clicks("maya", ids.ACK)
        await escalates(tale, "maya", "Too big for me.")
        await tale.advance(minutes=10)
        issue = await tale.issue()
        assert (issue.state, issue.position.stage) == (State.ACKNOWLEDGED, Stage.CATCH_ALL)
        assert issue.owner == tale.id("maya")
        assert "UNANSWERED" in tale.dm("dina")[-1]
        await tale.clicks("dina", ids.ACK)
        assert (await tale.issue()).owner == tale.id("dina")


async def test_a_taken_issue_whose_next_level_declines_does_not_stay_asking(database_url: str) -> None:
    async with story(database_url, ladder(["@maya"], ["@omar"])) as tale:
        await tale.raises("ann")
        await tale.clicks("maya", ids.ACK)
        await escalates(tale, "maya", "Help.")
        await tale.clicks("omar", ids.DECLINE)
        await tale.submits("omar", {"reason": "No."})
        issue = await tale.issue()
        assert issue.owner == tale.id("maya")
        assert issue.position.stage is Stage.CATCH_ALL


async def test_the_requester_escalates_a_taken_issue_with_a_reason(tale: Story) -> None:
    await tale.raises("ann", requester=tale.id("rita"))
    await tale.clicks("maya", ids.ACK)
    await escalates(tale, "rita", "Nothing happens.")
    issue = await tale.issue()
    assert (issue.owner, issue.position.level) == (tale.id("maya"), 2)


async def test_above_the_last_level_there_is_only_the_manager(database_url: str) -> None:
    async with story(database_url, ladder(["@maya"])) as tale:
        await tale.raises("ann")
        await tale.clicks("maya", ids.ESCALATE)
        await tale.submits("maya")
        assert (await tale.issue()).position.stage is Stage.CATCH_ALL
        ping = tale.newest_with("maya", ids.ACK)
        assert ids.ESCALATE not in ping.actions
        old = copy.deepcopy(
            next(
                one
                for one in tale.sandbox.interactions.sent[tale.id("maya")]
                if one["type"] == "block_actions"
            )
        )
        old["actions"][0] |= {"action_ts": "1999999999.000003", "value": "v1|1|1|0|0"}
        answer = await tale.sandbox.raw_action(old)
        assert answer.ok


async def test_a_resolved_issue_cannot_be_escalated(tale: Story) -> None:
    await tale.raises("ann", requester=tale.id("rita"))
    await tale.clicks("maya", ids.ESCALATE)
    await tale.clicks("ann", ids.RESOLVE, tale.card())
    await tale.sandbox.close_modal("ann")
    await tale.clicks("dina", ids.RESOLVE, tale.card())
    await tale.submits("dina", {"done": "The path's owner did it."})
    await tale.submits("maya", {"reason": "Too late."})
    assert any("nothing to escalate" in text for text in tale.errors("maya").values())
    assert (await tale.issue()).state is State.RESOLVED
