"""Pings stay true for ever after: when an issue is opened again, given back, or asks somebody a second time."""

from dataclasses import replace

from bot.domain.lifecycle import State
from bot.domain.notices import asking, tell_owner
from bot.domain.notification import NoticeKind, Op
from bot.domain.prompting import PINGS, has_live_buttons, says
from bot.domain.wording.prompts import prompt
from bot.domain.words import say
from bot.usecases import answer_ping, close_issue, give_back, work_issue
from bot.usecases.commands import Acknowledge, TextCommand
from bot.usecases.newest_ping import as_it_stands
from bot.usecases.rows import Letter
from tests.builders import (
    ANA,
    OMAR,
    RAVI,
    T1,
    issue,
    level,
    message,
    minutes,
    path,
    position,
    ref,
    resolved,
    route,
)
from tests.builders import acknowledged as taken
from tests.unit.usecases.desk import Desk

BOTH = route(path=path(levels=[level("Front desk", ANA, OMAR, remind_every=minutes(5))]))
"""One level, two people."""


def text(who: str, key: str, said: str) -> TextCommand:
    """Somebody submits a form with one text."""
    return TextCommand(workspace=T1, user=who, key=key, number=1, text=said)


def take(who: str, key: str) -> Acknowledge:
    """Somebody presses Acknowledge."""
    return Acknowledge(workspace=T1, user=who, key=key, number=1)


async def asked(desk: Desk) -> None:
    """Ana and Omar are asked, and reminded once."""
    desk.has(issue(asks=(), position=position(asked=False), route=BOTH))
    await desk.settle()
    await desk.settle(minutes=5)


def stands(desk: Desk, who: str) -> list[tuple[str, bool]]:
    """What each ping of this person says now, in the order in which they came, and whether it has buttons."""
    drawn = {}
    for letter in desk.channel.letters:
        if letter.row.notice.kind in PINGS and letter.row.notice.to.id == who and letter.issue:
            said = prompt(letter.issue, letter.row.notice).sentence.plain()
            drawn[letter.row.notice.key] = said, has_live_buttons(letter.issue, letter.row.notice)
    return list(drawn.values())


async def test_of_several_pings_the_newest_carries_what_its_owner_works_with(desk: Desk) -> None:
    await asked(desk)
    await answer_ping.acknowledge(desk.services, take(ANA, "1"))
    await desk.deliver()
    took = "You took ISS-1 at 12:05 UTC."
    assert stands(desk, ANA) == [(f"{took} The buttons are in the newer message below.", False), (took, True)]
    assert {live for _, live in stands(desk, OMAR)} == {False}
    await work_issue.resolve(desk.services, text(ANA, "2", "Mended."))
    await desk.deliver()
    assert {live for _, live in stands(desk, ANA)} == {False}


async def test_a_reminder_that_was_under_way_when_they_took_it_has_the_buttons_alone(desk: Desk) -> None:
    desk.has(issue(asks=(), position=position(asked=False), route=BOTH))
    await desk.settle()
    desk.clock.advance(minutes=5)
    await desk.fire()

    async def ana_takes_it(_letter: Letter) -> None:
        await answer_ping.acknowledge(desk.services, take(ANA, "1"))
        edit = next(one for one in desk.rows() if one.notice.op is Op.EDIT and one.notice.to.id == ANA)
        drawn = as_it_stands(desk.store, desk.issue(), desk.store.messages.live(ref())[0], edit.notice)
        assert not drawn.args.get("overtaken"), "the reminder is not known to be there yet"
        desk.sent(*(replace(one, version=desk.issue().version) for one in desk.store.messages.of(ref())))

    desk.channel.while_sending(ana_takes_it)
    await desk.deliver()
    assert [live for _, live in stands(desk, ANA)] == [False, True]


async def test_a_ping_that_is_there_no_longer_overtakes_none(desk: Desk) -> None:
    await asked(desk)
    [reminder] = [
        one for one in desk.store.messages.of(ref()) if one.key.startswith("remind") and one.place == ANA
    ]
    desk.sent(replace(reminder, live=False))
    await answer_ping.acknowledge(desk.services, take(ANA, "1"))
    await desk.deliver()
    assert stands(desk, ANA)[0] == ("You took ISS-1 at 12:05 UTC.", True)


async def test_every_open_prompt_of_an_earlier_opening_says_that_it_was_opened_again(desk: Desk) -> None:
    await asked(desk)
    await answer_ping.acknowledge(desk.services, take(ANA, "1"))
    await work_issue.resolve(desk.services, text(ANA, "2", "Mended."))
    await desk.deliver()
    assert "ISS-1 is resolved. Nothing to do." in dict(stands(desk, ANA))
    await close_issue.dispute(desk.services, text(RAVI, "3", "Still down."))
    await desk.settle()
    below, over = (
        f"ISS-1 was opened again after this. {then}"
        for then in ("You are asked again below.", "Nothing to do here.")
    )
    *before, now = stands(desk, ANA)
    assert before == [(below, False)] * 2
    assert now[1], "the newer message asks"
    assert stands(desk, OMAR) == [(over, False)] * 2
    edits = sum(letter.row.notice.op is Op.EDIT for letter in desk.channel.letters)
    await answer_ping.acknowledge(desk.services, take(ANA, "4"))
    await desk.deliver()
    *before, now = stands(desk, ANA)
    assert (before, now[1]) == ([(below, False)] * 2, True), "it stays true, and nothing there can be pressed"
    fresh = [one.row.notice for one in desk.channel.letters if one.row.notice.op is Op.EDIT][edits:]
    assert {one.args["opening"] for one in fresh if one.kind in PINGS} == {2}, "what stays true is left alone"


async def test_a_question_to_the_owner_of_an_earlier_opening_says_so_too(desk: Desk) -> None:
    one = taken(issue())
    about = tell_owner(one, "1", ANA, say("Still on it?"))
    still, news = asking(one, about, "still", asked="long ago"), tell_owner(one, "2", ANA, say("Well done."))
    desk.has(resolved(one))
    desk.sent(*(message(each.key, notice=each, place=ANA, live=False) for each in (still, news)))
    await close_issue.dispute(desk.services, text(RAVI, "1", "Still down."))
    assert [row.notice.key for row in desk.rows(NoticeKind.OWNER) if row.notice.op is Op.EDIT] == [still.key]
    assert [said.plain() for said in says(desk.issue(), still)] == [
        "It was opened again after this. Nothing to do here."
    ]


async def test_who_read_that_there_is_nothing_to_do_can_take_what_was_given_back(desk: Desk) -> None:
    await asked(desk)
    await answer_ping.acknowledge(desk.services, take(ANA, "1"))
    await desk.deliver()
    assert stands(desk, OMAR) == [("@U_ANA took ISS-1 at 12:05 UTC. Nothing to do.", False)] * 2
    await give_back.give_back(desk.services, text(ANA, "2", "On leave."))
    await desk.settle()
    assert desk.issue().state is State.OPEN
    *before, now = stands(desk, OMAR)
    assert before == [("ISS-1 is still unanswered. You are asked again below.", True)] * 2
    assert now[1]
