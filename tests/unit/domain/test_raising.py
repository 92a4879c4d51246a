"""A new issue stands on level 1, and its people are looked up next."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.domain.answering import acknowledge
from bot.domain.closing import confirm
from bot.domain.events import EventKind
from bot.domain.ids import UserId
from bot.domain.issue import Change, Issue, Stage, TargetKind
from bot.domain.joining import unwatch
from bot.domain.lifecycle import State
from bot.domain.merging import merge
from bot.domain.raising import raise_issue
from bot.domain.routing import route as notices_of
from bot.domain.sending_back import appeal, judge, send_back
from bot.domain.timers import TimerKind, plan
from bot.domain.withdrawing import solved, withdraw
from bot.domain.words import load_sentence
from bot.domain.working import resolve
from tests.builders import (
    ANA,
    FIFTEEN,
    MANAGER,
    NOON,
    P1,
    RAVI,
    actor,
    ask,
    facts,
    in_channel,
    issue,
    position,
    ref,
    route,
)
from tests.unit.domain.reading import RITA


def test_a_new_issue() -> None:
    change = raise_issue(
        ref(4), facts(), route(version=3), raiser=RAVI, requester=RAVI, updates_channel=in_channel(), now=NOON
    )
    assert change.issue == Issue(
        ref=ref(4),
        version=2,
        epoch=2,
        opening=1,
        state=State.OPEN,
        facts=facts(),
        route=route(version=3),
        raiser=RAVI,
        requester=RAVI,
        updates_channel=in_channel(),
        owner=None,
        position=position(Stage.LEVEL, NOON, ends_at=NOON + FIFTEEN, asked=False),
        asks=(),
        raised_at=NOON,
    )
    raised, started = change.events
    assert (raised.kind, raised.actor) == (EventKind.RAISED, RAVI)
    assert raised.data == {
        "title": "Checkout is down",
        "priority": P1.key,
        "path": "Payments",
        "matrix": 3,
    }
    assert started.kind is EventKind.LEVEL_STARTED
    assert [timer.kind for timer in plan(change.issue)] == [TimerKind.ASK, TimerKind.LEVEL_END]


def for_rita(raiser: UserId = RAVI, **how: Any) -> Issue:
    """Somebody raises it for Rita, and Ana is asked."""
    change = raise_issue(
        ref(), facts(**how), route(), raiser=raiser, requester=RITA, updates_channel=None, now=NOON
    )
    return change.issue.bump(asks=(ask(ANA),))


def test_who_raises_for_somebody_else_follows_it_from_the_start_until_they_do_not_wish_to() -> None:
    raised = for_rita()
    assert raised.company.watchers == (RAVI,)
    assert read(raised, acknowledge(raised, actor(ANA), NOON))[RAVI] == ["ISS-1: @U_ANA took it."]
    alone = unwatch(raised, actor(RAVI), NOON).issue
    assert RAVI not in read(alone, acknowledge(alone, actor(ANA), NOON))


@pytest.mark.parametrize(
    "raised",
    [
        pytest.param(for_rita(RITA), id="requester = raiser"),
        pytest.param(for_rita(RITA, requester_name="Mr. Li"), id="requester without Slack"),
        pytest.param(for_rita(requester_name="Mr. Li"), id="raised again by somebody else, without Slack"),
    ],
)
def test_who_reads_what_the_requester_reads_is_told_once(raised: Issue) -> None:
    assert raised.company.watchers == ()
    assert len(read(raised, acknowledge(raised, actor(ANA), NOON))[raised.raiser]) == 1


def _appealed(one: Issue) -> Issue:
    return appeal(
        send_back(one, actor(ANA), "first_try", "", NOON).issue, actor(RITA), "All of us.", NOON
    ).issue


STEPS: dict[str, Callable[[Issue], Change]] = {
    "taken": lambda one: acknowledge(one, actor(ANA), NOON),
    "resolved": lambda one: resolve(one, actor(ANA), "Restarted.", NOON),
    "sent back": lambda one: send_back(one, actor(ANA), "first_try", "", NOON),
    "withdrawn": lambda one: withdraw(one, actor(RITA), "It works again.", NOON),
    "confirmed": lambda one: confirm(resolve(one, actor(ANA), "Done.", NOON).issue, actor(RITA), NOON),
    "solved": lambda one: solved(one, actor(RITA), "It works again.", NOON),
    "the appeal upheld": lambda one: judge(_appealed(one), actor(MANAGER, manager=True), True, "", NOON),
    "merged": lambda one: merge(one, issue(2), actor(ANA), NOON)[0],
}


@pytest.mark.parametrize("step", STEPS)
def test_of_each_step_who_raises_for_somebody_else_hears_once(step: str) -> None:
    raised = for_rita()
    assert len(read(raised, STEPS[step](raised))[RAVI]) == 1


def read(before: Issue, change: Change) -> dict[str, list[str]]:
    """Person -> the sentences they read because of it."""
    told: dict[str, list[str]] = {}
    for one in notices_of(before, change):
        if one.text("sentence") and one.to.kind is TargetKind.USER:
            told.setdefault(one.to.id, []).append(load_sentence(one.text("sentence")).plain())
    return told
