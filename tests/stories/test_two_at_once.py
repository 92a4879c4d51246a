"""Twice, at once, too late, again after a restart: one effect, one line in the timeline, and everybody is told."""

import asyncio
import copy
from collections.abc import Sequence

from bot.domain.events import Event, EventKind
from bot.domain.ids import IssueRef
from bot.domain.lifecycle import State
from bot.sandbox.faults import Fault
from tests.story import FORM, Story, ids


async def timeline(tale: Story, kind: EventKind, number: int = 1) -> Sequence[Event]:
    """What happened of this kind."""
    ref = IssueRef(tale.workspace, number)
    events = await tale.core.services.transactions.read(lambda store: store.timeline.of(ref))
    return [event for event in events if event.kind is kind]


def whispers(tale: Story, who: str) -> list[str]:
    """What only this person was shown."""
    return [message.plain for message in tale.sandbox.ephemerals(who)]


async def test_a_double_click_takes_it_once(tale: Story) -> None:
    await tale.raises("ann")
    ping = tale.newest_with("maya", ids.ACK)
    await asyncio.gather(*(tale.sandbox.click("maya", ping, ids.ACK) for _ in range(3)))
    await tale.settle()
    assert len(await timeline(tale, EventKind.ACKNOWLEDGED)) == 1
    assert all("You have ISS-1 already." in text for text in whispers(tale, "maya"))
    assert len(whispers(tale, "maya")) == 2


async def test_of_two_people_at_once_one_has_it_and_the_other_reads_who(tale: Story) -> None:
    await tale.raises("ann")
    await tale.advance(minutes=16)
    mayas, omars = tale.newest_with("maya", ids.ACK), tale.newest_with("omar", ids.ACK)
    await asyncio.gather(
        tale.sandbox.click("maya", mayas, ids.ACK), tale.sandbox.click("omar", omars, ids.ACK)
    )
    await tale.settle()
    issue = await tale.issue()
    assert len(await timeline(tale, EventKind.ACKNOWLEDGED)) == 1
    loser = "omar" if issue.owner == tale.id("maya") else "maya"
    assert f"<@{issue.owner}> took ISS-1" in whispers(tale, loser)[-1]
    assert not any(ids.ACK in message.actions for message in tale.sandbox.dm(loser))


async def test_a_delivery_that_comes_twice_has_one_effect(tale: Story) -> None:
    await tale.sandbox.slash("ann", "#issues", "/issue", "raise")
    tale.sandbox.faults.add("socket", Fault.duplicate_envelope())
    assert (await tale.submits("ann", FORM)).ok
    assert await tale.newest() == 1

    tale.sandbox.faults.add("socket", Fault.duplicate_envelope())
    await tale.clicks("maya", ids.ACK)
    assert len(await timeline(tale, EventKind.ACKNOWLEDGED)) == 1
    assert whispers(tale, "maya") == [], "the repeat is the same click, not a second one"


async def test_a_payload_replayed_after_a_restart_has_the_same_answer(tale: Story) -> None:
    await tale.raises("ann")
    submission = tale.sandbox.last_payload("ann")
    await tale.clicks("maya", ids.ACK)
    click = tale.sandbox.last_payload("maya")
    await tale.restart()
    for payload in (submission, click, submission, click):
        assert (await tale.sandbox.replay(payload)).ok
    await tale.settle()
    assert await tale.newest() == 1
    assert len(await timeline(tale, EventKind.ACKNOWLEDGED)) == 1
    assert whispers(tale, "maya") == []


async def test_a_form_submitted_again_raises_no_second_issue(tale: Story) -> None:
    await tale.sandbox.slash("ann", "#issues", "/issue", "raise")
    await tale.sandbox.submit("ann", FORM)
    again = [tale.sandbox.replay(tale.sandbox.last_payload("ann")) for _ in range(4)]
    await asyncio.gather(*again)
    await tale.settle()
    assert await tale.newest() == 1
    assert len(tale.sandbox.messages("#issues")) == 1


async def test_an_event_that_comes_four_times_is_answered_once(tale: Story) -> None:
    await tale.sandbox.say("ann", "dm:ann", "hello?")
    payload = tale.sandbox.feed.sent[-1]
    for _ in range(3):
        tale.sandbox.feed.redeliver(payload)
    await tale.sandbox.settled()
    await tale.settle()
    assert len(whispers(tale, "ann")) == 1


async def test_an_old_button_of_a_closed_issue_explains_itself(tale: Story) -> None:
    await tale.raises("ann", requester=tale.id("rita"))
    old = tale.newest_with("maya", ids.ACK)
    await tale.clicks("maya", ids.ACK)
    await tale.clicks("maya", ids.RESOLVE, tale.card())
    await tale.submits("maya", {"done": "Called back."})
    confirm = tale.newest_with("rita", ids.CONFIRM)
    await tale.clicks("rita", ids.CONFIRM)
    for who, message, action in (("maya", old, ids.ACK), ("rita", confirm, ids.CONFIRM)):
        payload = next(
            one
            for one in tale.sandbox.interactions.sent[tale.id(who)]
            if _pressed(one) == (message.ts, action)
        )
        late = copy.deepcopy(payload)
        late["actions"][0]["action_ts"] = "1999999999.000001"
        assert (await tale.sandbox.raw_action(late)).ok
        await tale.settle()
        assert "closed" in whispers(tale, who)[-1]
    assert (await tale.issue()).state is State.CLOSED


async def test_a_button_of_an_earlier_opening_acts_on_what_is_true_now(tale: Story) -> None:
    await tale.raises("ann", requester=tale.id("rita"))
    await tale.clicks("maya", ids.ACK)
    first = tale.sandbox.last_payload("maya")
    await tale.clicks("maya", ids.RESOLVE, tale.card())
    await tale.submits("maya", {"done": "Called back."})
    await tale.clicks("rita", ids.DISPUTE)
    await tale.submits("rita", {"why": "One is still waiting."})
    late = copy.deepcopy(first)
    late["actions"][0]["action_ts"] = "1999999999.000002"
    assert (await tale.sandbox.raw_action(late)).ok
    await tale.settle()
    issue = await tale.issue()
    assert issue.opening == 2
    assert issue.owner == tale.id("maya"), "the last owner is asked in the new opening, so the click counts"


async def test_an_acknowledgement_and_the_timer_at_one_instant_have_one_winner(tale: Story) -> None:
    await tale.raises("ann")
    ping = tale.newest_with("maya", ids.ACK)
    tale.clock.advance(minutes=15)
    await asyncio.gather(tale.settle(), tale.sandbox.click("maya", ping, ids.ACK))
    await tale.settle()
    issue = await tale.issue()
    assert issue.owner == tale.id("maya"), "a person's late click counts while nobody was faster"
    await tale.advance(hours=3)
    assert (await tale.issue()).owner == tale.id("maya")
    assert not any(ids.ACK in message.actions for message in tale.sandbox.dm("omar"))


def _pressed(payload: dict[str, object]) -> tuple[object, object]:
    container, actions = payload.get("container"), payload.get("actions")
    stamp = container.get("message_ts") if isinstance(container, dict) else None
    action = actions[0]["action_id"] if isinstance(actions, list) else None
    return stamp, action


async def test_two_who_type_escalate_at_once_climb_one_level_and_one_reads_who_is_asked(tale: Story) -> None:
    await tale.raises("ann")
    await asyncio.gather(
        *(tale.sandbox.slash(who, "#issues", "/issue", "escalate ISS-1") for who in ("maya", "dina"))
    )
    await tale.settle()
    assert (await tale.issue()).position.level == 2
    assert len(await timeline(tale, EventKind.ESCALATED)) == 1
    read = [whispers(tale, who)[-1] for who in ("maya", "dina")]
    assert sum("is being asked since" in text for text in read) == 1
    await tale.types("dina", "escalate ISS-1")
    assert (await tale.issue()).position.level == 2
    assert "If you need somebody further up, press Escalate on the card." in whispers(tale, "dina")[-1]
