"""Raiser or requester end it themselves, and it may go on after all."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain import raising_again
from bot.domain.care import Care
from bot.domain.clocks import ClockKind
from bot.domain.closing import TooLate, dispute
from bot.domain.errors import FieldErrors, NotAllowed, Refused
from bot.domain.events import EventKind
from bot.domain.issue import Change, Issue, Stage
from bot.domain.lifecycle import State
from bot.domain.offers import OFFERS
from bot.domain.permissions import Actor
from bot.domain.routing import route as notices_of
from bot.domain.sending_back import send_back
from bot.domain.targets import due_at, running
from bot.domain.timers import plan
from bot.domain.withdrawing import solved, withdraw
from bot.domain.words import load_sentence
from tests.builders import (
    ANA,
    MANAGER,
    NOON,
    OMAR,
    QUARTER,
    RAVI,
    actor,
    ask,
    at_level_two,
    channel,
    climbing,
    issue,
    minutes,
    promised,
    ref,
    resolved,
    route,
    target,
    unanswered,
)
from tests.builders import acknowledged as taken

RITA = "U_RITA"
SOON = NOON + minutes(5)
LATER = QUARTER + minutes(60)
ONE = issue(requester=RITA, route=promised(target=target()))
ANY_TIME = {
    "open": ONE,
    "in work": taken(ONE),
    "in work, asking": climbing(ONE),
    "unanswered": unanswered(ONE),
    "resolved": resolved(taken(ONE)),
}


def said(before: Issue, change: Change) -> dict[str, str]:
    """Who reads what, logs and cards aside."""
    return {
        one.to.id: load_sentence(one.text("sentence")).plain()
        for one in notices_of(before, change)
        if one.text("sentence") and one.kind not in ("log", "mention")
    }


@pytest.mark.parametrize("who", [RAVI, RITA], ids=["raiser", "requester"])
@pytest.mark.parametrize("name", ANY_TIME)
def test_raiser_or_requester_withdraw_it_at_any_time(name: str, who: str) -> None:
    before = ANY_TIME[name]
    change = withdraw(before, actor(who), "It came by itself.", LATER)
    after = change.issue
    assert (after.state, after.closed_at, after.position.stage) == (State.WITHDRAWN, LATER, Stage.REST)
    assert after.epoch > before.epoch
    assert not [timer for timer in plan(after) if timer.epoch == after.epoch]
    assert not any(running(after, kind) for kind in ClockKind)
    assert (change.events[-1].kind, change.events[-1].text("reason")) == (
        EventKind.WITHDRAWN,
        "It came by itself.",
    )


@pytest.mark.parametrize("who", [RAVI, RITA])
@pytest.mark.parametrize("name", ANY_TIME)
def test_or_say_that_it_is_solved_and_there_is_nothing_to_confirm(name: str, who: str) -> None:
    before = ANY_TIME[name]
    change = solved(before, actor(who), "A restart.", LATER)
    after = change.issue
    assert (after.state, after.closed_at, after.position.stage) == (State.CLOSED, LATER, Stage.REST)
    assert after.resolved_at is not None
    assert after.resolution == "A restart."
    assert not plan(after) or all(timer.epoch != after.epoch for timer in plan(after))


def test_what_helped_may_be_left_out_and_what_was_done_stays() -> None:
    after = solved(resolved(taken(ONE)), actor(RITA), "", LATER).issue
    assert after.resolution == "Restarted."
    assert after.resolved_at == resolved(taken(ONE)).resolved_at


@pytest.mark.parametrize("who", [actor(ANA), actor(MANAGER, manager=True), actor("U_ELSE")])
@pytest.mark.parametrize("verb", [withdraw, solved])
def test_nobody_else_does(verb: Callable[..., Change], who: Actor) -> None:
    with pytest.raises(NotAllowed, match=r"^Only who raised it or the requester may withdraw it\.$"):
        verb(taken(ONE), who, "", LATER)


def test_twice_is_a_sentence() -> None:
    gone = withdraw(ONE, actor(RITA), "", SOON).issue
    with pytest.raises(Refused, match=r"^ISS-1 was withdrawn at 12:05 UTC already\.$"):
        withdraw(gone, actor(RAVI), "", LATER)
    done = solved(ONE, actor(RITA), "", SOON).issue
    with pytest.raises(Refused, match=r"^ISS-1 is closed already\. Thank you\.$"):
        solved(done, actor(RAVI), "", LATER)


def test_everybody_asked_and_the_owner_are_told_and_the_requester_once() -> None:
    before = climbing(ONE)
    told = said(before, withdraw(before, actor(RAVI), "Not needed.", LATER))
    assert told == {
        RITA: "@U_RAVI withdrew ISS-1. It can be opened again within 14 days.",
        ANA: "@U_RAVI withdrew ISS-1. Nothing to do any more. Thank you.",
        OMAR: "@U_RAVI withdrew ISS-1. Nothing to do any more. Thank you.",
    }


@pytest.mark.parametrize("who", [RAVI, OMAR], ids=["by the raiser", "by the requester"])
def test_a_requester_who_was_asked_too_is_told_once(who: str) -> None:
    before = climbing(issue(requester=OMAR))
    messages = notices_of(before, withdraw(before, actor(who), "", LATER))
    assert len([one for one in messages if one.to.id == OMAR]) == 1


def test_who_withdrew_their_own_is_told_once() -> None:
    own = issue(route=ONE.route)
    messages = [one for one in notices_of(own, withdraw(own, actor(RAVI), "", SOON)) if one.to.id == RAVI]
    assert len(messages) == 1


def test_who_raised_it_is_told_when_the_requester_withdraws() -> None:
    told = said(ONE, withdraw(ONE, actor(RITA), "", SOON))
    assert told[RAVI] == "@U_RITA withdrew ISS-1. It can be opened again within 14 days."
    assert told[RITA] == "ISS-1 is withdrawn. It can be opened again within 14 days."


def test_when_it_is_solved_those_who_work_on_it_know() -> None:
    before = climbing(ONE)
    change = solved(before, actor(RITA), "", LATER)
    messages = [one for one in notices_of(before, change) if one.to.id == OMAR]
    assert [load_sentence(one.text("sentence")).plain() for one in messages] == [
        "@U_RITA says that ISS-1 is solved. Nothing to do any more. Thank you."
    ]
    assert ANA in said(before, change)


# --- it goes on after all ---------------------------------------------------------------------------------------------


def gone(one: Issue) -> Issue:
    """Withdrawn at a quarter past."""
    return withdraw(one, actor(RITA), "", QUARTER).issue


@pytest.mark.parametrize(
    ("one", "stage", "level"),
    [
        (issue(requester=RITA, asks=()), Stage.LEVEL, 1),
        (ONE, Stage.LEVEL, 1),
        (at_level_two(ONE), Stage.LEVEL, 2),
        (unanswered(ONE), Stage.CATCH_ALL, 3),
        (taken(at_level_two(ONE), owner=OMAR), Stage.OWNER, 2),
    ],
    ids=["nobody was asked yet", "at level 1", "at level 2", "unanswered", "somebody had it"],
)
def test_what_was_withdrawn_goes_on_where_it_was(one: Issue, stage: Stage, level: int) -> None:
    change = dispute(gone(one), actor(RITA), "It is back.", LATER)
    after = change.issue
    assert (after.state, after.opening, after.asks) == (State.OPEN, 2, ())
    assert (after.position.stage, after.position.level, after.position.started_at) == (stage, level, LATER)
    assert change.events[0].text("was") == State.WITHDRAWN


def test_what_was_merged_is_nobody_elses_any_more_when_it_goes_on() -> None:
    merged = ONE.bump(
        state=State.MERGED,
        company=replace(ONE.company, merged_into=9),
        position=ONE.position.at_rest(),
        closed_at=QUARTER,
    )
    after = dispute(merged, actor(RAVI), "It is another one.", LATER).issue
    assert (after.state, after.company.merged_into, after.position.level) == (State.OPEN, None, 1)


def test_the_time_in_which_it_was_withdrawn_is_a_pause() -> None:
    before = taken(ONE)
    after = dispute(gone(before), actor(RITA), "It is back.", LATER).issue
    moved = due_at(after, ClockKind.RESOLVE)
    assert moved == (due_at(before, ClockKind.RESOLVE) or NOON) + (LATER - QUARTER)


def test_to_go_on_is_not_to_say_that_it_is_not_solved() -> None:
    again = dispute(gone(taken(ONE)), actor(RITA), "It is back.", LATER).issue
    assert again.care.disputes == 0
    solved_then = resolved(taken(again, owner=ANA, at=LATER))
    first = dispute(solved_then, actor(RITA), "No.", LATER + minutes(90)).issue
    assert (first.position.stage, first.care.disputes) == (Stage.OWNER, 1), "the first time: the last owner"
    second = dispute(resolved(taken(first)), actor(RITA), "No.", LATER + minutes(190)).issue
    assert (second.position.stage, second.position.level) == (Stage.LEVEL, 2), "the second: one level higher"


@pytest.mark.parametrize(
    "who",
    [actor(RAVI), actor(RITA), actor(ANA), actor(MANAGER, manager=True)],
    ids=["raiser", "requester", "owner", "manager"],
)
def test_who_may_open_it_again(who: Actor) -> None:
    assert dispute(gone(taken(ONE)), who, "It is back.", LATER).issue.state is State.OPEN


def test_who_is_nothing_to_it_may_not() -> None:
    with pytest.raises(NotAllowed, match="may say that it is not solved"):
        dispute(gone(ONE), actor("U_ELSE"), "It is back.", LATER)


def test_why_it_goes_on_must_be_said() -> None:
    with pytest.raises(FieldErrors) as asked:
        dispute(gone(ONE), actor(RITA), "", LATER)
    assert asked.value.fields == {"why": "Please say why it goes on, so that whoever is asked knows."}


def test_what_was_sent_back_is_appealed_not_opened() -> None:
    back = send_back(ONE, actor(ANA), "first_try", "", SOON).issue
    with pytest.raises(Refused, match="may appeal; then somebody else decides"):
        dispute(back, actor(RITA), "It is one.", LATER)


def test_the_offer_to_open_it_again_ends_when_it_is_open() -> None:
    change = withdraw(ONE, actor(RITA), "", QUARTER)
    (offered,) = [one for one in notices_of(ONE, change) if one.to.id == RITA]
    assert OFFERS["open_again"].live(change.issue, offered)
    again = dispute(change.issue, actor(RITA), "It is back.", LATER).issue
    assert not OFFERS["open_again"].live(again, offered)
    assert not OFFERS["open_again"].live(withdraw(again, actor(RITA), "", LATER).issue, offered)
    assert OFFERS["open_again"].settled(again, offered).plain() == "It was opened again."


def test_an_owner_who_was_only_asked_as_part_of_a_channel_is_the_last_owner_too() -> None:
    asked = ONE.bump(asks=(ask(channel("C_OPS")),))
    after = dispute(gone(taken(asked)), actor(RITA), "It is back.", LATER).issue
    assert (after.position.stage, after.last_owner) == (Stage.OWNER, ANA)


# --- too late: a new one, linked --------------------------------------------------------------------------------------

FORTNIGHT = timedelta(days=14)


@pytest.mark.parametrize("one", [gone(ONE), solved(ONE, actor(RITA), "", QUARTER).issue])
def test_fourteen_days_later_it_is_a_new_issue_linked_to_it(one: Issue) -> None:
    assert dispute(one, actor(RITA), "It is back.", QUARTER + FORTNIGHT).issue.state is State.OPEN
    late = QUARTER + FORTNIGHT + timedelta(seconds=1)
    with pytest.raises(TooLate, match=r"more than 14 days ago\. Please raise a new issue\.$"):
        dispute(one, actor(RITA), "It is back.", late)
    linked, begun = raising_again.raise_again(one, ref(7), actor(RITA), "It is back.", route(), late)
    assert (linked.issue.company.links, begun.issue.company.links) == ((7,), (1,))
    assert (linked.issue.state, begun.issue.state) == (one.state, State.OPEN)
    assert (begun.issue.raiser, begun.issue.requester) == (RITA, RITA)
    assert begun.issue.facts.happened.startswith("It is back.\n\nISS-1: Every card payment")
    assert [event.kind for event in linked.events] == [EventKind.LINKED]


def test_a_new_one_is_for_who_could_have_opened_it_again_and_only_when_that_is_too_late() -> None:
    one, late = gone(ONE), QUARTER + FORTNIGHT + timedelta(days=1)
    with pytest.raises(Refused, match="can still be opened again"):
        raising_again.raise_again(one, ref(7), actor(RITA), "Back.", route(), LATER)
    with pytest.raises(NotAllowed):
        raising_again.raise_again(one, ref(7), actor("U_ELSE"), "Back.", route(), late)
    with pytest.raises(FieldErrors):
        raising_again.raise_again(one, ref(7), actor(RITA), " ", route(), late)


def test_what_is_cared_for_of_the_old_opening_is_over() -> None:
    before = gone(taken(ONE)).bump(care=Care(snoozed_until=LATER))
    assert dispute(before, actor(RITA), "It is back.", LATER).issue.care.snoozed_until is None
