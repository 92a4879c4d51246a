"""Raising an issue: from facts and a route to an issue that stands on its first level."""

from collections.abc import Mapping
from datetime import datetime

from bot.domain.care import Company
from bot.domain.escalation import Step, enter
from bot.domain.events import Cause, Event, EventKind
from bot.domain.ids import ChannelId, IssueRef, UserId
from bot.domain.issue import Change, Facts, Informing, Issue, Position, Stage
from bot.domain.lifecycle import State
from bot.domain.matrix.model import Route


def raise_issue(
    ref: IssueRef,
    facts: Facts,
    route: Route,
    *,
    raiser: UserId,
    requester: UserId,
    updates_channel: ChannelId | None,
    now: datetime,
    straight_to: str | None = None,
    private: bool = False,
    remarks: Mapping[str, str | int] | None = None,
) -> Change:
    """A new issue in its first opening, at level 1, whose people are looked up next.

    Who raises it for somebody else follows it from the start, until they do not wish to any more; for somebody without
    Slack they get every text anyway.
    `straight_to` is the senior somebody had gone to directly: it starts where it belongs all the same, and is counted.
    `remarks` are what the timeline keeps about how it was raised.
    """
    follows = raiser != requester and not facts.requester_name
    issue = Issue(
        ref=ref,
        version=1,
        epoch=1,
        opening=1,
        state=State.OPEN,
        facts=facts,
        route=route,
        raiser=raiser,
        requester=requester,
        updates_channel=updates_channel,
        owner=None,
        position=Position(Stage.REST, 1, 0, now, None),
        asks=(),
        raised_at=now,
        private=private,
        company=Company(watchers=(raiser,) if follows else ()),
        informing=Informing().owing((*route.priority.inform, *route.path.inform)),
    )
    raised = Event(
        EventKind.RAISED,
        now,
        raiser,
        {
            "title": facts.title,
            "priority": route.priority.key,
            "path": route.path.name,
            "matrix": route.version,
            **(remarks or {}),
        },
    )
    events = [raised]
    if straight_to:
        events.append(Event(EventKind.WENT_STRAIGHT, now, raiser, {"target": straight_to}))
    return Change(issue, tuple(events)).then(enter(issue, Step(Stage.LEVEL, 1, 0), now, Cause.BY_HAND))
