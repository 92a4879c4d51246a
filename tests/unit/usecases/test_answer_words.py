"""Words change nothing: the answer is the buttons, or how to begin."""

from typing import Any

import pytest

from bot.domain.issue import Issue
from bot.domain.lifecycle import State
from bot.domain.notification import NoticeKind
from bot.usecases.answer_words import SHOWN, answer_words
from tests.builders import ANA, OMAR, T1, ask, at_level_two, closed, issue, message
from tests.builders import acknowledged as taken
from tests.unit.usecases.desk import Desk

PRESS = f"{ANA}: Those words change nothing. Please press a button on the message I just sent you."
BEGIN = (
    f"{ANA}: Type /issue to raise an issue, /issue mine to see what waits for you, /issue help for the rest."
)
CARD = f"{ANA}: Those words change nothing. The buttons of ISS-1 are on its card above."


async def says(desk: Desk, *, who: str = ANA, thread: str = "", key: str = "event:1") -> None:
    """Somebody writes "on it"."""
    await answer_words(
        desk.services,
        T1,
        user=who,
        channel="C_ISSUES",
        thread=thread,
        key=key,
        command="/issue",
    )


async def test_what_waits_for_them_is_sent_once_more_with_its_buttons(desk: Desk) -> None:
    desk.has(issue())
    await says(desk)
    assert desk.said(NoticeKind.WHISPER) == [PRESS]
    assert [row.notice.to.id for row in desk.rows(NoticeKind.REMINDER)] == [ANA]
    await desk.deliver()
    assert len(desk.channel.sent(NoticeKind.REMINDER)) == 1
    assert desk.issue() == issue(), "nothing was acknowledged"


async def test_a_repeated_event_is_answered_once(desk: Desk) -> None:
    desk.has(issue())
    await says(desk)
    await says(desk)
    assert len(desk.rows()) == 2


async def test_asking_again_later_sends_it_again(desk: Desk) -> None:
    desk.has(issue())
    await says(desk, key="event:1")
    await says(desk, key="event:2")
    assert len(desk.rows(NoticeKind.REMINDER)) == 2


async def test_who_has_nothing_to_answer_hears_how_to_begin(desk: Desk) -> None:
    await says(desk)
    assert desk.said(NoticeKind.WHISPER) == [BEGIN]


@pytest.mark.parametrize(
    "one",
    [
        taken(issue(asks=(ask(ANA), ask(OMAR))), owner=OMAR),
        at_level_two(issue()),
    ],
    ids=["somebody has it", "the next level is asked"],
)
async def test_what_was_overtaken_is_not_promised(desk: Desk, one: Issue) -> None:
    desk.has(one)
    await says(desk)
    assert desk.rows(NoticeKind.REMINDER) == []
    assert desk.said(NoticeKind.WHISPER) == [BEGIN]


async def test_in_the_thread_of_a_card_the_card_is_pointed_at(desk: Desk) -> None:
    desk.has(taken(issue(), owner=OMAR))
    desk.sent(message(stamp="1.1"))
    await says(desk, thread="1.1")
    assert desk.said(NoticeKind.WHISPER) == [CARD]


async def test_a_thread_of_somebody_else_is_no_card(desk: Desk) -> None:
    desk.has(taken(issue(), owner=OMAR))
    await says(desk, thread="9.9")
    assert desk.said(NoticeKind.WHISPER) == [BEGIN]


async def test_only_the_newest_few_are_sent(desk: Desk) -> None:
    desk.has(*(issue(number) for number in range(1, SHOWN + 3)))
    await says(desk)
    assert [row.issue for row in desk.rows(NoticeKind.REMINDER)] == [5, 4, 3]
    assert desk.issue(1).state is State.OPEN


RITA = "U_RITA"
MINE = issue(requester=RITA)


async def writes(
    desk: Desk, *, who: str = RITA, thread: str = "", direct: bool = False
) -> list[tuple[int | None, str]]:
    """Somebody writes in words; what they get back, with the questions it asks."""
    channel = "D_RITA" if direct else "C_ISSUES"
    await answer_words(
        desk.services,
        T1,
        user=who,
        key="event:1",
        command="/issue",
        text="Any news?",
        channel=channel,
        thread=thread,
        direct=direct,
    )
    return [(row.issue, row.notice.text("buttons")) for row in desk.rows(NoticeKind.WHISPER)]


async def test_whom_it_is_for_gets_their_words_back_with_a_button_that_sends_them(desk: Desk) -> None:
    desk.has(taken(MINE, owner=OMAR))
    desk.sent(message(stamp="1.1"))
    assert await writes(desk, thread="1.1") == [(1, "reply_words")]
    (row,) = desk.rows(NoticeKind.WHISPER)
    assert row.notice.text("quote") == "Any news?"
    assert desk.happened() == [], "nothing was sent yet"


async def test_alone_with_rung_all_that_is_theirs_is_offered(desk: Desk) -> None:
    desk.has(taken(MINE, owner=OMAR), taken(issue(2, requester=RITA), owner=OMAR), issue(3))
    assert await writes(desk, direct=True) == [(2, "reply_words"), (1, "reply_words")]


@pytest.mark.parametrize(
    ("one", "who", "where"),
    [
        pytest.param(taken(MINE, owner=OMAR), RITA, {}, id="in a channel, about nothing"),
        pytest.param(closed(MINE), RITA, {"thread": "1.1"}, id="it is over"),
        pytest.param(taken(MINE, owner=OMAR), OMAR, {"thread": "1.1"}, id="it is not for them"),
        pytest.param(taken(MINE, owner=RITA), RITA, {"direct": True}, id="they have it themselves"),
    ],
)
async def test_nothing_is_offered_to_send(desk: Desk, one: Issue, who: str, where: dict[str, Any]) -> None:
    desk.has(one)
    desk.sent(message(stamp="1.1"))
    assert await writes(desk, who=who, **where) == [(None, "")]
