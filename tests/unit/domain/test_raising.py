"""A new issue stands on level 1, and its people are looked up next."""

from bot.domain.events import EventKind
from bot.domain.issue import Issue, Stage
from bot.domain.lifecycle import State
from bot.domain.raising import raise_issue
from bot.domain.timers import TimerKind, plan
from tests.builders import FIFTEEN, NOON, P1, RAVI, facts, in_channel, position, ref, route


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
