"""Somebody deletes the card: it comes back once, and everything goes on in its thread."""

from bot.domain.events import EventKind
from bot.domain.ids import IssueRef
from tests.story import Story, headings, ids


async def reposts(tale: Story) -> int:
    """How often the timeline says so."""
    ref = IssueRef(tale.workspace, 1)
    events = await tale.core.services.transactions.read(lambda store: store.timeline.of(ref))
    return sum(event.kind is EventKind.REPOSTED for event in events)


async def test_a_deleted_card_is_posted_anew_with_live_buttons_and_a_thread(tale: Story) -> None:
    await tale.raises("ann")
    tale.sandbox.delete_message("#issues", tale.card().ts)
    await tale.clicks("maya", ids.ACK)
    card = tale.card()
    assert "has it, since" in card.plain
    await tale.clicks("maya", ids.UPDATE, card)
    await tale.submits("maya", {"text": "Half done."})
    assert "Half done." in tale.card().plain
    assert any("Half done." in line for line in tale.log())
    assert await reposts(tale) == 1


async def test_a_card_deleted_twice_stays_away_and_the_issue_goes_on(tale: Story) -> None:
    await tale.raises("ann", requester=tale.id("rita"))
    tale.sandbox.delete_message("#issues", tale.card().ts)
    await tale.clicks("maya", ids.ACK)
    tale.sandbox.delete_message("#issues", tale.card().ts)
    await tale.types("maya", "update ISS-1 Half done.")
    assert not [one for one in tale.sandbox.messages("#issues") if headings(one)]
    assert "Half done." in tale.dm("rita")[-1]
    assert await reposts(tale) == 1


async def test_the_card_of_an_issue_that_is_over_is_not_posted_anew(tale: Story) -> None:
    await tale.raises("ann", requester=tale.id("rita"))
    await tale.types("maya", "resolve ISS-1 Restarted.")
    tale.sandbox.delete_message("#issues", tale.card().ts)
    await tale.types("rita", "confirm ISS-1")
    assert await reposts(tale) == 0
