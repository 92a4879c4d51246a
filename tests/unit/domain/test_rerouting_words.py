"""What is said when an issue is handled in another way: in the timeline, to the requester, to the owner."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.events import EventKind
from bot.domain.issue import Issue
from bot.domain.matrix.model import Level, Path, Route
from bot.domain.notification import NoticeKind
from bot.domain.rerouting import reroute
from bot.domain.routing import route as messages
from bot.domain.wording import log
from tests.builders import (
    ANA,
    DIRECTOR,
    NOON,
    OMAR,
    P2,
    RAVI,
    acknowledged,
    contact,
    issue,
    ladder,
    level,
    minutes,
    path,
    promised,
    route,
    target,
)
from tests.unit.domain.reading import RITA, told

FIVE_PAST = NOON + minutes(5)
BILLING = path("Billing", [level("Billing desk", "U_BEA", within=minutes(20)), level("Finance", "U_FAY")])


def sooner(within: timedelta, *others: Level, **changes: Any) -> Route:
    """The same path, with another time for level 1."""
    first = replace(ladder()[0], acknowledge_within=level(within=within).acknowledge_within)
    return route(path=path(levels=[first, *(others or ladder()[1:])]), version=2, **changes)


def on(some: Path = BILLING, **changes: Any) -> Route:
    """Another path."""
    return route(path=some, version=2, **changes)


SAID: list[tuple[str, Issue, Route, str]] = [
    ("sooner", issue(), sooner(minutes(10)), "Front desk has until 12:10 UTC."),
    (
        "another path",
        issue(),
        on(),
        "path Payments -> Billing and Billing desk is asked now, until 12:25 UTC.",
    ),
    (
        "further up",
        issue(),
        sooner(minutes(15), level("New", DIRECTOR)),
        "texts, people or times further up its path.",
    ),
    ("priority", acknowledged(issue()), route(priority=P2), "priority P1 Critical -> P2 High."),
    (
        "people",
        issue(),
        route(levels=[replace(ladder()[0], contacts=(contact(OMAR),)), *ladder()[1:]]),
        "the new people of Front desk are asked too.",
    ),
    (
        "a target",
        acknowledged(issue()),
        promised(target=target(resolve="1h")),
        "the answer is due Mon 02 Mar 12:15 UTC and the solution is due Mon 02 Mar 13:00 UTC.",
    ),
]


@pytest.mark.parametrize(("before", "way", "said"), [one[1:] for one in SAID], ids=[one[0] for one in SAID])
def test_the_timeline_says_what_is_different(before: Issue, way: Route, said: str) -> None:
    change = reroute(before, way, FIVE_PAST, by=RAVI, why="priority")
    event = change.events[0]
    assert (event.kind, event.actor, event.text("why")) == (EventKind.ROUTE_CHANGED, RAVI, "priority")
    line = log.line(change.issue, event)
    assert line is not None
    assert line.plain() == f"@U_RAVI changed how it is handled: {said}"


def test_the_requester_reads_of_another_priority_in_plain_words() -> None:
    before = acknowledged(issue(requester=RITA))
    change = reroute(before, route(priority=P2, version=2), FIVE_PAST)
    assert told(messages(before, change), NoticeKind.REQUESTER) == [
        f"{RITA}: ISS-1 is treated as P2 High now."
    ]


def test_the_owner_is_asked_to_look_when_it_becomes_most_urgent() -> None:
    before = acknowledged(issue(route=route(priority=P2)), at=NOON)
    change = reroute(before, route(top_priority=True), FIVE_PAST, by=RAVI)
    assert told(messages(before, change), NoticeKind.OWNER) == [
        f"{ANA}: @U_RAVI raised ISS-1, which you have, to P1 Critical. Nothing is more urgent now. Do you keep it? "
        "Please answer by 12:20 UTC; then Shift lead is asked too."
    ]
    by_owner = reroute(before, route(top_priority=True), FIVE_PAST, by=ANA)
    assert told(messages(before, by_owner), NoticeKind.OWNER) == []


def test_the_owner_learns_of_another_path() -> None:
    before = acknowledged(issue())
    change = reroute(before, on(), FIVE_PAST)
    assert told(messages(before, change), NoticeKind.OWNER) == [
        f"{ANA}: ISS-1 is on the path Billing now. You still have it."
    ]
