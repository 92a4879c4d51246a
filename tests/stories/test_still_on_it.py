"""An owner who was not heard of for a while is asked, and one who has the most urgent issue; some want some quiet."""

from collections.abc import AsyncIterator

import pytest

from bot.domain.lifecycle import State
from bot.sandbox.model import Message
from tests.reliability.watch import strange_calls
from tests.stories.promises import CRITICAL, HEAD, HIGH, LEVELS, readable
from tests.stories.test_waiting import NEEDED, opens_the_form
from tests.story import Story, ids, story

STILL = HEAD + LEVELS.replace("close_after: 2d", "close_after: 2d\n    still_on_it_after: 1h")


@pytest.fixture
async def tale(database_url: str) -> AsyncIterator[Story]:
    """Whoever is silent for an hour of the calendar of the target is asked; most urgent is solved in two hours."""
    async with story(database_url, STILL) as telling:
        yield telling
        assert strange_calls(telling.sandbox.journal, telling.sandbox.workspace.users) == []


async def maya_has_it(tale: Story, **answers: str) -> None:
    """Ann raised it for Rita at noon."""
    await tale.raises("ann", **{**HIGH, "requester": tale.id("rita"), **answers})
    await tale.clicks("maya", ids.ACK)


def asked(tale: Story) -> list[Message]:
    """The questions to Maya."""
    return [one for one in tale.sandbox.dm("maya") if "Are you still on ISS-1?" in one.plain]


def whispered(tale: Story, who: str) -> str:
    """What only this person was shown last."""
    return tale.sandbox.ephemerals(who)[-1].plain


async def test_still_on_it_is_asked_after_silence_and_answered_with_one_press(tale: Story) -> None:
    await maya_has_it(tale)
    await tale.advance(minutes=59)
    assert asked(tale) == []
    await tale.advance(minutes=1)
    (question,) = asked(tale)
    assert "Please answer by 13:15 UTC; then Operations is asked too." in readable(question.plain)
    assert list(question.actions) == [ids.KEEP, ids.GIVE_BACK, ids.HAND_OVER]
    await tale.restart()
    await tale.clicks("maya", ids.KEEP)
    (question,) = asked(tale)
    assert (question.actions, "You keep it. Thank you." in question.plain) == ([], True)
    assert any("is still on it." in line for line in tale.log())
    await tale.advance(minutes=59)
    assert len(asked(tale)) == 1
    await tale.advance(minutes=1)
    assert len(asked(tale)) == 2, "an hour later again"


async def test_whatever_the_owner_does_is_a_sign_of_life(tale: Story) -> None:
    await maya_has_it(tale)
    await tale.advance(minutes=40)
    await tale.types("maya", "update ISS-1 Nearly there.")
    await tale.advance(minutes=59)
    assert asked(tale) == []
    await tale.advance(minutes=1)
    await tale.types("maya", "update ISS-1 Still nearly.")
    (question,) = asked(tale)
    assert question.actions == [], "that is an answer too"
    await tale.advance(minutes=20)
    assert (await tale.issue()).position.level == 1


async def test_no_answer_starts_an_escalation_and_a_late_one_ends_it(tale: Story) -> None:
    await maya_has_it(tale)
    await tale.advance(minutes=75)
    issue = await tale.issue()
    assert (issue.state, issue.owner, issue.position.level) == (State.ACKNOWLEDGED, tale.id("maya"), 2)
    assert any("Whoever has it stayed silent. Now asking Operations" in line for line in tale.log())
    assert "ISS-1: Operations is asked" in tale.dm("rita")[-1]
    ping = tale.newest_with("omar", ids.ACK)
    await tale.clicks("maya", ids.KEEP)
    assert not (await tale.issue()).asking
    settled = next(one for one in tale.sandbox.dm("omar") if one.ts == ping.ts)
    assert ids.ACK not in settled.actions
    assert "is on ISS-1 and goes on." in tale.dm("rita")[-1]


async def test_who_takes_it_over_from_a_silent_owner_has_it(tale: Story) -> None:
    await maya_has_it(tale)
    await tale.advance(minutes=80)
    await tale.clicks("omar", ids.ACK)
    assert (await tale.issue()).owner == tale.id("omar")
    (question,) = asked(tale)
    assert f"<@{tale.id('omar')}> has it now. Nothing to do." in question.plain
    assert question.actions == []
    old = tale.sandbox.dm("maya")[-1]
    assert "has taken ISS-1 over from you" in old.plain


async def test_what_was_missed_while_rung_was_down_happens_once(tale: Story) -> None:
    await maya_has_it(tale)
    tale.clock.advance(minutes=180)
    await tale.restart()
    await tale.advance()
    assert len(asked(tale)) == 1
    assert (await tale.issue()).position.level == 1, "they have their time to answer"
    await tale.advance(minutes=15)
    assert (await tale.issue()).position.level == 2


async def test_nobody_is_asked_while_it_waits(tale: Story) -> None:
    await maya_has_it(tale)
    await opens_the_form(tale, "maya")
    await tale.submits("maya", {"note": NEEDED})
    await tale.advance(minutes=200)
    assert asked(tale) == []
    await tale.clicks("maya", ids.GO_ON, tale.card())
    await tale.advance(minutes=60)
    assert len(asked(tale)) == 1


async def test_over_night_silence_does_not_count(tale: Story) -> None:
    await tale.advance(hours=4, minutes=30)
    await maya_has_it(tale)
    await tale.advance(hours=16)
    assert asked(tale) == [], "half an hour of Monday"
    await tale.advance(hours=1)
    assert len(asked(tale)) == 1


async def test_the_owner_gives_it_back_from_the_question(tale: Story) -> None:
    await maya_has_it(tale)
    await tale.advance(minutes=60)
    await tale.clicks("maya", ids.GIVE_BACK)
    await tale.submits("maya", {"reason": "Ill."})
    assert (await tale.issue()).state is State.OPEN
    (question,) = asked(tale)
    assert "You don't have it any more. Operations is asked now" in question.plain


# --- most urgent ------------------------------------------------------------------------------------------------------


async def test_raised_to_the_top_the_owner_says_whether_they_keep_it(tale: Story) -> None:
    await maya_has_it(tale)
    await tale.types("dina", "priority ISS-1 P1")
    await tale.submits("dina", {"reason": "Nobody can pay."})
    question = tale.newest_with("maya", ids.KEEP_TOP)
    assert "Nothing is more urgent now. Do you keep it? Please answer by 12:15 UTC" in readable(
        question.plain
    )
    await tale.clicks("maya", ids.KEEP_TOP)
    assert any("keeps it." in line for line in tale.log())
    await tale.advance(minutes=30)
    assert (await tale.issue()).position.level == 1


async def test_who_does_not_answer_at_the_top_is_helped_by_the_next_level(tale: Story) -> None:
    await maya_has_it(tale)
    await tale.types("dina", "priority ISS-1 P1")
    await tale.submits("dina", {"reason": "Nobody can pay."})
    await tale.advance(minutes=15)
    issue = await tale.issue()
    assert (issue.owner, issue.position.level) == (tale.id("maya"), 2)


# --- snooze -----------------------------------------------------------------------------------------------------------


async def test_a_snooze_is_quiet_and_ends_by_itself(tale: Story) -> None:
    await maya_has_it(tale)
    answer = await tale.types("maya", "snooze ISS-1 2h")
    assert "I leave you alone with ISS-1 until Mon 02 Mar 14:00 UTC" in readable(answer.text)
    assert "Quiet until 14:00 UTC." in readable(tale.card().plain)
    await tale.advance(minutes=119)
    assert asked(tale) == []
    await tale.advance(minutes=1)
    assert "your snooze is over" in tale.dm("maya")[-1]
    assert "Quiet until" not in tale.card().plain
    await tale.advance(minutes=60)
    assert len(asked(tale)) == 1


async def test_a_snooze_ends_before_most_of_the_time_is_used_and_says_so(tale: Story) -> None:
    await maya_has_it(tale, **CRITICAL)
    await tale.types("maya", "snooze ISS-1")
    await tale.submits("maya", {"at": "until tomorrow 9:00"})
    told = readable(tale.dm("maya")[-1])
    assert "until Mon 02 Mar 13:35 UTC" in told
    assert "That is sooner than you asked: 80 % of the time to solve it is used then." in told
    await tale.advance(minutes=96)
    assert any("the solution is due 14:00 UTC" in readable(one) for one in tale.dm("maya")), "never silenced"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("next blursday", "I do not know until when"),
        ("until next blursday", "I do not know until when"),
        ("2020-01-01 08:00", "I do not know until when"),
    ],
)
async def test_a_time_nobody_understands_is_refused_with_examples(tale: Story, words: str, said: str) -> None:
    await maya_has_it(tale)
    answer = await tale.types("maya", f"snooze ISS-1 {words}")
    assert said in answer.text
    assert "for example" in answer.text or "like this: 2h, until 15:00" in answer.text
    await tale.types("maya", "snooze ISS-1")
    await tale.submits("maya", {"at": words})
    assert said in tale.errors("maya")["at"]


async def test_an_escalation_ends_a_snooze(tale: Story) -> None:
    await maya_has_it(tale)
    await tale.types("maya", "snooze ISS-1 2h")
    await tale.types("dina", "escalate ISS-1 It burns.")
    assert "Quiet until" not in tale.card().plain
    await tale.types("omar", "snooze ISS-1 2h")
    assert "Only the owner may snooze it." in whispered(tale, "omar")
