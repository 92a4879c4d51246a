"""Telling the requester how it stands, and solving it."""

from dataclasses import replace

import pytest

from bot.domain.errors import FieldErrors, NotAllowed, Refused
from bot.domain.events import EventKind
from bot.domain.handing import owner_gone
from bot.domain.issue import Issue, Stage
from bot.domain.lifecycle import State
from bot.domain.permissions import Actor
from bot.domain.withdrawing import solved
from bot.domain.working import resolve, update_requester
from tests.builders import (
    ANA,
    DIRECTOR,
    NOON,
    OMAR,
    QUARTER,
    RAVI,
    actor,
    ask,
    climbing,
    issue,
    minutes,
    unanswered,
    user,
)
from tests.builders import acknowledged as taken

SOON = QUARTER + minutes(5)
WORKERS = [actor(ANA), actor("U_DINA", manager=True), actor(DIRECTOR)]


@pytest.mark.parametrize("who", WORKERS)
@pytest.mark.parametrize("one", [issue(), taken(issue()), climbing(issue()), unanswered(issue())])
def test_an_update_is_kept_and_changes_nothing_else(one: Issue, who: Actor) -> None:
    change = update_requester(one, who, "We found the cause.", SOON)
    care = replace(one.care, told_at=SOON)
    assert change.issue == one.bump(last_update="We found the cause.", last_update_at=SOON, care=care)
    (event,) = change.events
    assert (event.kind, event.actor, event.data) == (
        EventKind.UPDATED,
        who.user,
        {"text": "We found the cause."},
    )


@pytest.mark.parametrize("text", ["", " \n"])
def test_an_empty_update_is_asked_for(text: str) -> None:
    with pytest.raises(FieldErrors) as asked:
        update_requester(taken(issue()), actor(ANA), text, SOON)
    assert asked.value.fields == {"text": "Please write what the requester should know."}


def test_the_raiser_cannot_speak_for_the_owner() -> None:
    with pytest.raises(NotAllowed, match="may update the requester"):
        update_requester(taken(issue()), actor(RAVI), "Nearly done.", SOON)


# --- resolve ----------------------------------------------------------------------------------------------------------


def test_the_owner_says_what_was_done() -> None:
    change = resolve(taken(issue()), actor(ANA), "Restarted.", SOON)
    after = change.issue
    assert (after.state, after.owner, after.resolution) == (State.RESOLVED, ANA, "Restarted.")
    assert (after.acknowledged_at, after.resolved_at, after.closed_at) == (QUARTER, SOON, None)
    (event,) = change.events
    assert (event.kind, event.actor, event.data) == (EventKind.RESOLVED, ANA, {"done": "Restarted."})


def test_resolving_from_open_takes_it_in_the_same_step() -> None:
    after = resolve(issue(), actor(ANA), "Restarted.", NOON + minutes(2)).issue
    assert (after.state, after.owner) == (State.RESOLVED, ANA)
    assert after.acknowledged_at == after.resolved_at == NOON + minutes(2)
    assert after.position.stage is Stage.REST


def test_somebody_else_who_resolves_does_not_become_the_owner() -> None:
    after = resolve(taken(issue()), actor("U_DINA", manager=True), "Restarted.", SOON).issue
    assert after.owner == ANA


def test_a_climbing_issue_that_is_resolved_asks_nobody_any_more() -> None:
    after = resolve(climbing(issue()), actor(ANA), "Restarted.", SOON).issue
    assert (after.position.stage, after.position.ends_at) == (Stage.REST, None)
    assert after.position.level == 2, "a dispute goes on from where it stood"


@pytest.mark.parametrize("one", [issue(requester=ANA), taken(issue(requester=ANA))])
def test_what_the_requester_solved_alone_closes_at_once(one: Issue) -> None:
    change = resolve(one, actor(ANA), "It was my own mistake.", SOON)
    after = change.issue
    assert (after.state, after.closed_at, after.resolved_at) == (State.CLOSED, SOON, SOON)
    assert [event.kind for event in change.events] == [EventKind.RESOLVED, EventKind.CLOSED]
    assert change.events[1].data == {"why": "own"}
    assert after.epoch > one.epoch


def test_a_requester_who_only_finished_the_owners_work_is_still_asked() -> None:
    one = taken(issue(requester=OMAR))
    after = resolve(one, actor(OMAR, manager=True), "Restarted.", SOON).issue
    assert after.state is State.RESOLVED


@pytest.mark.parametrize("done", ["", "\t"])
def test_what_was_done_must_be_said(done: str) -> None:
    with pytest.raises(FieldErrors) as asked:
        resolve(issue(), actor(ANA), done, SOON)
    assert asked.value.fields == {"done": "Please write what was done, so that the requester can check it."}


@pytest.mark.parametrize("one", [issue(), taken(issue())], ids=["open", "taken"])
def test_who_is_not_on_the_path_cannot_resolve(one: Issue) -> None:
    with pytest.raises(NotAllowed, match=r"may resolve it\.$"):
        resolve(one, actor("U_ELSE", member=True), "It is fine.", SOON)


LEFT = owner_gone(taken(issue(asks=(ask(contact="oncall:care"),))), ANA, "away", QUARTER).issue


@pytest.mark.parametrize(
    "one", [issue(), unanswered(issue()), LEFT], ids=["open", "unanswered", "owner gone"]
)
@pytest.mark.parametrize("who", [actor(RAVI), actor(RAVI, manager=True)], ids=["raiser", "raiser, manager"])
def test_whoever_raised_it_cannot_take_it_by_resolving(one: Issue, who: Actor) -> None:
    with pytest.raises(
        NotAllowed, match=r"somebody else takes it\. If it is solved, press More and choose It's solved\.$"
    ):
        resolve(one, who, "It is fine.", SOON)
    assert solved(one, who, "It is fine.", SOON).issue.state is State.CLOSED, "what they are pointed to"


def test_whoever_raised_it_resolves_where_they_were_asked_or_somebody_has_it() -> None:
    asked = issue(asks=(ask(target=user(RAVI)),))
    assert resolve(asked, actor(RAVI), "Mine after all.", SOON).issue.owner == RAVI
    after = resolve(taken(issue()), actor(RAVI, manager=True), "Seen to.", SOON).issue
    assert after.owner == ANA
    with pytest.raises(NotAllowed, match=r"may resolve it\.$"):
        resolve(taken(issue()), actor(RAVI), "It is fine.", SOON)


def test_the_second_who_resolves_is_told_who_did() -> None:
    done = resolve(taken(issue()), actor(ANA), "Restarted.", SOON).issue
    with pytest.raises(Refused, match=r"^@U_ANA resolved ISS-1 at 12:20 UTC\.$"):
        resolve(done, actor(OMAR), "Me too.", SOON)
