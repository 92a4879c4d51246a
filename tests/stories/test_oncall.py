"""Being on call, from the rota to the ping: handovers, taking, covering, asking, leave, and who hears of it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.lifecycle import State
from tests.reliability.watch import strange_calls
from tests.stories.duty import HANDOVER, ROTA, Duty
from tests.story import Story, ids, story

HOUR = timedelta(hours=1)
WEEK = timedelta(days=7)


@pytest.fixture
async def tale(database_url: str) -> AsyncIterator[Story]:
    """It is Monday noon; Maya has care until next Monday, nine o'clock in London."""
    async with story(database_url, ROTA) as telling:
        yield telling
        assert strange_calls(telling.sandbox.journal, telling.sandbox.workspace.users) == []


@pytest.fixture
def duty(tale: Story) -> Duty:
    """The same, with `/oncall`."""
    return Duty(tale)


async def test_who_is_on_call_is_asked(tale: Story, duty: Duty) -> None:
    await tale.raises("ann")
    assert any(ids.ACK in message.actions for message in tale.sandbox.dm("maya"))
    assert tale.dm("omar") == []


async def test_a_week_of_shifts_is_handed_over(tale: Story, duty: Duty) -> None:
    await tale.raises("ann")
    await tale.clicks("maya", ids.ACK)
    await duty.until(HANDOVER)
    assert (duty.shifts("maya"), duty.shifts("omar")) == (["begun", "over"], ["begun"])
    (over,) = [text for text in tale.dm("maya") if "Your shift for care is over" in text]
    begun = tale.dm("omar")[-1]
    assert "ISS-1 is still with you" in over, "one message has it all"
    assert "Open there: 1." in begun
    await tale.clicks("omar", ids.DETAILS)
    assert tale.sandbox.modal("omar") is not None
    await duty.until(HANDOVER + WEEK)
    assert (duty.shifts("maya"), duty.shifts("omar")) == (["begun", "over", "begun"], ["begun", "over"])


async def test_a_restart_says_nothing_twice(tale: Story, duty: Duty) -> None:
    await duty.until(HANDOVER)
    await tale.restart()
    again = Duty(tale)
    await again.until(HANDOVER + HOUR / 2)
    assert (again.shifts("maya"), again.shifts("omar")) == (["begun", "over"], ["begun"])


async def test_taking_two_hours_and_giving_them_back(tale: Story, duty: Duty) -> None:
    answer = await duty.types("omar", "take 2h")
    assert "You are on call for care" in answer.text
    assert f"I told <@{tale.id('maya')}>" in answer.text
    assert await duty.on_call() == "omar"
    assert "takes over. You are off" in tale.dm("maya")[-1]
    await tale.raises("ann")
    assert any(ids.ACK in message.actions for message in tale.sandbox.dm("omar"))
    await tale.clicks("omar", ids.ACK)
    end = tale.now() + 2 * HOUR
    await duty.until(end)
    assert await duty.on_call() == "maya"
    assert duty.shifts("omar") == ["over"], "who takes a time needs no message that it has begun"
    assert any(
        "Your shift for care is over, and ISS-1 is still with you." in text for text in tale.dm("omar")
    )


async def test_undo_from_the_answer(tale: Story, duty: Duty) -> None:
    await duty.types("omar", "take 2h")
    (answer,) = [one for one in tale.sandbox.ephemerals("omar") if ids.ONCALL_UNDO in one.actions]
    await tale.clicks("omar", ids.ONCALL_UNDO, answer)
    assert await duty.on_call() == "maya"
    assert "You are no longer taking over from" in tale.sandbox.ephemerals("omar")[-1].plain
    assert "took a change back" in tale.dm("maya")[-1]
    await tale.clicks("omar", ids.ONCALL_UNDO, answer)
    assert "taken back already" in tale.sandbox.ephemerals("omar")[-1].plain


async def test_who_is_relieved_may_undo_it_from_their_message(tale: Story, duty: Duty) -> None:
    await duty.types("omar", "take 2h")
    await tale.clicks("maya", ids.ONCALL_UNDO)
    assert await duty.on_call() == "maya"
    assert "took a change back" in tale.dm("omar")[-1]


@pytest.mark.parametrize("mention", ["@maya", "maya@example.com"])
async def test_covering_a_colleague_tomorrow(tale: Story, duty: Duty, mention: str) -> None:
    answer = await duty.types("omar", f"cover {mention} tomorrow 09:00-17:00")
    assert "You are on call for care" in answer.text
    begins = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
    await duty.until(begins)
    assert (await duty.on_call(), duty.shifts("omar"), duty.shifts("maya")) == ("omar", ["begun"], ["begun"])
    await duty.until(begins + 8 * HOUR)
    assert (await duty.on_call(), duty.shifts("omar")) == ("maya", ["begun", "over"])


async def test_the_covering_person_is_pinged_and_the_next_shift_too(tale: Story, duty: Duty) -> None:
    await duty.types("omar", "cover @maya 10m")
    await tale.raises("ann")
    await tale.advance(minutes=11)
    assert any(ids.ACK in message.actions for message in tale.sandbox.dm("omar"))
    assert any(ids.ACK in message.actions for message in tale.sandbox.dm("maya")), "their time began again"


async def test_a_colleague_accepts(tale: Story, duty: Duty) -> None:
    answer = await duty.types("maya", "ask @omar 3h")
    assert "I asked" in answer.text
    assert await duty.on_call() == "maya"
    await tale.clicks("omar", ids.SWAP_ACCEPT)
    assert await duty.on_call() == "omar"
    message = tale.sandbox.dm("omar")[0]
    assert message.plain.startswith("You are on call for care")
    assert message.actions == [ids.ONCALL_UNDO]
    assert "accepted and takes care" in tale.dm("maya")[-1]
    mine = await duty.types("maya", "mine")
    assert "instead of you" in mine.text
    await tale.clicks("omar", ids.ONCALL_UNDO, message)
    assert await duty.on_call() == "maya"
    assert "took a change back" in tale.dm("maya")[-1]


async def test_a_colleague_declines(tale: Story, duty: Duty) -> None:
    await duty.types("maya", "ask @omar 3h")
    await tale.clicks("omar", ids.SWAP_DECLINE)
    assert await duty.on_call() == "maya"
    assert "can't take over" in tale.dm("maya")[-1]
    assert tale.sandbox.dm("omar")[0].actions == []


async def test_a_question_is_taken_back_and_an_old_button_says_so(tale: Story, duty: Duty) -> None:
    await duty.types("maya", "ask @omar 3h")
    old = tale.newest_with("omar", ids.SWAP_ACCEPT)
    (asked,) = [one for one in tale.sandbox.ephemerals("maya") if ids.SWAP_WITHDRAW in one.actions]
    await tale.clicks("maya", ids.SWAP_WITHDRAW, asked)
    assert "asks nobody any more" in tale.dm("omar")[-1]
    assert "You keep that time" in tale.sandbox.ephemerals("maya")[-1].plain
    assert ids.SWAP_ACCEPT not in tale.sandbox.dm("omar")[0].actions
    assert old.ts == tale.sandbox.dm("omar")[0].ts


async def test_answering_from_the_list_of_mine(tale: Story, duty: Duty) -> None:
    await duty.types("maya", "ask @omar 3h")
    await duty.types("omar", "mine")
    listed = tale.sandbox.ephemerals("omar")[-1]
    await tale.clicks("omar", ids.SWAP_ACCEPT, listed)
    assert await duty.on_call() == "omar"
    assert "Thank you" in tale.sandbox.ephemerals("omar")[-1].plain


async def test_leave_is_stood_in_for(tale: Story, duty: Duty) -> None:
    answer = await duty.types("maya", "away tomorrow")
    assert f"<@{tale.id('omar')}> stands in: care" in answer.text
    assert "is away. You are on call for care" in tale.dm("omar")[-1]
    assert "If you can't then, /oncall ask @colleague WHEN asks somebody else." in tale.dm("omar")[-1]
    await duty.until(datetime(2026, 3, 3, 0, 0, tzinfo=UTC))
    assert (await duty.on_call(), duty.shifts("omar")) == ("omar", ["begun"])
    await duty.until(datetime(2026, 3, 4, 0, 0, tzinfo=UTC))
    assert await duty.on_call() == "maya"


async def test_when_nobody_stands_in_the_path_owner_hears_of_it(tale: Story, duty: Duty) -> None:
    await duty.types("omar", "away 1w")
    answer = await duty.types("maya", "away 2h")
    assert "Nobody stands in for care" in answer.text
    assert "Nobody is on call for care" in tale.dm("rita")[-1]
    await tale.raises("ann")
    assert any(ids.ACK in message.actions for message in tale.sandbox.dm("dina")), "the next level at once"


async def test_who_left_slack_is_stood_in_for(tale: Story, duty: Duty) -> None:
    tale.sandbox.deactivate("maya")
    await tale.raises("ann")
    await tale.clicks("omar", ids.ACK)
    assert (await tale.issue()).state is State.ACKNOWLEDGED


async def test_the_sunday_on_which_the_clock_changes(tale: Story, duty: Duty) -> None:
    """On 29 March London goes from one to two o'clock; the handover on Monday stays at nine there."""
    last_winter = datetime(2026, 3, 23, 9, 0, tzinfo=UTC)
    first_summer = datetime(2026, 3, 30, 8, 0, tzinfo=UTC)
    await duty.until(last_winter)
    assert await duty.on_call() == "omar"
    answer = await duty.types("omar", "away sun 00:30-02:30")
    assert "stands in" in answer.text
    await duty.until(datetime(2026, 3, 29, 1, 0, tzinfo=UTC))
    assert await duty.on_call() == "maya"
    await duty.until(datetime(2026, 3, 29, 1, 30, tzinfo=UTC))
    assert await duty.on_call() == "omar", "half past two comes an hour earlier that night"
    await duty.until(first_summer - HOUR)
    assert await duty.on_call() == "omar"
    await duty.until(first_summer)
    assert (await duty.on_call(), duty.shifts("maya")[-1]) == ("maya", "begun")


async def test_reading_who_is_on_call(tale: Story, duty: Duty) -> None:
    now = await duty.types("ann", "")
    assert f"Now: <@{tale.id('maya')}>" in now.text
    assert f"Next: <@{tale.id('omar')}>" in now.text
    weeks = await duty.types("ann", "care")
    assert weeks.text.count("<@") == 3
    assert "You have no shift" in (await duty.types("ann", "mine")).text
    unknown = await duty.types("ann", "cares")
    assert "There is no schedule “cares”. Did you mean" in unknown.text
    assert "/oncall take 2h" in unknown.text
    assert (await duty.types("ann", "oncall mine", command="/issue")).text == (
        await duty.types("ann", "mine")
    ).text


async def test_words_that_do_not_fit_are_answered_kindly(tale: Story, duty: Duty) -> None:
    for text, said in (
        ("take soon", "I do not know when"),
        ("take", "Please write when"),
        ("cover tomorrow", "Whom do you mean?"),
        ("cover @nobody tomorrow", "nobody"),
        ("undo", "There is no change of yours"),
        ("feed", "RUNG_PUBLIC_URL"),
    ):
        assert said in (await duty.types("omar", text)).text, text
    assert "Only the people of care" in (await duty.types("ann", "take 2h care")).text


async def test_the_home_tab_shows_who_is_on_call(tale: Story, duty: Duty) -> None:
    await tale.sandbox.open_home("maya")
    await tale.settle()
    home = tale.sandbox.home("maya")
    assert home is not None
    assert home.plain.index("care") < home.plain.index("duty"), "mine first"
