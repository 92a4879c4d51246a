"""The end of an issue, and what happens when it was not the end."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.asking import ask_people, contacts_to_ask
from bot.domain.care import Care
from bot.domain.clocks import ClockKind
from bot.domain.closing import close, confirm, dispute
from bot.domain.errors import FieldErrors, NotAllowed, Refused
from bot.domain.events import Cause, EventKind
from bot.domain.issue import Change, Issue, Stage
from bot.domain.lifecycle import State
from bot.domain.looked import Looked
from bot.domain.permissions import Action, Actor, Role, require, roles
from bot.domain.reopening import why_again
from bot.domain.targets import due_at
from bot.domain.withdrawing import withdraw
from bot.domain.wording.log import line as log_line
from tests.builders import (
    ANA,
    NOON,
    OMAR,
    QUARTER,
    RAVI,
    actor,
    ask,
    at_level_two,
    closed,
    contact,
    issue,
    ladder,
    level,
    looked,
    minutes,
    path,
    position,
    promised,
    resolved,
    route,
    target,
    unanswered,
)
from tests.builders import acknowledged as taken

LATER = QUARTER + minutes(90)
DONE = resolved(issue())


def test_the_requester_confirms_and_it_is_closed() -> None:
    change = confirm(DONE, actor(RAVI), LATER)
    assert (change.issue.state, change.issue.closed_at) == (State.CLOSED, LATER)
    assert change.issue.epoch == DONE.epoch + 1
    (event,) = change.events
    assert (event.kind, event.actor) == (EventKind.CONFIRMED, RAVI)


@pytest.mark.parametrize("who", [actor(ANA), actor("U_DINA", manager=True), actor("U_ELSE")])
def test_nobody_else_confirms(who: Actor) -> None:
    with pytest.raises(NotAllowed, match=r"^Only the requester may confirm that it is solved\.$"):
        confirm(DONE, who, LATER)


def test_silence_closes() -> None:
    change = close(DONE, LATER)
    assert (change.issue.state, change.issue.closed_at) == (State.CLOSED, LATER)
    (event,) = change.events
    assert (event.kind, event.actor, event.data) == (EventKind.CLOSED, None, {"why": "silence"})


# --- dispute ----------------------------------------------------------------------------------------------------------


def test_the_first_dispute_asks_the_last_owner_with_the_full_time_of_that_level() -> None:
    done = resolved(taken(at_level_two(issue()), owner=OMAR), OMAR)
    change = dispute(done, actor(RAVI), "It is down again.", LATER)
    after = change.issue
    assert (after.state, after.opening, after.owner, after.last_owner) == (State.OPEN, 2, None, OMAR)
    assert after.position == position(Stage.OWNER, LATER, level=2, ends_at=LATER + minutes(30), asked=False)
    assert contacts_to_ask(after) == (contact(OMAR),)
    assert (after.resolved_at, after.closed_at, after.asks, after.pressed_at) == (None, None, (), None)
    assert after.acknowledged_at is None, "nobody has it now; the first answer stays in the timeline"
    disputed, started = change.events
    assert (disputed.kind, disputed.actor, disputed.data) == (
        EventKind.DISPUTED,
        RAVI,
        {"why": "It is down again.", "opening": 2},
    )
    assert (started.kind, started.text("cause")) == (EventKind.LEVEL_STARTED, Cause.DISPUTE)


@pytest.mark.parametrize(
    ("stood_at", "stage", "level"),
    [(1, Stage.LEVEL, 2), (2, Stage.LEVEL, 3), (3, Stage.CATCH_ALL, 3)],
)
@pytest.mark.parametrize("opening", [2, 3, 7])
def test_later_disputes_start_one_level_higher(opening: int, stood_at: int, stage: Stage, level: int) -> None:
    repeating = route(path=path(repeat=3))
    done = resolved(issue(route=repeating, opening=opening, care=Care(disputes=opening - 1))).bump(
        position=position(Stage.REST, level=stood_at)
    )
    after = dispute(done, actor(RAVI), "Still down.", LATER).issue
    assert (after.position.stage, after.position.level, after.opening) == (stage, level, opening + 1)


def test_who_is_asked_reads_what_is_still_wrong_until_it_is_solved() -> None:
    first = dispute(resolved(taken(issue())), actor(RAVI), "Down again.", LATER).issue
    assert why_again(first) == "Down again."
    done = resolved(taken(first))
    assert why_again(done) == ""
    assert why_again(dispute(done, actor(RAVI), "And again.", LATER).issue) == "And again."
    assert why_again(issue()) == ""


def test_an_issue_taken_at_the_catch_all_is_disputed_to_its_owner() -> None:
    done = resolved(taken(unanswered(issue()), owner=OMAR), OMAR)
    after = dispute(done, actor(RAVI), "No.", LATER).issue
    assert (after.position.stage, after.position.level, after.last_owner) == (Stage.OWNER, 3, OMAR)


MAY = [
    actor(RAVI),
    actor("U_RITA"),
    actor(ANA),
    actor("U_DINA", manager=True),
]


@pytest.mark.parametrize("who", MAY, ids=["raiser", "requester", "owner", "manager"])
@pytest.mark.parametrize("one", [DONE, closed(issue())], ids=["resolved", "closed"])
def test_who_may_dispute(one: Issue, who: Actor) -> None:
    rita = one.bump(requester="U_RITA")
    assert dispute(rita, who, "No.", LATER).issue.state is State.OPEN


@pytest.mark.parametrize(
    "who", [actor("U_ELSE"), actor("U_ADA", admin=True), actor("U_PAT", path_owner=True), actor(OMAR)]
)
def test_who_may_not(who: Actor) -> None:
    with pytest.raises(NotAllowed, match="may say that it is not solved"):
        dispute(DONE, who, "No.", LATER)


def test_what_is_wrong_must_be_said() -> None:
    with pytest.raises(FieldErrors) as asked:
        dispute(DONE, actor(RAVI), " ", LATER)
    assert asked.value.fields == {"why": "Please say what is still wrong, so that it can be mended."}


def test_fourteen_days_after_closing_it_is_a_new_issue() -> None:
    over = closed(issue(), at=NOON)
    assert dispute(over, actor(RAVI), "No.", NOON + timedelta(days=14)).issue.state is State.OPEN
    with pytest.raises(Refused, match=r"closed more than 14 days ago\. Please raise a new issue\.$"):
        dispute(over, actor(RAVI), "No.", NOON + timedelta(days=14, seconds=1))


def test_a_resolved_issue_may_be_disputed_however_long_it_took() -> None:
    assert dispute(DONE, actor(RAVI), "No.", NOON + timedelta(days=99)).issue.state is State.OPEN


# --- who is asked first, and whether they are there -------------------------------------------------------------------

ON_CALL = issue(
    route=route([level("Care", "oncall:care"), *ladder()[1:]]), asks=(ask(contact="oncall:care"),)
)


def reopened(one: Issue = ON_CALL) -> Issue:
    """Not solved, an hour later."""
    return dispute(resolved(taken(one)), actor(RAVI), "No.", LATER).issue


def test_a_last_owner_who_is_still_on_shift_is_asked_alone() -> None:
    shift = looked("oncall:care", ANA, until=LATER + minutes(5))
    after = ask_people(reopened(), [looked(ANA, ANA), shift], LATER).issue
    assert [one.target.id for one in after.current_asks] == [ANA]
    assert after.position.stage is Stage.OWNER


@pytest.mark.parametrize(
    "shift",
    [looked("oncall:care", OMAR), looked("oncall:care", why="Nobody is on call.")],
    ids=["else", "none"],
)
def test_a_last_owner_who_is_not_on_shift_leaves_it_to_the_people_of_the_level(shift: Looked) -> None:
    change = ask_people(reopened(), [looked(ANA, ANA), shift], LATER)
    after = change.issue
    assert (after.position.stage, after.position.level, after.position.asked) == (Stage.LEVEL, 1, False)
    assert after.position.ends_at == LATER + minutes(15), "with that level's full time"
    assert contacts_to_ask(after) == (contact("oncall:care"),)
    assert change.events[0].data == {"target": ANA, "why": "is not on shift", "stage": "owner"}
    assert not after.care.gone, "they may still be asked as one of the level"


def named(**found: Any) -> tuple[Issue, Change]:
    """Ana, who was asked by her name and no schedule, is looked up after a dispute."""
    before = reopened(issue(asks=(ask(ANA), ask(OMAR))))
    assert contacts_to_ask(before) == (contact(ANA),)
    there = [] if "why" in found else [ANA]
    return before, ask_people(before, [looked(ANA, *there, **found)], LATER)


NOT_THERE: dict[str, tuple[dict[str, Any], str]] = {
    "left Slack": ({"why": "Ana has left Slack."}, "is not in Slack any more"),
    "on leave": ({"away_since": LATER - minutes(5)}, "is away"),
}


@pytest.mark.parametrize("name", NOT_THERE)
def test_a_last_owner_who_is_not_there_leaves_it_to_the_people_of_the_level_at_once(name: str) -> None:
    found, why = NOT_THERE[name]
    before, change = named(**found)
    after = change.issue
    assert (after.position.stage, after.position.level, after.position.asked) == (Stage.LEVEL, 1, False)
    assert after.position.ends_at == LATER + minutes(15), "with that level's full time"
    assert [one.kind for one in change.events] == [EventKind.SKIPPED, EventKind.LEVEL_STARTED]
    said = log_line(before, change.events[0])
    assert said
    assert said.plain() == f"@U_ANA, who had it last, {why}, so the people of the level are asked."


def test_who_is_on_leave_is_not_asked_as_one_of_the_level_either() -> None:
    _, change = named(away_since=LATER - minutes(5))
    level_ = ask_people(change.issue, [looked("#ops-desk", ANA, OMAR)], LATER).issue
    assert [one.target.id for one in level_.current_asks] == [OMAR]


@pytest.mark.parametrize(
    "found",
    [{}, {"away_since": QUARTER}, {"away_since": NOON}],
    ids=["there", "since they took it", "before"],
)
def test_who_did_something_on_it_since_their_leave_began_is_there(found: dict[str, Any]) -> None:
    before = reopened(issue())
    before = replace(before, care=replace(before.care, active_at=QUARTER))
    after = ask_people(before, [looked(ANA, ANA, **found)], LATER).issue
    assert [one.target.id for one in after.current_asks] == [ANA]


def test_leave_counts_for_the_last_owner_alone() -> None:
    """Whoever the matrix or a colleague names is asked: their schedule is the way to be asked in turns."""
    one = issue(asks=(), position=position(asked=False))
    after = ask_people(one, [looked(ANA, ANA, away_since=NOON + minutes(1))], LATER).issue
    assert [one.target.id for one in after.current_asks] == [ANA]


def test_opened_again_nobody_is_known_to_be_gone() -> None:
    before = resolved(taken(issue()))
    before = replace(before, care=replace(before.care, gone=ANA, gone_why="away"))
    assert dispute(before, actor(RAVI), "No.", LATER).issue.care.gone == ""


def test_a_last_owner_who_was_asked_as_such_keeps_their_shift() -> None:
    once = ask_people(reopened(), [looked(ANA, ANA), looked("oncall:care", ANA)], LATER).issue
    gone = withdraw(taken(once), actor(RAVI), "", LATER).issue
    again = dispute(gone, actor(RAVI), "It is back.", LATER).issue
    assert contacts_to_ask(again) == (contact(ANA), contact("oncall:care"))


def test_the_resolved_time_counts_as_a_pause() -> None:
    one = issue(route=promised(target=target("15m", "4h")))
    after = dispute(resolved(taken(one)), actor(RAVI), "No.", LATER).issue
    was, now = due_at(one, ClockKind.RESOLVE), due_at(after, ClockKind.RESOLVE)
    assert was is not None
    assert now == was + (LATER - (QUARTER + minutes(15)))


def test_who_had_it_before_it_was_reopened_counts_as_its_owner_until_somebody_has_it() -> None:
    before, old = issue(last_owner="U_OLD", private=True), actor("U_OLD")
    assert roles(before, old) == {Role.OWNER, Role.WATCHER}
    after = taken(before)
    assert roles(after, old) == {Role.WATCHER}, "and so they still see it"
    with pytest.raises(NotAllowed, match=r"^Only .* may resolve it\.$"):
        require(Action.RESOLVE, after, old)
