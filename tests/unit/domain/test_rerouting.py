"""Another route for an issue in work: on the same path the level stays, another one begins, and the owner keeps it."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import waiting
from bot.domain.asking import ask_people, look_again
from bot.domain.errors import Refused
from bot.domain.escalation import climb, end_level, waiting_for
from bot.domain.events import Cause, EventKind
from bot.domain.informing import inform
from bot.domain.issue import Change, Informing, Issue, Owed, Stage
from bot.domain.lifecycle import State
from bot.domain.matrix.model import Level, Path, Route
from bot.domain.notices import ping
from bot.domain.notification import NoticeKind
from bot.domain.rerouting import reroute
from bot.domain.routing import route as messages
from bot.domain.targets import resolve_by, respond_by
from bot.domain.timers import TimerKind, plan
from bot.domain.wording.card import ladder as rungs
from bot.domain.wording.prompts import prompt
from bot.domain.words import load_sentence
from tests.builders import (
    ANA,
    NOON,
    OMAR,
    acknowledged,
    ask,
    at_level_two,
    channel,
    climbing,
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
from tests.tries import tries
from tests.unit.domain.deadlines import no_later

FIVE_PAST = NOON + minutes(5)
BILLING = path("Billing", [level("Billing desk", "U_BEA", within=minutes(20)), level("Finance", "U_FAY")])


def sooner(within: timedelta, *others: Level, **changes: Any) -> Route:
    """The same path, with another time for level 1."""
    first = replace(ladder()[0], acknowledge_within=level(within=within).acknowledge_within)
    return route(path=path(levels=[first, *(others or ladder()[1:])]), version=2, **changes)


def on(some: Path = BILLING, **changes: Any) -> Route:
    """Another path."""
    return route(path=some, version=2, **changes)


def asked(change: Change, who: str, now: datetime) -> Issue:
    """The people of the present place are looked up and asked."""
    return ask_people(change.issue, [looked(who, who)], now).issue


def due(some: Issue, kind: TimerKind) -> list[datetime]:
    """When its timers of this kind come due."""
    return [one.due_at for one in plan(some) if one.kind is kind]


# --- the same path ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("within", "ends"),
    [(minutes(10), NOON + minutes(10)), (minutes(2), NOON + minutes(2)), (minutes(60), NOON + minutes(15))],
    ids=["sooner", "over already", "never later"],
)
def test_the_level_is_kept_and_ends_at_the_earlier_time_from_the_ping(
    within: timedelta, ends: datetime
) -> None:
    before = issue()
    after = reroute(before, sooner(within), FIVE_PAST).issue
    assert (after.position.level, after.position.ends_at, after.epoch) == (1, ends, before.epoch)
    assert due(after, TimerKind.LEVEL_END) == [ends]
    assert waiting_for(after) == waiting_for(before)


@pytest.mark.parametrize(
    ("within", "ends"),
    [(minutes(15), minutes(21.5)), (minutes(5), minutes(19)), (minutes(2), minutes(16))],
    ids=["the same", "sooner", "sooner still"],
)
def test_who_was_asked_later_has_the_time_from_their_own_ping(within: timedelta, ends: timedelta) -> None:
    before = look_again(issue(), [looked(OMAR, OMAR)], NOON + minutes(14)).issue
    after = reroute(before, sooner(within), NOON + minutes(16)).issue
    assert after.position.ends_at == NOON + ends


def test_who_was_asked_before_it_waited_keeps_what_was_left() -> None:
    asks_two = climbing(issue())
    began, goes_on = asks_two.position.started_at, NOON + minutes(600)
    waits = asks_two.bump(clocks=asks_two.clocks.stopped(began + minutes(10), "requester", ANA))
    before = waiting.ended(waits, goes_on, waiting.GoesOn.ANSWER).issue
    assert before.position.ends_at == goes_on + minutes(20)
    levels = [
        ladder()[0],
        replace(ladder()[1], acknowledge_within=level(within=minutes(25)).acknowledge_within),
    ]
    for way, left in ((before.route, 20), (route(levels=levels), 15)):
        after = reroute(before, replace(way, version=2, type_title="Refunds"), goes_on + minutes(1)).issue
        assert after.position.ends_at == goes_on + minutes(left)


def test_reminders_that_would_have_been_are_not_made_up_for() -> None:
    faster = replace(ladder()[0], remind_every=level(within=minutes(2)).acknowledge_within)
    after = reroute(issue(), route(path=path(levels=[faster, *ladder()[1:]])), FIVE_PAST).issue
    assert due(after, TimerKind.REMIND) == [NOON + minutes(6)]


def test_new_people_of_the_level_are_asked_too_and_the_old_may_still_answer() -> None:
    other = replace(ladder()[0], contacts=(contact(OMAR),))
    change = reroute(issue(), route(path=path(levels=[other, *ladder()[1:]])), FIVE_PAST)
    assert due(change.issue, TimerKind.SHIFT) == [FIVE_PAST]
    after = look_again(change.issue, [looked(OMAR, OMAR)], FIVE_PAST).issue
    assert [one.target.id for one in waiting_for(after)] == [ANA, OMAR]


def test_who_was_not_looked_up_yet_is_looked_up_on_the_new_path() -> None:
    other = replace(ladder()[0], contacts=(contact(OMAR),))
    fresh = issue(asks=(), position=position(asked=False))
    after = reroute(fresh, route(path=path(levels=[other, *ladder()[1:]])), FIVE_PAST).issue
    assert due(after, TimerKind.ASK) == [NOON]
    assert due(after, TimerKind.SHIFT) == []


def test_a_level_that_waits_looks_at_once_whether_it_still_has_to() -> None:
    held = issue(asks=(), position=position(asked=False, ends_at=None, look_at=NOON + minutes(600)))
    after = reroute(held, sooner(minutes(10)), FIVE_PAST).issue
    assert due(after, TimerKind.ASK) == [FIVE_PAST]


def test_on_a_shorter_ladder_it_stands_on_the_last_level() -> None:
    after = reroute(at_level_two(issue()), route(levels=ladder()[:1]), NOON + minutes(20)).issue
    assert (after.position.level, after.level.name) == (1, "Front desk")
    assert after.position.ends_at == NOON + minutes(30), "its own time, from the ping"
    assert end_level(after, NOON + minutes(30), Cause.TIMER).issue.position.stage is Stage.CATCH_ALL


def test_the_last_owner_who_is_asked_first_stays_asked() -> None:
    again = issue(position=position(Stage.OWNER), opening=2, last_owner=ANA)
    after = reroute(again, sooner(minutes(10)), FIVE_PAST).issue
    assert (after.position.stage, after.position.ends_at) == (Stage.OWNER, NOON + minutes(10))


def test_under_another_name_it_is_the_same_path_when_that_is_known() -> None:
    renamed = route(path=path("Payments and refunds"))
    assert reroute(issue(), renamed, FIVE_PAST, same_path=True).issue.epoch == 1
    assert reroute(issue(), renamed, FIVE_PAST).issue.epoch == 2


@given(st.integers(1, 90), st.integers(0, 60), st.integers(1, 600), st.integers(0, 60))
@tries(24)
def test_no_deadline_ever_gets_later(within: int, elapsed: int, resolve: int, respond: int) -> None:
    before = issue(route=promised(target=target(respond="30m", resolve="4h")))
    rule = target(respond=f"{respond}m" if respond else None, resolve=f"{resolve}m")
    way = replace(promised(target=rule), path=sooner(minutes(within)).path, version=2)
    after = reroute(before, way, NOON + minutes(elapsed)).issue
    for deadline in (lambda one: one.position.ends_at, respond_by, resolve_by):
        assert no_later(deadline(after), deadline(before))
    assert resolve_by(after) == NOON + minutes(min(240, resolve))


# --- another path -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "before", [issue(), at_level_two(issue()), unanswered(issue())], ids=["level 1", "level 2", "unanswered"]
)
def test_while_nobody_has_it_another_path_begins_with_level_1_at_once(before: Issue) -> None:
    change = reroute(before, on(), FIVE_PAST)
    after = change.issue
    assert (after.state, after.position.stage, after.position.level) == (State.OPEN, Stage.LEVEL, 1)
    assert (after.position.started_at, after.position.ends_at) == (FIVE_PAST, FIVE_PAST + minutes(20))
    assert after.epoch == before.epoch + 1
    assert [one.kind for one in change.events] == [EventKind.ROUTE_CHANGED, EventKind.LEVEL_STARTED]
    assert [one.target.id for one in waiting_for(asked(change, "U_BEA", FIVE_PAST))] == ["U_BEA"]


def test_pings_of_the_old_path_say_who_is_asked_now() -> None:
    before = issue()
    old = ping(before, before.asks[0], NoticeKind.PING, "ping")
    after = asked(reroute(before, on(), FIVE_PAST), "U_BEA", FIVE_PAST)
    shown = prompt(after, old)
    assert shown.live, "whoever is fastest may still take it"
    assert shown.sentence.plain() == (
        "ISS-1 is still unanswered. Billing desk is asked now; you may take it all the same."
    )


def test_who_is_on_both_paths_is_asked_anew() -> None:
    before = issue()
    after = asked(reroute(before, on(path("Billing", [level("Desk", ANA)])), FIVE_PAST), ANA, FIVE_PAST)
    old, new = (ping(after, one, NoticeKind.PING, "ping") for one in after.asks)
    assert old.key != new.key, "a message of the same key is sent once"
    assert [one.at for one in waiting_for(after)] == [FIVE_PAST]


def test_who_said_no_is_not_asked_on_the_other_path_either() -> None:
    declined = replace(issue().asks[0], status=issue().asks[0].status.DECLINED)
    before = issue(asks=(declined, ask(OMAR)))
    after = asked(reroute(before, on(path("Billing", [level("Desk", ANA)])), FIVE_PAST), ANA, FIVE_PAST)
    assert waiting_for(after) == ()


def test_the_new_ladder_is_repeated_as_often_as_it_says() -> None:
    once_more = path("Billing", [level("Desk", "U_BEA")], repeat=1)
    change = reroute(at_level_two(issue()), on(once_more), FIVE_PAST)
    stages = []
    for _ in range(3):
        stages.append(change.issue.position.stage)
        change = end_level(asked(change, "U_BEA", FIVE_PAST), FIVE_PAST, Cause.TIMER)
    assert stages == [Stage.LEVEL, Stage.LEVEL, Stage.CATCH_ALL]


def test_the_card_shows_the_new_ladder_without_the_people_of_the_old() -> None:
    after = asked(reroute(at_level_two(issue()), on(), FIVE_PAST), "U_BEA", FIVE_PAST)
    lines = [one.plain() for one in rungs(after)]
    assert "U_BEA was asked" in lines[0]
    assert not any(who in line for line in lines for who in (ANA, OMAR))


def test_asks_of_a_later_opening_are_all_of_the_path() -> None:
    after = replace(reroute(issue(), on(), FIVE_PAST).issue, opening=2, asks=(ask("U_BEA"),))
    assert "U_BEA" in rungs(after)[0].plain()


def test_the_owner_keeps_it_and_its_next_level_is_the_second() -> None:
    before = acknowledged(at_level_two(issue()), OMAR)
    after = reroute(before, on(), NOON + minutes(40)).issue
    assert (after.state, after.owner, after.asking) == (State.ACKNOWLEDGED, OMAR, False)
    climbed = climb(after, NOON + minutes(41), Cause.BY_HAND).issue
    assert (climbed.position.stage, climbed.level.name) == (Stage.LEVEL, "Finance")


def test_while_a_further_level_is_asked_the_new_path_is_asked_instead() -> None:
    after = reroute(climbing(issue()), on(), NOON + minutes(20)).issue
    assert (after.owner, after.asking, after.level.name) == (ANA, True, "Billing desk")


def test_those_informed_by_the_new_path_are_told_once() -> None:
    news = on(replace(BILLING, inform=(contact("#bosses"),)))
    once = reroute(issue(), news, FIVE_PAST).issue
    twice = reroute(once, sooner(minutes(9)), FIVE_PAST).issue
    again = reroute(twice, news, FIVE_PAST).issue
    assert [str(one.contact) for one in again.informing.owed] == ["#bosses"]


def test_who_still_was_to_be_told_of_a_level_is_told_how_it_stands_on_the_new_path() -> None:
    told_of_two = Informing((Owed(contact("#heads"), 2),))
    short = route(path=path("Short", [level("Only", OMAR)]))
    moved = reroute(replace(at_level_two(issue()), informing=told_of_two), short, NOON + minutes(20)).issue
    change = inform(moved, {contact("#heads"): looked("#heads", channel("C_HEADS"))}, NOON + minutes(20))
    (said,) = [one for one in messages(moved, change) if one.kind is NoticeKind.INFORM]
    assert "@U_RAVI raised ISS-1" in load_sentence(said.text("sentence")).plain()


# --- nothing to do ----------------------------------------------------------------------------------------------------


def test_the_same_route_in_another_version_changes_nothing() -> None:
    before = issue()
    assert reroute(before, route(version=7), FIVE_PAST) == Change(before, ())


def test_how_far_ahead_days_off_are_known_is_no_difference() -> None:
    before = issue(route=promised(target=target()))
    later = replace(before.route, calendars={})
    assert reroute(before, later, FIVE_PAST) == Change(before, ())
    assert reroute(before, replace(later, version=2), FIVE_PAST).issue.version == 2


def test_what_is_over_stays_as_it_was() -> None:
    with pytest.raises(Refused, match="ISS-1 is resolved, so it stays as it was handled"):
        reroute(resolved(issue()), on(), FIVE_PAST)
