"""Waiting, rule by rule: when it may begin, how long it lasts, how it ends, and who reads what."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.domain import breaching, waiting, working
from bot.domain.clocks import ClockKind, Pause
from bot.domain.errors import FieldErrors, NotAllowed, Refused
from bot.domain.events import EventKind
from bot.domain.issue import Change, Issue
from bot.domain.lifecycle import State
from bot.domain.permissions import Actor
from bot.domain.targets import due_at
from bot.domain.timers import WHOLE_LIFE, Timer, TimerKind, plan
from bot.domain.wording import names
from bot.domain.wording.card import headline
from tests.builders import (
    ANA,
    MANAGER,
    NOON,
    QUARTER,
    RAVI,
    acknowledged,
    actor,
    minutes,
)
from tests.unit.domain.changes import changed, of_version_4
from tests.unit.domain.reading import RITA
from tests.unit.domain.waits import HOUR, TAKEN, WAITS, waits, way

# --- beginning --------------------------------------------------------------------------------------------------------


def test_both_clocks_stand_still_and_it_stays_acknowledged() -> None:
    assert WAITS.state is State.ACKNOWLEDGED
    assert WAITS.waiting == Pause(QUARTER, None, "requester", ANA)
    assert (WAITS.epoch, WAITS.owner) == (TAKEN.epoch, ANA)
    assert (WAITS.last_update, WAITS.last_update_at) == ("Which?", QUARTER)
    assert names.state_words(WAITS) == "waiting"
    until = "Waiting for the requester since 12:15 UTC, until Mon 02 Mar 15:15 UTC at the latest."
    assert headline(WAITS).plain().startswith(f"{until} @U_ANA has it")
    assert not [one for one in plan(WAITS) if one.kind in (TimerKind.RESOLVE_WARN, TimerKind.RESOLVE_BREACH)]


WRONG: dict[str, tuple[str, str, Issue, dict[str, str]]] = {
    "a reason the matrix does not name": (
        "The weather",
        "It rains.",
        TAKEN,
        {"reason": "It can wait for one of these: the requester, A part."},
    ),
    "nothing for the requester to answer": (
        "requester",
        "  ",
        TAKEN,
        {"note": "Please write what you need, so that the requester can answer."},
    ),
    "a requester who has it": (
        "requester",
        "Which?",
        replace(TAKEN, requester=ANA),
        {"reason": "The requester has it, so there is nobody to wait for."},
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_the_form_says_at_the_field_what_is_wrong(name: str) -> None:
    reason, note, before, errors = WRONG[name]
    with pytest.raises(FieldErrors) as refused:
        waits(before, reason, note=note)
    assert refused.value.fields == errors


def test_another_reason_needs_no_note_and_leaves_the_last_update() -> None:
    after = waits(TAKEN.bump(last_update="Soon.", last_update_at=NOON), "A part", note="").issue
    assert (after.last_update, after.last_update_at) == ("Soon.", NOON)


def test_what_was_late_before_is_counted_and_stays_so() -> None:
    late = waits(now=NOON + 5 * HOUR)
    assert [one.kind for one in late.events] == [EventKind.BREACHED, EventKind.WAITING]
    assert late.issue.clocks.late_since == NOON + 4 * HOUR


@pytest.mark.parametrize("who", [actor(RAVI), actor(RITA), actor("U_ELSE")])
def test_who_does_not_work_on_it_may_neither_let_it_wait_nor_go_on(who: Actor) -> None:
    with pytest.raises(NotAllowed):
        waiting.wait(TAKEN, who, "requester", "Which?", QUARTER)
    with pytest.raises(NotAllowed):
        waiting.go_on(WAITS, who, QUARTER)


# --- how long ---------------------------------------------------------------------------------------------------------


def timers(about: Issue) -> list[Timer]:
    """Those of the waiting."""
    return [one for one in plan(about) if one.kind in (TimerKind.WAIT_REMIND, TimerKind.WAIT_END)]


def test_it_is_reminded_after_each_third_and_then_goes_on() -> None:
    end = Timer(TimerKind.WAIT_END, WHOLE_LIFE, 1, QUARTER + 3 * HOUR)
    assert timers(WAITS) == [Timer(TimerKind.WAIT_REMIND, WHOLE_LIFE, 1, QUARTER + HOUR), end]
    once = waiting.remind(WAITS, QUARTER + HOUR).issue
    assert timers(once) == [Timer(TimerKind.WAIT_REMIND, WHOLE_LIFE, 2, QUARTER + 2 * HOUR), end]
    assert timers(waiting.remind(once, QUARTER + 2 * HOUR).issue) == [end]


def test_reminders_of_the_level_do_not_count_for_the_waiting() -> None:
    reminded = TAKEN.bump(position=replace(TAKEN.position, reminders=2))
    assert timers(waits(reminded).issue) == timers(WAITS)


def test_what_was_missed_while_rung_was_down_is_one_reminder_or_the_end() -> None:
    both = waiting.remind(WAITS, QUARTER + 2 * HOUR + minutes(5))
    assert [one.data["n"] for one in both.events] == [2]
    over = waiting.remind(WAITS, QUARTER + 3 * HOUR)
    assert [(one.kind, one.data["why"]) for one in over.events] == [(EventKind.WENT_ON, "time")]


def test_without_an_end_nothing_happens_by_itself() -> None:
    assert timers(waits(way(None)).issue) == []


def test_the_time_counts_in_the_calendar_of_the_target() -> None:
    after = waits(way("3h", "office"), now=NOON + 3 * HOUR).issue
    assert [one.due_at for one in timers(after)] == [NOON + 4 * HOUR, NOON + 22 * HOUR]


def test_found_late_the_clocks_run_from_when_its_time_to_wait_was_over() -> None:
    over = waiting.ended(WAITS, QUARTER + 9 * HOUR, waiting.GoesOn.TIME).issue
    assert over.clocks.pauses[0].end == QUARTER + 3 * HOUR
    assert due_at(over, ClockKind.RESOLVE) == NOON + 7 * HOUR


# --- how it ends ------------------------------------------------------------------------------------------------------

LATER = QUARTER + HOUR
SEEN = (WAITS.ask_level, WAITS.position.round)
ENDS: dict[str, tuple[Callable[[Issue], Change], list[EventKind]]] = {
    "by hand": (lambda one: waiting.go_on(one, actor(ANA), LATER), [EventKind.WENT_ON]),
    "by the answer": (
        lambda one: waiting.answer(one, actor(RITA), "This.", LATER),
        [EventKind.ANSWERED, EventKind.WENT_ON],
    ),
    "by escalating": (
        lambda one: working.escalate(one, actor(MANAGER, manager=True), SEEN, LATER),
        [EventKind.ESCALATED, EventKind.WENT_ON, EventKind.CATCH_ALL],
    ),
    "by resolving": (lambda one: working.resolve(one, actor(ANA), "Done.", LATER), [EventKind.RESOLVED]),
}


@pytest.mark.parametrize("name", ENDS)
def test_it_ends(name: str) -> None:
    verb, events = ENDS[name]
    change = verb(WAITS)
    assert change.issue.waiting is None
    assert change.issue.clocks.pauses[0] == Pause(QUARTER, LATER, "requester", ANA)
    assert [one.kind for one in change.events] == events
    assert due_at(change.issue, ClockKind.RESOLVE) == NOON + 5 * HOUR
    assert timers(change.issue) == []


@pytest.mark.parametrize("name", ["requester", "A part"])
def test_an_update_lets_it_wait_on(name: str) -> None:
    before = waits(reason=name).issue
    assert working.update_requester(before, actor(ANA), "Still here.", LATER).issue.waiting == before.waiting


def test_an_answer_does_not_end_the_waiting_for_something_else() -> None:
    change = waiting.answer(waits(reason="A part").issue, actor(RITA), "By the way.", LATER)
    assert change.issue.waiting is not None
    assert [one.kind for one in change.events] == [EventKind.ANSWERED]


def test_only_the_requester_answers_and_not_with_nothing() -> None:
    with pytest.raises(NotAllowed):
        waiting.answer(WAITS, actor(ANA), "This.", LATER)
    with pytest.raises(FieldErrors):
        waiting.answer(WAITS, actor(RITA), " ", LATER)


def test_what_does_not_wait_does_not_go_on() -> None:
    with pytest.raises(Refused, match="does not wait"):
        waiting.go_on(TAKEN, actor(ANA), LATER)
    assert waiting.ended(TAKEN, LATER, waiting.GoesOn.TIME).issue is TAKEN


def test_a_pause_because_it_is_resolved_is_no_waiting() -> None:
    assert working.resolve(TAKEN, actor(ANA), "Done.", LATER).issue.waiting is None


def test_other_facts_leave_it_waiting() -> None:
    before = waits(acknowledged(of_version_4()).bump(requester=RITA)).issue
    change = changed(before, {"urgency": "now"}, now=LATER)
    assert change.issue.waiting == before.waiting
    on = waiting.go_on(change.issue, actor(ANA), LATER + HOUR).issue
    promised = due_at(change.issue, ClockKind.RESOLVE)
    assert promised is not None
    assert due_at(on, ClockKind.RESOLVE) == promised + 2 * HOUR


def test_nothing_is_late_while_it_waits() -> None:
    assert breaching.breach(WAITS, ClockKind.RESOLVE, NOON + 9 * HOUR).issue is WAITS


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("", ("", "")),
        ("requester Which shop?", ("requester", "Which shop?")),
        ("The Requester: which?", ("requester", "which?")),
        ("requesters differ", ("", "requesters differ")),
        ("a supplier", ("A supplier", "")),
        ("A supplier abroad: the part", ("A supplier abroad", "the part")),
        ("Which shop?", ("", "Which shop?")),
    ],
)
def test_a_reason_is_known_by_the_words_that_begin_with_it(words: str, named: tuple[str, str]) -> None:
    assert waiting.reason_named(("requester", "A supplier", "A supplier abroad"), words) == named
