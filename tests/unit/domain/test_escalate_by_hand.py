"""Escalating by hand: the next level now, told with what the button was drawn for."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.domain.bypassing import bypass
from bot.domain.errors import FieldErrors, NotAllowed, Refused
from bot.domain.escalation import end_level
from bot.domain.events import Cause, EventKind
from bot.domain.functional import send_to
from bot.domain.issue import Change, Issue, Stage
from bot.domain.lifecycle import State
from bot.domain.permissions import Actor, Role
from bot.domain.pressing import SAME_MOMENT, speaks_for_who_asked
from bot.domain.working import escalate
from tests.builders import (
    ANA,
    DIRECTOR,
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
    level,
    matrix,
    minutes,
    path,
    position,
    published,
    route,
    unanswered,
)
from tests.builders import acknowledged as taken

SOON = NOON + minutes(5)
WORKERS = [actor(ANA), actor("U_DINA", manager=True), actor(DIRECTOR)]
LEVEL_1 = (1, 0)


@pytest.mark.parametrize("who", WORKERS)
def test_contacts_of_any_level_and_manager_go_on_without_a_reason(who: Actor) -> None:
    change = escalate(issue(), who, LEVEL_1, SOON)
    after = change.issue
    assert (after.state, after.position.level, after.position.asked) == (State.OPEN, 2, False)
    assert (after.position.started_at, after.position.ends_at) == (SOON, SOON + minutes(30))
    assert after.pressed_at is None
    kinds = [event.kind for event in change.events]
    assert kinds == [EventKind.ESCALATED, EventKind.LEVEL_STARTED], "a level ended by hand did not run out"
    assert change.events[0].data == {"reason": "", "level": 1, "early": 0}
    assert change.events[0].actor == who.user
    assert change.events[1].text("cause") == "by_hand"


@pytest.mark.parametrize(
    ("is_", "early"),
    [
        ({Role.RAISER}, True),
        ({Role.REQUESTER, Role.RAISER}, True),
        ({Role.RAISER, Role.PATH}, True),
        ({Role.RAISER, Role.CONTACT}, False),
        ({Role.REQUESTER, Role.OWNER}, False),
        ({Role.RAISER, Role.MANAGER}, False),
        ({Role.PATH}, False),
    ],
)
def test_raiser_and_requester_press_as_such_unless_it_is_asked_of_them(is_: set[Role], early: bool) -> None:
    assert speaks_for_who_asked(frozenset(is_)) is early


def test_the_owner_keeps_it_while_the_next_level_is_asked() -> None:
    before = taken(issue())
    after = escalate(before, actor(ANA), LEVEL_1, QUARTER).issue
    assert (after.state, after.owner, after.position.level) == (State.ACKNOWLEDGED, ANA, 2)
    assert after.acknowledged_at == before.acknowledged_at


def test_a_stale_button_says_who_is_being_asked_since_when() -> None:
    with pytest.raises(Refused, match=r"^@U_OMAR is being asked since 12:15 UTC\.$"):
        escalate(at_level_two(issue()), actor(ANA), LEVEL_1, QUARTER + minutes(1))


def test_a_stale_button_of_an_earlier_round_is_stale_too() -> None:
    second = issue(position=position(round=1), asks=(ask(channel("C_OPS"), 1, 1), ask(OMAR, 1, 1)))
    with pytest.raises(Refused, match=r"^#C_OPS and @U_OMAR is being asked since 12:00 UTC\.$"):
        escalate(second, actor(ANA, manager=True), LEVEL_1, SOON)


def test_before_anybody_was_looked_up_the_level_is_named() -> None:
    waiting = at_level_two(issue()).bump(asks=(ask(),))
    with pytest.raises(Refused, match=r"^Shift lead is being asked since 12:15 UTC\.$"):
        escalate(waiting, actor(ANA), LEVEL_1, QUARTER)


def test_an_acknowledged_issue_at_rest_knows_no_stale_button() -> None:
    one = taken(at_level_two(issue()), owner=OMAR)
    assert escalate(one, actor(OMAR), LEVEL_1, QUARTER).issue.position.level == 3


def test_no_rights_no_escalation() -> None:
    with pytest.raises(NotAllowed, match=r"may escalate it\.$"):
        escalate(issue(), actor("U_ELSE"), LEVEL_1, SOON)


# --- early, by raiser or requester ------------------------------------------------------------------------------------

RAISED_FOR_RITA = issue(requester="U_RITA")


@pytest.mark.parametrize("who", [RAVI, "U_RITA"])
@pytest.mark.parametrize("reason", ["", "  \n "])
def test_the_raiser_and_the_requester_need_a_reason(who: str, reason: str) -> None:
    with pytest.raises(FieldErrors) as asked:
        escalate(RAISED_FOR_RITA, actor(who), LEVEL_1, SOON, reason)
    assert asked.value.fields == {
        "reason": "Please say why it cannot wait: this level still has time to answer."
    }


@pytest.mark.parametrize("who", [RAVI, "U_RITA"])
def test_with_a_reason_it_goes_on_and_is_counted(who: str) -> None:
    change = escalate(RAISED_FOR_RITA, actor(who), LEVEL_1, SOON, "A customer is on the phone.")
    assert change.issue.position.level == 2
    assert change.issue.pressed_at == SOON
    assert change.events[0].data == {"reason": "A customer is on the phone.", "level": 1, "early": 1}


def test_then_comes_a_pause_of_the_new_levels_time() -> None:
    once = escalate(RAISED_FOR_RITA, actor(RAVI), LEVEL_1, SOON, "Urgent.").issue
    until = SOON + minutes(30)
    for too_early in (SOON, until - minutes(1)):
        with pytest.raises(
            Refused, match=r"^The next level was just asked\. You can escalate again from 12:35 UTC\."
        ):
            escalate(once, actor("U_RITA"), (2, 0), too_early, "Still urgent.")
    assert escalate(once, actor(RAVI), (2, 0), until, "Still urgent.").issue.position.level == 3


def test_the_pause_holds_nobody_else_up() -> None:
    once = escalate(RAISED_FOR_RITA, actor(RAVI), LEVEL_1, SOON, "Urgent.").issue
    assert escalate(once, actor(ANA), (2, 0), SOON).issue.position.level == 3


def test_a_raiser_who_was_asked_too_needs_no_reason() -> None:
    assert escalate(issue(requester=ANA), actor(ANA), LEVEL_1, SOON).issue.position.level == 2


# --- at the end of the ladder -----------------------------------------------------------------------------------------

LAST = issue(position=position(level=3), asks=(ask("U_BOSS", 3),))


def test_above_the_last_level_is_the_catch_all() -> None:
    after = escalate(LAST, actor("U_BOSS"), (3, 0), SOON).issue
    assert (after.position.stage, after.position.ends_at) == (Stage.CATCH_ALL, None)


@pytest.mark.parametrize(("who", "reason"), [(MANAGER, ""), (RAVI, ""), (RAVI, "Please!")])
def test_above_the_catch_all_is_nothing(who: str, reason: str) -> None:
    with pytest.raises(
        Refused,
        match=r"^There is no level above: @U_MANAGER is asked again every 15 min until somebody takes ISS-1\.",
    ) as refused:
        escalate(unanswered(issue()), actor(who), (0, 0), QUARTER, reason)
    assert not isinstance(refused.value, FieldErrors)


def test_a_climbing_issue_climbs_on_by_hand_without_a_repeat() -> None:
    before = climbing(issue(route=route()))
    after: Issue = escalate(before, actor(OMAR), (2, 0), QUARTER + minutes(1)).issue
    assert (after.position.level, after.owner) == (3, ANA)


def test_escalating_while_the_last_owner_is_asked_goes_above_their_level() -> None:
    one = issue(opening=2, last_owner=ANA, position=position(Stage.OWNER))
    after = escalate(one, actor(ANA), LEVEL_1, SOON).issue
    assert (after.position.stage, after.position.level) == (Stage.LEVEL, 2)


# --- typed: words carry no level that their writer saw ----------------------------------------------------------------

BOSS = actor(MANAGER, manager=True)
ONCE = escalate(issue(), BOSS, LEVEL_1, SOON).issue
ASKED_SINCE = (
    "Shift lead is being asked since 12:05 UTC. If you need somebody further up, press Escalate on the card."
)
AGAIN: dict[str, tuple[Issue, tuple[int, int], timedelta, bool, bool]] = {
    "typed at the same instant": (ONCE, (2, 0), timedelta(0), True, False),
    "typed a moment later": (ONCE, (2, 0), SAME_MOMENT - timedelta(seconds=1), True, False),
    "typed later": (ONCE, (2, 0), SAME_MOMENT, True, True),
    "with the button of that level": (ONCE, (2, 0), timedelta(0), False, True),
    "typed when it was raised just now": (issue(), LEVEL_1, minutes(-5), True, True),
    "typed when the time brought the level": (at_level_two(issue(), SOON), (2, 0), timedelta(0), True, True),
    "typed when somebody took it meanwhile": (taken(ONCE, OMAR, SOON), (2, 0), timedelta(0), True, True),
}
"""What stands, what was seen, how long after it was escalated by hand, whether it was typed, and whether it climbs."""


@pytest.mark.parametrize("name", AGAIN)
def test_typed_twice_at_one_moment_climbs_one_level(name: str) -> None:
    one, seen, after, typed, climbs = AGAIN[name]
    if climbs:
        before = one.position.level
        assert escalate(one, BOSS, seen, SOON + after, typed=typed).issue.position.level == before + 1
        return
    with pytest.raises(Refused) as told:
        escalate(one, BOSS, seen, SOON + after, typed=typed)
    assert told.value.sentence.plain() == ASKED_SINCE


def test_typed_twice_at_one_moment_leaves_a_level_that_was_asked_for_want_of_another_its_time() -> None:
    nobody = end_level(ONCE, SOON + timedelta(seconds=3), Cause.UNREACHABLE).issue
    with pytest.raises(Refused, match=r"^Director is being asked since 12:05 UTC\."):
        escalate(nobody, BOSS, (3, 0), SOON + timedelta(seconds=9), typed=True)
    assert (
        escalate(nobody, BOSS, (3, 0), SOON + SAME_MOMENT, typed=True).issue.position.stage is Stage.CATCH_ALL
    )


def past_a_level(one: Issue) -> Change:
    """To the director at once."""
    return bypass(one, BOSS, 3, "Now.", LEVEL_1, SOON)


def to_a_team(one: Issue) -> Change:
    """To the specialists."""
    team = path("Special", [level("Specialists", DIRECTOR)], match={"type": ("none",)}, functional=True)
    return send_to(
        one, BOSS, "Special", published(1, matrix(path("Default"), team)), "Theirs.", LEVEL_1, SOON
    )


@pytest.mark.parametrize("sends", [past_a_level, to_a_team])
def test_so_does_who_types_it_just_after_somebody_went_past_a_level_or_to_a_team(
    sends: Callable[[Issue], Change],
) -> None:
    one = sends(issue()).issue
    with pytest.raises(Refused, match="is being asked since 12:05 UTC"):
        escalate(one, BOSS, (one.ask_level, one.position.round), SOON, typed=True)
