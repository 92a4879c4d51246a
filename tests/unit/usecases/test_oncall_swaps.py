"""Asking a colleague to take over: nothing changes until they accept, and everybody hears what became of it."""

import asyncio
from dataclasses import replace

import pytest

from bot.domain.delivery import RowState
from bot.domain.errors import NotAllowed, NotFound, Refused
from bot.domain.notification import Notice, NoticeKind, Op
from bot.usecases.manage_oncall import away, take, undo
from bot.usecases.oncall_swaps import accept, ask, decline, withdraw
from bot.usecases.oncall_unanswered import tell_unanswered
from bot.usecases.outside import DirectoryDown
from bot.usecases.people_ports import SwapState
from tests.builders import ANA, NOON, OMAR, T1
from tests.unit.usecases.desk import Desk
from tests.unit.usecases.duty_desk import CARE, GUS, HOUR, LEE, MIA, DutyDesk, SwapVerb


@pytest.fixture
def duty(desk: Desk) -> DutyDesk:
    """Two schedules; it is Monday noon and Ana has care."""
    return DutyDesk(desk)


def state(duty: DutyDesk, swap: int = 1) -> SwapState:
    """What became of a request."""
    found = duty.desk.store.swaps.get(T1, swap)
    assert found is not None
    return found.state


def question(duty: DutyDesk, swap: int = 1) -> Notice:
    """The newest form of the colleague's message."""
    return [row.notice for row in duty.desk.rows(NoticeKind.SWAP) if row.notice.key == f"swap:{swap}"][-1]


async def test_asking_changes_nothing_yet(duty: DutyDesk) -> None:
    said = await duty.types(ask, ANA, "2h", OMAR)
    assert said == (
        "I asked @U_OMAR about care from 12:00 UTC until 14:00 UTC. You have it until they accept; "
        "I tell you what they say."
    )
    assert duty.told() == [
        "U_OMAR: @U_ANA asks whether you can be on call for care from 12:00 UTC until 14:00 UTC. "
        "They have it until you accept."
    ]
    assert (question(duty).args["asks"], question(duty).args["swap"]) == (1, 1)
    assert await duty.on_call() == ANA
    assert duty.changes() == []


async def test_yes_changes_who_is_on_call_and_both_know(duty: DutyDesk) -> None:
    await duty.types(ask, ANA, "2h", OMAR)
    said = await duty.presses(accept, OMAR)
    assert said == (
        "You are on call for care from 12:00 UTC until 14:00 UTC instead of @U_ANA. Thank you; I told them."
    )
    assert [await duty.on_call(NOON + hours * HOUR) for hours in (0, 2)] == [OMAR, ANA]
    assert state(duty) is SwapState.ACCEPTED
    assert (question(duty).op, question(duty).args["asks"]) == (Op.EDIT, 0)
    assert duty.told()[-1] == (
        "U_ANA: @U_OMAR accepted and takes care from 12:00 UTC until 14:00 UTC. You are off then; nothing to do."
    )


async def test_who_was_asked_need_not_be_on_the_schedule(duty: DutyDesk) -> None:
    await duty.types(ask, ANA, "2h", LEE)
    await duty.presses(accept, LEE)
    assert await duty.on_call() == LEE


async def test_a_late_yes_takes_what_is_left(duty: DutyDesk) -> None:
    await duty.types(ask, ANA, "2h", OMAR)
    duty.desk.clock.advance(HOUR)
    assert "from 13:00 UTC until 14:00 UTC" in await duty.presses(accept, OMAR)
    (change,) = duty.changes()
    assert change.start == NOON + HOUR


async def test_no_leaves_everything_as_it_is(duty: DutyDesk) -> None:
    await duty.types(ask, ANA, "2h", OMAR)
    assert await duty.presses(decline, OMAR) == (
        "You said that you can't. @U_ANA keeps the time and was told."
    )
    assert duty.told()[-1] == (
        "U_ANA: @U_OMAR can't take over from 12:00 UTC until 14:00 UTC. "
        "You are still on call then; /oncall ask asks somebody else."
    )
    assert (await duty.on_call(), state(duty)) == (ANA, SwapState.DECLINED)
    assert question(duty).args["asks"] == 0


async def test_the_question_can_be_taken_back(duty: DutyDesk) -> None:
    answer = await duty.answer(ask, ANA, "2h", OMAR)
    assert answer.code == "withdraw:1"
    assert await duty.presses(withdraw, ANA) == "Taken back. You keep that time, and I told @U_OMAR."
    assert state(duty) is SwapState.WITHDRAWN
    with pytest.raises(Refused, match="@U_ANA took the question back"):
        await duty.presses(accept, OMAR)
    assert duty.changes() == []


@pytest.mark.parametrize("verb", [accept, decline, withdraw], ids=lambda verb: verb.__name__)
async def test_an_answer_is_given_once(duty: DutyDesk, verb: SwapVerb) -> None:
    await duty.types(ask, ANA, "2h", OMAR)
    await duty.presses(accept, OMAR)
    told = duty.told()
    with pytest.raises(Refused, match="accepted that already"):
        await duty.presses(verb, ANA if verb is withdraw else OMAR)
    assert duty.told() == told


async def test_the_same_click_twice_gets_the_same_answer(duty: DutyDesk) -> None:
    await duty.types(ask, ANA, "2h", OMAR)
    first = await duty.presses(accept, OMAR, key="click")
    assert await duty.presses(accept, OMAR, key="click") == first
    assert len(duty.changes()) == 1


async def test_only_who_was_asked_answers_and_only_who_asked_takes_back(duty: DutyDesk) -> None:
    await duty.types(ask, ANA, "2h", OMAR)
    for verb in (accept, decline):
        with pytest.raises(NotAllowed, match="Only @U_OMAR was asked"):
            await duty.presses(verb, MIA)
    with pytest.raises(NotAllowed, match="Only @U_ANA, who asked"):
        await duty.presses(withdraw, OMAR)
    with pytest.raises(NotFound):
        await duty.presses(accept, OMAR, swap=7)
    assert state(duty) is SwapState.ASKED


async def test_a_yes_after_the_time_is_over_changes_nothing(duty: DutyDesk) -> None:
    await duty.types(ask, ANA, "2h", OMAR)
    duty.desk.clock.advance(2 * HOUR)
    assert "a time that is over" in await duty.presses(accept, OMAR)
    assert (state(duty), question(duty).args["asks"]) == (SwapState.WITHDRAWN, 0)
    assert duty.changes() == []


async def test_a_yes_when_somebody_else_has_the_time_changes_nothing(duty: DutyDesk) -> None:
    await duty.types(ask, ANA, "2h", OMAR)
    await duty.types(take, MIA, "5h care")
    assert await duty.presses(accept, OMAR) == "@U_ANA is not on call then any more. Nothing to do."
    assert await duty.on_call() == MIA


async def test_a_yes_for_a_schedule_that_is_no_more_changes_nothing(duty: DutyDesk) -> None:
    await duty.types(ask, ANA, "2h care", OMAR)
    duty.in_force(replace(CARE, key="support"))
    assert "not on call then any more" in await duty.presses(accept, OMAR)
    assert duty.changes() == []


async def test_of_several_who_were_asked_the_first_yes_counts(duty: DutyDesk) -> None:
    await duty.types(ask, ANA, "2h", OMAR)
    await duty.types(ask, ANA, "2h", LEE)
    await duty.types(ask, ANA, "3h", MIA)
    await duty.presses(accept, LEE, swap=2)
    assert [state(duty, swap) for swap in (1, 2, 3)] == [
        SwapState.WITHDRAWN,
        SwapState.ACCEPTED,
        SwapState.ASKED,
    ], "an hour is still left for Mia"
    assert question(duty, 1).args["asks"] == 0
    assert "U_OMAR: @U_ANA asks nobody any more" in "\n".join(duty.told())


async def test_what_i_was_asked_stays_open_when_mine_is_accepted(duty: DutyDesk) -> None:
    await duty.types(ask, ANA, "14d", MIA)
    await duty.types(ask, OMAR, "10 mar", ANA)
    await duty.presses(accept, MIA)
    assert [state(duty, swap) for swap in (1, 2)] == [SwapState.ACCEPTED, SwapState.ASKED]


@pytest.mark.parametrize(
    ("who", "colleague", "why"),
    [
        (OMAR, ANA, "You are not on call from"),
        (ANA, ANA, "That is you"),
        (ANA, GUS, "is a guest here"),
        (ANA, "@nobody", "nobody is called @nobody"),
    ],
)
async def test_what_cannot_be_asked(duty: DutyDesk, who: str, colleague: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        await duty.types(ask, who, "2h", colleague)
    assert duty.told() == []


async def test_nobody_is_asked_twice_about_the_same_time(duty: DutyDesk) -> None:
    await duty.types(ask, ANA, "2h", OMAR)
    with pytest.raises(Refused, match="You asked @U_OMAR already"):
        await duty.types(ask, ANA, "1h", OMAR)
    await duty.types(ask, ANA, "tomorrow", OMAR)
    duty.desk.clock.advance(2 * HOUR)
    await duty.types(ask, ANA, "1h", OMAR)


async def test_who_accepted_or_asked_may_undo_it(duty: DutyDesk) -> None:
    await duty.types(ask, ANA, "2h", OMAR)
    await duty.presses(accept, OMAR)
    (change,) = duty.changes()
    await undo(duty.desk.services, duty.undo(ANA, change.id))
    assert await duty.on_call() == ANA
    assert duty.told()[-1].startswith("U_OMAR: @U_ANA took a change back. You are off: care")


async def test_the_message_is_changed_where_it_is(duty: DutyDesk) -> None:
    await duty.types(ask, ANA, "2h", OMAR)
    await duty.desk.deliver()
    await duty.presses(accept, OMAR)
    await duty.desk.deliver()
    assert duty.desk.states(NoticeKind.SWAP) == [RowState.SENT, RowState.SENT]
    edited = [one for one in duty.desk.channel.letters if one.row.notice.op is Op.EDIT]
    assert [one.message is not None for one in edited] == [True]


async def test_declining_and_taking_back_ask_the_directory_nothing(duty: DutyDesk) -> None:
    await duty.types(ask, ANA, "2h", OMAR)
    await duty.types(ask, ANA, "2h", LEE)
    duty.desk.directory.goes_down()
    assert "You said that you can't" in await duty.presses(decline, OMAR)
    assert "Taken back" in await duty.presses(withdraw, ANA, swap=2)


async def test_a_directory_that_does_not_answer_ends_in_time_for_slack(duty: DutyDesk) -> None:
    await duty.types(ask, ANA, "2h", OMAR)
    duty.desk.directory.falls_silent()
    with pytest.raises(DirectoryDown):
        await asyncio.gather(
            duty.presses(accept, OMAR), undo(duty.desk.services, duty.undo(ANA)), duty.types(take, MIA, "2h")
        )
    assert (state(duty), duty.changes()) == (SwapState.ASKED, [])


async def test_undo_takes_a_question_back_that_is_newer_than_any_change(duty: DutyDesk) -> None:
    await duty.types(away, ANA, "14 mar")
    duty.desk.clock.advance(HOUR)
    await duty.types(ask, ANA, "2h", OMAR)
    answer = await undo(duty.desk.services, duty.undo(ANA))
    assert answer.sentence.plain() == "Taken back. You keep that time, and I told @U_OMAR."
    assert state(duty) is SwapState.WITHDRAWN
    duty.desk.clock.advance(HOUR)
    answer = await undo(duty.desk.services, duty.undo(ANA))
    assert answer.sentence.plain().startswith("You are no longer away")


async def test_undo_by_who_asked_takes_back_what_was_accepted(duty: DutyDesk) -> None:
    """As the button of their message does."""
    await duty.types(away, ANA, "14 mar")
    await duty.types(ask, ANA, "2h", OMAR)
    duty.desk.clock.advance(HOUR)
    await duty.presses(accept, OMAR)
    answer = await undo(duty.desk.services, duty.undo(ANA))
    assert answer.sentence.plain().startswith("@U_OMAR is no longer taking over")
    assert await duty.on_call() == ANA


async def test_who_asked_hears_when_the_time_begins_and_when_it_is_over_without_an_answer(
    duty: DutyDesk,
) -> None:
    await duty.types(ask, ANA, "14:00-16:00", OMAR)
    told = len(duty.told())
    looks = []
    for _ in range(9):
        duty.desk.clock.advance(HOUR / 2)
        looks.append(await tell_unanswered(duty.desk.services, T1))
    assert looks == [0, 0, 0, 0, 0, 0, 0, 1, 0]
    assert duty.told()[told:] == [
        "U_ANA: @U_OMAR has not answered about the time from 14:00 UTC until 16:00 UTC. "
        "It begins now, and you are on call until they accept.",
        "U_OMAR: @U_ANA asked about a time that is over. Nothing to do.",
        "U_ANA: @U_OMAR did not answer about the time from 14:00 UTC until 16:00 UTC. It is over now. You kept it.",
    ]
    assert (state(duty), question(duty).args["asks"]) == (SwapState.EXPIRED, 0)
    with pytest.raises(Refused, match="Nobody answered before that time was over"):
        await duty.presses(accept, OMAR)


async def test_who_asks_about_now_is_not_told_that_it_begins(duty: DutyDesk) -> None:
    await duty.types(ask, ANA, "2h", OMAR)
    told = duty.told()
    duty.desk.clock.advance(HOUR)
    await tell_unanswered(duty.desk.services, T1)
    assert duty.told() == told
    await duty.presses(accept, OMAR)
    duty.desk.clock.advance(HOUR)
    assert await tell_unanswered(duty.desk.services, T1) == 0
    assert state(duty) is SwapState.ACCEPTED
