"""The dry run: who would be asked, and when, if an issue of some kind came at some time and nobody answered.

It climbs as the real ladder does: levels in order, again as often as the path repeats them, then the catch-all.
Nothing is looked up here: schedules, and what the directory said of everybody else, are given. All instants are UTC.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from bot.domain.contacts import Contact, ContactKind
from bot.domain.dry_run_people import Absent, Asked, People
from bot.domain.errors import FieldErrors
from bot.domain.matrix.match import Chosen, Kind, choose, route_for
from bot.domain.matrix.model import IfNobody, Level, Matrix, Named, PublishedMatrix, Route
from bot.domain.span import Span
from bot.domain.targets import WARN_PART
from bot.domain.working_time import add_working, share


class Fate(StrEnum):
    """What becomes of a level when its turn comes."""

    ASKED = "asked"
    HELD = "held"  # nobody is there: it waits for somebody
    SKIPPED = "skipped"  # nobody is there: the next one is asked at once


@dataclass(frozen=True, slots=True)
class Rung:
    """One level's turn: it comes at `reached`, people are asked from `start` and have until `end`.

    A skipped level has all three instants equal. `number` is the level's, from 1; `round` is 0 the first time, 1 when
    the ladder is repeated. `told` are those who are informed now, because they were not before.
    """

    level: Level
    fate: Fate
    reached: datetime
    start: datetime
    end: datetime
    asked: tuple[Asked, ...] = ()
    absent: tuple[Absent, ...] = ()
    told: tuple[Contact, ...] = ()
    number: int = 1
    round: int = 0


@dataclass(frozen=True, slots=True)
class CatchAll:
    """The end of the ladder: these are asked from `start` on, every `nag_every`, until somebody takes it."""

    start: datetime
    asked: tuple[Asked, ...]
    absent: tuple[Absent, ...]
    nag_every: Span


@dataclass(frozen=True, slots=True)
class Due:
    """A target as instants: the requester hears (`respond`) or has it solved (`resolve`) by `due`; warned at `warn`."""

    name: str
    length: Span
    calendar: str
    due: datetime
    warn: datetime


@dataclass(frozen=True, slots=True)
class Ladder:
    """The answer. `supposed` = impact and urgency were not given but chosen so that they make the priority."""

    at: datetime
    kind: Kind
    supposed: bool
    chosen: Chosen
    service: Named | None
    client: Named | None
    route: Route
    of: int
    """How many paths there are to choose from."""
    dues: tuple[Due, ...]
    told: tuple[Contact, ...]
    """Who is informed at once, by the priority and the path."""
    rungs: tuple[Rung, ...]
    catch_all: CatchAll

    @property
    def zone(self) -> str:
        """The workspace's time zone."""
        return self.route.rules.timezone


def dry_run(
    published: PublishedMatrix, kind: Kind, at: datetime, people: People, priority: str = ""
) -> Ladder:
    """What this version would do. With a `priority` (its key), impact and urgency may be left empty.

    Raises FieldErrors for answers that are missing or that this version does not know, Refused when it has no path
    for them, NeverReached when a time of the path is longer than its calendar goes.
    """
    full = complete(published.matrix, kind, priority)
    chosen = choose(published.matrix, full, priority)
    route = route_for(published, full, at, priority)
    told = tuple(dict.fromkeys((*chosen.priority.inform, *route.path.inform)))
    climb = _Climb(route, people)
    rungs = tuple(climb.rungs(at, told))
    return Ladder(
        at=at,
        kind=full,
        supposed=full != kind,
        chosen=chosen,
        service=_named(published.matrix.services, full.service),
        client=_named(published.matrix.clients, full.client),
        route=route,
        of=len(published.matrix.paths),
        dues=tuple(_dues(route, at)),
        told=told,
        rungs=rungs,
        catch_all=climb.catch_all(rungs[-1].end),
    )


def complete(matrix: Matrix, kind: Kind, priority: str) -> Kind:
    """The same kind with impact and urgency: the first that make the priority, where these were left out.

    Raises FieldErrors when type, impact or urgency is missing.
    """
    if not kind.type:
        raise FieldErrors(
            {"type": f"Say the type. Choose one of: {_names(one.key for one in matrix.types)}."}
        )
    if kind.impact and kind.urgency:
        return kind
    if not priority:
        missing = {"impact": matrix.impacts, "urgency": matrix.urgencies}
        raise FieldErrors(
            {
                name: f"Say the {name}, or a priority. Choose one of: {_names(known)}."
                for name, known in missing.items()
                if not getattr(kind, name)
            }
        )
    fitting = [
        (impact, urgency)
        for impact, urgency in matrix.priority_matrix
        if kind.impact in ("", impact) and kind.urgency in ("", urgency)
    ]
    best = next((one for one in fitting if matrix.priority_matrix[one] == priority), None)
    impact, urgency = best or next(iter(fitting), (kind.impact, kind.urgency))
    return replace(kind, impact=impact, urgency=urgency)


def _named(known: Sequence[Named], key: str) -> Named | None:
    return next((one for one in known if one.key == key), None)


def _names(known: Iterable[str]) -> str:
    return ", ".join(known)


def _dues(route: Route, at: datetime) -> Iterator[Due]:
    rule = route.target
    if rule is None:
        return
    for name, length in (("respond", rule.respond), ("resolve", rule.resolve)):
        if length is not None:
            due = add_working(route.target_calendar, at, length)
            yield Due(name, length, rule.calendar, due, share(route.target_calendar, at, due, WARN_PART))


@dataclass(frozen=True, slots=True)
class _Climb:
    """One way up."""

    route: Route
    people: People

    def rungs(self, at: datetime, told: Sequence[Contact]) -> Iterator[Rung]:
        """Every level's turn, one after another, as nobody ever answers. Who was told is not told again."""
        known = set(told)
        for round_ in range(self.route.path.repeat + 1):
            for number, level in enumerate(self.route.levels, start=1):
                fresh = tuple(one for one in dict.fromkeys(level.inform) if one not in known)
                rung = replace(self._turn(level, at), number=number, round=round_, told=fresh)
                yield rung
                known.update(fresh)
                at = rung.end

    def catch_all(self, at: datetime) -> CatchAll:
        """The manager, in their absence the path's owner; and the channel."""
        rules, owner = self.route.rules, self.route.path.owner
        manager, _ = self.people.at((rules.escalation_manager,), at)
        reserve = (owner,) if owner is not None and not manager else ()
        asked, absent = self.people.at((rules.escalation_manager, *reserve, rules.catch_all), at)
        return CatchAll(at, asked, absent, rules.nag_every)

    def _turn(self, level: Level, at: datetime) -> Rung:
        asked, absent = self.people.at(level.contacts, at)
        if asked:
            return self._asked(Rung(level, Fate.ASKED, at, at, at, absent=absent))
        if not self._may_wait(level):
            return Rung(level, Fate.SKIPPED, at, at, at, absent=absent)
        again = min((one.again for one in absent if one.again), default=at)
        return self._asked(Rung(level, Fate.HELD, at, again, again, absent=absent))

    def _may_wait(self, level: Level) -> bool:
        """Only for somebody on a schedule, and never with the most urgent priority."""
        holds = level.if_nobody is IfNobody.HOLD and not self.route.top_priority
        return holds and any(one.kind is ContactKind.ONCALL for one in level.contacts)

    def _asked(self, rung: Rung) -> Rung:
        """With its people and its end; whoever comes on duty in its time has at least half of it."""
        calendar, within = self.route.calendar(rung.level.calendar), rung.level.acknowledge_within
        ends = [add_working(calendar, rung.start, within)]
        while True:
            asked = self.people.during(rung.level.contacts, rung.start, max(ends))
            late = [one.start for one in asked if one.start > rung.start]
            if len(late) < len(ends):  # everybody who comes in that time is counted
                return replace(rung, asked=asked, end=max(ends))
            whole = add_working(calendar, late[len(ends) - 1], within)
            ends.append(share(calendar, late[len(ends) - 1], whole, Fraction(1, 2)))
