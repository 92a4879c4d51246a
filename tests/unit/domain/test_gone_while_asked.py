"""An owner who is gone while others are asked: these keep their time, and whoever follows is asked beside them."""

from collections.abc import Sequence

import pytest

from bot.domain import answering, asking, escalation, handing, working
from bot.domain.events import Cause, EventKind
from bot.domain.functional import send_to
from bot.domain.handing import Wish
from bot.domain.issue import AskStatus, Change, Issue, Stage, Target
from bot.domain.lifecycle import State
from tests.builders import (
    ANA,
    DIRECTOR,
    MANAGER,
    OMAR,
    QUARTER,
    acknowledged,
    actor,
    ask,
    climbing,
    contact,
    facts,
    issue,
    level,
    looked,
    matrix,
    minutes,
    path,
    published,
    route,
    user,
)

ZED = Wish(contact("U_ZED"), (user("U_ZED"),), "Zed")
LATER = QUARTER + minutes(5)
PAIR = route([level("Desk", ANA, OMAR), level("Lead", DIRECTOR, within=minutes(30))])
HAS_IT = acknowledged(issue(route=PAIR, asks=(ask(ANA, contact="oncall:care"), ask(OMAR))))
"""Ana has it; a schedule had asked her."""


def kinds(change: Change) -> list[EventKind]:
    """What happened."""
    return [one.kind for one in change.events]


def names(one: Issue) -> set[str]:
    """Who is being asked."""
    return {each.target.id for each in escalation.waiting_for(one)}


def goes(before: Issue, why: str = "left", follows: Sequence[Target] = ()) -> Change:
    """Ana is gone."""
    return handing.owner_gone(before, ANA, why, LATER, follows)


def no_answer(one: Issue) -> Issue:
    """Nobody of those who are asked takes it."""
    return escalation.end_level(one, LATER + minutes(30), Cause.TIMER).issue


CLIMBS = climbing(HAS_IT)


def test_while_it_is_escalated_those_asked_keep_their_time_and_may_follow() -> None:
    change = goes(CLIMBS)
    after = change.issue
    assert kinds(change) == [EventKind.OWNER_GONE]
    assert (after.state, after.gone, after.position) == (State.ACKNOWLEDGED, ANA, CLIMBS.position)
    taken = answering.acknowledge(after, actor(OMAR), LATER).issue
    assert (taken.owner, taken.company.watchers) == (OMAR, ()), "who left Slack cannot stay informed"
    away = goes(CLIMBS, why="away").issue
    assert answering.acknowledge(away, actor(OMAR), LATER).issue.company.watchers == (ANA,)
    on = no_answer(after)
    assert (on.state, on.position.stage) == (State.OPEN, Stage.CATCH_ALL), "and then it is UNANSWERED"


def test_at_the_catch_all_nobody_is_left_to_follow_so_it_is_open_at_once() -> None:
    at_the_end = working.escalate(CLIMBS, actor(MANAGER, manager=True), (2, 0), LATER).issue
    change = goes(at_the_end, follows=[user(ANA)])
    assert (change.issue.state, change.issue.owner) == (State.OPEN, None)
    assert change.issue.position == at_the_end.position
    assert change.events[0].data["opened"] == 1
    assert kinds(change) == [EventKind.OWNER_GONE], "who is gone does not follow themselves"


def test_a_team_is_asked_at_once_and_may_follow() -> None:
    following = asking.ask_people(goes(HAS_IT).issue, [looked("oncall:care", "U_NEXT")], LATER).issue
    team = path("Special", [level("Specialists", DIRECTOR)], match={"type": ("none",)}, functional=True)
    known = published(1, matrix(path("Default"), team))
    seen = following.ask_level, following.position.round
    boss = actor(MANAGER, manager=True)
    after = send_to(following, boss, "Special", known, "Theirs.", seen, LATER).issue
    assert (after.state, after.gone) == (State.ACKNOWLEDGED, ANA)
    assert (after.position.stage, after.level.name) == (Stage.LEVEL, "Specialists")


def test_who_follows_is_asked_beside_those_of_the_escalation() -> None:
    change = handing.owner_gone(CLIMBS, ANA, "away", QUARTER + minutes(20), [user("U_NEXT")])
    after = change.issue
    assert (after.state, names(after)) == (State.ACKNOWLEDGED, {OMAR, "U_NEXT"})
    assert after.position.ends_at == QUARTER + minutes(35), "with at least half of the level's time"
    assert kinds(change) == [EventKind.OWNER_GONE, EventKind.ASKED]


WHO_FOLLOWS = {
    "who is gone": (ANA, CLIMBS),
    "who raised it": (CLIMBS.raiser, CLIMBS),
    "who raised it without their name": (CLIMBS.raiser, CLIMBS.bump(facts=facts(nameless=True))),
    "who is asked already": (OMAR, CLIMBS),
    "who said no": (OMAR, CLIMBS.bump(asks=(*CLIMBS.asks[:-1], ask(OMAR, 2, status=AskStatus.DECLINED)))),
    "by no schedule": ("U_NEXT", climbing(issue(route=PAIR))),
}


@pytest.mark.parametrize("name", WHO_FOLLOWS)
def test_who_cannot_follow_is_not_asked(name: str) -> None:
    who, before = WHO_FOLLOWS[name]
    assert kinds(goes(before, follows=[user(who)])) == [EventKind.OWNER_GONE]


def test_a_hand_over_under_way_goes_on_with_who_follows_and_then_it_is_open() -> None:
    before = handing.assign(HAS_IT, actor(ANA), ZED, "lunch", LATER).issue
    before = asking.ask_people(before, [looked("U_ZED", "U_ZED")], LATER).issue
    change = goes(before, follows=[user("U_NEXT")])
    after = change.issue
    assert (after.state, after.gone, after.position.stage) == (State.ACKNOWLEDGED, ANA, Stage.NAMED)
    assert names(after) == {"U_ZED", "U_NEXT"}
    assert after.care.named
    assert (after.care.named.by, after.care.named.why) == (ANA, "lunch")
    on = no_answer(after)
    assert (on.position.stage, on.state) == (Stage.LEVEL, State.OPEN)
