"""Reading: one issue, lists, what waits on me; and telling one person something."""

import pytest

from bot.domain.errors import NotFound
from bot.domain.ids import IssueRef
from bot.domain.notification import NoticeKind, Rank
from bot.domain.words import say
from bot.usecases.commands import IssueCommand
from bot.usecases.look_up import mine, show
from bot.usecases.tell import fill_details, whisper
from tests.builders import (
    ANA,
    OMAR,
    RAVI,
    T1,
    T2,
    actor,
    ask,
    at_level_two,
    climbing,
    closed,
    event,
    issue,
    ref,
    unanswered,
)
from tests.builders import acknowledged as taken
from tests.unit.usecases.desk import Desk


async def test_an_issue_is_shown_with_its_timeline(desk: Desk) -> None:
    desk.has(issue())
    desk.store.timeline.append(ref(), [event()])
    shown = await show(desk.services, ref(), actor(ANA))
    assert (shown.issue, shown.timeline) == (issue(), (event(),))


@pytest.mark.parametrize("which", [ref(2), ref(1, T2)])
async def test_what_is_not_here_is_not_found(desk: Desk, which: IssueRef) -> None:
    desk.has(issue())
    with pytest.raises(NotFound):
        await show(desk.services, which, actor(ANA))


async def test_what_concerns_me(desk: Desk) -> None:
    others = (ask(ANA), ask(OMAR))
    desk.has(
        issue(1),
        at_level_two(issue(2)),
        unanswered(issue(3)),
        taken(issue(4)),
        taken(issue(5, asks=others), owner=OMAR),
        climbing(issue(6, raiser=ANA)),
        closed(issue(7, raiser=ANA)),
    )
    own = await mine(desk.services, T1, ANA)
    assert [one.number for one in own.waiting] == [1, 2, 3], "what somebody else has does not wait on me"
    assert [one.number for one in own.owned] == [4, 6]
    assert [one.number for one in own.raised] == [6]
    assert [one.number for one in (await mine(desk.services, T1, OMAR)).waiting] == [2, 6]
    assert len((await mine(desk.services, T1, RAVI)).raised) == 5


async def test_a_whisper_is_one_message_to_one_person_and_goes_first(desk: Desk) -> None:
    for _ in range(2):
        await whisper(desk.services, T1, user=ANA, channel="C1", key="k", sentence=say("Done."))
    (row,) = desk.rows()
    assert (row.notice.kind, row.notice.rank, row.issue) == (NoticeKind.WHISPER, Rank.ANSWER, None)
    assert (row.notice.text("user"), row.notice.text("channel")) == (ANA, "C1")
    assert desk.said(NoticeKind.WHISPER) == [f"{ANA}: Done."]
    assert desk.bell.rings == 2, "it goes out at once"


async def test_a_view_is_filled_with_the_timeline(desk: Desk) -> None:
    desk.has(issue())
    desk.store.timeline.append(ref(), [event()])
    command = IssueCommand(workspace=T1, user=ANA, key="k", number=1)
    await fill_details(desk.services, command, "V1")
    await desk.deliver()
    (letter,) = desk.channel.letters
    assert (letter.timeline, letter.issue) == ((event(),), issue())
