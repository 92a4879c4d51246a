"""Raising an issue: from facts and a route to an issue that stands on its first level."""

from datetime import datetime

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
) -> Change:
    """A new issue in its first opening, at level 1, whose people are looked up next."""
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
        },
    )
    return Change(issue, (raised,)).then(enter(issue, Step(Stage.LEVEL, 1, 0), now, Cause.BY_HAND))
