"""Another route for an issue in work: because a fact, its priority or the matrix changed.

On the same path the level is kept and no deadline gets later. Another path begins with its level 1 at once, while
nobody has the issue; whoever has it keeps it.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.asking import contacts_to_ask
from bot.domain.clocks import ClockKind
from bot.domain.errors import Refused
from bot.domain.escalation import Step, enter, fresh_round
from bot.domain.events import Cause, Event, EventKind
from bot.domain.issue import Change, Issue, Position, Stage
from bot.domain.lifecycle import IN_WORK, STATE_WORDS
from bot.domain.matrix.model import Route
from bot.domain.reminding import reminders_by
from bot.domain.still_on_it import ask_at_the_top
from bot.domain.targets import due_at, retarget
from bot.domain.waiting_time import pinged_at
from bot.domain.words import At, Sentence, listed, say
from bot.domain.working_time import add_working, extend, working_between

_DEADLINES = {ClockKind.RESPOND: "the answer", ClockKind.RESOLVE: "the solution"}


def reroute(
    issue: Issue,
    route: Route,
    now: datetime,
    *,
    by: str | None = None,
    why: str = "",
    same_path: bool | None = None,
) -> Change:
    """The issue on this route, with one event that says in a sentence what is different.

    `by` is who changed it (None = Rung), `why` a word for the timeline (``matrix``, ``priority``, ``type`` ...).
    `same_path` tells that the path is the same under another name; if it is left out, the name decides. Does nothing
    when the route says the same. Raises Refused when the issue is not in work.
    """
    if issue.state not in IN_WORK:
        raise Refused(
            say(
                "ISS-{number} is {state}, so it stays as it was handled.",
                number=issue.number,
                state=STATE_WORDS[issue.state],
            )
        )
    old = issue.route
    kept = replace(route, opening=old.opening, first_round=old.first_round)
    if _says_the_same(old, kept):
        return Change(issue, ())
    same = route.path.name == old.path.name if same_path is None else same_path
    change = _same_path(issue, kept, now) if same else _other_path(issue, route, now)
    data: dict[str, str | int] = {
        "why": why,
        "matrix": route.version,
        "from": old.path.name,
        "to": route.path.name,
        "said": consequences(issue, change.issue).dump(),
    }
    if route.priority != old.priority:
        data["priority"] = route.priority.title
    to_the_top = route.top_priority and not old.top_priority
    if to_the_top:
        data["top"] = 1
    told = Change(change.issue, (Event(EventKind.ROUTE_CHANGED, now, by, data), *change.events))
    return ask_at_the_top(told, by, now) if to_the_top else told


def consequences(before: Issue, after: Issue) -> Sentence:
    """What is different for those who wait and those who answer, in one sentence."""
    old, new = before.route, after.route
    said = another_path(before, after)
    if old.priority.title != new.priority.title:
        said.append(say("priority {old} -> {new}", old=old.priority.title, new=new.priority.title))
    if old.type_title != new.type_title:
        said.append(say("type {old} -> {new}", old=old.type_title, new=new.type_title))
    said += [*_place(before, after), *other_deadlines(before, after)]
    return say("{said}.", said=listed(said) if said else say("texts, people or times further up its path"))


def another_path(before: Issue, after: Issue) -> list[Sentence]:
    """``path Payments -> Billing``, when it is another one."""
    old, new = before.route.path.name, after.route.path.name
    return [say("path {old} -> {new}", old=old, new=new)] if old != new else []


def other_deadlines(before: Issue, after: Issue) -> list[Sentence]:
    """``the answer is due 12:10``, for each deadline that is another one now."""
    dues = ((what, due_at(before, kind), due_at(after, kind)) for kind, what in _DEADLINES.items())
    return [
        say("{what} is due {at}", what=what, at=At(now, "day"))
        for what, was, now in dues
        if was != now and now is not None
    ]


def _says_the_same(old: Route, new: Route) -> bool:
    """Versions aside. Calendars of one version differ only in how far ahead their days off are known."""
    if old.version == new.version:
        return replace(new, calendars=old.calendars) == old
    return replace(new, version=old.version) == old


def _place(before: Issue, after: Issue) -> list[Sentence]:
    here, there = before.position, after.position
    if not after.asking:
        return []
    if (here.level, here.round) != (there.level, there.round) and there.ends_at:
        return [say("{level} is asked now, until {until}", level=after.level.name, until=At(there.ends_at))]
    said: list[Sentence] = []
    if here.asked and _others_are_asked(before, after):
        said.append(say("the new people of {level} are asked too", level=after.level.name))
    if there.ends_at != here.ends_at and there.ends_at:
        said.append(say("{level} has until {until}", level=after.level.name, until=At(there.ends_at)))
    return said


def _same_path(issue: Issue, route: Route, now: datetime) -> Change:
    """The level is kept; its end is the earlier of old and new, counted from the ping. New people are asked too."""
    after = _told(retarget(issue, route, now))
    position = replace(issue.position, level=min(issue.position.level, len(route.levels)))
    after = replace(after, position=position)
    if issue.asking:
        after = replace(after, position=_sooner(issue, after, now))
    return Change(after.bump(), ())


def _sooner(before: Issue, after: Issue, now: datetime) -> Position:
    position = after.position
    if position.ends_at is not None:
        position = replace(position, ends_at=min(position.ends_at, _whole(before, after)))
    if position.asked and after.level.remind_every != before.level.remind_every:
        position = replace(position, reminders=reminders_by(after, position.started_at, now))
    if position.held or (position.asked and _others_are_asked(before, after)):
        position = replace(position, look_at=now)
    return position


def _whole(before: Issue, after: Issue) -> datetime:
    """When the new level's time is over for who was asked last; none of it passed while the issue waited."""
    calendar = after.level_calendar
    last = max((ask.at for ask in before.current_asks), default=after.position.started_at)
    pinged = pinged_at(before, last)
    pauses = ((max(one.start, pinged), one.end) for one in after.clocks.pauses)
    waited = (working_between(calendar, start, end) for start, end in pauses if end is not None)
    whole = add_working(calendar, pinged, after.level.acknowledge_within)
    return extend(calendar, whole, sum(waited, timedelta()))


def _others_are_asked(before: Issue, after: Issue) -> bool:
    """Whether the same place has other contacts; those it had may still answer."""
    return set(contacts_to_ask(before)) != set(contacts_to_ask(after))


def _other_path(issue: Issue, route: Route, now: datetime) -> Change:
    """Level 1 at once in a round of its own, so that nothing of the old path is taken for an answer of the new one."""
    begun = fresh_round(issue)
    after = _told(retarget(issue, replace(route, opening=issue.opening, first_round=begun), now))
    after = replace(after, position=replace(issue.position, level=1, round=begun, repeats=0))
    if not issue.asking:
        return Change(after.bump(), ())
    named = after.position.stage is Stage.NAMED  # whoever has it wants to hand it over: that goes on
    return enter(after, Step(Stage.NAMED if named else Stage.LEVEL, 1, begun, 0), now, Cause.REROUTED)


def _told(issue: Issue) -> Issue:
    """Who is informed by this route and was not yet, is to be told.

    Who still was to be told of a level is told how it stands now: the route may not have that level any more."""
    route, informing = issue.route, issue.informing
    owed = tuple(replace(one, level=0) for one in informing.owed)
    known = replace(informing, owed=owed)
    return replace(issue, informing=known.owing((*route.priority.inform, *route.path.inform)))
