"""Going past the next level: who goes through, who is asked whether it may be, and how the question is settled."""

from dataclasses import replace

import pytest

from bot.domain import answering, bypassing, closing, escalation, handing, sending_back, wishing, working
from bot.domain.errors import FieldErrors, NotAllowed, Refused
from bot.domain.events import Cause, EventKind
from bot.domain.issue import Issue, Stage
from bot.domain.permissions import Actor
from bot.domain.rerouting import reroute
from bot.domain.routing import route as notices_of
from bot.domain.words import load_sentence
from tests.builders import (
    ANA,
    DIRECTOR,
    MANAGER,
    NOON,
    OMAR,
    P2,
    QUARTER,
    RAVI,
    actor,
    ask,
    at_level_two,
    climbing,
    issue,
    ladder,
    minutes,
    path,
    position,
    resolved,
    route,
    unanswered,
)
from tests.builders import acknowledged as taken

SOON = NOON + minutes(5)
LEVEL_1 = (1, 0)
RITA = "U_RITA"
NORMAL = issue(requester=RITA, route=route(priority=P2))
TOP = issue(requester=RITA, route=route(top_priority=True))
OVERRIDDEN = TOP.bump(facts=replace(TOP.facts, priority="p1", priority_reason="The boss is here."))
WHY = "The shift lead is on a plane."


def wished(by: str = RAVI, one: Issue = NORMAL, level: int = 3) -> Issue:
    """Somebody would like to go straight to the director."""
    return bypassing.bypass(one, actor(by), level, WHY, (one.ask_level, one.position.round), SOON).issue


@pytest.mark.parametrize(
    "who",
    [actor(ANA), actor("U_DINA", manager=True), actor(OMAR), actor(RAVI, manager=True)],
    ids=["a level contact", "the manager", "one of a level above", "a raiser who is the manager"],
)
def test_the_people_of_the_ladder_go_through_at_once(who: Actor) -> None:
    change = bypassing.bypass(NORMAL, who, 3, WHY, LEVEL_1, SOON)
    after = change.issue
    assert (after.position.level, after.position.stage, after.position.started_at) == (3, Stage.LEVEL, SOON)
    assert after.position.ends_at == SOON + minutes(60)
    assert after.epoch > NORMAL.epoch
    passed, started = change.events
    assert (passed.kind, passed.actor) == (EventKind.BYPASSED, who.user)
    assert (passed.text("left_out"), passed.data["to"], passed.data["level"]) == ("Shift lead", 3, 1)
    assert (started.kind, started.text("cause")) == (EventKind.LEVEL_STARTED, Cause.BYPASS)
    assert after.pressed_at is None


def test_the_owner_goes_through_and_keeps_it() -> None:
    after = bypassing.bypass(taken(NORMAL), actor(ANA), 3, WHY, LEVEL_1, QUARTER).issue
    assert (after.owner, after.position.level) == (ANA, 3)


@pytest.mark.parametrize("who", [RAVI, RITA], ids=["raiser", "requester"])
@pytest.mark.parametrize("one", [NORMAL, OVERRIDDEN], ids=["not the top priority", "set to P1 by hand"])
def test_a_raisers_or_requesters_wish_asks_the_manager_and_the_ladder_goes_on(one: Issue, who: str) -> None:
    change = bypassing.bypass(one, actor(who), 3, WHY, LEVEL_1, SOON)
    assert [event.kind for event in change.events] == [EventKind.BYPASS_ASKED]
    assert (change.issue.position, change.issue.epoch) == (one.position, one.epoch)
    wish = wishing.wish(change.issue)
    assert wish is not None
    assert (wish.by, wish.level, wish.reason, wish.at) == (who, 3, WHY, SOON)


@pytest.mark.parametrize("who", [RAVI, RITA])
def test_a_top_priority_computed_from_the_facts_goes_through(who: str) -> None:
    change = bypassing.bypass(TOP, actor(who), 3, WHY, LEVEL_1, SOON)
    assert change.issue.position.level == 3
    assert change.events[0].data["early"] == 1, "counted"
    assert change.issue.pressed_at == SOON, "then a pause of one level time"


@pytest.mark.parametrize("who", [actor(ANA), actor(RAVI), actor(MANAGER, manager=True)])
@pytest.mark.parametrize("reason", ["", " \n"])
def test_going_on_needs_a_reason(who: Actor, reason: str) -> None:
    with pytest.raises(FieldErrors) as asked:
        bypassing.bypass(NORMAL, who, 3, reason, LEVEL_1, SOON)
    assert set(asked.value.fields) == {"reason"}


@pytest.mark.parametrize("who", [actor("U_ELSE"), actor("U_PAT", path_owner=True)])
def test_others_may_not(who: Actor) -> None:
    with pytest.raises(NotAllowed, match=r"may jump over a level\.$"):
        bypassing.bypass(NORMAL, who, 3, WHY, LEVEL_1, SOON)


@pytest.mark.parametrize(
    ("one", "level", "says"),
    [
        (NORMAL, 1, "Front desk is not above the level that is asked next, so nothing is left out."),
        (NORMAL, 2, "Shift lead is not above the level that is asked next, so nothing is left out."),
        (at_level_two(NORMAL), 3, "Director is not above the level that is asked next"),
        (unanswered(NORMAL), 3, "Director is not above the level that is asked next"),
        (NORMAL, 4, "The path Payments has no such level. Please choose again."),
        (NORMAL, 0, "The path Payments has no such level. Please choose again."),
    ],
)
def test_only_a_level_above_the_next_can_be_named(one: Issue, level: int, says: str) -> None:
    with pytest.raises(Refused) as refused:
        seen = (one.ask_level, one.position.round)
        bypassing.bypass(one, actor(ANA), level, WHY, seen, QUARTER)
    assert str(refused.value).startswith(says)


def test_a_form_that_was_drawn_for_an_earlier_level_says_who_is_asked() -> None:
    with pytest.raises(Refused, match="is being asked since"):
        bypassing.bypass(at_level_two(NORMAL), actor(ANA), 3, WHY, LEVEL_1, QUARTER)


def test_a_second_wish_while_one_waits_is_a_sentence() -> None:
    with pytest.raises(
        Refused,
        match=r"^@U_RAVI asked at 12:05 UTC to go straight to Director, and the escalation manager decides\. "
        r"Front desk is asked now and answers by 12:15 UTC\.$",
    ):
        bypassing.bypass(wished(), actor(RITA), 3, WHY, LEVEL_1, SOON)


def test_while_one_waits_the_people_of_the_ladder_still_go_through() -> None:
    after = bypassing.bypass(wished(), actor(ANA), 3, WHY, LEVEL_1, SOON).issue
    assert after.position.level == 3
    assert wishing.wish(after) is None


def test_who_is_asked_by_the_jump_reads_why_and_nobody_else_does() -> None:
    here = bypassing.bypass(NORMAL, actor(ANA), 3, WHY, LEVEL_1, SOON).issue
    assert bypassing.why_straight(here, 3, 0) == WHY
    assert bypassing.why_straight(here, 1, 0) == "", "the level that was left behind"
    assert bypassing.why_straight(here, 3, 1) == "", "the same level, asked another time"
    assert bypassing.why_straight(wished(), 3, 0) == "", "nobody said yes yet"
    allowed = bypassing.answer(wished(), actor(MANAGER, manager=True), True, SOON).issue
    assert bypassing.why_straight(allowed, 3, 0) == WHY
    again = closing.dispute(resolved(here), actor(RITA), "No.", QUARTER + minutes(60)).issue
    assert bypassing.why_straight(again, 3, 0) == "", "another opening"


# --- the answer -------------------------------------------------------------------------------------------------------


def test_yes_asks_that_level() -> None:
    change = bypassing.answer(wished(), actor(MANAGER, manager=True), True, QUARTER - minutes(2))
    assert change.issue.position.level == 3
    assert (change.events[0].kind, change.events[0].text("by")) == (EventKind.BYPASSED, RAVI)
    assert wishing.wish(change.issue) is None


def test_no_leaves_the_ladder_as_it_is_and_pauses_the_asker() -> None:
    before = wished()
    change = bypassing.answer(before, actor(MANAGER, manager=True), False, SOON)
    assert [event.kind for event in change.events] == [EventKind.BYPASS_REFUSED]
    assert (change.issue.position, change.issue.epoch) == (before.position, before.epoch)
    assert wishing.wish(change.issue) is None
    with pytest.raises(Refused, match="You can escalate again from"):
        bypassing.bypass(change.issue, actor(RAVI), 3, WHY, LEVEL_1, SOON)


def test_the_asker_is_told_no_kindly_with_who_is_asked_until_when() -> None:
    before = wished()
    change = bypassing.answer(before, actor(MANAGER, manager=True), False, SOON)
    (told,) = [one for one in notices_of(before, change) if one.to.id == RAVI]
    assert load_sentence(told.text("sentence")).plain() == (
        "@U_MANAGER would rather leave ISS-1 with those who are asked first, and thanks you for pointing it out. "
        "Front desk is asked now and answers by 12:15 UTC."
    )


@pytest.mark.parametrize("yes", [True, False])
def test_nobody_approves_their_own_not_even_as_manager_by_then(yes: bool) -> None:
    with pytest.raises(NotAllowed, match=r"^You asked for this yourself, so somebody else decides"):
        bypassing.answer(wished(), actor(RAVI, manager=True, path_owner=True, admin=True), yes, SOON)


@pytest.mark.parametrize("who", [actor(ANA), actor(RITA), actor("U_ELSE")])
def test_who_may_not_answer_is_told_who_may(who: Actor) -> None:
    with pytest.raises(NotAllowed, match="Only the escalation manager, else the owner of the path, else a"):
        bypassing.answer(wished(), who, True, SOON)


SETTLED: dict[str, tuple[Issue, str]] = {
    "the ladder has come there": (
        escalation.end_level(
            escalation.end_level(wished(), QUARTER, Cause.TIMER).issue, QUARTER + minutes(30), Cause.TIMER
        ).issue,
        "The ladder has come to Director by itself. Nothing to decide any more.",
    ),
    "somebody took it": (
        answering.acknowledge(wished(), actor(ANA), QUARTER).issue,
        "@U_ANA took it. Nothing to decide any more.",
    ),
    "it is solved": (
        working.resolve(wished(), actor(ANA), "Done.", QUARTER).issue,
        "@U_ANA took it. Nothing to decide any more.",
    ),
    "it was sent back": (
        sending_back.send_back(wished(), actor(ANA), "first_try", "", QUARTER).issue,
        "This is settled. Nothing to decide any more.",
    ),
    "its path has no such level any more": (
        reroute(wished(), route(priority=P2, levels=ladder()[:2], version=2), SOON).issue,
        "The path Payments has no such level any more. Nothing to decide.",
    ),
    "it was allowed": (
        bypassing.answer(wished(), actor(MANAGER, manager=True), True, SOON).issue,
        "@U_MANAGER allowed it: Director is asked.",
    ),
    "it was refused": (
        bypassing.answer(wished(), actor(MANAGER, manager=True), False, SOON).issue,
        "@U_MANAGER left it with the ladder.",
    ),
}


@pytest.mark.parametrize("name", SETTLED)
def test_the_question_is_settled_by_itself_and_says_how(name: str) -> None:
    after, says = SETTLED[name]
    assert wishing.wish(after) is None
    one = after.care.bypass
    assert one is not None
    assert bypassing.settled(after, one).plain() == says
    if after.state in ("open", "acknowledged"):
        with pytest.raises(Refused) as refused:
            bypassing.answer(after, actor(MANAGER, manager=True), True, QUARTER + minutes(40))
        assert str(refused.value) == says


def test_what_was_overtaken_stays_so_when_the_ladder_starts_once_more() -> None:
    way = route(priority=P2, path=path(levels=ladder(), repeat=1))
    one = wished(one=issue(requester=RITA, route=way))
    there = wishing.settle(one.bump(position=position(level=3)))
    again = there.bump(position=position(level=1, round=1, repeats=1))
    assert wishing.wish(again) is None
    assert wishing.wish(wishing.settle(one)) is not None, "nothing has overtaken it yet"


def test_what_somebody_took_stays_settled_when_they_give_it_back() -> None:
    took = wishing.settle(answering.acknowledge(wished(), actor(ANA), SOON).issue)
    assert wishing.wish(took) is None, "even in the same instant"
    back = handing.give_back(took, actor(ANA), "", QUARTER).issue
    assert wishing.wish(back) is None


def test_a_climbing_issue_knows_the_level_that_was_left_out_no_more() -> None:
    assert bypassing.above_the_next(climbing(NORMAL)) == ()
    assert bypassing.above_the_next(NORMAL) == (3,)
    assert bypassing.above_the_next(unanswered(NORMAL)) == ()
    assert bypassing.above_the_next(issue(position=position(level=3), asks=(ask(DIRECTOR, 3),))) == ()


def test_a_level_that_was_asked_already_in_this_round_is_asked_anew() -> None:
    one = NORMAL.bump(asks=(*NORMAL.asks, ask(DIRECTOR, 3)))
    after = bypassing.bypass(one, actor(ANA), 3, WHY, LEVEL_1, SOON).issue
    assert after.position.round == 1
    assert after.current_asks == ()


def test_a_resolved_issue_knows_no_bypass() -> None:
    with pytest.raises(Refused, match="nothing to bypass"):
        bypassing.bypass(resolved(NORMAL), actor(ANA), 3, WHY, LEVEL_1, QUARTER)
