"""Giving back, assigning, keeping and snoozing as people ask for it."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.domain.errors import FieldErrors, Refused
from bot.domain.events import EventKind
from bot.domain.notification import NoticeKind
from bot.domain.span import span
from bot.usecases import work_issue
from bot.usecases.assign_issue import assign
from bot.usecases.commands import AssignIssue, IssueCommand, TextCommand
from bot.usecases.give_back import give_back
from bot.usecases.keep_issue import keep
from bot.usecases.rows import PersonInfo
from bot.usecases.snooze_issue import read_until, snooze
from tests.builders import (
    ANA,
    MANAGER,
    NOON,
    OMAR,
    QUARTER,
    RAVI,
    T1,
    acknowledged,
    ask,
    contact,
    issue,
    level,
    minutes,
    path,
    ref,
    route,
    user,
)
from tests.unit.usecases.desk import Desk

HOUR = timedelta(hours=1)
WAY = route(path=path(levels=[level("Desk", ANA, OMAR)], still_on_it_after=span("1h")))
HAS_IT = acknowledged(issue(route=WAY, asks=(ask(ANA), ask(OMAR))))


def about(who: str = ANA, key: str = "k:1", **more: Any) -> dict[str, Any]:
    """The fields every command has."""
    return {"workspace": T1, "user": who, "key": key, "number": 1, **more}


@pytest.fixture
def held(desk: Desk) -> Desk:
    """Ana has ISS-1 since a quarter past; it is that time now."""
    desk.has(HAS_IT)
    desk.clock.set(QUARTER)
    return desk


# --- what people ask for ----------------------------------------------------------------------------------------------


async def test_giving_back_answers_who_is_asked_and_asks_them(held: Desk) -> None:
    answer = await give_back(held.services, TextCommand(**about(), text=" Ill.\x00 "))
    assert answer.sentence.plain() == "You don't have ISS-1 any more. Desk is asked now."
    assert held.store.timeline.of(ref())[0].text("reason") == "Ill."
    await held.fire()
    assert [one.target.id for one in held.issue().current_asks] == [OMAR]
    assert (await give_back(held.services, TextCommand(**about(), text=""))) == answer, "the same click twice"


async def test_keeping_is_answered(held: Desk) -> None:
    assert (
        await keep(held.services, IssueCommand(**about()))
    ).sentence.plain() == "Thank you. You keep ISS-1."


async def test_activity_is_noted_whatever_the_owner_does_and_the_timer_moves(held: Desk) -> None:
    assert held.timers() == [("still_on_it", 60)]
    held.clock.advance(minutes=20)
    await work_issue.update_requester(held.services, TextCommand(**about(), text="Nearly."))
    assert held.issue().care.active_at == held.clock.now()
    assert ("still_on_it", 60) in held.timers()
    await work_issue.update_requester(held.services, TextCommand(**about(MANAGER, "k:2"), text="Soon."))
    assert held.issue().care.active_at == held.clock.now()


async def test_a_question_that_was_on_its_way_while_the_owner_acted_comes_back_later(held: Desk) -> None:
    due = next(one for one in held.store.timers.of(ref()) if one.kind == "still_on_it")
    held.clock.set(due.due_at - minutes(1))
    await work_issue.update_requester(held.services, TextCommand(**about(), text="Nearly."))
    held.store.timers.drop(ref(), [due])
    held.store.timers.set(ref(), [due])
    held.clock.set(due.due_at)
    await held.fire()
    assert EventKind.STILL_ASKED not in held.happened()
    assert ("still_on_it", 59) in held.timers()


async def test_a_silent_owner_is_asked_once_and_then_the_next_level(held: Desk) -> None:
    held.clock.set(QUARTER + 9 * HOUR)
    await held.fire()
    assert held.happened().count(EventKind.STILL_ASKED) == 1
    assert ("still_silent", 15) in held.timers()
    held.clock.advance(minutes=15)
    await held.fire()
    assert (held.issue().owner, held.issue().asking) == (ANA, True)


# --- whom a name stands for -------------------------------------------------------------------------------------------


def asks(text: str, who: str = ANA, **more: Any) -> AssignIssue:
    """Somebody names this contact."""
    return AssignIssue(**about(who), contact=contact(text), **more)


async def test_a_person_is_looked_up_and_asked(held: Desk) -> None:
    held.directory.knows("@zed", user("U_ZED"))
    answer = await assign(held.services, asks("@zed", why="Knows it."))
    assert answer.sentence.plain() == (
        "ISS-1: @U_ZED is asked now and answers by 12:30 UTC. @U_ANA has it until somebody takes it."
    )
    await held.fire()
    assert [one.target.id for one in held.issue().current_asks] == ["U_ZED"]


async def test_a_group_is_asked_as_it_is_then(held: Desk) -> None:
    held.directory.knows("group:sre", user("U_ONE"), user("U_TWO"))
    answer = await assign(held.services, asks("group:sre"))
    assert answer.sentence.plain().startswith("ISS-1: group:sre is asked now and answers by 12:30 UTC.")
    await held.fire()
    assert [one.target.id for one in held.issue().current_asks] == ["U_ONE", "U_TWO"]


WRONG: dict[str, tuple[str, PersonInfo | None, str]] = {
    "a guest": (
        "U_G",
        PersonInfo("U_G", "Gus", guest=True),
        "Gus is a guest here and cannot be asked to take issues. Please choose somebody else.",
    ),
    "an outsider": (
        "U_G",
        PersonInfo("U_G", "Gus", outsider=True),
        "Gus is of another organisation and cannot be asked here. Please choose somebody else.",
    ),
    "a bot": ("U_G", PersonInfo("U_G", "Gus", bot=True), "Gus is a bot. Please choose somebody else."),
    "who left": (
        "U_G",
        PersonInfo("U_G", "Gus", deactivated=True),
        "Gus has left Slack. Please choose somebody else.",
    ),
    "nobody": ("@gus", None, "nobody is called @gus Please choose somebody else."),
    "who raised it": (RAVI, None, "U_Ravi raised it, so somebody else answers it."),
    "a channel of no matrix": (
        "#lunch",
        None,
        "#lunch is not a channel of the matrix. You can name #all-hands, #issues, #ops-desk.",
    ),
}


@pytest.mark.parametrize("name", WRONG)
async def test_who_cannot_be_named_is_said_at_the_field(held: Desk, name: str) -> None:
    text, person, said = WRONG[name]
    if person is not None:
        held.directory.knows_person(person)
    with pytest.raises(FieldErrors) as refused:
        await assign(held.services, asks(text, field="to"))
    assert refused.value.fields == {"to": said}
    assert held.happened() == []


async def test_without_a_name_it_is_said_how_to_name_somebody(held: Desk) -> None:
    with pytest.raises(FieldErrors, match="Please name one"):
        await assign(held.services, AssignIssue(**about(), contact=None))


async def test_a_channel_of_the_matrix_is_asked(held: Desk) -> None:
    answer = await assign(held.services, asks("#ops-desk"))
    assert answer.sentence.plain().startswith("ISS-1: #ops-desk is asked now")


# --- until when -------------------------------------------------------------------------------------------------------

LONDON = "Europe/London"


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("2h", NOON + 2 * HOUR),
        ("for 90m", NOON + 1.5 * HOUR),
        ("17:00", NOON + 5 * HOUR),
        ("until 17:00", NOON + 5 * HOUR),
        ("tomorrow 9:00", NOON + 21 * HOUR),
        ("UNTIL tomorrow 9:00", NOON + 21 * HOUR),
        ("until tue", NOON + 12 * HOUR),
    ],
)
def test_a_time_is_read_as_it_is_written(text: str, end: datetime) -> None:
    assert read_until(text, NOON, LONDON) == end


@pytest.mark.parametrize(
    "text", ["next blursday", "until next blursday", "", "until", "2020-01-01 08:00", "0h", "\x00"]
)
def test_what_is_no_time_ahead_is_refused_with_examples(text: str) -> None:
    with pytest.raises(Refused, match=r"2h, until 15:00, until tomorrow 9:00 or until fri\.$"):
        read_until(text, NOON, LONDON)


async def test_the_clock_is_that_of_who_snoozes_else_that_of_the_matrix(held: Desk) -> None:
    held.directory.knows_person(PersonInfo(ANA, "Ana", tz="Asia/Tokyo"))
    await snooze(held.services, TextCommand(**about(), text="until 23:00"))
    assert held.issue().care.snoozed_until == NOON + 2 * HOUR
    held.directory.goes_down()
    await snooze(held.services, TextCommand(**about(key="k:2"), text="until 23:00"))
    assert held.issue().care.snoozed_until == NOON + 10 * HOUR, "Berlin"


async def test_an_answer_says_how_long_it_is_quiet(held: Desk) -> None:
    answer = await snooze(held.services, TextCommand(**about(), text="1h"))
    assert answer.sentence.plain() == (
        "I leave you alone with ISS-1 until Mon 02 Mar 13:15 UTC, unless something happens."
    )
    assert held.timers() == [("snooze_end", 60)]
    await held.settle(minutes=60)
    assert "your snooze is over" in held.said(NoticeKind.OWNER)[-1]
