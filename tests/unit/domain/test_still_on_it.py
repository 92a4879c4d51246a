""" "Still on it?", the question at the top priority, and a snooze: when they come, what answers them, and what silence
does."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain import answering, breaching, changing, escalation, handing, snoozing, still_on_it, working
from bot.domain.errors import NotAllowed
from bot.domain.events import Cause, EventKind
from bot.domain.handing import Wish
from bot.domain.issue import Change, Issue, Stage
from bot.domain.lifecycle import State
from bot.domain.rerouting import reroute
from bot.domain.snoozing_time import snoozed_until
from bot.domain.span import span
from bot.domain.still_on_it import noticed
from bot.domain.still_on_it_time import asks_at, silent_at, still_open, top_open
from bot.domain.timers import TimerKind, plan
from bot.domain.wording.why import explain
from tests.builders import (
    ANA,
    MANAGER,
    NOON,
    OMAR,
    P2,
    QUARTER,
    acknowledged,
    actor,
    climbing,
    contact,
    issue,
    ladder,
    minutes,
    office,
    path,
    published,
    route,
    target,
    user,
)

HOUR = timedelta(hours=1)
ASKS = path(still_on_it_after=span("1h"))
TAKEN = acknowledged(issue(route=route(path=ASKS)))
"""Ana has it, since a quarter past; she is asked after an hour of silence."""
DUE = QUARTER + HOUR
ASKED = still_on_it.ask_still(TAKEN, DUE).issue


def kinds(change: Change) -> list[EventKind]:
    """What happened."""
    return [one.kind for one in change.events]


def planned(one: Issue) -> dict[TimerKind, datetime]:
    """The timers about the owner."""
    ours = (TimerKind.STILL_ON_IT, TimerKind.STILL_SILENT, TimerKind.SNOOZE_END)
    return {each.kind: each.due_at for each in plan(one) if each.kind in ours}


# --- Still on it? -----------------------------------------------------------------------------------------------------


def test_an_owner_who_showed_no_activity_is_asked() -> None:
    assert planned(TAKEN) == {TimerKind.STILL_ON_IT: DUE}
    assert still_open(ASKED)
    assert planned(ASKED) == {TimerKind.STILL_SILENT: DUE + minutes(15)}


def test_without_the_key_nobody_is_asked() -> None:
    assert planned(acknowledged(issue())) == {}


def test_it_counts_in_the_calendar_of_the_target() -> None:
    way = route(path=ASKS, target=target(calendar="office"), calendars={"office": office()})
    late = acknowledged(issue(route=way), at=NOON + 4.5 * HOUR)
    assert asks_at(late) == NOON + 21.5 * HOUR, "half an hour of Monday, half an hour of Tuesday"


ACTS: dict[str, Callable[[Issue], Change]] = {
    "an update": lambda one: working.update_requester(one, actor(ANA), "Nearly.", DUE),
    "another urgency": lambda one: changing.change_facts(
        one, actor(ANA), {"urgency": "soon"}, published(), DUE
    ),
    "a hand-over": lambda one: handing.assign(
        one, actor(ANA), Wish(contact("U_Z"), (user("U_Z"),), "Z"), "", DUE
    ),
    "a yes": lambda one: still_on_it.keep(one, actor(ANA), DUE),
    "a snooze": lambda one: snoozing.snooze(one, actor(ANA), DUE + 3 * HOUR, DUE),
}


@pytest.mark.parametrize("name", ACTS)
def test_any_act_of_the_owner_is_activity_and_an_answer(name: str) -> None:
    before = ASKED if name != "another urgency" else ASKED.bump(route=replace(ASKED.route, version=1))
    after = noticed(ACTS[name](before)).issue
    assert after.care.active_at == DUE
    assert not still_open(after)
    assert TimerKind.STILL_SILENT not in planned(after)


def test_what_others_do_is_neither() -> None:
    boss = actor(MANAGER, manager=True)
    after = noticed(working.update_requester(ASKED, boss, "Nearly.", DUE)).issue
    assert still_open(after)
    assert after.care.active_at is None


def test_activity_puts_the_question_off() -> None:
    after = noticed(working.update_requester(TAKEN, actor(ANA), "Nearly.", NOON + HOUR)).issue
    assert planned(after) == {TimerKind.STILL_ON_IT: NOON + 2 * HOUR}


BUSY: dict[str, Issue] = {
    "it waits": breaching.pause(TAKEN, QUARTER, "requester", ANA).issue,
    "it is snoozed": snoozing.snooze(TAKEN, actor(ANA), NOON + 9 * HOUR, QUARTER).issue,
    "a level is asked": climbing(issue(route=route(path=ASKS))),
    "nobody has it": issue(route=route(path=ASKS)),
    "it is solved": working.resolve(TAKEN, actor(ANA), "Done.", QUARTER).issue,
}


@pytest.mark.parametrize("name", BUSY)
def test_nobody_is_asked_while(name: str) -> None:
    assert asks_at(BUSY[name]) is None


def test_after_waiting_the_silence_counts_anew() -> None:
    waits = breaching.pause(TAKEN, QUARTER, "requester", ANA).issue
    on = breaching.resume(waits, NOON + 5 * HOUR).issue
    assert asks_at(on) == NOON + 6 * HOUR


def test_after_a_hand_over_that_nobody_took_the_silence_counts_anew() -> None:
    named = handing.assign(
        TAKEN, actor(ANA), Wish(contact("U_Z"), (user("U_Z"),), "Z"), "", NOON + HOUR
    ).issue
    after = escalation.end_level(named, NOON + 2 * HOUR, Cause.TIMER).issue
    assert asks_at(after) == NOON + 3 * HOUR


def test_no_answer_in_the_levels_time_asks_the_next_level_and_keeps_state_and_owner() -> None:
    change = still_on_it.stayed_silent(ASKED, DUE + minutes(15))
    after = change.issue
    assert (after.state, after.owner) == (State.ACKNOWLEDGED, ANA)
    assert (after.position.stage, after.position.level) == (Stage.LEVEL, 2)
    assert after.position.ends_at == DUE + minutes(45)
    assert change.events[-1].text("cause") == Cause.STILL
    assert planned(after) == {}, "somebody is asked already"


def test_their_time_to_answer_stands_still_while_it_waits_or_is_offered_to_somebody_else() -> None:
    waits = breaching.pause(ASKED, DUE + minutes(5), "requester", MANAGER).issue
    assert silent_at(waits) is None
    assert silent_at(breaching.resume(waits, DUE + HOUR).issue) == DUE + minutes(75)
    zed = Wish(contact("U_Z"), (user("U_Z"),), "Z")
    named = handing.assign(ASKED, actor(MANAGER, manager=True), zed, "", DUE + minutes(5)).issue
    assert silent_at(named) is None
    assert silent_at(escalation.end_level(named, DUE + HOUR, Cause.TIMER).issue) == DUE + minutes(75)


def test_who_answers_late_stops_the_escalation_that_their_silence_began() -> None:
    silent = still_on_it.stayed_silent(ASKED, DUE + minutes(15)).issue
    change = still_on_it.keep(silent, actor(ANA), DUE + minutes(20))
    assert (change.issue.asking, change.issue.owner) == (False, ANA)
    assert change.issue.epoch > silent.epoch
    assert change.events[-1].data["stopped"] == 1


def test_but_not_one_that_somebody_asked_for() -> None:
    by_hand = climbing(issue(route=route(path=ASKS)))
    assert still_on_it.keep(by_hand, actor(ANA), DUE).issue.asking
    silent = still_on_it.stayed_silent(ASKED, DUE + minutes(15)).issue
    boss = actor(MANAGER, manager=True)
    further = working.escalate(silent, boss, (2, silent.position.round), DUE + minutes(16)).issue
    assert still_on_it.keep(further, actor(ANA), DUE + minutes(20)).issue.asking


def test_a_question_to_who_had_it_before_is_settled() -> None:
    silent = still_on_it.stayed_silent(ASKED, DUE + minutes(15)).issue
    taken = answering.acknowledge(silent, actor(OMAR, manager=True), DUE + minutes(20), anyway=True).issue
    assert not still_open(taken)
    assert planned(taken) == {TimerKind.STILL_ON_IT: DUE + minutes(80)}


def test_only_who_has_it_keeps_it() -> None:
    with pytest.raises(NotAllowed):
        still_on_it.keep(ASKED, actor(MANAGER, manager=True), DUE)


# --- raised to the top priority ---------------------------------------------------------------------------------------

LOW = acknowledged(issue(route=route(ladder(), priority=P2)))
TOP = route(ladder(), top_priority=True)


def test_raised_to_the_top_priority_the_owner_is_asked_to_confirm() -> None:
    change = reroute(LOW, TOP, DUE, by=MANAGER)
    assert kinds(change) == [EventKind.ROUTE_CHANGED, EventKind.TOP_ASKED]
    assert top_open(change.issue)
    assert change.events[-1].text("until") == (DUE + minutes(15)).isoformat()
    assert planned(change.issue) == {TimerKind.STILL_SILENT: DUE + minutes(15)}


@pytest.mark.parametrize(
    ("before", "by"),
    [(LOW, ANA), (issue(route=route(priority=P2)), MANAGER), (acknowledged(issue(route=TOP)), MANAGER)],
    ids=["by the owner", "nobody has it", "it was at the top before"],
)
def test_nobody_is_asked_to_confirm_when(before: Issue, by: str) -> None:
    assert EventKind.TOP_ASKED not in kinds(reroute(before, replace(TOP, type_title="Other"), DUE, by=by))


def test_another_person_who_changes_the_facts_makes_the_owner_be_asked() -> None:
    before = acknowledged(issue(facts=replace(LOW.facts, urgency="soon"), route=route(priority=P2)))
    wanted = {"urgency": "now"}
    asked = changing.change_facts(before, actor(OMAR, manager=True), wanted, published(), DUE)
    assert kinds(asked) == [EventKind.CHANGED, EventKind.TOP_ASKED]
    assert kinds(changing.change_facts(before, actor(ANA), wanted, published(), DUE)) == [EventKind.CHANGED]


def test_keeping_it_at_the_top_is_said_so() -> None:
    asked = reroute(LOW, TOP, DUE, by=MANAGER).issue
    kept = still_on_it.keep(asked, actor(ANA), DUE + minutes(1))
    assert kept.events[-1].data["top"] == 1
    assert not top_open(kept.issue)


def test_silence_at_the_top_climbs_like_any_other_also_while_it_is_snoozed() -> None:
    quiet = snoozing.snooze(LOW, actor(ANA), DUE + 9 * HOUR, QUARTER).issue
    asked = reroute(quiet, TOP, DUE, by=MANAGER).issue
    assert snoozed_until(asked) is None
    assert silent_at(asked) == DUE + minutes(15)
    assert still_on_it.stayed_silent(asked, DUE + minutes(15)).issue.position.level == 2


def test_while_somebody_is_asked_already_nobody_else_is_asked_because_of_silence() -> None:
    asked = reroute(climbing(issue(route=route(priority=P2))), TOP, DUE, by=MANAGER).issue
    assert top_open(asked)
    assert silent_at(asked) is None


# --- /issue why -------------------------------------------------------------------------------------------------------


def comes(one: Issue) -> list[str]:
    """What ``why`` says happens next by itself."""
    return [line.plain() for line in explain(one, plan(one), DUE)[-1].lines]


def test_why_explains_what_the_owner_is_asked_and_what_comes_of_it() -> None:
    zed = Wish(contact("U_Z"), (user("U_Z"),), "Z")
    named = handing.assign(TAKEN, actor(ANA), zed, "", DUE).issue
    asked_at = (
        "13:15 UTC: who has it is asked whether they are still on it, unless something is heard of them."
    )
    assert comes(TAKEN) == [asked_at]
    assert comes(ASKED) == ["13:30 UTC: Shift lead is asked too, unless who has it says that they are on it."]
    assert comes(snoozing.snooze(TAKEN, actor(ANA), DUE, QUARTER).issue) == ["13:15 UTC: the snooze ends."]
    assert comes(named)[-1] == "13:30 UTC: if nobody of those named has taken it, whoever has it keeps it."
    gone = handing.owner_gone(named, ANA, "left", DUE).issue
    assert comes(gone)[-1] == "13:30 UTC: if nobody of those named has taken it, Front desk is asked."
