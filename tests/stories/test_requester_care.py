"""The requester is never left alone: news when promised, a way to write back, how it went, and whether it lasted."""

from collections.abc import AsyncIterator

import pytest

from bot.domain.events import EventKind
from bot.domain.ids import IssueRef
from bot.domain.lifecycle import State
from bot.sandbox.model import Message
from tests.reliability.watch import strange_calls
from tests.stories.caring import CARED, LATER_ASKED
from tests.stories.promises import CRITICAL, readable
from tests.story import Story, ids, story

NEWS = "Their side is restarting."


@pytest.fixture
async def tale(database_url: str) -> AsyncIterator[Story]:
    """News every hour; a week after closing it is asked whether it lasted."""
    async with story(database_url, CARED) as telling:
        yield telling
        assert strange_calls(telling.sandbox.journal, telling.sandbox.workspace.users) == []


async def maya_has_it(tale: Story, **answers: str) -> None:
    """Ann raised it for Rita."""
    await tale.raises("ann", **{**CRITICAL, "requester": tale.id("rita"), **answers})
    await tale.clicks("maya", ids.ACK)


async def updates(tale: Story, where: Message | None = None, text: str = NEWS) -> None:
    """Maya tells how it stands, from the card if nowhere else."""
    await tale.clicks("maya", ids.UPDATE, where or tale.card())
    await tale.submits("maya", {"text": text})


async def solves(tale: Story) -> None:
    """Maya resolves it."""
    await tale.clicks("maya", ids.RESOLVE, tale.card())
    await tale.submits("maya", {"done": "Restarted."})


async def solved_and_closed(tale: Story) -> None:
    """And Rita confirms."""
    await solves(tale)
    await tale.clicks("rita", ids.CONFIRM)


def has(tale: Story, who: str, action: str) -> bool:
    """Whether a message to somebody has this button."""
    return any(action in one.actions for one in tale.sandbox.dm(who))


async def kinds(tale: Story) -> list[EventKind]:
    """What stands in the timeline."""
    ref = IssueRef(tale.workspace, 1)
    events = await tale.core.services.transactions.read(lambda store: store.timeline.of(ref))
    return [one.kind for one in events]


async def test_the_owner_is_nudged_before_the_manager_is_told_and_the_requester_knows_when(
    tale: Story,
) -> None:
    await maya_has_it(tale)
    assert "Next update by 13:00 UTC." in readable(tale.dm("rita")[-1])
    assert "Next update by" in tale.card().plain
    await tale.advance(minutes=47)
    assert not has(tale, "maya", ids.WAIT)
    await tale.advance(minutes=1)
    assert "expects news by 13:00 UTC" in readable(tale.dm("maya")[-1])
    told = len(tale.dm("dina"))
    await tale.restart()
    await tale.advance(minutes=12)
    assert "was to read news by 13:00 UTC" in readable(tale.dm("dina")[told])
    assert "still waits for them" in tale.log()[-1]
    await updates(tale, tale.newest_with("maya", ids.WAIT))
    assert NEWS in tale.dm("rita")[-1]
    assert "Next update by 14:00 UTC." in readable(tale.dm("rita")[-1])
    assert not has(tale, "maya", ids.WAIT), "the nudge is settled"
    assert any("News went out" in text for text in tale.dm("maya"))
    assert not any(ids.UPDATE in one.actions for one in tale.sandbox.dm("dina"))


async def test_a_nudge_leads_to_waiting_too_and_then_it_stands_still(tale: Story) -> None:
    await maya_has_it(tale)
    await tale.advance(minutes=50)
    await tale.clicks("maya", ids.WAIT)
    await tale.submits("maya", {"note": "Which shop?"})
    assert (await tale.issue()).waiting is not None
    told = len(tale.dm("dina"))
    await tale.advance(hours=3)
    assert not any("was to read news" in text for text in tale.dm("dina")[told:])
    assert "Next update by" not in tale.card().plain


async def test_the_requester_writes_back_from_any_message(tale: Story) -> None:
    await tale.raises("ann", **CRITICAL, requester=tale.id("rita"))
    await tale.clicks("rita", ids.REPLY)
    await tale.submits("rita", {"text": "It is the shop in York & Leeds."})
    assert "wrote: It is the shop in York &amp; Leeds." in tale.log()[-2]
    assert f"<@{tale.id('maya')}>: please read what" in tale.log()[-1]
    assert "Whoever is asked about ISS-1 reads what you wrote" in tale.dm("rita")[-1]
    await tale.clicks("maya", ids.ACK)
    await tale.clicks("rita", ids.REPLY, tale.sandbox.dm("rita")[0])
    await tale.submits("rita", {"text": "Any news?"})
    assert "wrote to you about ISS-1" in tale.dm("maya")[-1]
    assert "Any news?" in tale.dm("maya")[-1]
    await updates(tale, tale.sandbox.dm("maya")[-1], "Soon.")
    assert "Soon." in tale.dm("rita")[-1]
    await solves(tale)
    await tale.clicks("rita", ids.REPLY, tale.newest_with("rita", ids.CONFIRM))
    await tale.submits("rita", {"text": "I look at it tonight."})
    assert "I look at it tonight." in tale.dm("maya")[-1]
    assert (await tale.issue()).state is State.RESOLVED, "to write is neither yes nor no"


async def test_words_in_the_thread_of_a_message_are_not_lost(tale: Story) -> None:
    await maya_has_it(tale)
    post = tale.sandbox.dm("rita")[-1]
    await tale.sandbox.say("rita", post.channel, "It is only the shop in York", thread_ts=post.ts)
    await tale.settle()
    assert EventKind.ANSWERED not in await kinds(tale), "words are not buttons"
    (asks,) = [one for one in tale.sandbox.ephemerals("rita") if ids.REPLY_WORDS in one.actions]
    assert "It is only the shop in York" in asks.plain
    await tale.sandbox.click("rita", asks, ids.REPLY_WORDS)
    await tale.submits("rita")
    assert "It is only the shop in York" in tale.dm("maya")[-1]


async def test_who_it_is_not_for_cannot_write_back_and_hears_it_before_they_type(tale: Story) -> None:
    await maya_has_it(tale, updates_channel=tale.sandbox.workspace.channel("#issues").id)
    post = [one for one in tale.sandbox.messages("#issues") if ids.REPLY in one.actions][-1]
    await tale.clicks("omar", ids.REPLY, post)
    assert tale.sandbox.modal("omar") is None
    assert "Only the requester" in tale.sandbox.ephemerals("omar")[-1].plain


async def test_many_updates_are_no_storm_of_edits(tale: Story) -> None:
    await maya_has_it(tale)
    for n in range(50):
        await tale.types("maya", f"update ISS-1 News number {n}")
    await tale.advance(minutes=1)
    before = edits(tale)
    await tale.types("maya", "update ISS-1 One more")
    assert edits(tale) - before <= 3, "the card and what its owner has"
    before = edits(tale)
    await solves(tale)
    assert edits(tale) - before <= 10, (
        "the newest posts lose their button now, older ones when they are pressed"
    )
    first = tale.sandbox.dm("rita")[3]
    await tale.clicks("rita", ids.REPLY, first)
    await tale.submits("rita", {"text": "Thank you, I look."})
    assert "Thank you, I look." in tale.dm("maya")[-1], "an old button still works while it can"


def edits(tale: Story) -> int:
    """How often a message was changed."""
    return sum(one.method == "chat.update" for one in tale.sandbox.journal)


async def test_how_it_went_is_asked_once_it_is_closed(tale: Story) -> None:
    await maya_has_it(tale)
    await solved_and_closed(tale)
    assert "How did it go?" in tale.dm("rita")[-1]
    await tale.clicks("rita", ids.RATES[1])
    assert "2 of 5, fair" in tale.dm("maya")[-1]
    assert "2 of 5, fair" in tale.dm("dina")[-1]
    assert not any("of 5" in line for line in tale.log()), "no pillory"
    assert not has(tale, "rita", ids.RATES[1])
    await tale.clicks("rita", ids.REMARK)
    await tale.submits("rita", {"text": "A call would have helped."})
    assert "A call would have helped." in tale.dm("maya")[-1]
    assert not has(tale, "rita", ids.REMARK)
    await tale.clicks("ann", ids.NOTHING_TO_ADD)
    await tale.clicks("maya", ids.HELPED)
    await tale.submits("maya", {"text": "A second pair of eyes."})
    assert "A second pair of eyes." in tale.dm("dina")[-1]
    assert not has(tale, "ann", ids.HELPED) and not has(tale, "maya", ids.HELPED)
    assert (await kinds(tale)).count(EventKind.COMMENTED) == 3


async def test_an_issue_that_silence_closed_comes_back_with_one_press(tale: Story) -> None:
    await maya_has_it(tale)
    await solves(tale)
    assert "It closes" in tale.dm("rita")[-1]
    await tale.advance(days=3)
    assert "press Not solved and it is opened again" in tale.dm("rita")[-1]
    await tale.clicks("rita", ids.DISPUTE)
    await tale.submits("rita", {"why": "It is back."})
    assert (await tale.issue()).state is State.OPEN
    assert not has(tale, "rita", ids.RATES[0])


@pytest.mark.parametrize("answer", [ids.LASTED, ids.CAME_BACK])
async def test_a_week_later_it_is_asked_whether_it_lasted(tale: Story, answer: str) -> None:
    await maya_has_it(tale)
    await solved_and_closed(tale)
    await tale.advance(days=6, hours=23)
    assert not has(tale, "rita", ids.LASTED)
    await tale.restart()
    await tale.advance(hours=1)
    await tale.clicks("rita", answer)
    if answer == ids.LASTED:
        assert "lasted. Well done." in tale.dm("maya")[-1]
    else:
        await tale.submits("rita", {"why": "It is back."})
        assert (await tale.issue()).state is State.OPEN
    assert EventKind.FOLLOW_UP_ANSWERED in await kinds(tale)
    assert not has(tale, "rita", ids.LASTED)


async def test_when_it_came_back_too_late_a_new_issue_takes_its_place(database_url: str) -> None:
    async with story(database_url, LATER_ASKED) as tale:
        await maya_has_it(tale)
        await solved_and_closed(tale)
        await tale.advance(days=20)
        await tale.clicks("rita", ids.CAME_BACK)
        assert EventKind.FOLLOW_UP_ANSWERED in await kinds(tale)
        await tale.submits("rita", {"why": "It is back."})
        assert await tale.newest() == 2
        assert (await tale.issue(2)).facts.happened.startswith("It is back.")
        assert ((await tale.issue(2)).company.links, (await tale.issue(1)).company.links) == ((1,), (2,))
        assert (await tale.issue(1)).state is State.CLOSED


async def test_a_requester_without_slack_is_told_by_who_raised_it(tale: Story) -> None:
    await tale.raises("ann", **CRITICAL, requester_name="Mrs Lee")
    first = tale.dm("ann")[-1]
    assert "Please tell Mrs Lee, who has no Slack, about ISS-1" in first
    await tale.clicks("ann", ids.TOLD)
    await tale.clicks("maya", ids.ACK)
    text = tale.dm("ann")[-1].partition("You can copy this:")[2]
    assert "Maya" in text and "<" not in text, "names and local times, nothing of Slack"
    assert "Next update by 13:00." in text
    await tale.advance(minutes=48)
    assert "Mrs Lee should hear by" in tale.dm("ann")[-1]
    told = len(tale.dm("dina"))
    await tale.advance(minutes=12)
    assert any("who has no Slack, was to hear by" in one for one in tale.dm("dina")[told:])
    assert sum("who has no Slack, was to hear by" in one for one in tale.log()) == 1
    await tale.clicks("ann", ids.TOLD)
    assert (await tale.issue()).care.owing == ()
    assert not has(tale, "ann", ids.TOLD)
    await solves(tale)
    await tale.clicks("ann", ids.CONFIRM)
    assert "(for Mrs Lee) confirmed: solved." in tale.log()[-1]
    await tale.clicks("ann", ids.RATES[4])
    assert "(for Mrs Lee) says how ISS-1 went: 5 of 5" in tale.dm("maya")[-1]


async def test_merged_into_another_one_they_are_still_told_by_who_raised_theirs(tale: Story) -> None:
    await tale.raises("ann", **CRITICAL, requester_name="Mrs Lee")
    await tale.raises("rita", **CRITICAL, requester_name="")
    await tale.clicks("maya", ids.ACK)
    await tale.types("maya", "merge ISS-1 into ISS-2")
    await tale.types("maya", f"update ISS-2 {NEWS}")
    (text,) = [one for one in tale.dm("ann") if NEWS in one]
    assert "Please tell Mrs Lee, who has no Slack, about ISS-2. You can copy this:" in text
    assert NEWS in tale.dm("rita")[-1] and "Mrs Lee" not in tale.dm("rita")[-1]
    await tale.clicks("ann", ids.TOLD)
    assert (await tale.issue(2)).care.owing == ()
    await tale.types("maya", "resolve ISS-2 Restarted.")
    assert "unless you tell us that it is not" in tale.dm("ann")[-1]
    await tale.clicks("ann", ids.DISPUTE)
    await tale.submits("ann", {"why": "Not for her."})
    assert any("(for Mrs Lee)" in one for one in tale.log())


async def test_everybody_it_is_for_is_told_and_may_object(tale: Story) -> None:
    await maya_has_it(tale)
    await tale.types("omar", "join ISS-1")
    await updates(tale)
    assert NEWS in tale.dm("omar")[-1]
    await solved_and_closed(tale)
    assert "says that ISS-1 is solved, so it is closed" in tale.dm("omar")[-1]
    assert not has(tale, "omar", ids.CONFIRM)
    await tale.clicks("omar", ids.DISPUTE)
    await tale.submits("omar", {"why": "Not in our shop."})
    assert (await tale.issue()).state is State.OPEN
