"""Those the matrix informs are told, not asked, and nobody is told twice."""

import pytest

from bot.domain import closing, withdrawing
from bot.domain.contacts import Contact
from bot.domain.escalation import Step, end_level, enter
from bot.domain.events import Cause
from bot.domain.informing import inform
from bot.domain.issue import Change, Informing, Issue, Owed, Stage
from bot.domain.looked import Looked
from bot.domain.matrix.model import Priority
from bot.domain.notification import NoticeKind
from bot.domain.raising import raise_issue
from bot.domain.routing import route as messages
from bot.domain.timers import WHOLE_LIFE, Timer, TimerKind, plan
from tests.builders import (
    ANA,
    NOON,
    OMAR,
    QUARTER,
    RAVI,
    acknowledged,
    actor,
    ask,
    channel,
    contact,
    facts,
    level,
    looked,
    path,
    ref,
    resolved,
    route,
)
from tests.unit.domain.reading import RITA, told

LEE, BOARD = contact("lee@example.com"), contact("#board")
LEVELS = [level("Front desk", ANA), level("Shift lead", OMAR, inform=(LEE,))]
WAY = route(
    path=path(levels=LEVELS, inform=(contact("group:leads"), BOARD), owner=contact("U_PAT")),
    priority=Priority("p1", "P1 Critical", 0, inform=(BOARD, contact("@ceo"))),
)
RAISED = raise_issue(ref(), facts(), WAY, raiser=RAVI, requester=RITA, updates_channel=None, now=NOON).issue


def owed(one: Issue) -> list[tuple[str, int]]:
    """Who is still to be told, and of which level."""
    return [(str(each.contact), each.level) for each in one.informing.owed]


def found(*some: Looked) -> dict[Contact, Looked]:
    """What was looked up, by contact."""
    return {one.contact: one for one in some}


def who(change: Change) -> list[str]:
    """Who was told."""
    return [one.text("target") for one in change.events]


ALL = found(
    looked("#board", channel("C_BOARD")),
    looked("@ceo", "U_CEO"),
    looked("group:leads", "U_L1", "U_L2", "U_CEO"),
)


def test_priority_and_path_are_told_at_the_raise_each_contact_once() -> None:
    assert owed(RAISED) == [("#board", 0), ("@ceo", 0), ("group:leads", 0)]
    assert plan(RAISED)[-1] == Timer(TimerKind.INFORM, WHOLE_LIFE, 1, NOON)


def test_everybody_behind_a_contact_is_told_once() -> None:
    change = inform(RAISED, ALL, NOON)
    assert who(change) == ["C_BOARD", "U_CEO", "U_L1", "U_L2"]
    assert owed(change.issue) == []
    assert TimerKind.INFORM not in [one.kind for one in plan(change.issue)]


def test_what_they_read() -> None:
    asked = RAISED.bump(asks=(ask(ANA),))
    said = told(messages(asked, inform(asked, ALL, NOON)), NoticeKind.INFORM)
    assert said[:2] == [
        "C_BOARD: @U_RAVI raised ISS-1. Priority: P1 Critical. Front desk is asked now and answers by 12:15 UTC. "
        "This is for your information: you need not do anything.",
        "U_CEO: @U_RAVI raised ISS-1. Priority: P1 Critical. Front desk is asked now and answers by 12:15 UTC. "
        "This is for your information: you need not do anything.",
    ]


def test_a_contact_written_as_a_user_id_is_told_too() -> None:
    one = RAISED.bump(informing=Informing().owing((contact("U_CEO"), contact("@ceo"))))
    assert who(inform(one, found(looked("U_CEO", "U_CEO"), looked("@ceo", "U_CEO")), NOON)) == ["U_CEO"]


@pytest.mark.parametrize("person", [RAVI, RITA, ANA], ids=["raised it", "it is for them", "is asked"])
def test_who_knows_already_is_not_told(person: str) -> None:
    asked = RAISED.bump(asks=(ask(ANA),))
    assert person not in who(inform(asked, {**ALL, **found(looked("@ceo", person))}, NOON))


def test_the_owner_knows_already() -> None:
    taken = acknowledged(RAISED.bump(asks=(ask(ANA),)), owner=OMAR)
    assert who(inform(taken, {**ALL, **found(looked("@ceo", OMAR))}, NOON)) == [
        "C_BOARD",
        "U_L1",
        "U_L2",
        "U_CEO",
    ]


def test_the_channel_of_the_card_is_not_told_what_the_card_says() -> None:
    way = route(path=path(levels=LEVELS, inform=(contact("#issues"),)))
    one = raise_issue(ref(), facts(), way, raiser=RAVI, requester=RITA, updates_channel=None, now=NOON).issue
    assert who(inform(one, found(looked("#issues", channel("C_ISSUES"))), NOON)) == []


def test_a_level_tells_its_own_when_it_starts() -> None:
    told_before = inform(RAISED, ALL, NOON).issue
    climbed = end_level(told_before, QUARTER, Cause.TIMER).issue
    assert owed(climbed) == [("lee@example.com", 2)]
    change = inform(climbed, found(looked("lee@example.com", "U_LEE")), QUARTER)
    assert told(messages(climbed, change), NoticeKind.INFORM) == [
        "U_LEE: ISS-1 has come to level 2, Shift lead. Shift lead is asked now and answers by 12:30 UTC. This is for "
        "your information: you need not do anything."
    ]


def test_a_level_that_starts_again_tells_nobody_again_before_the_issue_is_opened_again() -> None:
    climbed = end_level(inform(RAISED, ALL, NOON).issue, QUARTER, Cause.TIMER).issue
    informed = inform(climbed, found(looked("lee@example.com", "U_LEE")), QUARTER).issue
    second_round = enter(informed, Step(Stage.LEVEL, 2, 1), QUARTER, Cause.TIMER).issue
    assert owed(second_round) == []
    again = closing.dispute(resolved(acknowledged(informed, OMAR)), actor(RITA), "No.", QUARTER).issue
    assert owed(again) == []
    assert owed(end_level(again, QUARTER, Cause.UNREACHABLE).issue) == [("lee@example.com", 2)]


def test_a_person_told_at_the_raise_is_not_told_of_the_level_as_well() -> None:
    climbed = end_level(inform(RAISED, ALL, NOON).issue, QUARTER, Cause.TIMER).issue
    assert who(inform(climbed, found(looked("lee@example.com", "U_CEO")), QUARTER)) == []


def test_a_contact_nobody_stands_behind_is_written_down_unless_it_is_a_shift() -> None:
    one = RAISED.bump(informing=RAISED.informing.owing((contact("oncall:boss"),)))
    change = inform(one, {**ALL, **found(looked("@ceo", why="left"), looked("oncall:boss"))}, NOON)
    lost = [event.text("contact") for event in change.events if event.kind == "unreachable"]
    assert lost == ["@ceo"]
    assert len(told(messages(one, change), NoticeKind.PATH_OWNER)) == 1


def test_those_still_to_be_told_are_told_although_somebody_took_it() -> None:
    taken = acknowledged(RAISED)
    assert owed(taken) == owed(RAISED)
    assert plan(taken)[-1].kind is TimerKind.INFORM
    assert Owed(BOARD) in taken.informing.owed


def test_what_is_over_before_anybody_was_told_is_no_news_any_more() -> None:
    over = withdrawing.withdraw(RAISED, actor(RAVI), "", NOON).issue
    assert RAISED.informing.owed
    assert TimerKind.INFORM not in {one.kind for one in plan(over)}
