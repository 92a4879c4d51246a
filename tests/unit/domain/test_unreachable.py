"""A message that did not arrive: skipped at once, written down, told. And pinging once more."""

from datetime import timedelta

import pytest

from bot.domain.escalation import early_end, mark_unreachable, waiting_for
from bot.domain.events import Cause, EventKind
from bot.domain.issue import AskStatus, Issue, Stage, Target
from bot.domain.reminding import nag, remind
from bot.domain.timers import plan
from tests.builders import (
    ANA,
    MANAGER,
    NOON,
    OMAR,
    QUARTER,
    ask,
    at_level_two,
    channel,
    climbing,
    issue,
    minutes,
    position,
    unanswered,
    user,
)
from tests.builders import acknowledged as taken

SOON = NOON + minutes(1)
TWO = issue(asks=(ask(ANA, contact="group:ops"), ask(OMAR)))


def test_who_cannot_be_reached_is_written_down_and_the_others_are_still_asked() -> None:
    change = mark_unreachable(TWO, user(ANA), "the DM was refused", SOON)
    assert change.issue.asks[0].status is AskStatus.UNREACHABLE
    assert change.issue.asks[0].reason == "the DM was refused"
    (event,) = change.events
    assert (event.kind, event.data) == (
        EventKind.UNREACHABLE,
        {"contact": "group:ops", "target": ANA, "why": "the DM was refused", "level": 1},
    )
    assert change.issue.position == TWO.position


def test_when_nobody_else_can_answer_the_level_ends_at_once() -> None:
    change = mark_unreachable(issue(), user(ANA), "left Slack", SOON)
    kinds = [event.kind for event in change.events]
    assert kinds == [EventKind.UNREACHABLE, EventKind.LEVEL_ENDED, EventKind.LEVEL_STARTED]
    assert change.events[1].text("cause") == "unreachable"
    assert change.issue.position.level == 2


def test_the_others_having_declined_the_level_ends_too() -> None:
    one = issue(asks=(ask(ANA), ask(OMAR, status=AskStatus.DECLINED)))
    assert mark_unreachable(one, user(ANA), "left", SOON).issue.position.level == 2


def test_an_earlier_levels_failure_does_not_end_the_present_level() -> None:
    change = mark_unreachable(at_level_two(issue()), user(ANA), "left", QUARTER)
    assert [event.kind for event in change.events] == [EventKind.UNREACHABLE]
    assert change.issue.position.level == 2


@pytest.mark.parametrize("who", [user(OMAR), channel(ANA)])
def test_nothing_happens_for_who_is_not_asked(who: Target) -> None:
    one = issue(asks=(ask(ANA), ask(OMAR, status=AskStatus.DECLINED)))
    change = mark_unreachable(one, who, "left", SOON)
    assert change.issue is one
    assert change.events == ()


def test_an_issue_somebody_has_stays_where_it_is() -> None:
    one = taken(TWO)
    change = mark_unreachable(one, user(OMAR), "left", QUARTER)
    assert [event.kind for event in change.events] == [EventKind.UNREACHABLE]
    assert change.issue.position == one.position


def test_a_climbing_issue_climbs_on() -> None:
    assert mark_unreachable(climbing(issue()), user(OMAR), "left", QUARTER).issue.position.level == 3


def test_a_place_that_has_not_asked_yet_does_not_end_early() -> None:
    one = issue(asks=(), position=position(asked=False))
    assert early_end(one, SOON, Cause.UNREACHABLE).issue is one


# --- reminders --------------------------------------------------------------------------------------------------------


def test_a_reminder_is_counted() -> None:
    change = remind(issue(), NOON + minutes(5))
    assert change.issue.position.reminders == 1
    assert change.issue.epoch == 1
    (event,) = change.events
    assert (event.kind, event.data) == (
        EventKind.REMINDED,
        {"n": 1, "level": 1, "name": "Front desk"},
    )


def test_reminders_missed_while_rung_was_down_are_one_reminder() -> None:
    after = remind(issue(), NOON + minutes(12)).issue
    assert after.position.reminders == 2
    assert [timer.due_at for timer in plan(after)] == [QUARTER], "the third would fall on the level's end"


# --- nagging ----------------------------------------------------------------------------------------------------------

UNANSWERED = unanswered(issue())


def test_a_nag_is_counted_and_the_next_is_planned() -> None:
    change = nag(UNANSWERED, QUARTER + minutes(15))
    assert change.issue.position.reminders == 1
    assert change.events[0].kind is EventKind.NAGGED
    assert change.events[0].data == {"n": 1, "level": 0, "name": "Director"}
    assert [timer.due_at for timer in plan(change.issue)] == [QUARTER + minutes(30)]


def test_a_long_outage_is_followed_by_one_nag() -> None:
    after = nag(UNANSWERED, QUARTER + timedelta(hours=10, minutes=2)).issue
    assert after.position.reminders == 40
    assert [timer.due_at for timer in plan(after)] == [QUARTER + timedelta(hours=10, minutes=15)]


def lost(one: Issue) -> Issue:
    """The manager and the channel could not be reached."""
    asks = (
        ask(MANAGER, 0, status=AskStatus.UNREACHABLE, reason="DM refused"),
        ask(channel("C_ALL"), 0, status=AskStatus.UNREACHABLE, reason="archived"),
    )
    return one.bump(asks=(ask(ANA, status=AskStatus.UNREACHABLE), *asks))


def test_when_nobody_could_be_reached_all_are_tried_again_and_looked_up_anew() -> None:
    after = nag(lost(UNANSWERED), QUARTER + minutes(15)).issue
    assert [one.target.id for one in waiting_for(after)] == [MANAGER, "C_ALL"]
    assert after.asks[0].status is AskStatus.UNREACHABLE, "an earlier level is over"
    assert not after.position.asked
    assert {timer.kind.value for timer in plan(after)} == {"ask", "nag"}


def test_who_said_no_is_not_tried_again() -> None:
    one = UNANSWERED.bump(asks=(ask(MANAGER, 0, status=AskStatus.DECLINED),))
    after = nag(one, QUARTER + minutes(15)).issue
    assert waiting_for(after) == ()
    assert not after.position.asked


def test_while_somebody_can_answer_the_others_are_left_alone() -> None:
    one = UNANSWERED.bump(asks=(ask(MANAGER, 0), ask(channel("C_ALL"), 0, status=AskStatus.UNREACHABLE)))
    after = nag(one, QUARTER + minutes(15)).issue
    assert [each.target.id for each in waiting_for(after)] == [MANAGER]
    assert after.position.asked


def test_the_catch_all_is_never_left_by_itself() -> None:
    one = UNANSWERED
    for target in (user(MANAGER),):
        one = mark_unreachable(one, target, "DM refused", QUARTER).issue
    assert one.position.stage is Stage.CATCH_ALL
    assert {timer.kind.value for timer in plan(one)} == {"nag", "shift"}, "the next one is looked up at once"
