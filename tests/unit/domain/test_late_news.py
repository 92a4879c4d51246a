"""Who reads what when time runs low or out: the requester, who has it, and the escalation manager."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain import breaching
from bot.domain.clocks import ClockKind
from bot.domain.issue import Change, Issue
from bot.domain.notification import NoticeKind
from bot.domain.routing import route as messages
from tests.builders import (
    ANA,
    MANAGER,
    NOON,
    OMAR,
    QUARTER,
    acknowledged,
    ask,
    climbing,
    in_channel,
    issue,
    minutes,
    position,
    promised,
    target,
    unanswered,
)
from tests.unit.domain.reading import RITA, told

RESPOND, RESOLVE = ClockKind.RESPOND, ClockKind.RESOLVE
HOUR = timedelta(hours=1)
AT_ONE = NOON + HOUR
OPEN = issue(route=promised(target=target("15m", "1h", every="2h")), requester=RITA)
"""Ravi raised it for Rita; an answer is due 12:15, a solution 13:00, and every two hours after that."""
TAKEN = acknowledged(OPEN, at=NOON + minutes(5))


def read(before: Issue, change: Change, kind: NoticeKind) -> list[str]:
    """What messages of this kind say."""
    return told(messages(before, change), kind)


LATE: dict[str, tuple[Issue, ClockKind, datetime, list[str]]] = {
    "an answer, while the level has time": (
        OPEN.bump(position=position(ends_at=AT_ONE)),
        RESPOND,
        QUARTER,
        [
            "U_RITA: The answer to ISS-1 is later than promised, and we are sorry. Front desk is asked now and "
            "answers by 13:00 UTC."
        ],
    ),
    "an answer, and the next level is asked": (
        OPEN,
        RESPOND,
        QUARTER,
        [
            "U_RITA: The answer to ISS-1 is later than promised, and we are sorry. Shift lead is asked now and "
            "answers by 12:45 UTC."
        ],
    ),
    "a solution somebody works on": (
        TAKEN,
        RESOLVE,
        AT_ONE,
        [
            "U_RITA: ISS-1 takes longer than promised, and we are sorry. @U_ANA has it. Shift lead is asked now and "
            "answers by 13:30 UTC."
        ],
    ),
    "a solution nobody works on": (
        unanswered(OPEN),
        RESOLVE,
        AT_ONE,
        [
            "U_RITA: ISS-1 takes longer than promised, and we are sorry. The escalation manager has been told and "
            "will find somebody."
        ],
    ),
    "late again without a further step": (
        breaching.breach(unanswered(OPEN), RESOLVE, AT_ONE).issue,
        RESOLVE,
        AT_ONE + 2 * HOUR,
        [],
    ),
}


@pytest.mark.parametrize("name", LATE)
def test_the_requester_reads_when_it_is_later_than_promised(name: str) -> None:
    before, kind, at, sentences = LATE[name]
    assert read(before, breaching.breach(before, kind, at), NoticeKind.REQUESTER) == sentences


def test_owner_and_manager_read_what_was_due_and_whom_to_tell() -> None:
    change = breaching.breach(TAKEN, RESOLVE, AT_ONE)
    assert read(TAKEN, change, NoticeKind.OWNER) == [
        "U_ANA: ISS-1 is later than promised: the solution was due 13:00 UTC. Shift lead is asked now and answers "
        "by 13:30 UTC. Please tell @U_RITA how it goes."
    ]
    assert read(TAKEN, change, NoticeKind.MANAGER) == [
        "U_MANAGER: ISS-1 is later than promised: the solution was due 13:00 UTC. @U_ANA has it. Shift lead is "
        "asked now and answers by 13:30 UTC."
    ]


def test_an_owner_who_waits_for_it_themselves_is_told_once() -> None:
    own = replace(TAKEN, requester=ANA)
    change = breaching.breach(own, RESOLVE, AT_ONE)
    assert len(read(own, change, NoticeKind.OWNER)) == 1
    assert read(own, change, NoticeKind.REQUESTER) == []
    in_public = replace(own, updates_channel=in_channel("C_NEWS"))
    assert len(read(in_public, breaching.breach(in_public, RESOLVE, AT_ONE), NoticeKind.REQUESTER)) == 1


def test_each_further_time_they_read_it_again() -> None:
    once = breaching.breach(climbing(OPEN, at=NOON + minutes(50)), RESOLVE, AT_ONE).issue
    again = breaching.breach(once, RESOLVE, AT_ONE + 2 * HOUR)
    (said,) = read(once, again, NoticeKind.MANAGER)
    assert said.startswith("U_MANAGER: ISS-1 is still later than promised: the solution was due 13:00 UTC.")


def test_a_manager_who_is_asked_or_has_it_is_not_told_as_well() -> None:
    asked = unanswered(OPEN)
    assert read(asked, breaching.breach(asked, RESOLVE, AT_ONE), NoticeKind.MANAGER) == []
    has_it = replace(acknowledged(asked, owner=MANAGER), asks=(ask(MANAGER, 0),))
    change = breaching.breach(has_it, RESOLVE, AT_ONE)
    assert len(read(has_it, change, NoticeKind.OWNER)) == 1
    assert read(has_it, change, NoticeKind.MANAGER) == []


# --- warnings ---------------------------------------------------------------------------------------------------------

WARN = NOON + minutes(48)


def test_the_owner_is_warned_once() -> None:
    change = breaching.warn(TAKEN, RESOLVE, WARN)
    assert change.issue.clocks.resolve.warned
    assert read(TAKEN, change, NoticeKind.OWNER) == [
        "U_ANA: ISS-1: the solution is due 13:00 UTC. Press Escalate if you need help; Update requester tells "
        "@U_RITA how it goes."
    ]
    assert read(TAKEN, change, NoticeKind.MANAGER) == []
    assert read(TAKEN, change, NoticeKind.REQUESTER) == []


def test_while_nobody_has_it_those_who_are_asked_are_reminded() -> None:
    one = OPEN.bump(asks=(ask(ANA), ask(OMAR)))
    notices = messages(one, breaching.warn(one, RESPOND, NOON + minutes(12)))
    assert [each.key for each in notices if each.kind is NoticeKind.REMINDER] == [
        "warn:respond:1:1:0:U_ANA",
        "warn:respond:1:1:0:U_OMAR",
    ]


def test_while_nobody_is_asked_either_the_manager_is_told() -> None:
    waits = OPEN.bump(
        asks=(), position=position(asked=False, ends_at=None, look_at=AT_ONE, held_until=AT_ONE)
    )
    assert read(waits, breaching.warn(waits, RESPOND, NOON + minutes(12)), NoticeKind.MANAGER) == [
        "U_MANAGER: ISS-1: the answer is due 12:15 UTC. Nobody has it yet. Front desk is asked at 13:00 UTC, when "
        "somebody is on duty."
    ]


def test_a_warning_that_comes_after_the_deadline_is_left_to_the_breach() -> None:
    change = breaching.warn(TAKEN, RESOLVE, AT_ONE)
    assert change.events == ()
    assert change.issue.clocks.resolve.warned
