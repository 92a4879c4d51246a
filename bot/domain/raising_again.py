"""A new issue in place of one that ended too long ago to be opened again: the same facts, each linked to the other."""

from dataclasses import replace
from datetime import datetime

from bot.domain.closing import too_late
from bot.domain.errors import FieldErrors, Refused
from bot.domain.events import Event, EventKind
from bot.domain.ids import IssueRef, UserId
from bot.domain.issue import Change, Facts, Issue
from bot.domain.matrix.model import Route
from bot.domain.permissions import Action, Actor, require
from bot.domain.raising import raise_issue
from bot.domain.words import say


def facts_again(old: Issue, why: str) -> Facts:
    """What it says: why it is raised, then what was said at the time. The path is chosen anew."""
    happened = f"{why}\n\n{old.ref}: {old.facts.happened}"
    return replace(old.facts, happened=happened, path="", raised_because="")


def raise_again(
    old: Issue, ref: IssueRef, actor: Actor, why: str, route: Route, now: datetime
) -> tuple[Change, Change]:
    """The old issue, and the new one as `ref` on this route. Who may open an issue again may raise one after it.

    Raises Refused while it can still be opened again, NotAllowed and FieldErrors("why").
    """
    if not too_late(old, now):
        said = "ISS-{number} can still be opened again, so no new issue is needed. Please open it again."
        raise Refused(say(said, number=old.number))
    require(Action.DISPUTE, old, actor)
    if not why.strip():
        raise FieldErrors({"why": "Please say what is wrong now, so that whoever is asked knows."})
    begun = raise_issue(
        ref,
        facts_again(old, why),
        route,
        raiser=UserId(actor.user),
        requester=old.requester,
        updates_channel=old.updates_channel,
        now=now,
        private=old.private,
    )
    return _linked(Change(old.bump(), ()), ref.number, actor, now), _linked(begun, old.number, actor, now)


def _linked(change: Change, other: int, actor: Actor, now: datetime) -> Change:
    issue = change.issue
    links = tuple(dict.fromkeys((*issue.company.links, other)))
    event = Event(EventKind.LINKED, now, actor.user, {"other": other})
    return Change(replace(issue, company=replace(issue.company, links=links)), (*change.events, event))
