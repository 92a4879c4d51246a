"""An owner who is gone: the on-call successor is asked at once, then the level's contacts."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from bot.domain import (
    answering,
    asking,
    breaching,
    bypassing,
    escalation,
    handing,
    noting,
    snoozing,
    still_on_it,
    waiting,
    working,
)
from bot.domain.clocks import ClockKind
from bot.domain.errors import Refused
from bot.domain.events import Cause, EventKind
from bot.domain.handing import Wish
from bot.domain.issue import Change, Issue, Stage
from bot.domain.lifecycle import State
from bot.domain.matrix.model import Priority
from bot.domain.rerouting import reroute
from bot.domain.span import span
from bot.domain.still_on_it import noticed
from bot.domain.timers import TimerKind, plan
from tests.builders import (
    ANA,
    DIRECTOR,
    MANAGER,
    NOON,
    OMAR,
    QUARTER,
    acknowledged,
    actor,
    ask,
    at_level_two,
    contact,
    issue,
    level,
    looked,
    minutes,
    path,
    route,
    target,
    user,
)
from tests.unit.domain.reading import RITA

LATER = QUARTER + minutes(5)
PAIR = route([level("Desk", ANA, OMAR), level("Lead", DIRECTOR, within=minutes(30))])
HAS_IT = acknowledged(issue(route=PAIR, asks=(ask(ANA), ask(OMAR))))
"""Ana has it; Omar of the same level was asked too."""


def kinds(change: Change) -> list[EventKind]:
    """What happened."""
    return [one.kind for one in change.events]


def asked(change: Change, now: datetime = LATER) -> Change:
    """Then the people of the present place are looked up and asked: each contact stands for itself."""
    found = [looked(str(one), user(str(one))) for one in asking.contacts_to_ask(change.issue)]
    return change.then(asking.ask_people(change.issue, found, now))


def names(one: Issue) -> set[str]:
    """Who is being asked."""
    return {each.target.id for each in escalation.waiting_for(one)}


def wish(*ids: str) -> Wish:
    """These people."""
    return Wish(contact(ids[0]), tuple(user(one) for one in ids), "Somebody")


# --- owner gone: the on-call successor is asked at once, then the level's contacts ------------------------------------

ON_CALL = route([level("Desk", "oncall:care", OMAR)])
FROM_SCHEDULE = acknowledged(issue(route=ON_CALL, asks=(ask(ANA, contact="oncall:care"), ask(OMAR))))


def goes(before: Issue = FROM_SCHEDULE, who: str = ANA, why: str = "left") -> Change:
    """Ana is gone."""
    return handing.owner_gone(before, who, why, LATER)


def followed(before: Issue = FROM_SCHEDULE) -> Issue:
    """Ana is gone, and who is on call now is asked to take it over."""
    return asking.ask_people(goes(before).issue, [looked("oncall:care", "U_NEXT")], LATER).issue


def test_the_on_call_successor_is_asked_at_once_and_until_then_it_stays_acknowledged() -> None:
    change = goes()
    after = change.issue
    assert (after.state, after.owner, after.acknowledged_at) == (State.ACKNOWLEDGED, ANA, QUARTER)
    assert (after.gone, after.present_owner) == (ANA, None)
    assert after.position.stage is Stage.NAMED
    assert [str(one) for one in asking.contacts_to_ask(after)] == ["oncall:care"]
    assert kinds(change) == [EventKind.OWNER_GONE, EventKind.LEVEL_STARTED]
    assert change.events[-1].text("cause") == Cause.OWNER_GONE
    assert goes(followed()).issue == followed(), "it is known"


def test_whoever_follows_becomes_owner() -> None:
    after = noticed(answering.acknowledge(followed(), actor("U_NEXT"), LATER)).issue
    assert (after.state, after.owner, after.gone) == (State.ACKNOWLEDGED, "U_NEXT", None)
    assert after.responded_at == QUARTER, "the clock of the first answer never starts again"


def test_who_is_back_and_takes_it_has_it_again_and_nobody_else_is_asked_any_more() -> None:
    change = noticed(answering.acknowledge(followed(), actor(ANA), LATER))
    after = change.issue
    assert (after.state, after.present_owner, after.acknowledged_at) == (State.ACKNOWLEDGED, ANA, LATER)
    assert (names(after), after.company.watchers) == (set(), ())
    assert {TimerKind.LEVEL_END, TimerKind.ASK}.isdisjoint(one.kind for one in plan(after))
    assert change.events[-1].data.keys().isdisjoint({"previous", "left", "unasked", "off_path"})
    with pytest.raises(Refused, match=r"^You have ISS-1 already\.$"):
        answering.acknowledge(after, actor(ANA), LATER)


def test_who_took_it_unasked_is_back_without_being_asked_whether_they_mean_it() -> None:
    unasked = acknowledged(issue(asks=(ask(OMAR),)))
    climbs = escalation.climb(unasked, LATER, Cause.BREACH).issue
    after = answering.acknowledge(goes(climbs).issue, actor(ANA), LATER + minutes(1)).issue
    assert (after.owner, after.asking) == (ANA, False)


def test_no_news_are_late_for_the_time_before_who_has_it_was_back() -> None:
    often = Priority("p1", "P1 Critical", 0, update_every=span("30m"))
    gone = followed(FROM_SCHEDULE.bump(requester=RITA, route=replace(ON_CALL, priority=often)))
    assert TimerKind.UPDATE_LATE not in {one.kind for one in plan(gone)}
    back = LATER + minutes(200)
    after = noticed(noting.note(gone, actor(ANA), "I am back.", back)).issue
    assert [one.due_at for one in plan(after) if one.kind is TimerKind.UPDATE_LATE] == [back + minutes(30)]


def test_who_is_back_and_does_something_has_it_again_and_keeps_it() -> None:
    change = noticed(working.update_requester(followed(), actor(ANA), "I am back.", LATER))
    assert (change.issue.gone, change.issue.present_owner) == (None, ANA)
    ended = escalation.end_level(change.issue, LATER + minutes(15), Cause.TIMER)
    assert (ended.issue.state, ended.issue.owner) == (State.ACKNOWLEDGED, ANA)
    assert ended.issue.position.stage is Stage.REST


def no_answer(one: Issue) -> Change:
    """In time."""
    return escalation.end_level(one, LATER + minutes(15), Cause.TIMER)


def says_no(one: Issue) -> Change:
    """The successor cannot."""
    return answering.decline(one, actor("U_NEXT"), LATER)


def is_not_reached(one: Issue) -> Change:
    """The successor's ping comes back."""
    return escalation.mark_unreachable(one, user("U_NEXT"), "closed", LATER)


def nobody_on_call(_one: Issue) -> Change:
    """The schedule is empty."""
    return asking.ask_people(goes().issue, [looked("oncall:care", why="Nobody is on call.")], LATER)


def is_late(one: Issue) -> Change:
    """The time to solve it is over when the successor's time is."""
    promised = replace(one.route, target=target("15m", "35m"))
    return breaching.breach(replace(one, route=promised), ClockKind.RESOLVE, LATER + minutes(15))


NOBODY_FOLLOWS = [no_answer, says_no, is_not_reached, nobody_on_call, is_late]


@pytest.mark.parametrize("ends", NOBODY_FOLLOWS)
def test_when_nobody_follows_it_is_open_and_the_levels_contacts_are_asked_anew(
    ends: Callable[[Issue], Change],
) -> None:
    change = ends(followed())
    after = change.issue
    assert (after.state, after.owner, after.acknowledged_at) == (State.OPEN, None, None)
    assert (after.position.stage, after.position.level) == (Stage.LEVEL, 1)
    assert after.position.ends_at == after.position.started_at + minutes(15), "the level's full time"
    assert kinds(change)[-2:] == [EventKind.NOT_TAKEN, EventKind.LEVEL_STARTED]
    assert change.events[-2].text("gone") == ANA
    again = asking.ask_people(after, [looked("oncall:care", ANA), looked(OMAR, OMAR)], LATER)
    assert names(again.issue) == {OMAR}, "who is gone is not asked"
    assert after.responded_at == QUARTER


def by_hand(one: Issue) -> Change:
    """Somebody cannot wait for the successor."""
    return working.escalate(one, actor(MANAGER, manager=True), (1, one.position.round), LATER)


def past_the_next(one: Issue) -> Change:
    """Nor for the next level."""
    seen = 1, one.position.round
    return bypassing.bypass(one, actor(MANAGER, manager=True), 3, "Now.", seen, LATER)


LADDER = route([*ON_CALL.path.levels, level("Lead", OMAR), level("Head", DIRECTOR)])


@pytest.mark.parametrize(("sends", "number"), [(by_hand, 2), (past_the_next, 3)])
def test_escalated_meanwhile_it_keeps_state_and_owner_until_nobody_of_that_level_follows(
    sends: Callable[[Issue], Change], number: int
) -> None:
    change = sends(followed(replace(FROM_SCHEDULE, route=LADDER)))
    after = change.issue
    assert (after.state, after.gone) == (State.ACKNOWLEDGED, ANA)
    assert (after.position.stage, after.position.level) == (Stage.LEVEL, number)
    on = no_answer(after)
    assert (on.issue.state, on.issue.owner) == (State.OPEN, None)
    assert EventKind.NOT_TAKEN in kinds(on)


def test_escalated_past_the_last_level_it_is_open_and_unanswered() -> None:
    after = by_hand(followed()).issue
    assert (after.state, after.owner, after.position.stage) == (State.OPEN, None, Stage.CATCH_ALL)


def test_those_asked_to_follow_answer_in_time_so_it_does_not_wait() -> None:
    with pytest.raises(Refused) as told:
        waiting.wait(followed(), actor(OMAR), "requester", "Which one?", LATER)
    assert told.value.sentence.plain() == (
        "@U_ANA has left Slack; @U_NEXT is asked to take over until 12:35 UTC. Whoever takes it can let it wait."
    )
    assert noticed(waiting.wait(followed(), actor(ANA), "requester", "Which one?", LATER)).issue.gone is None


def test_another_path_asks_the_successor_too() -> None:
    other = route(path=path("Other", levels=[level("Workshop", DIRECTOR)]))
    after = reroute(followed(), other, LATER).issue
    assert (after.state, after.gone, after.position.stage) == (State.ACKNOWLEDGED, ANA, Stage.NAMED)


def test_who_solves_it_meanwhile_took_it_in_the_same_step() -> None:
    after = working.resolve(followed(), actor(OMAR), "Restarted.", LATER).issue
    assert (after.owner, after.acknowledged_at, after.gone) == (OMAR, LATER, None)
    back = working.resolve(followed(), actor(ANA), "Restarted.", LATER).issue
    assert (back.owner, back.acknowledged_at, back.gone) == (ANA, QUARTER, None)


QUIET = replace(
    FROM_SCHEDULE,
    route=route(
        path=path(levels=[level("Desk", "oncall:care", OMAR)], still_on_it_after=span("1h")),
        priority=Priority("p1", "P1 Critical", 0, span("1h")),
    ),
    requester=RITA,
)
ASKED_STILL = still_on_it.ask_still(QUIET, QUARTER + minutes(4)).issue
SNOOZED = snoozing.snooze(QUIET, actor(ANA), QUARTER + minutes(90), QUARTER + minutes(4)).issue


@pytest.mark.parametrize("before", [QUIET, ASKED_STILL, SNOOZED], ids=["quiet", "still on it?", "snoozed"])
def test_nothing_is_asked_or_promised_in_the_name_of_who_is_gone(before: Issue) -> None:
    kept = {TimerKind.STILL_ON_IT, TimerKind.STILL_SILENT, TimerKind.SNOOZE_END, TimerKind.UPDATE_DUE}
    assert kept & {one.kind for one in plan(before)}
    after = goes(before).issue
    assert {one.kind for one in plan(after)} == {TimerKind.ASK, TimerKind.LEVEL_END}
    up = reroute(after, replace(after.route, top_priority=True), LATER, by=MANAGER).issue
    assert up.care.top_asked_at is None


def test_without_a_schedule_the_level_is_asked_anew_without_them() -> None:
    change = asked(goes(HAS_IT, why="away"))
    assert (change.issue.position.stage, names(change.issue)) == (Stage.LEVEL, {OMAR})
    assert not change.issue.declined_by(ANA), "they did not say no"


def test_somebody_whom_a_manager_had_named_earlier_is_not_asked_in_the_place_of_the_level() -> None:
    named = handing.assign(issue(route=PAIR), actor(MANAGER, manager=True), wish("U_ZED"), "", NOON).issue
    after = goes(acknowledged(named)).issue
    assert after.position.stage is Stage.LEVEL


@pytest.mark.parametrize("before", [HAS_IT, FROM_SCHEDULE], ids=["level", "successor"])
def test_waiting_ends_when_the_owner_is_gone(before: Issue) -> None:
    change = goes(breaching.pause(before, QUARTER, "requester", ANA).issue)
    assert change.issue.clocks.pauses[0].end == LATER
    assert TimerKind.LEVEL_END in {one.kind for one in plan(change.issue)}


@pytest.mark.parametrize("before", [issue(), at_level_two(issue()), acknowledged(issue(), OMAR)])
def test_nothing_happens_to_what_they_do_not_have(before: Issue) -> None:
    assert goes(before).issue is before
