"""Issues that nobody can be told about: who counts as told, and that it ends by itself."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.issue import Ask, AskStatus, Issue, Stage
from bot.domain.last_resort import reached, stranded
from bot.domain.lifecycle import State
from bot.domain.notices import ping as ping_for
from bot.domain.notification import NoticeKind
from bot.usecases.stranded import LOOKED_AT, NAMED, said
from bot.usecases.stranded import stranded as stranded_in
from tests.builders import (
    ANA,
    MANAGER,
    NOON,
    OMAR,
    P3,
    T1,
    T2,
    acknowledged,
    ask,
    channel,
    contact,
    issue,
    minutes,
    path,
    position,
    route,
    unanswered,
    user,
)
from tests.unit.usecases.desk import Desk
from tests.unit.usecases.test_reroute import NO_ROUTE

NOW = NOON + minutes(60)


def last(status: AskStatus, reason: str = "", who: Any = MANAGER, **changes: Any) -> Ask:
    """Somebody of the last resort."""
    return ask(who, 0, status=status, reason=reason, **changes)


LOST = last(AskStatus.UNREACHABLE, "left")
TRIED = last(AskStatus.ASKED, "left")
TOLD = last(AskStatus.ASKED, who=channel("#all-hands"))


def at_the_end(*asks: Ask, number: int = 1, **place: Any) -> Issue:
    """The ladder is over, and these were asked."""
    return issue(
        number, asks=asks, position=position(Stage.CATCH_ALL, ends_at=None, **{"asked": True, **place})
    )


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        pytest.param(issue(), False, id="a level is asked"),
        pytest.param(issue(asks=(ask(ANA, status=AskStatus.UNREACHABLE),)), False, id="a level that goes on"),
        pytest.param(at_the_end(TOLD), False, id="the channel was told"),
        pytest.param(at_the_end(LOST, TOLD), False, id="the channel was told, the manager was not"),
        pytest.param(at_the_end(LOST), True, id="nobody could be reached"),
        pytest.param(at_the_end(), True, id="nobody was there to be asked"),
        pytest.param(at_the_end(last(AskStatus.DECLINED)), True, id="who was reached said no"),
        pytest.param(at_the_end(asked=False), False, id="nobody was looked for yet"),
        pytest.param(at_the_end(LOST, look_at=NOW), False, id="the admins are looked for next"),
        pytest.param(at_the_end(LOST, look_at=NOW + minutes(1)), True, id="somebody comes on duty later"),
        pytest.param(at_the_end(LOST, look_at=NOW, reminders=1), True, id="all are looked for again"),
        pytest.param(at_the_end(TRIED, asked=False, reminders=1), True, id="only tried again"),
        pytest.param(at_the_end(TRIED, TOLD, reminders=1), False, id="one tried again, one told"),
        pytest.param(at_the_end(LOST, TOLD, round=1), True, id="told in an earlier round"),
        pytest.param(
            replace(acknowledged(issue()), position=at_the_end().position), False, id="has an owner"
        ),
        pytest.param(replace(at_the_end(LOST), state=State.CLOSED), False, id="is over"),
    ],
)
def test_who_counts_as_told(one: Issue, expected: bool) -> None:
    assert stranded(one, NOW) is expected


def test_a_message_that_arrives_ends_the_trying() -> None:
    other = last(AskStatus.ASKED, "no such channel", channel("#all-hands"))
    one = at_the_end(TRIED, other, last(AskStatus.UNREACHABLE, "left", OMAR))
    after = reached(one, user(MANAGER))
    assert [each.reason for each in after.asks] == ["", "no such channel", "left"]
    assert after.version == one.version + 1
    assert reached(after, user(MANAGER)) is after, "said once"
    assert reached(after, user(OMAR)) is after, "who is not asked any more is not asked by this"


async def test_they_are_named_by_urgency_and_only_of_this_workspace(desk: Desk) -> None:
    lost = [unanswered(issue(number)).bump(asks=(LOST,)) for number in range(1, 4)]
    desk.has(*lost, unanswered(issue(4)), issue(5))
    less = replace(lost[0].route, priority=P3)
    desk.store.issues.save(lost[0], lost[0].bump(route=less))
    assert await stranded_in(desk.transactions, T1, NOW) == [2, 3, 1]
    assert await stranded_in(desk.transactions, T2, NOW) == []


@pytest.mark.parametrize(
    ("many", "told"), [(0, 0), (1, 1), (NAMED, NAMED), (LOOKED_AT, NAMED + 1)], ids=["none", "1", "10", "100"]
)
def test_each_is_said_in_a_sentence_and_very_many_are_counted(many: int, told: int) -> None:
    lines = said(list(range(1, many + 1)))
    assert len(lines) == told
    assert all(one.startswith("ISS-") for one in lines[:NAMED])
    assert lines[NAMED:] == [f"It is the same with {many - NAMED} more."] * (many > NAMED)


async def test_while_all_are_only_tried_again_it_stays_so_until_one_message_arrives(desk: Desk) -> None:
    one = issue(
        asks=(),
        position=position(asked=False),
        route=route(path=path(levels=[route().levels[0]], owner=contact("U_PAT"))),
    )
    desk.has(one)
    for kind in (NoticeKind.PING, NoticeKind.NAG):
        desk.channel.answers_kind(kind, NO_ROUTE)
    await desk.settle()
    for _ in range(3):
        await desk.settle(minutes=15)
    assert await stranded_in(desk.transactions, T1, desk.clock.now()) == [1]

    desk.clock.advance(minutes=15)
    await desk.fire()
    assert any(each.status is AskStatus.ASKED for each in desk.issue().current_asks), "they are asked again"
    assert await stranded_in(desk.transactions, T1, desk.clock.now()) == [1], "and nothing arrived yet"

    desk.channel.mends()
    await desk.deliver()
    assert await stranded_in(desk.transactions, T1, desk.clock.now() + timedelta(seconds=1)) == []


async def test_a_message_for_many_issues_arrives_for_each_of_them(desk: Desk) -> None:
    numbers = list(range(1, 7))
    tried = [at_the_end(TRIED, number=number, reminders=1) for number in numbers]
    desk.has(*tried)
    for one in tried:
        nag = ping_for(one, one.asks[0], NoticeKind.NAG, "nag:1")
        desk.due(nag, number=one.number)
    assert await stranded_in(desk.transactions, T1, NOW) == numbers
    await desk.deliver()
    assert len(desk.channel.letters[0].parts) == len(numbers), "they go out as one message"
    assert await stranded_in(desk.transactions, T1, NOW) == []
