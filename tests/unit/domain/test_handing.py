"""Giving back, handing over, and an owner who is gone: who is asked then, and who has it meanwhile."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from bot.domain import answering, asking, breaching, escalation, handing
from bot.domain.care import Named
from bot.domain.errors import FieldErrors, NotAllowed, Refused
from bot.domain.events import Cause, EventKind
from bot.domain.handing import Wish
from bot.domain.issue import AskStatus, Change, Issue, Stage
from bot.domain.lifecycle import State
from bot.domain.matrix.model import IfNobody
from bot.domain.permissions import Actor
from bot.domain.rerouting import reroute
from bot.domain.targets import resolve_by
from bot.domain.timers import TimerKind, plan
from tests.builders import (
    ANA,
    DIRECTOR,
    MANAGER,
    NOON,
    OMAR,
    QUARTER,
    RAVI,
    acknowledged,
    actor,
    ask,
    climbing,
    contact,
    issue,
    level,
    looked,
    minutes,
    path,
    position,
    promised,
    route,
    target,
    unanswered,
    user,
)

LATER = QUARTER + minutes(5)
PAIR = route([level("Desk", ANA, OMAR), level("Lead", DIRECTOR, within=minutes(30))])
HAS_IT = acknowledged(issue(route=PAIR, asks=(ask(ANA), ask(OMAR))))
"""Ana has it; Omar of the same level was asked too."""


def kinds(change: Change) -> list[EventKind]:
    """What happened."""
    return [one.kind for one in change.events]


def gives_back(before: Issue = HAS_IT, who: str = ANA, reason: str = "") -> Change:
    """Ana gives it back."""
    return handing.give_back(before, actor(who), reason, LATER)


def asked(change: Change, now: datetime = LATER) -> Change:
    """Then the people of the present place are looked up and asked: each contact stands for itself."""
    found = [looked(str(one), user(str(one))) for one in asking.contacts_to_ask(change.issue)]
    return change.then(asking.ask_people(change.issue, found, now))


def names(one: Issue) -> set[str]:
    """Who is being asked."""
    return {each.target.id for each in escalation.waiting_for(one)}


# --- give back = open again, same level without that person ---


def test_give_back_is_open_again_and_the_same_level_is_asked_without_that_person() -> None:
    change = asked(gives_back(reason="ill"))
    after = change.issue
    assert (after.state, after.owner, after.acknowledged_at) == (State.OPEN, None, None)
    assert (after.position.level, after.position.ends_at) == (1, LATER + minutes(15))
    assert names(after) == {OMAR}
    assert after.declined_by(ANA)
    assert kinds(change)[:2] == [EventKind.GAVE_BACK, EventKind.LEVEL_STARTED]
    assert after.epoch > HAS_IT.epoch


def test_where_nobody_else_is_on_the_level_the_next_one_is_asked() -> None:
    alone = acknowledged(issue(route=route([level("Desk", ANA), level("Lead", OMAR)])))
    change = asked(gives_back(alone))
    assert (change.issue.position.level, change.events[-1].text("cause")) == (2, Cause.ALL_DECLINED)


def test_who_took_it_without_being_asked_counts_as_having_declined_too() -> None:
    taken = acknowledged(issue(route=PAIR, asks=(ask(OMAR),)), DIRECTOR)
    after = gives_back(taken, DIRECTOR, "wrong team").issue
    assert after.declined_by(DIRECTOR)
    up = asked(
        Change(escalation.end_level(asked(Change(after, ())).issue, LATER, Cause.TIMER).issue, ())
    ).issue
    assert up.position.stage is Stage.CATCH_ALL, "the director of level 2 is not asked again"


def test_the_clock_of_the_answer_never_restarts_and_that_of_the_solution_runs_on() -> None:
    way = promised([level("Desk", ANA, OMAR)], target=target("10m", "4h"))
    before = acknowledged(issue(route=way, asks=(ask(ANA), ask(OMAR))))
    after = gives_back(before).issue
    assert after.responded_at == before.responded_at
    assert resolve_by(after) == resolve_by(before)
    due = {one.kind for one in plan(after)}
    assert TimerKind.RESOLVE_BREACH in due
    assert TimerKind.RESPOND_BREACH not in due


def test_waiting_ends_when_it_is_given_back() -> None:
    waits = breaching.pause(HAS_IT, QUARTER, "requester", ANA).issue
    change = gives_back(waits)
    assert change.issue.clocks.pauses[0].end == LATER
    assert kinds(change) == [EventKind.GAVE_BACK, EventKind.WENT_ON, EventKind.LEVEL_STARTED]


def test_a_further_level_that_is_asked_already_keeps_its_time() -> None:
    before = climbing(issue())
    change = gives_back(before)
    assert kinds(change) == [EventKind.GAVE_BACK]
    assert change.issue.epoch > before.epoch
    assert (change.issue.state, change.issue.position) == (State.OPEN, before.position)
    assert names(change.issue) == {OMAR}
    assert TimerKind.LEVEL_END in {one.kind for one in plan(change.issue)}


@pytest.mark.parametrize("who", [actor(OMAR), actor(MANAGER, manager=True), actor(RAVI), actor("U_ELSE")])
def test_only_who_has_it_gives_it_back(who: Actor) -> None:
    with pytest.raises(NotAllowed):
        handing.give_back(HAS_IT, who, "", LATER)


def test_who_had_it_in_an_earlier_opening_is_told_who_has_it_now() -> None:
    before = HAS_IT.bump(last_owner="U_OLD")
    with pytest.raises(NotAllowed) as refused:
        handing.give_back(before, actor("U_OLD"), "", LATER)
    assert str(refused.value) == "Only @U_ANA, who has it, may give it back."


# --- assign and hand over: never lost -------------------------------------------------------------------------------


def wish(*ids: str, text: str = "", called: str = "Somebody") -> Wish:
    """These people, by their own names or by this contact."""
    return Wish(contact(text or ids[0]), tuple(user(one) for one in ids), called)


def assigns(before: Issue = HAS_IT, who: str = ANA, to: Wish | None = None, why: str = "lunch") -> Change:
    """Ana asks Zed."""
    return handing.assign(before, actor(who), to or wish("U_ZED"), why, LATER)


def test_whoever_is_named_is_asked_with_the_levels_full_time_and_the_owner_keeps_it() -> None:
    change = asked(assigns())
    after = change.issue
    assert (after.state, after.owner) == (State.ACKNOWLEDGED, ANA)
    assert (after.position.stage, after.position.ends_at) == (Stage.NAMED, LATER + minutes(15))
    assert names(after) == {"U_ZED"}
    assert kinds(change) == [EventKind.ASSIGNED, EventKind.LEVEL_STARTED, EventKind.ASKED]
    assert after.care.named == Named((contact("U_ZED"),), ANA, "lunch")


def test_whoever_takes_it_becomes_owner() -> None:
    taken = answering.acknowledge(asked(assigns()).issue, actor("U_ZED"), LATER + minutes(1))
    assert (taken.issue.owner, taken.events[0].text("previous")) == ("U_ZED", ANA)
    assert not taken.issue.asking


ENDS: dict[str, Callable[[Issue], Change]] = {
    "after the time": lambda one: escalation.end_level(one, LATER + minutes(15), Cause.TIMER),
    "when they say no": lambda one: answering.decline(one, actor("U_ZED"), LATER),
    "when they cannot be reached": lambda one: escalation.mark_unreachable(one, user("U_ZED"), "gone", LATER),
}


@pytest.mark.parametrize("name", ENDS)
def test_if_nobody_takes_it_it_stays(name: str) -> None:
    change = ENDS[name](asked(assigns(who=OMAR)).issue)
    assert (change.issue.owner, change.issue.asking, change.issue.care.named) == (ANA, False, None)
    assert change.events[-1].kind is EventKind.NOT_TAKEN
    assert change.events[-1].text("by") == OMAR


def test_who_cannot_be_looked_up_at_all_leaves_it_where_it_is() -> None:
    before = assigns(to=wish("U_ZED", text="oncall:night")).issue
    change = asking.ask_people(before, [looked("oncall:night", why="Nobody is on call.")], LATER)
    assert kinds(change) == [EventKind.UNREACHABLE, EventKind.NOT_TAKEN]
    assert change.issue.owner == ANA


def test_on_an_open_issue_they_are_asked_in_addition_with_at_least_half_of_the_time() -> None:
    before = issue(route=PAIR)
    change = handing.assign(
        before, actor(MANAGER, manager=True), wish("U_ZED"), "knows it", NOON + minutes(12)
    )
    after = change.issue
    assert names(after) == {ANA, "U_ZED"}
    assert after.position.ends_at == NOON + minutes(12) + minutes(7.5)
    assert (after.epoch, after.position.stage) == (before.epoch, Stage.LEVEL)
    up = escalation.end_level(after, after.position.ends_at or LATER, Cause.TIMER)
    assert (up.issue.position.level, up.issue.care.named) == (2, None), "the ladder goes on afterwards"


def test_named_early_the_end_of_the_level_stays() -> None:
    before = issue(route=PAIR)
    after = handing.assign(before, actor(ANA), wish("U_ZED"), "", NOON + minutes(1)).issue
    assert after.position.ends_at == before.position.ends_at


def test_while_a_further_level_is_asked_they_are_asked_in_addition_too() -> None:
    after = assigns(climbing(issue())).issue
    assert names(after) == {OMAR, "U_ZED"}
    assert (after.owner, after.position.level) == (ANA, 2)


def test_a_second_name_is_asked_beside_the_first() -> None:
    first = asked(assigns()).issue
    after = assigns(first, to=wish("U_TWO")).issue
    assert names(after) == {"U_ZED", "U_TWO"}
    assert [str(one) for one in asking.contacts_to_ask(after)] == ["U_ZED", "U_TWO"]


def test_at_the_catch_all_they_are_asked_beside_the_manager_and_it_nags_on() -> None:
    before = unanswered(issue())
    after = handing.assign(before, actor(MANAGER, manager=True), wish("U_ZED"), "", LATER).issue
    assert names(after) == {MANAGER, "U_ZED"}
    assert after.position == before.position


def test_a_level_that_waits_for_a_shift_asks_who_is_named_now() -> None:
    way = route([level("Desk", "oncall:day", if_nobody=IfNobody.HOLD), level("Lead", OMAR)])
    held = issue(
        route=way,
        asks=(),
        position=position(
            asked=False, ends_at=None, look_at=NOON + minutes(600), held_until=NOON + minutes(600)
        ),
    )
    after = handing.assign(held, actor(OMAR, manager=True), wish("U_ZED"), "", LATER).issue
    assert (after.position.held, after.position.ends_at) == (False, LATER + minutes(15))
    assert names(after) == {"U_ZED"}


UNFIT: dict[str, tuple[Issue, Wish, str]] = {
    "who raised it": (HAS_IT, wish(RAVI, called="Ravi"), "Ravi raised it, so somebody else answers it."),
    "who has it": (HAS_IT, wish(ANA, called="Ana"), "Ana has it already."),
    "who said no in this opening": (
        acknowledged(issue(route=PAIR, asks=(ask(ANA), ask(OMAR, status=AskStatus.DECLINED)))),
        wish(OMAR, called="Omar"),
        "Omar can't take it and said so before. Please talk to them, or choose somebody else.",
    ),
    "who is asked right now": (climbing(issue()), wish(OMAR, called="Omar"), "Omar is being asked already."),
    "a group of nobody": (
        HAS_IT,
        Wish(contact("group:sre"), (), "group:sre"),
        "group:sre stands for nobody right now. Please choose somebody else.",
    ),
}


@pytest.mark.parametrize("name", UNFIT)
def test_it_is_said_at_the_field_who_cannot_be_named(name: str) -> None:
    before, one, said = UNFIT[name]
    with pytest.raises(FieldErrors) as refused:
        assigns(before, to=replace(one, field="to"))
    assert refused.value.fields == {"to": said}


def test_of_a_group_those_who_can_be_are_asked() -> None:
    before = issue(route=PAIR, asks=(ask(ANA),))
    after = handing.assign(before, actor(ANA), wish(RAVI, ANA, "U_ZED", text="group:sre"), "", LATER).issue
    assert names(after) == {ANA, "U_ZED"}


@pytest.mark.parametrize(("who", "may"), [(ANA, True), (OMAR, True), (RAVI, False), ("U_ELSE", False)])
def test_who_may_assign(who: str, may: bool) -> None:
    if may:
        assert assigns(who=who).events
        return
    with pytest.raises(NotAllowed):
        assigns(who=who)


def test_another_path_does_not_end_a_hand_over() -> None:
    change = reroute(asked(assigns()).issue, route(path=path("Billing")), LATER)
    assert change.issue.position.stage is Stage.NAMED
    assert [str(one) for one in asking.contacts_to_ask(change.issue)] == ["U_ZED"]


def test_nothing_can_be_given_back_twice() -> None:
    with pytest.raises(Refused, match=r"^ISS-1 is open, so there is nothing to give back\.$"):
        gives_back(gives_back().issue)
