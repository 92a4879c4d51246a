"""How fast it was promised: warned before, said kindly when late, climbing, and never twice for one instant."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.domain.issue import Issue, Stage
from bot.domain.lifecycle import State
from tests.reliability.watch import strange_calls
from tests.stories.promises import CRITICAL, HIGH, IN_OFFICE_HOURS, NORMAL, PROMISES
from tests.story import Story, ids, story

JARGON = re.compile(r"acknowledg|breach|\bP\d\b|\bSLA\b|epoch|declin|unreachable|timer", re.IGNORECASE)


@pytest.fixture
async def tale(database_url: str) -> AsyncIterator[Story]:
    """Criticals are answered within 15 minutes and solved within two hours, everything else in office hours."""
    async with story(database_url, PROMISES) as telling:
        yield telling
        assert strange_calls(telling.sandbox.journal, telling.sandbox.workspace.users) == []
        assert not [text for text in telling.dm("ann") if JARGON.search(text.replace("Critical (P1)", ""))]


def said(texts: list[str], *words: str) -> int:
    """How many of the texts have all these words."""
    return len([text for text in texts if all(word in text for word in words)])


async def raises(tale: Story, **answers: str) -> Issue:
    """Ann raises a critical one for herself."""
    return await tale.raises("ann", **{**CRITICAL, **answers})


async def resolves(tale: Story, who: str) -> None:
    """Press Resolve on the card and send the form."""
    await tale.clicks(who, ids.RESOLVE, tale.card())
    await tale.submits(who, {"done": "Called back."})


async def test_an_answer_that_is_late_at_the_end_of_the_level_climbs_one_level_only(tale: Story) -> None:
    await raises(tale)
    assert "Answer due" in tale.card().plain
    await tale.advance(minutes=15)
    issue = await tale.issue()
    assert issue.position.level == 2
    assert said(tale.log(), "Later than promised: the answer was due") == 1
    assert said(tale.log(), "Now asking Operations") == 1
    assert said(tale.log(), "Now asking Duty manager") == 0
    assert said(tale.dm("ann"), "later than promised, and we are sorry", "Operations is asked now") == 1
    assert said(tale.dm("dina"), "is later than promised") == 1
    assert "Answer later than promised since" in tale.card().plain


async def test_every_question_still_open_says_what_is_late_by_now(tale: Story) -> None:
    await raises(tale)
    await tale.advance(minutes=121)
    asking = [one for who in ("maya", "omar") for one in tale.sandbox.dm(who) if ids.ACK in one.actions]
    assert asking
    for one in asking:
        assert "Answer later than promised since" in one.plain, one.plain
        assert "Solution later than promised since" in one.plain, one.plain


async def test_who_has_it_is_warned_and_then_helped_every_hour_until_it_is_solved(tale: Story) -> None:
    await raises(tale)
    await tale.clicks("maya", ids.ACK)
    await tale.advance(minutes=95)
    assert said(tale.dm("maya"), "the solution is due") == 0
    await tale.advance(minutes=1)
    assert said(tale.dm("maya"), "the solution is due") == 1

    await tale.advance(minutes=24)
    issue = await tale.issue()
    assert (issue.state, issue.owner) == (State.ACKNOWLEDGED, tale.id("maya"))
    assert issue.position.level == 2
    assert said(tale.dm("maya"), "is later than promised", "Operations is asked now") == 1
    assert said(tale.dm("ann"), "takes longer than promised") == 1
    await tale.clicks("omar", ids.ACK)
    assert (await tale.issue()).owner == tale.id("omar")

    await tale.restart()
    await tale.advance(hours=1)
    issue = await tale.issue()
    assert (issue.position.level, issue.owner) == (3, tale.id("omar"))
    assert said(tale.dm("dina"), "is still later than promised") == 1
    await resolves(tale, "omar")
    quiet = len(tale.dm("dina")), len(tale.dm("omar"))
    await tale.advance(hours=30)
    assert (len(tale.dm("dina")), len(tale.dm("omar"))) == quiet
    assert (await tale.issue()).clocks.resolve.breaches == 2


async def test_a_level_with_time_left_is_not_jumped_over(tale: Story) -> None:
    await raises(tale)
    await tale.clicks("maya", ids.ACK)
    await tale.advance(minutes=110)
    await tale.clicks("maya", ids.ESCALATE, tale.card())
    await tale.submits("maya", {"reason": "I need hands."})
    assert (await tale.issue()).position.level == 2
    await tale.advance(minutes=10)
    assert (await tale.issue()).clocks.resolve.breaches == 1
    assert (await tale.issue()).position.level == 2
    await tale.advance(minutes=20)
    assert (await tale.issue()).position.level == 3, "when its own half hour is over"


async def test_the_time_in_which_it_was_resolved_does_not_count(tale: Story) -> None:
    await raises(tale)
    await tale.clicks("maya", ids.ACK)
    await tale.advance(minutes=60)
    await resolves(tale, "maya")
    await tale.advance(hours=20)
    assert (await tale.issue()).clocks.late_since is None
    await tale.clicks("ann", ids.DISPUTE)
    await tale.submits("ann", {"why": "They were not called."})
    await tale.advance(minutes=59)
    assert (await tale.issue()).clocks.late_since is None
    await tale.advance(minutes=1)
    assert (await tale.issue()).clocks.late_since == tale.now()
    assert (await tale.issue()).clocks.respond.breaches == 0, "the answer was in time, once and for all"


async def test_those_who_are_informed_are_told_once_and_not_asked(tale: Story) -> None:
    await tale.raises("ann", **{**HIGH, "requester": tale.id("rita")})
    (told,) = [one.plain for one in tale.sandbox.messages("#care") if "ISS-1" in one.plain]
    assert "for your information" in told
    assert ids.ACK not in told
    await tale.advance(minutes=15)
    assert (await tale.issue()).position.level == 2
    assert said(tale.dm("ann"), "has come to level 2") == 0, "she raised it"
    assert said(tale.dm("maya"), "has come to level 2") == 0, "she is asked"
    assert said(tale.dm("dina"), "has come to level 2", "you need not do anything") == 1
    await tale.advance(hours=1)
    assert len([one for one in tale.sandbox.messages("#care") if "ISS-1" in one.plain]) == 1


async def test_why_explains_path_promises_and_what_comes_next(tale: Story) -> None:
    await raises(tale)
    await tale.clicks("maya", ids.ACK)
    await tale.advance(minutes=30)
    await tale.types("ann", "why ISS-1")
    told = tale.sandbox.ephemerals("ann")[-1].plain
    for words in (
        "Path Customer care of matrix version 1",
        "Target: 15 min from the raise, because the priority is",
        "Target: 2 h from the raise, because the priority is",
        "30 min of 2 h used.",
        "80 % of the time to solve it is used",
        "the solution is later than promised",
    ):
        assert words in told
    await tale.types("ann", "why ISS-7")
    assert "There is no ISS-7 here" in tale.sandbox.ephemerals("ann")[-1].plain
    await tale.types("ann", "why")
    assert "Which issue?" in tale.sandbox.ephemerals("ann")[-1].plain


async def test_over_a_weekend_nobody_is_hurried_in_office_hours(database_url: str) -> None:
    async with story(database_url, IN_OFFICE_HOURS) as tale:
        await tale.advance(days=4, hours=4, minutes=30)
        issue = await tale.raises("ann", **NORMAL)
        assert f"{tale.now():%a %H:%M}" == "Fri 16:30"
        friday = len(tale.dm("maya")), len(tale.dm("ann"))
        await tale.advance(hours=64, minutes=59)
        assert (len(tale.dm("maya")), len(tale.dm("ann"))) == friday

        await tale.advance(minutes=1)
        assert f"{tale.now():%a %H:%M}" == "Mon 09:30"
        assert said(tale.dm("maya"), "Reminder") == 1, "half an hour of Friday and half an hour of Monday"
        await tale.advance(hours=1)
        issue = await tale.issue()
        assert issue.position.level == 2
        assert issue.clocks.late_since is None
        await tale.advance(hours=2)
        issue = await tale.issue()
        assert issue.position.stage is Stage.CATCH_ALL
        assert issue.clocks.late_since == tale.now(), "four hours of the office"
        await tale.clicks("dina", ids.ACK)
        await tale.advance(days=2)
        late = (await tale.issue()).clocks.resolve.breached_at
        assert f"{late:%a %H:%M}" == "Tue 16:30", "two working days"


async def test_over_easter_nobody_is_hurried_where_it_is_a_holiday(database_url: str) -> None:
    holidays = IN_OFFICE_HOURS.replace(
        'mon-fri: "09:00-17:00"}}', 'mon-fri: "09:00-17:00"}, holidays: GB-ENG}'
    )
    assert holidays != IN_OFFICE_HOURS
    async with story(database_url, holidays) as tale:
        await tale.advance(days=31, hours=3)  # the Thursday before Good Friday, 16:00 in London
        issue = await tale.raises("ann", impact="low", urgency="low")

        assert issue.position.ends_at is not None
        tuesday = datetime(
            2026, 4, 7, 9, 0, tzinfo=UTC
        )  # 10:00 in London: an hour on Thursday, one after the holidays
        assert issue.position.ends_at == tuesday
        await tale.advance(days=4, hours=17)
        assert (await tale.issue()).position.level == 1
        await tale.advance(hours=1)
        assert (await tale.issue()).position.level == 2
