"""An owner who is gone: the on-call successor is asked at once, then the level's contacts."""

from datetime import datetime

import pytest

from bot.domain import asking, breaching, escalation, handing
from bot.domain.events import Cause, EventKind
from bot.domain.handing import Wish
from bot.domain.issue import Change, Issue, Stage
from bot.domain.lifecycle import State
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
    climbing,
    contact,
    issue,
    level,
    looked,
    minutes,
    route,
    user,
)

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


def test_the_on_call_successor_is_asked_at_once() -> None:
    change = goes()
    after = change.issue
    assert (after.state, after.owner) == (State.OPEN, None)
    assert after.position.stage is Stage.NAMED
    assert [str(one) for one in asking.contacts_to_ask(after)] == ["oncall:care"]
    assert kinds(change) == [EventKind.OWNER_GONE, EventKind.LEVEL_STARTED]
    assert change.events[-1].text("cause") == Cause.OWNER_GONE


def test_then_the_levels_contacts() -> None:
    named = asking.ask_people(goes().issue, [looked("oncall:care", "U_NEXT")], LATER).issue
    change = escalation.end_level(named, LATER + minutes(15), Cause.TIMER)
    assert (change.issue.position.stage, change.issue.state) == (Stage.LEVEL, State.OPEN)
    assert kinds(change) == [EventKind.NOT_TAKEN, EventKind.LEVEL_STARTED]
    again = asking.ask_people(change.issue, [looked("oncall:care", ANA), looked(OMAR, OMAR)], LATER)
    assert names(again.issue) == {OMAR}, "who is gone is not asked"


def test_without_a_schedule_the_level_is_asked_anew_without_them() -> None:
    change = asked(goes(HAS_IT, why="away"))
    assert (change.issue.position.stage, names(change.issue)) == (Stage.LEVEL, {OMAR})
    assert not change.issue.declined_by(ANA), "they did not say no"


def test_when_somebody_is_asked_already_that_ping_is_kept_and_the_owner_dropped() -> None:
    before = climbing(issue())
    change = goes(before)
    assert kinds(change) == [EventKind.OWNER_GONE]
    assert (change.issue.owner, change.issue.position) == (None, before.position)


def test_a_hand_over_under_way_goes_on() -> None:
    before = asked(handing.assign(HAS_IT, actor(ANA), wish("U_ZED"), "lunch", LATER)).issue
    after = goes(before).issue
    assert (after.position.stage, names(after)) == (Stage.NAMED, {"U_ZED"})
    on = escalation.end_level(after, LATER + minutes(15), Cause.TIMER).issue
    assert (on.position.stage, on.state) == (Stage.LEVEL, State.OPEN)


def test_somebody_whom_a_manager_had_named_earlier_is_not_asked_in_the_place_of_the_level() -> None:
    named = handing.assign(issue(route=PAIR), actor(MANAGER, manager=True), wish("U_ZED"), "", NOON).issue
    after = goes(acknowledged(named)).issue
    assert after.position.stage is Stage.LEVEL


def test_waiting_ends_when_the_owner_is_gone() -> None:
    change = goes(breaching.pause(HAS_IT, QUARTER, "requester", ANA).issue)
    assert change.issue.clocks.pauses[0].end == LATER


@pytest.mark.parametrize("before", [issue(), at_level_two(issue()), acknowledged(issue(), OMAR)])
def test_nothing_happens_to_what_they_do_not_have(before: Issue) -> None:
    assert goes(before).issue is before
